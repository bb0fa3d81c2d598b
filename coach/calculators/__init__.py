"""Small pure functions with their limits: returns, costs, sample sizes, reliability, errors and agreement.

    from coach.calculators import retention_difference
    result = retention_difference(552, 1200, 444, 1200)
    result.value, result.interval, result.formula, result.limits

Each is also a description of itself (`id`, `formula`, `arguments`, `assumptions`, `limits`, `source`), and
`CALCULATORS` holds all by id. Input that cannot be is refused with an `ArgumentError` that names the argument.
Names load on first use.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from coach.calculators.agreement import cohens_kappa as cohens_kappa
    from coach.calculators.classification import base_rate_check as base_rate_check
    from coach.calculators.classification import precision_recall_f1 as precision_recall_f1
    from coach.calculators.money import net_impact as net_impact
    from coach.calculators.money import net_present_value as net_present_value
    from coach.calculators.money import return_on_investment as return_on_investment
    from coach.calculators.outputs import cost_per_valid_output as cost_per_valid_output
    from coach.calculators.outputs import interventions_per_hundred as interventions_per_hundred
    from coach.calculators.outputs import time_to_accuracy as time_to_accuracy
    from coach.calculators.registry import CALCULATORS as CALCULATORS
    from coach.calculators.repeated_runs import all_of_k_reliability as all_of_k_reliability
    from coach.calculators.repeated_runs import pass_at_k as pass_at_k
    from coach.calculators.retention import retention_difference as retention_difference
    from coach.calculators.sample_size import sample_size_means as sample_size_means
    from coach.calculators.sample_size import sample_size_proportions as sample_size_proportions

_HOMES = {
    "CALCULATORS": "registry",
    "all_of_k_reliability": "repeated_runs",
    "base_rate_check": "classification",
    "cohens_kappa": "agreement",
    "cost_per_valid_output": "outputs",
    "interventions_per_hundred": "outputs",
    "net_impact": "money",
    "net_present_value": "money",
    "pass_at_k": "repeated_runs",
    "precision_recall_f1": "classification",
    "retention_difference": "retention",
    "return_on_investment": "money",
    "sample_size_means": "sample_size",
    "sample_size_proportions": "sample_size",
    "time_to_accuracy": "outputs",
}

__all__ = list(_HOMES)


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(f"coach.calculators.{_HOMES[name]}"), name)
    globals()[name] = value
    return value
