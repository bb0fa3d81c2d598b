"""The targets by name. A target's module is loaded when the target is asked for."""

from __future__ import annotations

from importlib import import_module

from coach.export.catalog.target import Target

_MODULES = {
    "json": "as_json",
    "jsonschema": "as_jsonschema",
    "csv": "as_csv",
    "sql": "as_sql",
    "skos": "as_skos",
    "growthbook": "as_growthbook",
    "openmetadata": "as_openmetadata",
    "datahub": "as_datahub",
    "dbt": "as_dbt",
    "dbt-legacy": "as_dbt_legacy",
    "ossie": "as_ossie",
    "ossie-0.1": "as_ossie_legacy",
    "cube": "as_cube",
    "lookml": "as_lookml",
}
NAMES = tuple(_MODULES)


def target(name: str) -> Target:
    """The target of this name; the name must be one of `NAMES`."""
    found: Target = import_module(f"coach.export.catalog.{_MODULES[name]}").TARGET
    return found
