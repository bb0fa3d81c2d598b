"""Ossie, Cube and LookML: what is written there, worked out, gives the metrics' values."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

import lkml
import pytest

from coach.export.catalog.registry import NAMES, target
from coach.export.catalog.selection import select
from coach.export.catalog.simple_parts import snake
from coach.export.catalog.target import Export, Options
from coach.knowledge.base import Base
from coach.knowledge.models.metric import Metric
from coach.measuring.fields import events_read, one_table, with_terms
from coach.measuring.layout import Layout
from tests.export.catalog.conftest import Answers, Expected, read_yaml

REFUSED_KINDS = {"conversion", "cumulative", "procedure"}


@pytest.fixture(scope="session")
def export(base: Base, computable: tuple[Metric, ...]) -> Export:
    layout = one_table(events_read(computable, base.metrics)).layout
    return Export(select(base, None), Options(layout=layout))


def rendered(name: str, export: Export) -> str:
    (text,) = target(name).render(export).values()
    return text


def check(found: Mapping[str, float | None], expected: Expected, least: int) -> None:
    assert len(found) >= least
    for id_, value in found.items():
        assert value == pytest.approx(expected[id_], rel=1e-9), id_


def test_ossie_expressions_give_the_values(export: Export, answers: Answers, expected: Expected) -> None:
    document = read_yaml(rendered("ossie", export))
    found = {}
    for metric in document["metrics"]:
        data = json.loads(metric["custom_extensions"][0]["data"])["metric_coach"]
        found[data["id"]] = answers(metric["expression"]["dialects"][0]["expression"])
    check(found, expected, 20)


def test_both_versions_of_ossie_hold_the_same_model(export: Export) -> None:
    flat, wrapped = read_yaml(rendered("ossie", export)), json.loads(rendered("ossie-0.1", export))
    assert (flat.pop("version"), wrapped["version"]) == ("0.2.0.dev0", "0.1.1")
    assert wrapped["semantic_model"] == [flat]


def test_cube_measures_give_the_values(export: Export, answers: Answers, expected: Expected) -> None:
    (cube,) = read_yaml(rendered("cube", export))["cubes"]
    measures = {measure["name"]: measure for measure in cube["measures"]}
    aggregates = {"count_distinct": "COUNT(DISTINCT {})", "count": "COUNT({})"}

    def sql(name: str) -> str:
        measure = measures[name]
        text = measure.get("sql", "1")
        if measure["type"] == "number":
            return (
                "(" + re.sub(r"{(\w+)}", lambda member: "events" if member[1] == "CUBE" else sql(member[1]), text) + ")"
            )
        rows = " AND ".join(f"({each['sql']})" for each in measure.get("filters", [])) or "TRUE"
        value = f"CASE WHEN {rows} THEN {text} END".replace("{CUBE}", "events")
        return aggregates.get(measure["type"], f"{measure['type']}({{}})").format(value)

    kept = {m["meta"]["metric_coach"]["id"]: m for m in cube["measures"] if "meta" in m}
    check({id_: answers(sql(m["name"])) for id_, m in kept.items() if "rolling_window" not in m}, expected, 20)
    assert kept["weekly-active-users"]["rolling_window"] == {"trailing": "7 day", "offset": "end"}
    names = [member["name"] for member in [*cube["measures"], *cube["dimensions"]]]
    assert len(names) == len(set(names))


def test_lookml_measures_give_the_values(export: Export, answers: Answers, expected: Expected, base: Base) -> None:
    (view,) = lkml.load(rendered("lookml", export))["views"]
    measures = {measure["name"]: measure for measure in view["measures"]}

    def sql(name: str) -> str:
        measure = measures[name]
        text = measure["sql"].replace("${TABLE}", "events")
        match measure["type"]:
            case "number":
                return "(" + re.sub(r"\${(\w+)}", lambda member: sql(member[1]), text) + ")"
            case "count_distinct":
                return f"COUNT(DISTINCT {text})"
            case "percentile":
                return f"QUANTILE_CONT({text}, {float(measure['percentile']) / 100})"
            case "average":
                return f"AVG({text})"
        return f"{measure['type']}({text})"

    exported = target("lookml").exported(export)
    check({metric.id: answers(sql(snake(metric.id))) for metric in exported}, expected, 20)
    tags = measures["precision"]["tags"]
    assert "metric_coach:id=precision" in tags
    assert any(
        tag.startswith("metric_coach:threshold=") and base.metrics["precision"].thresholds[0].source in tag
        for tag in tags
    )


@pytest.mark.parametrize("name", ["ossie", "ossie-0.1", "cube", "lookml"])
def test_what_cannot_be_said_is_left_out_with_the_reason(name: str, export: Export) -> None:
    for metric in export.selection.metrics:
        reason = target(name).refuses(metric, export)
        # A derived metric can be said where all that it is made of can.
        kinds = {each.formula.kind for each in with_terms([metric], export.selection.catalog)}
        sayable = REFUSED_KINDS.isdisjoint(kinds) or (name == "cube" and kinds == {"cumulative"})
        assert (reason is None) == sayable, (metric.id, reason)


@pytest.mark.parametrize("name", ["ossie", "cube", "lookml"])
def test_metrics_over_several_tables_are_left_out(name: str, base: Base) -> None:
    apart = Export(select(base, "availability,precision"), Options(layout=Layout(table_per_event="raw.{event}")))
    assert [metric.id for metric in target(name).exported(apart)] == ["precision"]
    assert "2 tables" in str(target(name).refuses(base.metrics["availability"], apart))
    text = "".join(target(name).render(apart).values())
    assert "raw.label_recorded" in text


@pytest.mark.parametrize(
    ("name", "hostile"),
    [("lookml", "x ;; }"), ("lookml", "${x}"), ("cube", "{x}"), ("dbt", "{{ x }}"), ("growthbook", "{{ x }}")],
)
def test_a_value_that_a_system_takes_for_a_command_is_refused(name: str, hostile: str, base: Base) -> None:
    metric = base.metrics["override-rate"]
    data: dict[str, Any] = metric.model_dump(mode="json")
    data["formula"]["part"][0]["value"] = hostile
    changed = Metric.model_validate_json(json.dumps(data))
    assert "takes for" in str(target(name).refuses(changed, Export(select(base, "override-rate"))))


@pytest.mark.parametrize("name", NAMES)
def test_the_same_selection_gives_the_same_bytes(name: str, base: Base) -> None:
    export = Export(select(base, "layer:agent"))
    assert target(name).render(export) == target(name).render(export)
