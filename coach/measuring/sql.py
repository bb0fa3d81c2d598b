"""One renderer from a typed formula to a query over a layout, in the SQL that DuckDB reads.

Every query gives one row, or one for each period and segment, with what the number is made of before the
number itself in the column `value`. `coach.measuring.dialects` turns it into another system's SQL.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from coach.errors import UsageError
from coach.knowledge.models.formula import (
    Conversion,
    Cumulative,
    Derived,
    Measure,
    Procedure,
    Ratio,
    Share,
    Simple,
)
from coach.knowledge.models.metric import Metric
from coach.measuring.conditions import aggregate
from coach.measuring.cut import PERIOD, WHOLE, Cut
from coach.measuring.expressions import as_sql, work_out
from coach.measuring.layout import Layout
from coach.measuring.names import identifier
from coach.measuring.scans import Part, parts_query
from coach.measuring.source import Source
from coach.measuring.steps import step_rows
from coach.measuring.text import Select, derived_table, named
from coach.measuring.windows import counts_days, interval

RATIO = "CAST(numerator AS DOUBLE) / NULLIF(denominator, 0)"


def query(metric: Metric, layout: Layout, catalog: Mapping[str, Metric], cut: Cut = WHOLE) -> str:
    """The query for a metric. Raises `UsageError` where events alone cannot give the number."""
    select = _Renderer(layout, catalog, cut).select(metric)
    return f"{replace(select, order=[identifier(column) for column in cut.columns])}\n"


def unfinished_query(formula: Conversion, layout: Layout) -> str:
    """How many entities reached the base so late that their window was not over when the data ends."""
    base = step_rows(formula.base, formula.entity, layout)
    target = step_rows(formula.target, formula.entity, layout)
    ends = Select(["MAX(moment) AS last_moment"], derived_table([base, target], "steps"))
    source = f"base, ends\nWHERE ends.last_moment - {interval(formula.window)} < base.moment"
    return str(Select(["COUNT(DISTINCT base.entity)"], source, common={"base": base, "ends": ends}))


def narrowed(share: Share) -> Measure:
    """The part of a share as a measure of its own."""
    return share.whole.model_copy(update={"where": (*share.whole.where, *share.part)})


def counted(measure: Measure) -> Measure:
    """How many values an aggregation is made of."""
    return measure.model_copy(update={"agg": "count", "percentile": None})


class _Renderer:
    def __init__(self, layout: Layout, catalog: Mapping[str, Metric], cut: Cut) -> None:
        self._layout, self._catalog, self._cut = layout, catalog, cut
        self._keys = [identifier(column) for column in cut.columns]

    def select(self, metric: Metric) -> Select:
        match metric.formula:
            case Simple(measure=measure):
                return self._parts({"n": counted(measure), "value": measure})
            case Ratio(numerator=numerator, denominator=denominator):
                return self._of_parts({"numerator": numerator, "denominator": denominator}, RATIO)
            case Share(whole=whole) as share:
                return self._of_parts({"numerator": narrowed(share), "denominator": whole}, RATIO)
            case Derived(expression=expression) as derived:
                return self._of_parts(self._terms(derived), as_sql(expression, identifier))
            case Cumulative() as cumulative:
                return self._cumulative(cumulative)
            case Conversion() as conversion:
                return self._conversion(conversion)
            case Procedure():
                raise UsageError(
                    f"{metric.id}: events alone cannot give this number; `coach show {metric.id}` says how"
                )
        raise AssertionError(metric.formula)

    def _parts(self, parts: Mapping[str, Part]) -> Select:
        return parts_query(parts, self._layout, self._cut, self.select, self._of_nothing)

    def _of_nothing(self, part: Part) -> float | None:
        """A count or a sum is 0, and what is derived from such follows; all else is null."""
        if isinstance(part, Measure):
            return 0 if part.agg in ("count", "count_distinct", "sum") else None
        match part.formula:
            case Simple(measure=measure):
                return self._of_nothing(measure)
            case Derived(expression=expression) as derived:
                return work_out(
                    expression, {term: self._of_nothing(each) for term, each in self._terms(derived).items()}
                )
        return None

    def _terms(self, formula: Derived) -> dict[str, Part]:
        return {
            term: part if isinstance(part, Measure) else self._catalog[part.metric]
            for term, part in formula.terms.items()
        }

    def _of_parts(self, parts: Mapping[str, Part], value: str) -> Select:
        columns = [*self._keys, *map(identifier, parts), f"{value} AS value"]
        return Select(columns, "parts", common={"parts": self._parts(parts)})

    def _conversion(self, formula: Conversion) -> Select:
        """An entity counts once in each segment in which it reached the base, and the base event's time counts."""
        base = step_rows(formula.base, formula.entity, self._layout, self._cut)
        target = step_rows(formula.target, formula.entity, self._layout)
        keys = [f"base.{key}" for key in self._keys]
        joined = (
            "base\nLEFT JOIN target\n  ON target.entity = base.entity\n  AND target.moment >= base.moment\n"
            f"  AND target.moment - {interval(formula.window)} < base.moment"
        )
        reached = "COUNT(DISTINCT CASE WHEN NOT target.entity IS NULL THEN base.entity END) AS numerator"
        counts = [*keys, reached, "COUNT(DISTINCT base.entity) AS denominator"]
        parts = Select(counts, joined, group=keys)
        columns = [*self._keys, "numerator", "denominator", f"{RATIO} AS value"]
        return Select(columns, "parts", common={"base": base, "target": target, "parts": parts})

    def _cumulative(self, formula: Cumulative) -> Select:
        """The window ends with the last day of each period on which the event was logged at all."""
        measure = formula.measure
        source = Source(measure.event, self._layout)
        at = f"DATE_TRUNC('day', {source.time})" if counts_days(formula.window) else source.time
        periods = Cut(per=self._cut.per)
        period = source.keys(periods)
        ends = Select(
            [*(f"{key} AS {PERIOD}" for key in period), f"MAX({at}) AS last_moment"],
            source.table,
            source.where(()),
            group=period,
        )
        fields = [identifier(field) for field in self._cut.fields]
        columns = [f"{at} AS moment"]
        columns += named([source.column(by) for by in self._cut.by], fields)
        if measure.field is not None:
            columns.append(f"{source.column(measure.field)} AS measured")
        logged = Select(columns, source.table, source.where(measure.where))
        # An end without an event in its window has a row too, unless the window is split into segments.
        join = "INNER JOIN" if fields else "LEFT JOIN"
        joined = (
            f"ends\n{join} logged\n  ON logged.moment <= ends.last_moment\n"
            f"  AND logged.moment > ends.last_moment - {interval(formula.window)}"
        )
        keys = [*(f"ends.{PERIOD}" for _ in period), *(f"logged.{field}" for field in fields)]
        column = "logged.moment" if measure.field is None else "logged.measured"
        shown = [*keys, f"COUNT({column}) AS n", f"{aggregate(measure, column)} AS value"]
        return Select(shown, joined, group=keys, common={"ends": ends, "logged": logged})
