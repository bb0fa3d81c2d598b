"""Exports for experiments and for governance, read by the tools that load them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from coach.export.catalog.files import write_files
from coach.export.catalog.registry import target
from coach.export.catalog.selection import select
from coach.export.catalog.simple_parts import snake
from coach.export.catalog.target import Export
from coach.knowledge.base import Base
from tests.interop.conftest import Read, program

GROWTHBOOK = """
import json, yaml
from gbsync.models import DesiredState
state = DesiredState.from_config(yaml.safe_load(open("growthbook.yaml")))
print(json.dumps({name: metric.metricType for name, metric in state.metrics.items()}))
"""
OPENMETADATA = """
import glob, json
from metadata.generated.schema.api.data.createMetric import CreateMetricRequest
read = [CreateMetricRequest.model_validate(json.load(open(path))) for path in sorted(glob.glob("*/*.json"))]
print("\\n" + json.dumps([request.name.root for request in read]))
"""
RECIPE = {
    "source": {"type": "datahub-business-glossary", "config": {"file": "business_glossary.yml"}},
    "sink": {"type": "file", "config": {"filename": "out.json"}},
}


def test_gbsync_takes_every_fact_and_metric(base: Base, tmp_path: Path, read: Read) -> None:
    python = program("growthbook", "python", tmp_path)
    export = Export(select(base, None))
    write_files(tmp_path, target("growthbook").render(export))
    taken = json.loads(python("-c", GROWTHBOOK))
    assert list(taken) == [metric.name for metric in target("growthbook").exported(export)]
    read(f"growthbook, gbsync: {len(taken)} metrics")
    text = (tmp_path / "growthbook.yaml").read_text()
    (tmp_path / "growthbook.yaml").write_text(text.replace("metricType: ratio", "metricType: share", 1))
    with pytest.raises(AssertionError, match="metricType"):
        python("-c", GROWTHBOOK)


def test_openmetadatas_own_models_take_every_request(base: Base, tmp_path: Path, read: Read) -> None:
    python = program("openmetadata", "python", tmp_path)
    files = target("openmetadata").render(Export(select(base, None)))
    write_files(tmp_path, files)
    said = python("-c", OPENMETADATA)
    taken = json.loads(next(line for line in said.splitlines() if line.startswith("[")))
    assert len(taken) == len(files) - 1
    assert set(taken) == {snake(id_) for id_ in base.metrics}
    read(f"openmetadata, CreateMetricRequest: {len(set(taken))} metrics in {len(taken)} requests")


def test_datahub_reads_every_term_and_every_link(base: Base, tmp_path: Path, read: Read) -> None:
    datahub = program("datahub", "datahub", tmp_path)
    write_files(tmp_path, target("datahub").render(Export(select(base, None))))
    (tmp_path / "recipe.json").write_text(json.dumps(RECIPE))
    said = datahub("ingest", "-c", "recipe.json")
    assert "Pipeline finished successfully" in said
    taken = dict(terms(json.loads((tmp_path / "out.json").read_text())))
    assert len(taken) == len(base.metrics)
    followed = 0
    for metric in base.metrics.values():
        aspects = taken[urn(metric.id)]
        kept = aspects["GlossaryTermInfo"]["customProperties"]
        assert [limit["source"] for limit in json.loads(kept.get("metric_coach.thresholds", "[]"))] == [
            limit.source for limit in metric.thresholds
        ]
        links = aspects.get("GlossaryRelatedTerms", {}).get("relatedTerms") or []
        assert set(links) == set(map(urn, metric.related))
        followed += len(links)
    read(f"datahub, business-glossary source: {len(taken)} terms, {followed} links")


def urn(id_: str) -> str:
    return f"urn:li:glossaryTerm:metric_coach.{snake(id_)}"


def terms(events: list[Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for event in events:
        for kind, snapshot in event.get("proposedSnapshot", {}).items():
            if kind.endswith("GlossaryTermSnapshot"):
                aspects = {name.rpartition(".")[2]: data for each in snapshot["aspects"] for name, data in each.items()}
                yield snapshot["urn"], aspects
