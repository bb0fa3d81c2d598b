"""GrowthBook: fact tables, filters and fact metrics, as its bulk import and the tool gbsync take them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any, ClassVar

from coach.export.catalog.blocks import yaml_block
from coach.export.catalog.dbt_project import as_yaml
from coach.export.catalog.growthbook_facts import (
    COUNT,
    Operand,
    fact_table,
    journeys,
    journeys_id,
    operands,
    what_is_missing,
)
from coach.export.catalog.losses import FIELDS
from coach.export.catalog.prefixed import template_in
from coach.export.catalog.simple_parts import measures_of, snake
from coach.export.catalog.target import NAMESPACE, Export, Files, Target
from coach.knowledge.models.formula import Conversion, Simple
from coach.knowledge.models.metric import Metric
from coach.measuring.dialects import in_dialect
from coach.measuring.fields import events_read
from coach.measuring.layout import USER
from coach.scorecards.wording import is_fraction

Data = dict[str, Any]
_SLOT = f"factMetrics[].data.description, under {NAMESPACE}"
LONGEST = 10_000
"""Characters of a description there."""
_HEAD = """\
# Fact tables and metrics for GrowthBook: `gbsync plan`, or POST /api/v1/bulk-import/facts with the same data.
# `datasource` must be the id of yours. Each fact table is one event; rows without a {user} do not count.
"""


class GrowthBookTarget(Target):
    """A fact table for each event and each conversion; a metric is counted by user of an experiment."""

    name = "growthbook"
    about = "GrowthBook: metrics for experiments"
    carries: ClassVar[Mapping[str, str]] = {
        **dict.fromkeys(FIELDS, _SLOT),
        "id": f"factMetrics[].id and {_SLOT}",
        "name": "factMetrics[].data.name",
        "question": "factMetrics[].data.description",
        "layer": "factMetrics[].data.tags",
        "formula": "factMetrics[].data.metricType, numerator and denominator",
        "direction": f"factMetrics[].data.inverse and {_SLOT}",
    }

    def refuses(self, metric: Metric, export: Export) -> str | None:
        """Totals, means, percentiles, conversions and one total over another can be said."""
        del export
        if len(_description(metric, self)) > LONGEST:
            return f"what is said of it is longer than the {LONGEST:,} characters of a description"
        # The SQL of a fact table may hold templates there.
        return template_in(metric, "{{") or what_is_missing(metric.formula)

    def render(self, export: Export) -> Files:
        """`growthbook.yaml`."""
        facts = _Facts(export)
        metrics = [self._metric(metric, facts) for metric in self.exported(export)]
        document = {"factTables": facts.tables, "factTableFilters": facts.filters, "factMetrics": metrics}
        return {"growthbook.yaml": _HEAD.format(user=USER) + as_yaml(document)}

    def _metric(self, metric: Metric, facts: _Facts) -> Data:
        said: Data = {
            "name": facts.free_name(metric),
            "description": _description(metric, self),
            "tags": ["metric-coach", metric.layer],
            **self._computed(metric, facts),
            "inverse": metric.direction == "down",
            "managedBy": "api",
        }
        if said["metricType"] == "ratio" and is_fraction(metric):
            said["displayAsPercentage"] = True
        return {"id": f"fact__{snake(metric.id)}", "data": said}

    def _computed(self, metric: Metric, facts: _Facts) -> Data:
        formula = metric.formula
        if isinstance(formula, Conversion):
            table = facts.journeys(metric)
            reached = {"factTableId": table, "column": "reached", "aggregation": "sum", "filters": []}
            every = {"factTableId": table, "column": COUNT, "filters": []}
            return {"metricType": "ratio", "numerator": reached, "denominator": every}
        written = [facts.operand(operand) for operand in operands(formula)]
        if len(written) > 1:
            return {"metricType": "ratio", "numerator": written[0], "denominator": written[1]}
        if isinstance(formula, Simple) and formula.measure.percentile is not None:
            quantile = {"type": "event", "quantile": formula.measure.percentile, "ignoreZeros": False}
            return {"metricType": "quantile", "numerator": written[0], "quantileSettings": quantile}
        distinct_users = all(
            part.agg == "count_distinct" and part.field == USER for part in measures_of(metric).values()
        )
        return {"metricType": "proportion" if distinct_users else "mean", "numerator": written[0]}


class _Facts:
    """The tables and filters that metrics ask for, each once."""

    def __init__(self, export: Export) -> None:
        self._options = export.options
        self._events = events_read(export.selection.metrics, export.selection.catalog)
        self._tables: dict[str, Data] = {}
        self._filters: dict[str, Data] = {}
        self._names: set[str] = set()

    @property
    def tables(self) -> list[Data]:
        return list(self._tables.values())

    @property
    def filters(self) -> list[Data]:
        return list(self._filters.values())

    def free_name(self, metric: Metric) -> str:
        """The metric's name; with its id where another has it too, since names must be unique."""
        name = metric.name if metric.name not in self._names else f"{metric.name} ({metric.id})"
        self._names.add(name)
        return name

    def operand(self, operand: Operand) -> Data:
        """What is counted or added up, over the table of its event, which is asked for with it."""
        event = operand.event
        if event not in self._tables:
            sql = fact_table(self._events[event], self._options.layout)
            self._add_table(event, event.replace("_", " ").capitalize(), sql)
        written: Data = {"factTableId": event, "column": operand.column}
        if operand.aggregation:
            written["aggregation"] = operand.aggregation
        return {**written, "filters": [self._filter(operand)] if operand.rows else []}

    def journeys(self, metric: Metric) -> str:
        """The id of a table with one row for each start of a conversion."""
        assert isinstance(metric.formula, Conversion)
        id_ = journeys_id(metric)
        sql = journeys(metric.formula, self._options.layout)
        self._add_table(id_, f"{metric.name}: one row a start", sql)
        return id_

    def _add_table(self, id_: str, name: str, sql: str) -> None:
        data = {
            "name": name,
            "datasource": self._options.datasource,
            "userIdTypes": [USER],
            "tags": ["metric-coach"],
            "sql": in_dialect(sql, self._options.dialect),
            "eventName": "",
            "managedBy": "api",
        }
        self._tables[id_] = {"id": id_, "data": data}

    def _filter(self, operand: Operand) -> str:
        # Its name is its id: the import looks for one, gbsync for the other. It is the same whatever is selected.
        id_ = f"{operand.event}_{hashlib.sha256(operand.rows.encode()).hexdigest()[:8]}"
        if id_ not in self._filters:
            data = {
                "name": id_,
                "description": operand.said,
                "value": condition_in(operand.rows, self._options.dialect),
                "managedBy": "api",
            }
            self._filters[id_] = {"id": id_, "factTableId": operand.event, "data": data}
        return id_


def condition_in(rows: str, dialect: str) -> str:
    """A condition in another system's SQL."""
    text = in_dialect(f"SELECT 1 FROM t WHERE {rows}", dialect)
    return " ".join(line.strip() for line in text.partition("WHERE")[2].strip().split("\n"))


def _description(metric: Metric, target: Target) -> str:
    return f"{metric.question}\n\n{yaml_block(metric, target)}"


TARGET = GrowthBookTarget()
