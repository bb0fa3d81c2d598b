"""The catalog as JSON: everything, without loss, and read back to the same entries."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from coach.export.catalog.document import CatalogDocument, as_text
from coach.export.catalog.losses import FIELDS
from coach.export.catalog.target import Export, Files, Target


class JsonTarget(Target):
    """One document, described by the published schema."""

    name = "json"
    about = "the catalog itself, without loss"
    carries: ClassVar[Mapping[str, str]] = {field: f"metrics[].{field}" for field in FIELDS}

    def render(self, export: Export) -> Files:
        """`catalog.json`."""
        document = CatalogDocument(metrics=self.exported(export))
        return {"catalog.json": as_text(document.model_dump(mode="json", by_alias=True))}


TARGET = JsonTarget()
