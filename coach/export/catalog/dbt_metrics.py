"""The semantic models and metrics of a dbt project, in both generations of the specification."""

from __future__ import annotations

from typing import Any

from coach.export.catalog.dbt_events import DAY, EventTable
from coach.export.catalog.simple_parts import SimplePart, parts_of, snake
from coach.knowledge.models.formula import Conversion, Cumulative, Derived, MetricRef
from coach.knowledge.models.metric import Metric
from coach.measuring.conditions import both, condition
from coach.measuring.evaluate import AT, EVENT
from coach.measuring.expressions import as_sql, times_one
from coach.measuring.names import literal
from coach.measuring.sample import ID
from coach.measuring.source import Source
from coach.measuring.windows import counts_days, span

Data = dict[str, Any]
SPINE = "metric_time_spine"
_AGGREGATES = {"count": "sum", "sum": "sum", "avg": "average", "min": "min", "max": "max"}
_GRAINS = ("hour", "day", "week", "month", "quarter")


def aggregation(part: SimplePart, built: EventTable) -> Data:
    """`agg`, `expr` and what belongs to them."""
    measure = part.measure
    source = Source(measure.event, built.layout)
    rows = source.where(measure.where)
    column = "1" if measure.field is None else source.column(measure.field)
    match measure.agg:
        case "count_distinct":
            return {"agg": "count_distinct", "expr": f"case when {rows} then {column} end"}
        case "count":
            counted = rows if measure.field is None else f"{rows} and {column} is not null"
            return {"agg": "sum", "expr": f"case when {counted} then 1 else 0 end"}
        case "sum":
            return {"agg": "sum", "expr": f"case when {rows} then {column} else 0 end"}
        case "percentile":
            # Not `percentile_type: continuous`: dbt 1.12 takes that for an estimate, and its absence for continuous.
            value = {"agg": "percentile", "expr": f"case when {rows} then {column} end"}
            return {**value, "percentile": measure.percentile}
    return {"agg": _AGGREGATES[measure.agg], "expr": f"case when {rows} then {column} end"}


def time_of(metric: Metric) -> str:
    """The dimension of time that a metric's parts are added up over."""
    formula = metric.formula
    return DAY if isinstance(formula, Cumulative) and counts_days(formula.window) else AT


def window_of(metric: Metric) -> str:
    """A window in words: `72 hours`."""
    assert isinstance(metric.formula, (Conversion, Cumulative))
    count, unit = span(metric.formula.window)
    return f"{count} {unit}s"


def expression_of(metric: Metric) -> str:
    """A derived metric's arithmetic over the names of its inputs."""
    assert isinstance(metric.formula, Derived)
    return as_sql(metric.formula.expression, lambda term: input_of(metric, term), real=times_one)


def input_of(metric: Metric, term: str) -> str:
    """The metric that a term stands for."""
    assert isinstance(metric.formula, Derived)
    found = metric.formula.terms[term]
    return snake(found.metric) if isinstance(found, MetricRef) else parts_of(metric)[term].name


def step_filter(part: SimplePart, built: EventTable) -> str:
    """The rows of one step of a conversion, in dbt's own way to name dimensions."""
    source = Source(part.measure.event, built.layout)
    named = {EVENT: f"{{{{ Dimension('event__{EVENT}') }}}}"}
    for name in built.events[part.measure.event].types:
        column = source.column(name)
        named[column] = f"{{{{ Dimension('event__{column}') }}}}"
    event = f"{named[EVENT]} = {literal(part.measure.event)}"
    return both(event, condition(part.measure.where, lambda name: named[source.column(name)]))


def entities(metrics: tuple[Metric, ...], built: EventTable) -> dict[str, str]:
    """The columns that conversions follow, each with the name of what it names."""
    found: dict[str, str] = {}
    for metric in metrics:
        if isinstance(metric.formula, Conversion):
            column = built.layout.column(metric.formula.base.event, metric.formula.entity)
            found[column] = column.removesuffix("_id") if column.endswith("_id") else f"{column}_entity"
    return found


def entity_of(metric: Metric, built: EventTable) -> str:
    """The entity that a conversion follows."""
    assert isinstance(metric.formula, Conversion)
    column = built.layout.column(metric.formula.base.event, metric.formula.entity)
    return entities((metric,), built)[column]


def dimensions(metrics: tuple[Metric, ...], built: EventTable) -> list[str]:
    """The columns that can be grouped and filtered by."""
    followed = entities(metrics, built)
    return [column for column in built.columns if column not in (ID, AT, *followed)]
