"""A dbt project with semantic models and measures, the specification that dbt reads up to 1.12."""

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


class DbtLegacyTarget(DbtTarget):
    """Semantic models hold measures, and metrics refer to them."""

    name = "dbt-legacy"
    about = "dbt 1.6 to 1.12 with MetricFlow: a project that builds on DuckDB"

    def render(self, export: Export) -> Files:
        """The project."""
        metrics = self.every(export)
        built = event_table(metrics, export.selection.catalog)
        written = [one for metric in metrics for one in self._written(metric, built)]
        spine = {
            "name": SPINE,
            "time_spine": {"standard_granularity_column": "date_day"},
            "columns": [{"name": "date_day", "granularity": "day"}],
        }
        return {
            **common_files(metrics, export, built),
            "models/models.yml": as_yaml({"version": 2, "models": [spine]}),
            "models/semantic_models.yml": as_yaml({"semantic_models": [_semantic_model(metrics, built)]}),
            "models/metrics.yml": as_yaml({"metrics": written}),
        }

    def _written(self, metric: Metric, built: EventTable) -> list[Data]:
        parts = parts_of(metric)
        helpers = [
            {"name": part.name, "label": part.label, "type": "simple", "type_params": {"measure": _measure_name(part)}}
            for role, part in parts.items()
            if role and not isinstance(metric.formula, Conversion)
        ]
        kind, params = _params(metric, parts, built)
        own = {"name": snake(metric.id), "label": metric.name, "description": metric.question, "type": kind}
        # The formula's own filters hold templates of dbt's, so they are not to be made harmless.
        return [*plain(helpers), {**plain(own), "type_params": params, "config": plain(meta(metric, self))}]


def _params(metric: Metric, parts: dict[str, SimplePart], built: EventTable) -> tuple[str, Data]:
    match metric.formula:
        case Ratio() | Share():
            return "ratio", {role: {"name": part.name} for role, part in parts.items()}
        case Derived(terms=terms):
            inputs = [{"name": input_of(metric, term)} for term in terms]
            return "derived", {"expr": expression_of(metric), "metrics": inputs}
        case Cumulative():
            window = {"window": window_of(metric)}
            return "cumulative", {"measure": _measure_name(parts[""]), "cumulative_type_params": window}
        case Conversion():
            base, target = parts["base"], parts["target"]
            return "conversion", {
                "conversion_type_params": {
                    "entity": entity_of(metric, built),
                    "calculation": "conversion_rate",
                    "base_measure": {"name": _measure_name(base), "filter": step_filter(base, built)},
                    "conversion_measure": {"name": _measure_name(target)},
                    "window": window_of(metric),
                }
            }
    return "simple", {"measure": _measure_name(parts[""])}


def _semantic_model(metrics: tuple[Metric, ...], built: EventTable) -> Data:
    followed = entities(metrics, built)
    return {
        "name": "events",
        "model": f"ref('{MODEL}')",
        "defaults": {"agg_time_dimension": AT},
        "entities": [
            {"name": "event", "type": "primary", "expr": ID},
            *({"name": name, "type": "foreign", "expr": column} for column, name in followed.items()),
        ],
        "dimensions": [
            {"name": AT, "type": "time", "type_params": {"time_granularity": "second"}},
            {"name": DAY, "type": "time", "type_params": {"time_granularity": "day"}},
            *({"name": column, "type": "categorical"} for column in dimensions(metrics, built)),
        ],
        "measures": [_measure(part, metric, built) for metric in metrics for part in parts_of(metric).values()],
    }


def _measure(part: SimplePart, metric: Metric, built: EventTable) -> Data:
    written = aggregation(part, built)
    measure = {"name": _measure_name(part), "agg": written["agg"], "expr": written["expr"]}
    if "percentile" in written:
        measure["agg_params"] = {"percentile": written["percentile"], "use_discrete_percentile": False}
    time = time_of(metric)
    return measure if time == AT else {**measure, "agg_time_dimension": time}


def _measure_name(part: SimplePart) -> str:
    return f"{part.name}_value"


TARGET = DbtLegacyTarget()
