"""Ossie documents, read by Apache's schema and by dbt."""

from __future__ import annotations

import json
from pathlib import Path

import yaml

from coach.export.catalog.files import write_files
from coach.export.catalog.registry import target
from coach.export.catalog.selection import select
from coach.export.catalog.simple_parts import snake
from coach.export.catalog.target import Export, Options
from coach.knowledge.base import Base
from coach.measuring.layout import Layout
from tests.interop.conftest import Read, program


def test_azem_passes_version_0_2(base: Base, tmp_path: Path, read: Read) -> None:
    azem = program("legacy", "azem", tmp_path)
    for layout in (Layout(), Layout(table_per_event="analytics.raw.{event}")):
        export = Export(select(base, None), Options(layout=layout))
        write_files(tmp_path, target("ossie").render(export), force=True)
        assert "PASSED" in azem("validate", "metrics.ossie.yaml")
        read(f"ossie, azem validate: passed with {len(target('ossie').exported(export))} metrics")


def test_dbt_reads_version_0_1(base: Base, tmp_path: Path, read: Read) -> None:
    """dbt wants a model for each dataset, found by database, schema and name."""
    dbt = program("latest", "dbt", tmp_path)
    selection = select(base, None)
    write_files(tmp_path, target("dbt").render(Export(select(base, "precision"))))
    # Of the project only the models and the time spine stay; the metrics come from Ossie.
    models = tmp_path / "models" / "models.yml"
    document = yaml.safe_load(models.read_text())
    models.write_text(yaml.safe_dump({**document, "models": document["models"][:1]}))
    layout = Layout(events_table="metric_coach.main.metric_events", fields={"event_id": "event_id"})
    export = Export(selection, Options(layout=layout))
    files = target("ossie-0.1").render(export)
    write_files(tmp_path, {f"osi/{name}": text for name, text in files.items()})
    said = dbt("--no-partial-parse", "parse")
    assert "Error" not in said
    known = {
        metric["name"] for metric in json.loads((tmp_path / "target" / "manifest.json").read_text())["metrics"].values()
    }
    exported = {snake(metric.id) for metric in target("ossie-0.1").exported(export)}
    assert exported <= known
    read(f"ossie-0.1, dbt parse: {len(exported)} metrics")
