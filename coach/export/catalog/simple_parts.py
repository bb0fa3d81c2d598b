"""A metric taken apart into single aggregations, as semantic layers want to have it."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass

from coach.knowledge.models.formula import Conversion, Cumulative, Derived, Filter, Measure, Ratio, Share, Simple
from coach.knowledge.models.metric import Metric
from coach.measuring.sql import narrowed

WHOLE_NAME = ""


@dataclass(frozen=True)
class SimplePart:
    """One aggregation under a name."""

    name: str
    label: str
    measure: Measure


def snake(id_: str) -> str:
    """An id as a name in snake case that begins with a letter."""
    name = id_.replace("-", "_")
    return name if name[0].isalpha() else f"m_{name}"


def measures_of(metric: Metric) -> dict[str, Measure]:
    """The aggregations of a metric by the role they play; the role of a metric that is one itself is empty.

    A conversion's steps are counts of distinct entities.
    """
    match metric.formula:
        case Simple(measure=measure) | Cumulative(measure=measure):
            return {WHOLE_NAME: measure}
        case Ratio(numerator=numerator, denominator=denominator):
            return {"numerator": numerator, "denominator": denominator}
        case Share(whole=whole) as share:
            return {"numerator": narrowed(share), "denominator": whole}
        case Derived(terms=terms):
            return {name: term for name, term in terms.items() if isinstance(term, Measure)}
        case Conversion(base=base, target=target, entity=entity):
            return {
                "base": _distinct(base.event, base.where, entity),
                "target": _distinct(target.event, target.where, entity),
            }
    return {}


def parts_of(metric: Metric) -> dict[str, SimplePart]:
    """The same with names: `precision_numerator`, or the metric's own name where it is one aggregation."""
    name = snake(metric.id)
    return {
        role: SimplePart(f"{name}_{role}" if role else name, f"{metric.name}: {role}" if role else metric.name, measure)
        for role, measure in measures_of(metric).items()
    }


def clash(metric: Metric, catalog: Container[str]) -> str | None:
    """A part that has the name of a metric of the catalog; None where there is none."""
    names = (part.name for role, part in parts_of(metric).items() if role)
    return next((name for name in names if name.replace("_", "-") in catalog), None)


def _distinct(event: str, where: tuple[Filter, ...], field: str) -> Measure:
    return Measure(agg="count_distinct", event=event, field=field, where=where)
