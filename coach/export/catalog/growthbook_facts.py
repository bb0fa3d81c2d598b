"""Formulas as GrowthBook computes them: columns of fact tables, added up by user."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from coach.export.catalog.simple_parts import snake
from coach.knowledge.models.formula import (
    Conversion,
    Cumulative,
    Derived,
    Filter,
    Formula,
    Measure,
    Procedure,
    Ratio,
    Share,
    Simple,
)
from coach.knowledge.models.metric import Metric
from coach.measuring.conditions import condition
from coach.measuring.cut import Cut
from coach.measuring.fields import EventFields
from coach.measuring.layout import USER, Layout
from coach.measuring.names import is_reserved
from coach.measuring.source import Source
from coach.measuring.sql import narrowed
from coach.measuring.steps import step_rows
from coach.measuring.text import Select
from coach.measuring.windows import interval
from coach.scorecards.wording import filter_in_words

COUNT = "$$count"
USERS = "$$distinctUsers"
_OVER = re.compile(r"\s*([a-z0-9_]+)\s*/\s*([a-z0-9_]+)\s*")
_WEIGHTS: Mapping[str, str] = {"sum": "sum", "count_distinct": "count distinct"}


@dataclass(frozen=True)
class Operand:
    """What is added up of one fact table."""

    event: str
    column: str
    aggregation: str | None
    rows: str
    """The condition on its rows; empty where all count."""
    said: str
    """The same in words."""


def what_is_missing(formula: Formula) -> str | None:
    """Why GrowthBook cannot compute this; None where it can."""
    match formula:
        case Procedure():
            return "a procedure: events alone cannot give it"
        case Cumulative():
            return "a trailing window: in an experiment its length is the window"
        case Derived() if _over(formula) is None:
            return "arithmetic beyond one total over another"
        case Conversion():
            return None
    used = _measures(formula)
    if any(measure.agg in ("min", "max") for measure in used):
        return "an extreme: totals, means, counts and percentiles only"
    if len(used) > 1 and any(measure.agg in ("avg", "percentile") for measure in used):
        return "a ratio of means or percentiles: it has one of totals only"
    return None


def operands(formula: Formula) -> tuple[Operand, ...]:
    """One for what is a mean by user or a percentile, two for what is a ratio of totals."""
    used = _measures(formula)
    if len(used) == 1 and used[0].agg == "avg":
        # The mean over rows is a ratio of totals, since rows are not evenly spread over users.
        (mean,) = used
        counted = mean.model_copy(update={"agg": "count"})
        return _operand(mean.model_copy(update={"agg": "sum"})), _operand(counted)
    return tuple(map(_operand, used))


def fact_table(entry: EventFields, layout: Layout) -> str:
    """One event's rows with the fields that metrics read of it, under the catalog's names."""
    source = Source(entry.event, layout)
    fields = [USER, *(field for field in entry.types if field != USER)]
    columns = [f"{source.column(field)} AS {column_in(field)}" for field in fields]
    return f"{Select([f'{source.time} AS timestamp', *columns], source.table, source.is_event)}\n"


def journeys(formula: Conversion, layout: Layout) -> str:
    """A row for each entity that reached the base: whose it is, when it began, whether it reached the target."""
    base = step_rows(formula.base, formula.entity, layout, Cut((USER,)))
    target = step_rows(formula.target, formula.entity, layout)
    joined = (
        "base\nLEFT JOIN target\n  ON target.entity = base.entity\n  AND target.moment >= base.moment\n"
        f"  AND target.moment - {interval(formula.window)} < base.moment"
    )
    columns = [
        "MIN(base.moment) AS timestamp",
        f"base.{USER} AS {USER}",
        "base.entity AS entity",
        "MAX(CASE WHEN target.entity IS NULL THEN 0 ELSE 1 END) AS reached",
    ]
    grouped = [f"base.{USER}", "base.entity"]
    known = "NOT base.entity IS NULL"
    return f"{Select(columns, joined, known, grouped, common={'base': base, 'target': target})}\n"


def journeys_id(metric: Metric) -> str:
    """The fact table with a conversion's starts."""
    return f"{snake(metric.id)}_starts"


def column_in(field: str) -> str:
    """What a field is called in a fact table: never a word that SQL reserves, so it needs no quotes."""
    return f"{field}_field" if is_reserved(field) else field


def _operand(measure: Measure) -> Operand:
    field = measure.field
    rows, said = condition(measure.where, column_in), [filter_in_words(item) for item in measure.where]
    if measure.agg == "count" and field is not None:
        present = Filter(field=field, op="not_null")
        where = (*measure.where, present)
        rows, said = condition(where, column_in), [*said, filter_in_words(present)]
    aggregation = _WEIGHTS.get(measure.agg)
    if measure.agg == "count":
        column = COUNT
    elif measure.agg == "count_distinct" and field == USER:
        column, aggregation = USERS, None
    else:
        assert field is not None
        column = column_in(field)
    return Operand(measure.event, column, aggregation, rows, " and ".join(said))


def _measures(formula: Formula) -> tuple[Measure, ...]:
    match formula:
        case Simple(measure=measure):
            return (measure,)
        case Ratio(numerator=numerator, denominator=denominator):
            return (numerator, denominator)
        case Share(whole=whole) as share:
            return (narrowed(share), whole)
        case Derived() if both := _over(formula):
            return both
    return ()


def _over(formula: Derived) -> tuple[Measure, Measure] | None:
    """The terms of an expression that is one over another."""
    found = _OVER.fullmatch(formula.expression)
    terms = [formula.terms.get(name) for name in found.groups()] if found else []
    match terms:
        case [Measure() as first, Measure() as second]:
            return first, second
    return None
