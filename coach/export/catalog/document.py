"""The catalog as one document: what the JSON export holds and the published schema describes."""

from __future__ import annotations

import json
from typing import Any, Literal

from pydantic import ConfigDict, Field

from coach.knowledge.models.base import Entry
from coach.knowledge.models.metric import Metric

VERSION = "1.0.0"
"""Of the document's shape: the last number grows with wording, the second with new optional keys, else the first."""
SCHEMA_ID = f"urn:metric-coach:schema:metric-catalog:{VERSION}"


class CatalogDocument(Entry):
    """A metric catalog, or a part of one."""

    model_config = ConfigDict(validate_by_name=True, validate_by_alias=True)

    schema_: Literal[SCHEMA_ID] = Field(default=SCHEMA_ID, alias="$schema")  # type: ignore[valid-type]
    """The schema that describes this document."""
    version: Literal[VERSION] = VERSION  # type: ignore[valid-type]
    metrics: tuple[Metric, ...]


def read_document(text: str) -> tuple[Metric, ...]:
    """The metrics in an exported document. Raises `pydantic.ValidationError` for anything else."""
    return CatalogDocument.model_validate_json(text, strict=True).metrics


def schema() -> dict[str, Any]:
    """The document's JSON Schema, draft 2020-12."""
    made = CatalogDocument.model_json_schema(by_alias=True)
    made["title"] = "Metric catalog"
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA_ID,
        "version": VERSION,
        **made,
    }


def as_text(data: Any) -> str:
    """Data as a JSON document that people can read too."""
    return json.dumps(data, ensure_ascii=False, indent=2, allow_nan=False) + "\n"
