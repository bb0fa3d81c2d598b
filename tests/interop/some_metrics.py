"""A few metrics that together have in them whatever formulas can have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from coach.knowledge.field_types import field_uses
from coach.knowledge.models.formula import Derived, MetricRef, measures, steps
from coach.knowledge.models.metric import Metric


def some_of_each(metrics: Iterable[Metric], catalog: Mapping[str, Metric]) -> tuple[Metric, ...]:
    """The smallest choice, or nearly, in which every trait of the metrics occurs; terms are left to the exports."""
    traits = {metric.id: frozenset(_traits(metric)) for metric in metrics}
    missing = set().union(*traits.values())
    chosen: list[Metric] = []
    while missing:
        best = max(traits, key=lambda id_: len(traits[id_] & missing))
        missing -= traits[best]
        chosen.append(catalog[best])
    return tuple(chosen)


def _traits(metric: Metric) -> Iterator[tuple[object, ...]]:
    formula = metric.formula
    yield "kind", formula.kind
    if window := getattr(formula, "window", None):
        yield "window", formula.kind, window.lstrip("0123456789")
    if isinstance(formula, Derived):
        yield "terms", frozenset(isinstance(term, MetricRef) for term in formula.terms.values())
    for measure in measures(formula):
        yield "aggregate", formula.kind, measure.agg
    yield "events", formula.kind, min(len({event for event, _, _ in steps(formula)}), 2)
    for _, where, _ in steps(formula):
        for condition in where:
            yield "condition", condition.op
    for use in field_uses(formula):
        yield "type", use.type
