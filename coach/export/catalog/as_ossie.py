"""Apache Ossie (once OSI), version 0.2: one flat model in YAML."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, ClassVar

from coach.export.catalog.dbt_project import as_yaml
from coach.export.catalog.losses import FIELDS, aside
from coach.export.catalog.prefixed import Prefixed, not_one_expression
from coach.export.catalog.simple_parts import snake
from coach.export.catalog.target import NAMESPACE, Export, Files, Target
from coach.knowledge.models.metric import Metric
from coach.measuring.fields import events_read
from coach.measuring.layout import Layout
from coach.measuring.names import identifier
from coach.measuring.sample import ID

Data = dict[str, Any]
MODEL = "ai_product_metrics"
_SLOT = f"metrics[].custom_extensions[COMMON].data.{NAMESPACE}"


class OssieTarget(Target):
    """Metrics as expressions over datasets."""

    name = "ossie"
    about = "Apache Ossie 0.2, which other semantic layers convert from"
    carries: ClassVar[Mapping[str, str]] = {
        **dict.fromkeys(FIELDS, _SLOT),
        "question": "metrics[].description",
        "aliases": f"metrics[].ai_context.synonyms and {_SLOT}",
        "abbreviations": f"metrics[].ai_context.synonyms and {_SLOT}",
    }
    version: ClassVar[str] = "0.2.0.dev0"

    def refuses(self, metric: Metric, export: Export) -> str | None:
        """Only what is one expression over one dataset can be said."""
        return not_one_expression(metric, export.selection.catalog, export.options.layout)

    def render(self, export: Export) -> Files:
        """`metrics.ossie.yaml`."""
        return {"metrics.ossie.yaml": as_yaml({"version": self.version, **self.model(export)})}

    def model(self, export: Export) -> Data:
        """The model itself, without what is around it."""
        layout, catalog = export.options.layout, export.selection.catalog
        metrics = self.exported(export)
        columns = Prefixed(layout, dataset_name)
        return {
            "name": MODEL,
            "description": "Metrics of AI products, from the metric-coach catalog.",
            "datasets": datasets(metrics, catalog, layout),
            "metrics": [self._metric(metric, columns.expression(metric, catalog)) for metric in metrics],
        }

    def _metric(self, metric: Metric, expression: str) -> Data:
        names = [metric.name, *metric.aliases, *metric.abbreviations]
        extension = {NAMESPACE: {"id": metric.id, "name": metric.name, **aside(metric, self)}}
        written: Data = {
            "name": snake(metric.id),
            "description": metric.question,
            "expression": ansi(expression),
            "ai_context": {"synonyms": names, "instructions": _instructions(metric)},
            "custom_extensions": [{"vendor_name": "COMMON", "data": json.dumps(extension, ensure_ascii=False)}],
        }
        return written


def datasets(metrics: tuple[Metric, ...], catalog: Mapping[str, Metric], layout: Layout) -> list[Data]:
    """Each table that the metrics read, with the columns that they read of it."""
    tables: dict[str, dict[str, None]] = {}
    for event, entry in events_read(metrics, catalog).items():
        columns = tables.setdefault(layout.table(event), {})
        if layout.logged_name(event) is not None:
            columns[layout.event_column] = None
        columns[layout.time(event)] = None
        columns.update(dict.fromkeys(layout.column(event, field) for field in entry.types))
    # Which column tells rows apart only a map file can say; dbt needs one.
    key = layout.fields.get(ID)
    return [
        {
            "name": dataset_name(name),
            "source": name,
            **({"primary_key": [key]} if key else {}),
            "fields": [
                {"name": column, "expression": ansi(identifier(column))}
                for column in ([key] if key else []) + [*columns]
            ],
        }
        for name, columns in tables.items()
    ]


def dataset_name(table: str) -> str:
    """A dataset is called as the last part of its table's name."""
    return table.rpartition(".")[2]


def ansi(expression: str) -> Data:
    """An expression in standard SQL."""
    return {"dialects": [{"dialect": "ANSI_SQL", "expression": expression}]}


def _instructions(metric: Metric) -> str:
    better = {"up": "Higher is better.", "down": "Lower is better.", "band": "Both ends are bad."}[metric.direction]
    honest = f" Read it with {', '.join(map(snake, metric.countered_by))}." if metric.countered_by else ""
    return f"Unit: {metric.unit}. {better}{honest}"


TARGET = OssieTarget()
