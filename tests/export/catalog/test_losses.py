"""What the loss report says survives is in the export, and what it says is lost is not."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import lkml
import pytest

from coach.export.catalog.losses import FIELDS, has, losses, place
from coach.export.catalog.registry import NAMES, target
from coach.export.catalog.selection import Selection, select
from coach.export.catalog.target import Export
from coach.knowledge.base import Base
from coach.knowledge.models.metric import Metric
from tests.export.catalog.conftest import read_yaml

HOLDING = [name for name in NAMES if target(name).holds_metrics]
MARKED: dict[str, list[Any]] = {
    "question": ["question"],
    "aliases": ["aliases"],
    "abbreviations": ["abbreviations"],
    "unit": ["unit"],
    "formula.unit_of_analysis": ["formula", "unit_of_analysis"],
    "segments.by": ["segments", 0, "by"],
    "segments.because": ["segments", 0, "because"],
    "thresholds.context": ["thresholds", 0, "context"],
    "thresholds.source": ["thresholds", 0, "source"],
    "gaming.path": ["gaming", 0, "path"],
    "gaming.sign": ["gaming", 0, "sign"],
    "logging.when": ["logging", 0, "when"],
}
"""Fields of free text, in which a mark can be put that is found nowhere else."""


def marked(metric: Metric) -> tuple[Metric, dict[str, str]]:
    data = json.loads(metric.model_dump_json())
    marks = {}
    for number, (field, steps) in enumerate(MARKED.items()):
        mark = marks[field] = f"Mark{number}x"
        *above, last = steps
        holder = data
        for step in above:
            holder = holder[step]
        holder[last] = [mark] if isinstance(holder[last], list) else mark
    return Metric.model_validate_json(json.dumps(data)), marks


def texts(data: Any) -> Iterator[str]:
    if isinstance(data, dict):
        for key, value in data.items():
            yield from texts(key)
            yield from texts(value)
    elif isinstance(data, (list, tuple)):
        for value in data:
            yield from texts(value)
    elif data is not None:
        yield str(data)


@pytest.mark.parametrize("name", HOLDING)
def test_marks_survive_where_the_report_says_so(name: str, base: Base) -> None:
    metric, marks = marked(base.metrics["precision"])
    export = Export(Selection((metric,), base))
    everything = "\n".join(target(name).render(export).values())
    assert [field for field, mark in marks.items() if mark in everything] == [
        field for field in marks if place(target(name), field) is not None
    ]


@pytest.mark.parametrize("name", NAMES)
def test_every_field_is_carried_or_lost_and_all_metrics_are_counted(name: str, base: Base) -> None:
    export = Export(select(base, None))
    report = losses(target(name), export)
    if not target(name).holds_metrics:
        assert report.exported == 0
        return
    assert report.exported + len(report.left_out) == len(base.metrics)
    assert not set(report.carried) & {loss.field for loss in report.lost}
    for loss in report.lost:
        exported = target(name).exported(export)
        assert loss.metrics == sum(has(metric, loss.field) for metric in exported) > 0
    assert set(target(name).carries) <= {*FIELDS, *(field.partition(".")[0] for field in FIELDS)}


def test_the_fields_are_those_of_the_model() -> None:
    assert {field.partition(".")[0] for field in FIELDS} == set(Metric.model_fields)


def test_exports_can_be_read_back_as_their_format(base: Base) -> None:
    export = Export(select(base, "layer:model"))
    for name in HOLDING:
        for path, text in target(name).render(export).items():
            if path.endswith(".json"):
                assert list(texts(json.loads(text)))
            elif path.endswith((".yml", ".yaml")):
                assert list(texts(read_yaml(text)))
            elif path.endswith(".lkml"):
                assert list(texts(lkml.load(text)))
