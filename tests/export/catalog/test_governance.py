"""OpenMetadata's requests and DataHub's glossary have the fields that these systems take, and no others."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import jsonschema
import pytest

from coach.export.catalog.registry import target
from coach.export.catalog.selection import Selection, select
from coach.export.catalog.target import Export
from coach.knowledge.base import Base
from coach.knowledge.models.metric import Metric
from tests.export.catalog.conftest import read_yaml


def one_of(*values: str) -> dict[str, Any]:
    return {"type": "string", "enum": list(values)}


def closed(required: str, **properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "required": required.split(),
        "properties": properties,
        "additionalProperties": False,
    }


def many(items: Any, least: int = 0) -> dict[str, Any]:
    return {"type": "array", "items": items, "minItems": least}


TEXT = {"type": "string", "minLength": 1}
NAME = {"type": "string", "pattern": "^[a-z][a-z0-9_]{0,254}$"}
REQUEST = {
    **closed(
        "name",
        name=NAME,
        displayName=TEXT,
        description=TEXT,
        metricExpression=closed(
            "language code", language=one_of("SQL", "Java", "JavaScript", "Python", "External"), code=TEXT
        ),
        metricType=one_of(
            *("COUNT", "SUM", "AVERAGE", "RATIO", "PERCENTAGE", "MIN", "MAX", "MEDIAN", "MODE", "STANDARD_DEVIATION"),
            *("VARIANCE", "SIMPLE", "CUMULATIVE", "DERIVED", "CONVERSION", "OTHER"),
        ),
        unitOfMeasurement=one_of(
            *("COUNT", "DOLLARS", "PERCENTAGE", "TIMESTAMP", "SIZE", "REQUESTS", "EVENTS", "TRANSACTIONS", "OTHER")
        ),
        customUnitOfMeasurement=TEXT,
        granularity=one_of("SECOND", "MINUTE", "HOUR", "DAY", "WEEK", "MONTH", "QUARTER", "YEAR"),
        dimensions=many(
            closed("name", name=TEXT, type=one_of("CATEGORICAL", "TIME"), description=TEXT, expression=TEXT)
        ),
        measures=many(closed("name", name=NAME, aggregation=TEXT, description=TEXT, expression=TEXT)),
        filters=many(closed("where", where=TEXT)),
        relatedMetrics=many(NAME, 1),
        extension={"type": "object"},
    ),
    "if": {"properties": {"unitOfMeasurement": {"const": "OTHER"}}},
    "then": {"required": ["customUnitOfMeasurement"]},
    "else": {"not": {"required": ["customUnitOfMeasurement"]}},
}
TERM = closed(
    "name description",
    id={"type": "string", "pattern": r"^metric_coach\.[a-z0-9_]+$"},
    name=TEXT,
    description=TEXT,
    term_source=one_of("INTERNAL", "EXTERNAL"),
    custom_properties={"type": "object", "additionalProperties": {"type": "string"}},
    related_terms=many(TEXT, 1),
    contains=many(TEXT, 1),
)
NODE = closed(
    "name description", id=TEXT, name=TEXT, description=TEXT, terms=many(TERM), nodes=many({"$ref": "#/$defs/node"})
)
GLOSSARY = {
    "$defs": {"node": NODE},
    **closed(
        "version owners nodes",
        version={"const": "1"},
        source=TEXT,
        owners=closed("users", users=many(TEXT, 1)),
        nodes=many({"$ref": "#/$defs/node"}, 1),
    ),
}


def faults(schema: Mapping[str, Any], data: Any) -> list[str]:
    check = jsonschema.Draft202012Validator(schema)
    return [f"{list(error.path)}: {error.message}" for error in check.iter_errors(data)]


@pytest.fixture(scope="module")
def requests(base: Base) -> Mapping[str, Any]:
    files = target("openmetadata").render(Export(select(base, None)))
    return {path: json.loads(text) for path, text in files.items() if path.endswith(".json")}


@pytest.fixture(scope="module")
def glossary(base: Base) -> Any:
    return read_yaml(target("datahub").render(Export(select(base, None)))["business_glossary.yml"])


def test_every_request_has_openmetadatas_fields(requests: Mapping[str, Any]) -> None:
    assert {path: found for path, request in requests.items() if (found := faults(REQUEST, request))} == {}
    assert faults(REQUEST, {**requests["1-metrics/precision.json"], "unit": "x"}) != []


def test_links_come_after_all_metrics_and_lead_to_them(requests: Mapping[str, Any], base: Base) -> None:
    names = {request["name"] for path, request in requests.items() if path.startswith("1-")}
    assert len(names) == len(base.metrics)
    for path, request in requests.items():
        assert ("relatedMetrics" in request) == path.startswith("2-links/")
        assert set(request.get("relatedMetrics", ())) <= names
        first = requests[path.replace("2-links", "1-metrics")]
        assert {key: value for key, value in request.items() if key != "relatedMetrics"} == first


def test_types_units_and_what_is_aside_are_the_metrics(requests: Mapping[str, Any], base: Base) -> None:
    def request(id_: str) -> Any:
        return requests[f"1-metrics/{id_}.json"]

    kinds = {"precision": "RATIO", "task-success-rate": "CONVERSION", "weekly-active-users": "CUMULATIVE"}
    kinds |= {"f1-score": "DERIVED", "latency-percentile": "OTHER", "rouge": "OTHER", "mae": "AVERAGE"}
    assert {id_: request(id_)["metricType"] for id_ in kinds} == kinds
    assert request("rouge")["metricExpression"]["language"] == "External"
    assert request("latency-percentile")["customUnitOfMeasurement"] == "ms"
    for metric in base.metrics.values():
        block = request(metric.id)["extension"]["metric_coach"]
        kept = read_yaml(block.removeprefix("```yaml\n").removesuffix("```"))["metric_coach"]
        assert kept["id"] == metric.id
        assert tuple(kept.get("countered_by", ())) == metric.countered_by
        assert [limit["source"] for limit in kept.get("thresholds", ())] == [
            limit.source for limit in metric.thresholds
        ]


def terms(node: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    for each in node.get("nodes", ()):
        yield from terms(each, f"{path}{each['name']}.")
    for term in node.get("terms", ()):
        yield f"{path}{term['name']}", term


def test_the_glossary_has_datahubs_fields_and_links_that_lead_somewhere(glossary: Any, base: Base) -> None:
    assert faults(GLOSSARY, glossary) == []
    found = dict(terms(glossary))
    assert len(found) == len({term["id"] for term in found.values()}) == len(base.metrics)
    by_id = {term["id"].removeprefix("metric_coach.").replace("_", "-"): term for term in found.values()}
    for metric in base.metrics.values():
        term = by_id[metric.id]
        linked = {found[path]["id"].removeprefix("metric_coach.") for path in term.get("related_terms", ())}
        assert linked == {id_.replace("-", "_") for id_ in metric.related}
        limits = json.loads(term["custom_properties"].get("metric_coach.thresholds", "[]"))
        assert [limit["source"] for limit in limits] == [limit.source for limit in metric.thresholds]


def test_links_out_of_the_selection_stay_as_properties(base: Base) -> None:
    export = Export(select(base, "precision"))
    ((_, term),) = terms(read_yaml(target("datahub").render(export)["business_glossary.yml"]))
    assert "related_terms" not in term
    assert term["custom_properties"]["metric_coach.related"] == ", ".join(base.metrics["precision"].related)
    assert [path for path in target("openmetadata").render(export) if path.startswith("2-")] == []


def test_nothing_is_taken_for_a_variable_of_the_readers_environment(base: Base) -> None:
    data = {**base.metrics["precision"].model_dump(mode="json"), "unit": "$HOME", "question": "a ${HOME}?"}
    export = Export(Selection((Metric.model_validate_json(json.dumps(data)),), base))
    text = target("datahub").render(export)["business_glossary.yml"]
    assert not re.search(r"\$\{|^\$HOME", text)
    ((_, term),) = terms(read_yaml(text))
    assert term["custom_properties"]["metric_coach.unit"] == " $HOME"
