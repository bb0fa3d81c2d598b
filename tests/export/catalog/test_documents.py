"""The catalog as JSON and the schema that is published for it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from coach.export.catalog.document import SCHEMA_ID, VERSION, read_document, schema
from coach.export.catalog.losses import losses
from coach.export.catalog.registry import target
from coach.export.catalog.selection import select
from coach.export.catalog.target import Export
from coach.knowledge.base import Base

PUBLISHED = Path(__file__).parents[3] / "docs" / "schema" / "metric-catalog.schema.json"


def exported(base: Base, query: str | None = None) -> Any:
    return json.loads(target("json").render(Export(select(base, query)))["catalog.json"])


def test_what_is_exported_reads_back_as_the_same_metrics(base: Base) -> None:
    text = target("json").render(Export(select(base, None)))["catalog.json"]
    assert read_document(text) == tuple(base.metrics.values())
    assert losses(target("json"), Export(select(base, None))).lost == ()


def test_the_export_satisfies_the_published_schema(base: Base) -> None:
    published = json.loads(PUBLISHED.read_text())
    jsonschema.Draft202012Validator.check_schema(published)
    check = jsonschema.Draft202012Validator(published)
    document = exported(base)
    assert [error.message for error in check.iter_errors(document)] == []
    document["metrics"][0]["direction"] = "sideways"
    assert [list(error.path) for error in check.iter_errors(document)] == [["metrics", 0, "direction"]]


def test_the_published_schema_is_the_one_of_the_models() -> None:
    """After a change of the models: raise VERSION in `document.py`, then export the schema to `docs/schema`."""
    assert json.loads(PUBLISHED.read_text()) == schema()


def test_the_schema_says_which_one_it_is(base: Base) -> None:
    published = json.loads(PUBLISHED.read_text())
    assert (published["$id"], published["version"]) == (SCHEMA_ID, VERSION)
    assert SCHEMA_ID.endswith(f":{VERSION}")
    assert exported(base, "precision")["$schema"] == SCHEMA_ID


def test_a_document_of_another_version_is_refused(base: Base) -> None:
    document = exported(base, "precision") | {"version": "0.0.9"}
    with pytest.raises(ValueError, match="version"):
        read_document(json.dumps(document))
