"""LookML: a view for each table, with a measure for each part of a metric and one for the metric."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from coach.export.catalog.as_ossie import dataset_name
from coach.export.catalog.losses import aside
from coach.export.catalog.prefixed import Prefixed, not_one_expression, template_in
from coach.export.catalog.simple_parts import SimplePart, parts_of, snake
from coach.export.catalog.target import NAMESPACE, Export, Files, Target
from coach.knowledge.field_types import Type
from coach.knowledge.models.formula import Derived, MetricRef
from coach.knowledge.models.metric import Metric
from coach.measuring.expressions import as_sql, times_one
from coach.measuring.fields import events_read, with_terms
from coach.measuring.layout import Layout
from coach.measuring.names import identifier, table
from coach.scorecards.wording import is_fraction

_TYPES: Mapping[Type, str] = {"boolean": "yesno", "integer": "number", "number": "number", "text": "string"}
_AGGREGATES = {"count_distinct": "count_distinct", "sum": "sum", "avg": "average", "min": "min", "max": "max"}
_TAGS = f"tags, as {NAMESPACE}:"
_TAGGED = ("id", "kind", "unit", "direction", "timing", "cadence", "countered_by", "counters", "related")
Lines = list[str]


class LookmlTarget(Target):
    """What Looker has no field for goes into tags as far as it is short; prose is lost."""

    name = "lookml"
    about = "Looker: views in LookML"
    carries: ClassVar[Mapping[str, str]] = {
        **dict.fromkeys(_TAGGED, _TAGS),
        "name": "measure.label",
        "question": "measure.description",
        "layer": "measure.group_label",
        "formula": "measure.type and measure.sql",
        "thresholds.level": _TAGS,
        "thresholds.value": _TAGS,
        "thresholds.source": _TAGS,
        "thresholds.trust": _TAGS,
    }

    def refuses(self, metric: Metric, export: Export) -> str | None:
        """Conversions, trailing windows and metrics over several tables have no measure of their own there."""
        return template_in(metric, ";;", "${", "{{", "{%") or not_one_expression(
            metric, export.selection.catalog, export.options.layout
        )

    def render(self, export: Export) -> Files:
        """A file for each view in `views`."""
        layout, catalog = export.options.layout, export.selection.catalog
        exported = {metric.id for metric in self.exported(export)}
        views: dict[str, list[Metric]] = {}
        for metric in with_terms(self.exported(export), catalog):
            event = next(iter(events_read([metric], catalog)))
            views.setdefault(layout.table(event), []).append(metric)
        return {
            f"views/{dataset_name(name)}.view.lkml": self._view(name, tuple(members), exported, export)
            for name, members in views.items()
        }

    def _view(self, name: str, metrics: tuple[Metric, ...], exported: set[str], export: Export) -> str:
        layout = export.options.layout
        columns = Prefixed(layout, lambda _: "${TABLE}")
        blocks: list[str] = _dimensions(metrics, export.selection.catalog, layout)
        for metric in metrics:
            parts = parts_of(metric)
            blocks += [
                _block("measure", part.name, [*_aggregation(part, columns), "hidden: yes", _text("label", part.label)])
                for role, part in parts.items()
                if role
            ]
            lines = _aggregation(parts[""], columns) if "" in parts else ["type: number", _sql(_number(metric))]
            lines += [_text("label", metric.name), _text("description", metric.question)]
            lines += [_text("group_label", metric.layer.capitalize())]
            lines += ["value_format_name: percent_1"] if is_fraction(metric) else []
            if metric.id in exported:
                lines.append(f"tags: [{', '.join(_quoted(tag) for tag in self._tags(metric))}]")
            blocks.append(_block("measure", snake(metric.id), lines))
        inside = "\n\n".join(blocks)
        return f"view: {dataset_name(name)} {{\n  sql_table_name: {table(name)} ;;\n\n{inside}\n}}\n"

    def _tags(self, metric: Metric) -> Iterable[str]:
        data: dict[str, Any] = {"id": metric.id, **aside(metric, self)}
        for key in _TAGGED:
            values = data.get(key, ())
            for value in [values] if isinstance(values, str) else values:
                yield f"{NAMESPACE}:{key}={value}"
        for threshold in metric.thresholds:
            limit = f"{threshold.op} {threshold.value:g}" + (
                f" {threshold.upper:g}" if threshold.upper is not None else ""
            )
            yield f"{NAMESPACE}:threshold={threshold.level} {limit} ({threshold.trust}: {threshold.source})"


def _aggregation(part: SimplePart, columns: Prefixed) -> Lines:
    measure = part.measure
    if measure.agg == "percentile":
        return ["type: percentile", f"percentile: {(measure.percentile or 0) * 100:g}", _sql(columns.value(measure))]
    if measure.agg == "count":
        return ["type: sum", _sql(f"CASE WHEN {columns.value(measure)} IS NOT NULL THEN 1 ELSE 0 END")]
    return [f"type: {_AGGREGATES[measure.agg]}", _sql(columns.value(measure))]


def _number(metric: Metric) -> str:
    parts = parts_of(metric)
    if not isinstance(metric.formula, Derived):
        return f"1.0 * ${{{parts['numerator'].name}}} / NULLIF(${{{parts['denominator'].name}}}, 0)"
    terms = metric.formula.terms

    def member(term: str) -> str:
        found = terms[term]
        return f"${{{snake(found.metric) if isinstance(found, MetricRef) else parts[term].name}}}"

    return as_sql(metric.formula.expression, member, real=times_one)


def _dimensions(metrics: tuple[Metric, ...], catalog: Mapping[str, Metric], layout: Layout) -> list[str]:
    types: dict[str, str] = {}
    times: dict[str, None] = {}
    for event, entry in events_read(metrics, catalog).items():
        if layout.logged_name(event) is not None:
            types.setdefault(layout.event_column, "string")
        times[layout.time(event)] = None
        for field, type_ in entry.types.items():
            types.setdefault(layout.column(event, field), _TYPES[type_])
    taken = {part.name for metric in metrics for part in parts_of(metric).values()} | {snake(m.id) for m in metrics}
    frames = "timeframes: [raw, hour, date, week, month, quarter]"
    blocks = [
        _block("dimension_group", re.sub("_at$", "", time), ["type: time", frames, _sql(_own(time))]) for time in times
    ]
    for column, kind in types.items():
        name = f"{column}_field" if column in taken else column
        blocks.append(_block("dimension", name.lower(), [f"type: {kind}", _sql(_own(column))]))
    return blocks


def _own(column: str) -> str:
    return f"${{TABLE}}.{identifier(column)}"


def _block(kind: str, name: str, lines: Lines) -> str:
    inside = "\n".join(f"    {line}" for line in lines)
    return f"  {kind}: {name} {{\n{inside}\n  }}"


def _sql(text: str) -> str:
    return f"sql: {text} ;;"


def _text(key: str, text: str) -> str:
    return f"{key}: {_quoted(text)}"


def _quoted(text: str) -> str:
    # Liquid is read inside texts too; a space parts its two signs.
    for opener in ("{{", "{%"):
        text = text.replace(opener, f"{opener[0]} {opener[1]}")
    return json.dumps(re.sub(r"\s+", " ", text), ensure_ascii=False)


TARGET = LookmlTarget()
