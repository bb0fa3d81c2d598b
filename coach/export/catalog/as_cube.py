"""Cube: a data model in YAML, one cube for each table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from coach.export.catalog.as_ossie import dataset_name
from coach.export.catalog.dbt_project import as_yaml
from coach.export.catalog.losses import FIELDS, aside
from coach.export.catalog.prefixed import Prefixed, not_one_expression, template_in
from coach.export.catalog.simple_parts import SimplePart, parts_of, snake
from coach.export.catalog.target import NAMESPACE, Export, Files, Target
from coach.knowledge.field_types import Type
from coach.knowledge.models.formula import Cumulative, Derived, MetricRef
from coach.knowledge.models.metric import Metric
from coach.measuring.expressions import as_sql, times_one
from coach.measuring.fields import events_read, with_terms
from coach.measuring.layout import Layout
from coach.measuring.names import identifier, table
from coach.measuring.windows import span
from coach.scorecards.wording import is_fraction

Data = dict[str, Any]
_TYPES: Mapping[Type, str] = {"boolean": "boolean", "integer": "number", "number": "number", "text": "string"}
_AGGREGATES = {
    "count": "count",
    "count_distinct": "count_distinct",
    "sum": "sum",
    "avg": "avg",
    "min": "min",
    "max": "max",
}
_SLOT = f"measures[].meta.{NAMESPACE}"


class CubeTarget(Target):
    """A measure for each part of a metric, and one for the metric."""

    name = "cube"
    about = "Cube: a data model in YAML"
    carries: ClassVar[Mapping[str, str]] = {
        **dict.fromkeys(FIELDS, _SLOT),
        "name": "measures[].title",
        "question": "measures[].description",
    }

    def refuses(self, metric: Metric, export: Export) -> str | None:
        """Trailing windows it has; conversions and metrics over several tables it has not."""
        if found := template_in(metric, "{", "}") if _literals_hold_braces(metric) else None:
            return found
        if isinstance(metric.formula, Cumulative):
            return None
        return not_one_expression(metric, export.selection.catalog, export.options.layout)

    def render(self, export: Export) -> Files:
        """A file for each cube in `model/cubes`."""
        layout, catalog = export.options.layout, export.selection.catalog
        exported = {metric.id for metric in self.exported(export)}
        metrics = with_terms(self.exported(export), catalog)
        cubes: dict[str, list[Metric]] = {}
        for metric in metrics:
            event = next(iter(events_read([metric], catalog)))
            cubes.setdefault(layout.table(event), []).append(metric)
        return {
            f"model/cubes/{dataset_name(name)}.yml": as_yaml(
                {"cubes": [self._cube(name, tuple(members), exported, export)]}
            )
            for name, members in cubes.items()
        }

    def _cube(self, name: str, metrics: tuple[Metric, ...], exported: set[str], export: Export) -> Data:
        layout = export.options.layout
        columns = Prefixed(layout, lambda _: "{CUBE}")
        measures: list[Data] = []
        for metric in metrics:
            measures += [_part(part, columns) for role, part in parts_of(metric).items() if role]
            own = _whole(metric, columns)
            if metric.id in exported:
                own["meta"] = {NAMESPACE: {"id": metric.id, **aside(metric, self)}}
            measures.append(own)
        return {
            "name": dataset_name(name),
            "sql_table": table(name),
            "dimensions": _dimensions(metrics, export.selection.catalog, layout),
            "measures": measures,
        }


def _part(part: SimplePart, columns: Prefixed) -> Data:
    measure = part.measure
    named = {"name": part.name, "title": part.label, "public": False}
    if measure.agg == "percentile":
        return {**named, "type": "number", "sql": columns.aggregated(measure)}
    written: Data = {**named, "type": _AGGREGATES[measure.agg]}
    if measure.field is not None:
        written["sql"] = columns.column(measure.event, measure.field)
    if rows := columns.rows(measure):
        written["filters"] = [{"sql": rows}]
    return written


def _whole(metric: Metric, columns: Prefixed) -> Data:
    parts = parts_of(metric)
    named: Data = {"name": snake(metric.id), "title": metric.name, "description": metric.question}
    if "" in parts:
        named = {**_part(parts[""], columns), **named, "public": True}
    elif isinstance(metric.formula, Derived):
        terms = metric.formula.terms

        def member(term: str) -> str:
            found = terms[term]
            return f"{{{snake(found.metric) if isinstance(found, MetricRef) else parts[term].name}}}"

        named |= {"type": "number", "sql": as_sql(metric.formula.expression, member, real=times_one)}
    else:
        numerator, denominator = parts["numerator"].name, parts["denominator"].name
        named |= {"type": "number", "sql": f"1.0 * {{{numerator}}} / NULLIF({{{denominator}}}, 0)"}
    if isinstance(metric.formula, Cumulative):
        count, unit = span(metric.formula.window)
        named["rolling_window"] = {"trailing": f"{count} {unit}", "offset": "end"}
    if is_fraction(metric):
        named["format"] = "percent"
    return named


def _dimensions(metrics: tuple[Metric, ...], catalog: Mapping[str, Metric], layout: Layout) -> list[Data]:
    types: dict[str, str] = {}
    for event, entry in events_read(metrics, catalog).items():
        if layout.logged_name(event) is not None:
            types.setdefault(layout.event_column, "string")
        types.setdefault(layout.time(event), "time")
        for field, type_ in entry.types.items():
            types.setdefault(layout.column(event, field), _TYPES[type_])
    # A cube's members share one list of names.
    taken = {part.name for metric in metrics for part in parts_of(metric).values()} | {snake(m.id) for m in metrics}
    return [
        {
            "name": f"{column}_field" if column in taken else column,
            "sql": f"{{CUBE}}.{identifier(column)}",
            "type": type_,
        }
        for column, type_ in types.items()
    ]


def _literals_hold_braces(metric: Metric) -> bool:
    values = (item.value for measure in parts_of(metric).values() for item in measure.measure.where)
    return any("{" in str(value) or "}" in str(value) for value in values)


TARGET = CubeTarget()
