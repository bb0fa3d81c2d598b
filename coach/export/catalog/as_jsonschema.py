"""The JSON Schema of the catalog, for editors and for whoever reads the JSON export."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from coach.export.catalog.document import as_text, schema
from coach.export.catalog.target import Export, Files, Target

FILE = "metric-catalog.schema.json"


class JsonSchemaTarget(Target):
    """What every JSON export keeps to; the published file is made by this too."""

    name = "jsonschema"
    about = "the schema of the JSON export, draft 2020-12"
    carries: ClassVar[Mapping[str, str]] = {}
    holds_metrics = False

    def render(self, export: Export) -> Files:
        """One file, whatever is selected."""
        del export
        return {FILE: as_text(schema())}


TARGET = JsonSchemaTarget()
