"""GrowthBook: its fields as its interface describes them, and the values that its way of counting gives."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb
import jsonschema
import pytest
import yaml

from coach.export.catalog.as_growthbook import LONGEST
from coach.export.catalog.registry import target
from coach.export.catalog.selection import select
from coach.export.catalog.target import Export, Options
from coach.knowledge.base import Base
from coach.knowledge.models.metric import Metric
from coach.measuring.dialects import DIALECTS
from coach.measuring.evaluate import AT, EVENT
from coach.measuring.fields import events_read, one_table
from coach.measuring.layout import Layout
from coach.measuring.sample import sample_events
from tests.export.catalog.conftest import Expected, read_yaml
from tests.measuring.conftest import filled

OPERAND = {
    "type": "object",
    "required": ["factTableId", "column"],
    "properties": {
        "factTableId": {"type": "string"},
        "column": {"type": "string", "minLength": 1},
        "aggregation": {"enum": ["sum", "max", "count distinct"]},
        "filters": {"type": "array", "items": {"type": "string"}},
    },
    "additionalProperties": False,
}
METRIC = {
    "type": "object",
    "required": ["name", "metricType", "numerator"],
    "properties": {
        "name": {"type": "string", "minLength": 1},
        "description": {"type": "string", "maxLength": LONGEST},
        "tags": {"type": "array", "items": {"type": "string"}},
        "metricType": {"enum": ["proportion", "retention", "mean", "quantile", "ratio", "dailyParticipation"]},
        "numerator": OPERAND,
        "denominator": OPERAND,
        "inverse": {"type": "boolean"},
        "displayAsPercentage": {"type": "boolean"},
        "quantileSettings": {
            "type": "object",
            "required": ["type", "quantile", "ignoreZeros"],
            "properties": {
                "type": {"enum": ["event", "unit"]},
                "quantile": {"type": "number", "minimum": 0.001, "maximum": 0.999},
                "ignoreZeros": {"type": "boolean"},
            },
            "additionalProperties": False,
        },
        "managedBy": {"enum": ["", "api"]},
    },
    "additionalProperties": False,
    "allOf": [
        {
            "if": {"properties": {"metricType": {"const": "ratio"}}},
            "then": {"required": ["denominator"]},
            "else": {"not": {"anyOf": [{"required": ["denominator"]}, {"required": ["displayAsPercentage"]}]}},
        },
        {
            "if": {"properties": {"metricType": {"const": "quantile"}}},
            "then": {"required": ["quantileSettings"]},
            "else": {"not": {"required": ["quantileSettings"]}},
        },
    ],
}


def of(id_pattern: str, data: object, **more: object) -> dict[str, Any]:
    properties = {"id": {"type": "string", "pattern": id_pattern}, "data": data, **more}
    each = {"type": "object", "required": list(properties), "properties": properties, "additionalProperties": False}
    return {"type": "array", "items": each}


def strings(*names: str) -> dict[str, Any]:
    properties: dict[str, Any] = {name: {"type": "string"} for name in names}
    lists = {name: {"type": "array", "items": {"type": "string"}} for name in ("userIdTypes", "tags")}
    return {
        "type": "object",
        "required": ["name"],
        "properties": {**properties, **lists},
        "additionalProperties": False,
    }


SCHEMA = {
    "type": "object",
    "required": ["factTables", "factTableFilters", "factMetrics"],
    "properties": {
        "factTables": of("^[a-z0-9_]+$", strings("name", "datasource", "sql", "eventName", "managedBy")),
        "factTableFilters": of(
            "^[a-z0-9_]+$",
            strings("name", "description", "value", "managedBy"),
            factTableId={"type": "string"},
        ),
        "factMetrics": of("^fact__[a-z0-9_]+$", METRIC),
    },
    "additionalProperties": False,
}


def exported(base: Base, options: Options, query: str | None = None) -> Any:
    return read_yaml(target("growthbook").render(Export(select(base, query), options))["growthbook.yaml"])


@pytest.fixture(scope="module")
def document(base: Base, computable: tuple[Metric, ...]) -> Any:
    return exported(base, Options(layout=one_table(events_read(computable, base.metrics)).layout))


def test_the_document_has_growthbooks_fields_and_no_others(document: Any) -> None:
    check = jsonschema.Draft202012Validator(SCHEMA)
    assert [f"{list(error.path)}: {error.message}" for error in check.iter_errors(document)] == []


def test_everything_named_is_there_once(document: Any) -> None:
    for part in document.values():
        assert len({each["id"] for each in part}) == len({each["data"]["name"] for each in part}) == len(part)
    tables = {each["id"] for each in document["factTables"]}
    filters = {each["id"]: each for each in document["factTableFilters"]}
    for each in document["factMetrics"]:
        for operand in (each["data"]["numerator"], each["data"].get("denominator", each["data"]["numerator"])):
            assert operand["factTableId"] in tables
            for name in operand["filters"]:
                assert filters[name]["factTableId"] == operand["factTableId"]
                assert filters[name]["data"]["name"] == name


def test_the_facts_give_the_values_on_the_sample(
    document: Any, computable: tuple[Metric, ...], expected: Expected, base: Base, tmp_path: Path
) -> None:
    connection = sample(computable, base, tmp_path)
    tables = {each["id"]: each["data"]["sql"] for each in document["factTables"]}
    filters = {each["id"]: each["data"]["value"] for each in document["factTableFilters"]}
    for table, sql in tables.items():
        connection.execute(f'CREATE TABLE "fact_{table}" AS {sql}')

    def total(operand: Mapping[str, Any], quantile: float | None = None) -> float | None:
        column = operand["column"]
        aggregates = {"$$count": "count(*)", "$$distinctUsers": "count(DISTINCT user_id)"}
        if quantile is not None:
            value = f"quantile_cont({column}, {quantile})"
        elif operand.get("aggregation") == "count distinct":
            value = f"count(DISTINCT {column})"
        else:
            value = aggregates.get(column, f"sum({column})")
        rows = " AND ".join(f"({filters[name]})" for name in operand["filters"]) or "TRUE"
        row = connection.execute(f'SELECT {value} FROM "fact_{operand["factTableId"]}" WHERE {rows}').fetchone()
        assert row is not None
        return None if row[0] is None else float(row[0])

    for each in document["factMetrics"]:
        data = each["data"]
        id_ = kept(each)["id"]
        value = total(data["numerator"], data.get("quantileSettings", {}).get("quantile"))
        if data["metricType"] == "ratio":
            whole = total(data["denominator"])
            assert value is not None
            assert whole
            value /= whole
        assert value == pytest.approx(expected[id_], rel=1e-9), id_
    assert len(document["factMetrics"]) > 100


def sample(metrics: tuple[Metric, ...], base: Base, folder: Path) -> duckdb.DuckDBPyConnection:
    table = one_table(events_read(metrics, base.metrics))
    types = {"boolean": "BOOLEAN", "integer": "BIGINT", "number": "DOUBLE", "text": "VARCHAR"}
    columns = {EVENT: "VARCHAR", AT: "TIMESTAMP", "user_id": "VARCHAR"}
    columns |= {name: types[kind] for name, kind in table.columns.items()}
    rows = (
        {table.layout.column(event[EVENT], name): value for name, value in event.items()}
        for event in sample_events(metrics, base.metrics)
    )
    return filled(columns, rows, folder)


def kept(metric: Mapping[str, Any]) -> Any:
    block = metric["data"]["description"].partition("```yaml\n")[2].removesuffix("```")
    return yaml.safe_load(block)["metric_coach"]


def test_direction_and_percentages_are_said(document: Any, base: Base) -> None:
    metrics = {each["id"]: each["data"] for each in document["factMetrics"]}
    assert metrics["fact__hallucination_rate"]["inverse"] is True
    assert metrics["fact__precision"]["inverse"] is False
    assert metrics["fact__precision"]["displayAsPercentage"] is True
    assert "displayAsPercentage" not in metrics["fact__cost_per_request"]
    assert metrics["fact__latency_percentile"]["quantileSettings"]["quantile"] == 0.95
    assert metrics["fact__daily_active_users"]["metricType"] == "proportion"


def test_what_growthbook_has_no_field_for_is_read_back(document: Any, base: Base) -> None:
    for each in document["factMetrics"]:
        data = kept(each)
        metric = base.metrics[data["id"]]
        assert tuple(data.get("countered_by", ())) == metric.countered_by
        assert [limit["source"] for limit in data.get("thresholds", ())] == [
            limit.source for limit in metric.thresholds
        ]


@pytest.mark.parametrize("dialect", DIALECTS)
def test_sql_is_the_warehouses_own(dialect: str, base: Base) -> None:
    layout = Layout(events_table="landing.happened", fields={"user_id": "Uid"})
    options = Options(dialect=dialect, layout=layout, datasource="ds_1")
    document = exported(base, options, "task-success-rate,ai-dependency-ratio")
    journeys, rows = (each["data"] for each in document["factTables"])
    assert {journeys["datasource"], rows["datasource"]} == {"ds_1"}
    quote = {"bigquery": "`", "databricks": "`", "spark": "`"}.get(dialect, '"')
    assert "landing.happened" in rows["sql"]
    assert f"{quote}Uid{quote} AS user_id" in rows["sql"]
    # Redshift reserves the word, so it stands in quotes there.
    assert "AS timestamp" in " ".join(journeys["sql"].replace('"', "").split())
