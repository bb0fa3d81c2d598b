"""All calculators by id, in the order in which they are listed."""

from __future__ import annotations

from typing import Any

from coach.calculators.agreement import cohens_kappa
from coach.calculators.calculator import Calculator
from coach.calculators.classification import base_rate_check, precision_recall_f1
from coach.calculators.money import net_impact, net_present_value, return_on_investment
from coach.calculators.outputs import cost_per_valid_output, interventions_per_hundred, time_to_accuracy
from coach.calculators.repeated_runs import all_of_k_reliability, pass_at_k
from coach.calculators.retention import retention_difference
from coach.calculators.sample_size import sample_size_means, sample_size_proportions

AnyCalculator = Calculator[Any]

CALCULATORS: dict[str, AnyCalculator] = {
    calculator.id: calculator
    for calculator in (
        return_on_investment,
        net_impact,
        net_present_value,
        cost_per_valid_output,
        time_to_accuracy,
        interventions_per_hundred,
        retention_difference,
        sample_size_proportions,
        sample_size_means,
        pass_at_k,
        all_of_k_reliability,
        precision_recall_f1,
        base_rate_check,
        cohens_kappa,
    )
}


def find(name: str) -> AnyCalculator | None:
    """The calculator of an id, or of a metric that it computes; None for neither."""
    if name in CALCULATORS:
        return CALCULATORS[name]
    return next((calculator for calculator in CALCULATORS.values() if name in calculator.metrics), None)
