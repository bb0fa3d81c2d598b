"""Parts of formulas as SQL in which every column stands behind its table or what a system writes for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from coach.export.catalog.simple_parts import measures_of
from coach.knowledge.models.formula import Conversion, Cumulative, Derived, Measure, Procedure
from coach.knowledge.models.metric import Metric
from coach.measuring.conditions import aggregate, both, condition
from coach.measuring.expressions import as_sql, times_one
from coach.measuring.layout import Layout
from coach.measuring.names import identifier, literal

Prefix = Callable[[str], str]
"""From a table, as the layout names it, to what stands before its columns."""


@dataclass(frozen=True)
class Prefixed:
    """A layout with a way to name columns."""

    layout: Layout
    prefix: Prefix

    def column(self, event: str, field: str) -> str:
        """The column with a field."""
        return f"{self.prefix(self.layout.table(event))}.{identifier(self.layout.column(event, field))}"

    def rows(self, measure: Measure) -> str:
        """The condition on the rows that a measure counts; empty where all do."""
        event = measure.event
        name = self.layout.logged_name(event)
        column = f"{self.prefix(self.layout.table(event))}.{identifier(self.layout.event_column)}"
        is_event = "" if name is None else f"{column} = {literal(name)}"
        return both(is_event, condition(measure.where, lambda field: self.column(event, field)))

    def value(self, measure: Measure) -> str:
        """What is aggregated, row by row; null for rows that do not count."""
        column = "1" if measure.field is None else self.column(measure.event, measure.field)
        rows = self.rows(measure)
        return f"CASE WHEN {rows} THEN {column} END" if rows else column

    def aggregated(self, measure: Measure) -> str:
        """The whole aggregation."""
        column = None if measure.field is None else self.column(measure.event, measure.field)
        return aggregate(measure, column, self.rows(measure))

    def expression(self, metric: Metric, catalog: Mapping[str, Metric]) -> str:
        """A metric as one expression over the rows of its table; see `not_one_expression`."""
        parts = measures_of(metric)
        if isinstance(metric.formula, Derived):
            terms = {
                name: self.aggregated(term)
                if isinstance(term, Measure)
                else self.expression(catalog[term.metric], catalog)
                for name, term in metric.formula.terms.items()
            }
            return as_sql(metric.formula.expression, lambda name: _closed(terms[name]), real=times_one)
        if len(parts) == 1:
            return self.aggregated(parts[""])
        return f"1.0 * {self.aggregated(parts['numerator'])} / NULLIF({self.aggregated(parts['denominator'])}, 0)"


def not_one_expression(metric: Metric, catalog: Mapping[str, Metric], layout: Layout) -> str | None:
    """Why a metric is no single expression over one table's rows; None where it is one."""
    tables: set[str] = set()

    def fault(one: Metric) -> str | None:
        match one.formula:
            case Procedure():
                return "a procedure: events alone cannot give it"
            case Conversion():
                return "a conversion: it needs a join of two steps, and one expression has none"
            case Cumulative():
                return "a trailing window: one expression has none"
        tables.update(layout.table(measure.event) for measure in measures_of(one).values())
        if isinstance(one.formula, Derived):
            for term in one.formula.terms.values():
                if not isinstance(term, Measure) and (inner := fault(catalog[term.metric])):
                    return inner
        return None

    if found := fault(metric):
        return found
    return f"its events are in {len(tables)} tables, and one expression reads one" if len(tables) > 1 else None


def template_in(metric: Metric, *openers: str) -> str | None:
    """Why a system would misread a formula: it holds what begins a template there. None where it does not."""
    text = metric.formula.model_dump_json()
    found = next((opener for opener in openers if opener in text), None)
    return None if found is None else f"its formula holds {found!r}, which the format takes for a command"


def _closed(text: str) -> str:
    return f"({text})" if " / " in text or " - " in text or " + " in text else text
