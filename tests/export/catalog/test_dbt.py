"""The dbt projects, as far as they can be judged without dbt; tests/interop has them built and asked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb
import pytest

from coach.export.catalog.dbt_events import MODEL, event_table, model_sql
from coach.export.catalog.registry import target
from coach.export.catalog.selection import select
from coach.export.catalog.simple_parts import snake
from coach.export.catalog.target import Export, Options
from coach.knowledge.base import Base
from coach.measuring.fields import with_terms
from coach.measuring.layout import EventPlace, Layout
from coach.measuring.names import is_reserved
from tests.export.catalog.conftest import Expected, read_yaml

NAME = re.compile(r"[a-z](?:(?!__)[a-z0-9_])*[a-z0-9]")
AGGREGATES = {
    "sum": "sum({})",
    "count_distinct": "count(distinct {})",
    "average": "avg({})",
    "min": "min({})",
    "max": "max({})",
}
WITH_JOINS = {"conversion", "cumulative"}
Metrics = Mapping[str, dict[str, Any]]


@pytest.fixture(scope="module")
def latest(base: Base) -> Mapping[str, str]:
    return target("dbt").render(Export(select(base, None)))


@pytest.fixture(scope="module")
def legacy(base: Base) -> Mapping[str, str]:
    return target("dbt-legacy").render(Export(select(base, None)))


def metrics_in(files: Mapping[str, str]) -> Metrics:
    if "models/metrics.yml" in files:
        listed = read_yaml(files["models/metrics.yml"])["metrics"]
    else:
        models = read_yaml(files["models/models.yml"])["models"]
        listed = next(model for model in models if model["name"] == MODEL)["metrics"]
    assert len({metric["name"] for metric in listed}) == len(listed)
    return {metric["name"]: metric for metric in listed}


def test_names_and_labels_are_what_dbt_takes(latest: Mapping[str, str], legacy: Mapping[str, str]) -> None:
    for files in (latest, legacy):
        metrics = metrics_in(files)
        assert [name for name in metrics if not NAME.fullmatch(name)] == []
        labels = [metric["label"] for metric in metrics.values()]
        assert len(set(labels)) == len(labels)


def test_both_generations_have_the_same_metrics(latest: Mapping[str, str], legacy: Mapping[str, str]) -> None:
    ids = [
        {m["config"]["meta"]["metric_coach"]["id"] for m in metrics_in(files).values() if "config" in m}
        for files in (latest, legacy)
    ]
    assert ids[0] == ids[1]
    assert latest["seeds/sample_events.csv"] == legacy["seeds/sample_events.csv"]


def test_legacy_metrics_refer_to_measures_that_are_there(legacy: Mapping[str, str]) -> None:
    (model,) = read_yaml(legacy["models/semantic_models.yml"])["semantic_models"]
    measures = {measure["name"] for measure in model["measures"]}
    metrics = metrics_in(legacy)
    elements = [each["name"] for key in ("measures", "dimensions", "entities") for each in model[key]]
    assert len(set(elements)) == len(elements)
    for metric in metrics.values():
        match metric["type"], metric["type_params"]:
            case "simple" | "cumulative", params:
                assert params["measure"] in measures
            case "ratio", params:
                assert {params["numerator"]["name"], params["denominator"]["name"]} <= metrics.keys()
            case "derived", params:
                assert {each["name"] for each in params["metrics"]} <= metrics.keys()
            case "conversion", params:
                steps = params["conversion_type_params"]
                assert {steps["base_measure"]["name"], steps["conversion_measure"]["name"]} <= measures
            case kind, _:
                pytest.fail(f"unknown type {kind}")


def test_the_expressions_give_the_values_on_the_seed(
    latest: Mapping[str, str], expected: Expected, base: Base, tmp_path: Path
) -> None:
    metrics = metrics_in(latest)
    built = event_table(select(base, "computable").metrics, base.metrics)
    types = {"string": "VARCHAR", "timestamp": "TIMESTAMP", "boolean": "BOOLEAN", "int": "BIGINT", "float": "DOUBLE"}
    header = latest["seeds/sample_events.csv"].partition("\n")[0]
    assert header.split(",") == list(built.columns)
    assert [column for column in built.columns if is_reserved(column)] == []
    seed = tmp_path / "seed.csv"
    seed.write_text(latest["seeds/sample_events.csv"])
    connection = duckdb.connect()
    columns = ", ".join(f"'{name}': '{types[type_]}'" for name, type_ in built.columns.items())
    connection.execute(f"CREATE TABLE e AS SELECT * FROM read_csv('{seed}', columns = {{{columns}}}, header = true)")

    def sql(name: str) -> str:
        metric = metrics[name]
        match metric["type"]:
            case "ratio":
                return f"({sql(metric['numerator'])} / nullif({sql(metric['denominator'])}, 0))"
            case "derived":
                inputs = {each["name"]: sql(each["name"]) for each in metric["input_metrics"]}
                return "(" + re.sub("[a-z_][a-z0-9_]*", lambda m: inputs.get(m[0], m[0]), metric["expr"]) + ")"
        if metric["agg"] == "percentile":
            return f"quantile_cont({metric['expr']}, {metric['percentile']})"
        return AGGREGATES[metric["agg"]].format(metric["expr"])

    compared = 0
    for metric in metrics.values():
        id_ = metric["config"]["meta"]["metric_coach"]["id"] if "config" in metric else None
        kinds = {each.formula.kind for each in with_terms([base.metrics[id_]], base.metrics)} if id_ else WITH_JOINS
        if id_ is not None and WITH_JOINS.isdisjoint(kinds):
            row = connection.execute(f"SELECT {sql(metric['name'])} FROM e").fetchone()
            assert row is not None
            assert row[0] == pytest.approx(expected[id_], rel=1e-9), id_
            compared += 1
    assert compared >= 20


def test_a_teams_own_tables_are_read_under_the_catalogs_names(base: Base) -> None:
    layout = Layout(
        events_table="analytics.raw",
        event_column="kind",
        time_column="ts",
        fields={"user_id": "uid"},
        events={
            "ai_feature_used": EventPlace(name="AI Used", fields={"trigger": "origin"}),
            "session_started": EventPlace(table="analytics.sessions"),
        },
    )
    export = Export(select(base, "user-adoption-rate"), Options(layout=layout))
    sql = model_sql(event_table(export.selection.metrics, base.metrics), layout)
    own = sql.partition("{% else %}")[2].partition("{% endif %}")[0]
    first, second = own.split("union all")
    assert "case kind when 'AI Used' then 'ai_feature_used' else kind end as event_name" in first
    assert "cast(origin as {{ dbt.type_string() }}) as trigger_field" in first
    assert "over (order by ts)" in first
    assert "where kind in ('AI Used')" in first
    assert "cast(null as {{ dbt.type_boolean() }}) as has_ai_access" in first
    assert "'session_started' as event_name" in second
    assert "cast(uid as {{ dbt.type_string() }}) as user_id" in second
    assert "from analytics.sessions" in second
    assert snake("user-adoption-rate") in target("dbt").render(export)["models/models.yml"]
