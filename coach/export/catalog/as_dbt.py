"""A dbt project in the specification that dbt reads from 1.12 on: metrics stand with their model."""

from __future__ import annotations

from typing import Any

from coach.export.catalog.dbt_events import DAY, MODEL, EventTable, event_table
from coach.export.catalog.dbt_metrics import (
    SPINE,
    aggregation,
    dimensions,
    entities,
    entity_of,
    expression_of,
    input_of,
    step_filter,
    time_of,
    window_of,
)
from coach.export.catalog.dbt_project import DbtTarget, as_yaml, common_files, meta, plain
from coach.export.catalog.simple_parts import SimplePart, parts_of, snake
from coach.export.catalog.target import Export, Files
from coach.knowledge.models.formula import Conversion, Cumulative, Derived, Ratio, Share
from coach.knowledge.models.metric import Metric
from coach.measuring.evaluate import AT
from coach.measuring.sample import ID

Data = dict[str, Any]


class DbtLatestTarget(DbtTarget):
    """One model with its entities, dimensions and metrics."""

    name = "dbt"
    about = "dbt from 1.12 on, and Fusion: a project that builds on DuckDB"

    def render(self, export: Export) -> Files:
        """The project."""
        metrics = self.every(export)
        built = event_table(metrics, export.selection.catalog)
        written = [one for metric in metrics for one in self._written(metric, built)]
        model = {
            "name": MODEL,
            "description": "One row an event, with the fields that the metrics read.",
            "semantic_model": {"enabled": True, "name": "events"},
            "agg_time_dimension": AT,
            "columns": _columns(metrics, built),
            "metrics": written,
        }
        spine = {
            "name": SPINE,
            "time_spine": {"standard_granularity_column": "date_day"},
            "columns": [{"name": "date_day", "granularity": "day"}],
        }
        return {
            **common_files(metrics, export, built),
            "models/models.yml": as_yaml({"version": 2, "models": [spine, model]}),
        }

    def _written(self, metric: Metric, built: EventTable) -> list[Data]:
        parts = parts_of(metric)
        day = {"agg_time_dimension": time_of(metric)} if time_of(metric) != AT else {}
        inputs = [
            {
                "name": _input_name(metric, part),
                "label": _input_label(metric, part),
                "type": "simple",
                **aggregation(part, built),
                **day,
            }
            for role, part in parts.items()
            if role or isinstance(metric.formula, Cumulative)
        ]
        own = {"name": snake(metric.id), "label": metric.name, "description": metric.question}
        body = _body(metric, parts, built)
        return [*inputs, {**plain(own), **body, "config": plain(meta(metric, self))}]


def _body(metric: Metric, parts: dict[str, SimplePart], built: EventTable) -> Data:
    match metric.formula:
        case Ratio() | Share():
            return {"type": "ratio", **{role: part.name for role, part in parts.items()}}
        case Derived(terms=terms):
            inputs = [{"name": input_of(metric, term)} for term in terms]
            return {"type": "derived", "expr": expression_of(metric), "input_metrics": inputs}
        case Cumulative():
            return {
                "type": "cumulative",
                "input_metric": _input_name(metric, parts[""]),
                "window": window_of(metric),
            }
        case Conversion():
            base, target = parts["base"], parts["target"]
            return {
                "type": "conversion",
                "entity": entity_of(metric, built),
                "calculation": "conversion_rate",
                "base_metric": {"name": base.name, "filter": step_filter(base, built)},
                "conversion_metric": {"name": target.name},
                "window": window_of(metric),
            }
    return {"type": "simple", **aggregation(parts[""], built)}


def _input_name(metric: Metric, part: SimplePart) -> str:
    return f"{part.name}_within" if isinstance(metric.formula, Cumulative) else part.name


def _input_label(metric: Metric, part: SimplePart) -> str:
    # Labels must be unique as names must be.
    return f"{part.label}: one window" if isinstance(metric.formula, Cumulative) else part.label


def _columns(metrics: tuple[Metric, ...], built: EventTable) -> list[Data]:
    followed = entities(metrics, built)
    return [
        {"name": ID, "entity": {"type": "primary", "name": "event"}},
        *({"name": column, "entity": {"type": "foreign", "name": name}} for column, name in followed.items()),
        {"name": AT, "granularity": "second", "dimension": {"type": "time"}},
        {"name": DAY, "granularity": "day", "dimension": {"type": "time"}},
        *({"name": column, "dimension": {"type": "categorical"}} for column in dimensions(metrics, built)),
    ]


TARGET = DbtLatestTarget()
