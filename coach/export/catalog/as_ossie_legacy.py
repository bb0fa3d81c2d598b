"""Apache Ossie 0.1.1, when it was called OSI: the only version that dbt 1.12 reads."""

from __future__ import annotations

from coach.export.catalog.as_ossie import OssieTarget
from coach.export.catalog.document import as_text
from coach.export.catalog.target import Export, Files


class OssieLegacyTarget(OssieTarget):
    """The same model inside a list, as JSON."""

    name = "ossie-0.1"
    about = "OSI 0.1.1 as JSON, which dbt 1.12 reads from its folder osi/"
    version = "0.1.1"

    def render(self, export: Export) -> Files:
        """`metrics.osi.json`."""
        return {"metrics.osi.json": as_text({"version": self.version, "semantic_model": [self.model(export)]})}


TARGET = OssieLegacyTarget()
