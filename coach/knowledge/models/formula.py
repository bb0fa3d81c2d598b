"""Metric formulas as data: what to aggregate over which named event, so that they render to any system.

Six kinds can be computed from events (`simple`, `ratio`, `share`, `cumulative`, `conversion`, `derived`);
`procedure` names how a number is obtained when events alone cannot give it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from coach.knowledge.models.base import Entry, EventName, Frozen, Id, Text

Window = Annotated[str, StringConstraints(pattern=r"^[1-9][0-9]*(min|h|d|w|mo)$")]
"""A span of time: `30min`, `48h`, `7d`, `4w`, `3mo`."""

Scalar = str | int | float | bool


class Filter(Entry):
    """One condition on a field of an event."""

    field: EventName
    op: Literal["eq", "ne", "gt", "ge", "lt", "le", "in", "not_in", "is_null", "not_null"]
    value: Scalar | tuple[Scalar, ...] | None = None

    @model_validator(mode="after")
    def _value_fits_operator(self) -> Self:
        nullary = self.op in ("is_null", "not_null")
        if nullary != (self.value is None):
            raise ValueError(f"operator {self.op} {'takes no' if nullary else 'needs a'} value")
        if isinstance(self.value, tuple) != (self.op in ("in", "not_in")):
            raise ValueError("a list of values goes with the operators in and not_in, and with them only")
        return self


class Measure(Entry):
    """An aggregation over one event.

    `field` is what is summed, averaged or counted distinctly; `percentile` is a fraction between 0 and 1.
    """

    agg: Literal["count", "count_distinct", "sum", "avg", "min", "max", "percentile"]
    event: EventName
    field: EventName | None = None
    where: tuple[Filter, ...] = ()
    percentile: Annotated[float, Field(gt=0, lt=1)] | None = None

    @model_validator(mode="after")
    def _parts_fit_aggregation(self) -> Self:
        if self.agg != "count" and self.field is None:
            raise ValueError(f"{self.agg} needs a field")
        if (self.agg == "percentile") != (self.percentile is not None):
            raise ValueError("percentile (a fraction) goes with agg: percentile, and with it only")
        return self


class _Computed(Entry):
    unit_of_analysis: Text
    """What one counted thing is: a task, a user, a conversation."""
    grain: Literal["hour", "day", "week", "month", "quarter", "release", "experiment"] = "week"
    window: Window | None = None
    """The span within which the event must follow, where the definition has one."""


class Simple(_Computed):
    """One aggregation."""

    kind: Literal["simple"]
    measure: Measure


class Ratio(_Computed):
    """One aggregation over another; the two may come from different events."""

    kind: Literal["ratio"]
    numerator: Measure
    denominator: Measure


class Share(_Computed):
    """The part of an aggregation that meets further conditions, over the whole."""

    kind: Literal["share"]
    whole: Measure
    part: Annotated[tuple[Filter, ...], Field(min_length=1)]


class Cumulative(_Computed):
    """One aggregation over a trailing window, which is required."""

    kind: Literal["cumulative"]
    measure: Measure
    window: Window


class Step(Entry):
    """An event that an entity reaches, with conditions."""

    event: EventName
    where: tuple[Filter, ...] = ()


class Conversion(_Computed):
    """The share of entities with the base event that reach the target event within the window."""

    kind: Literal["conversion"]
    base: Step
    target: Step
    entity: EventName
    window: Window


class MetricRef(Entry):
    """Another metric of the catalog as a term of a derived formula."""

    metric: Id


class Derived(_Computed):
    """Arithmetic (`+ - * /`, parentheses, numbers) over named terms."""

    kind: Literal["derived"]
    expression: Annotated[str, StringConstraints(pattern=r"^[a-z0-9_+\-*/(). ]+$", max_length=300)]
    terms: Annotated[dict[EventName, Measure | MetricRef], Field(min_length=1), Frozen]


class Procedure(Entry):
    """How a number is obtained when events alone cannot give it: a survey, a rating, a model statistic."""

    kind: Literal["procedure"]
    procedure: Text
    """What is done, by whom, on what sample, and how the number follows."""
    inputs: Annotated[tuple[Text, ...], Field(min_length=1)]
    expression: Text | None = None
    """The textbook formula in plain notation, where there is one."""


Formula = Annotated[Simple | Ratio | Share | Cumulative | Conversion | Derived | Procedure, Field(discriminator="kind")]


def measures(formula: Formula) -> tuple[Measure, ...]:
    """The aggregations that a formula is built from; none for conversions and procedures."""
    match formula:
        case Simple(measure=measure) | Cumulative(measure=measure):
            return (measure,)
        case Ratio(numerator=numerator, denominator=denominator):
            return (numerator, denominator)
        case Share(whole=whole):
            return (whole,)
        case Derived(terms=terms):
            return tuple(term for term in terms.values() if isinstance(term, Measure))
    return ()


def steps(formula: Formula) -> Iterator[tuple[str, tuple[Filter, ...], tuple[Measure | str, ...]]]:
    """Each event that a formula reads with its conditions and with what is taken from the rows.

    What is taken is a measure, or the name of the field that joins the steps of a conversion.
    """
    match formula:
        case Share(whole=whole, part=part):
            yield whole.event, whole.where, (whole,)
            yield whole.event, (*whole.where, *part), (whole,)
        case Conversion(base=base, target=target, entity=entity):
            for step in (base, target):
                yield step.event, step.where, (entity,)
        case _:
            for measure in measures(formula):
                yield measure.event, measure.where, (measure,)


def events_used(formula: Formula) -> dict[str, frozenset[str]]:
    """Event name to the fields of it that the formula reads."""
    used: dict[str, set[str]] = {}
    for event, where, taken in steps(formula):
        fields = used.setdefault(event, set())
        fields.update(condition.field for condition in where)
        fields.update(found for what in taken if (found := what if isinstance(what, str) else what.field) is not None)
    return {event: frozenset(fields) for event, fields in used.items()}
