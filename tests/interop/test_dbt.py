"""dbt builds the exported project, and MetricFlow answers with our own numbers."""

from __future__ import annotations

import csv
import json
import time
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

from coach.export.catalog.dbt_events import MODEL, event_table
from coach.export.catalog.files import write_files
from coach.export.catalog.registry import target
from coach.export.catalog.selection import select
from coach.export.catalog.simple_parts import snake
from coach.export.catalog.target import Export
from coach.knowledge.base import Base
from coach.knowledge.models.formula import Cumulative
from coach.knowledge.models.metric import Metric
from coach.measuring.cut import WHOLE, Cut
from coach.measuring.evaluate import evaluate
from coach.measuring.fields import with_terms
from coach.measuring.sample import sample_events
from coach.measuring.sql import query
from tests.interop.conftest import Program, Read, program
from tests.interop.some_metrics import some_of_each

ENVIRONMENTS = {"dbt-legacy": "legacy", "dbt": "latest"}
BATCH = 75
"""Metrics in one query: starting takes most of the time of a few, joining that of many."""
TOLERANCE = 1e-9
"""Of the larger value, or of one where that is smaller."""


class Project:
    """A built project."""

    def __init__(self, name: str, folder: Path, base: Base, quick: bool) -> None:
        self.name = name
        environment = ENVIRONMENTS[name]
        self.mf: Program = program(environment, "mf", folder)
        dbt = program(environment, "dbt", folder)
        self.folder = folder
        selection = select(base, None)
        self.metrics = select(base, "computable").metrics
        if quick:
            self.metrics = with_terms(some_of_each(self.metrics, base.metrics), base.metrics)
            selection = replace(selection, metrics=self.metrics)
        write_files(folder, target(name).render(Export(selection)))
        begun = time.monotonic()
        self.said = dbt("--no-partial-parse", "build")
        self.built_in = time.monotonic() - begun
        self.events = sample_events(self.metrics, base.metrics)
        self.layout = event_table(self.metrics, base.metrics).layout.model_copy(
            update={"events_table": f"main.{MODEL}"}
        )
        self.catalog = base.metrics

    def asked(self, metrics: Iterable[Metric], *group_by: str) -> list[dict[str, str]]:
        """What MetricFlow answers, each row by the names of its columns."""
        path = self.folder / "answer.csv"
        grouped = ["--group-by", ",".join(group_by)] if group_by else []
        self.mf("query", "--metrics", ",".join(snake(metric.id) for metric in metrics), *grouped, "--csv", str(path))
        with path.open() as stream:
            return list(csv.DictReader(stream))

    def ours(self, metric: Metric, cut: Cut = WHOLE) -> tuple[dict[Any, Any], dict[Any, Any]]:
        """Our SQL's values on the built table, and our evaluator's on the sample."""
        with duckdb.connect(str(self.folder / "metric_coach.duckdb"), read_only=True) as connection:
            rows = connection.execute(query(metric, self.layout, self.catalog, cut)).fetchall()
        keys = len(cut.columns)
        worked_out = evaluate(metric, self.events, self.catalog, cut)
        return {row[:keys]: row[-1] for row in rows}, {key: number.value for key, number in worked_out.items()}


@pytest.fixture(scope="module", params=list(ENVIRONMENTS))
def project(request: pytest.FixtureRequest, base: Base, tmp_path_factory: pytest.TempPathFactory) -> Project:
    quick = request.config.getoption("--quick", default=False)
    return Project(request.param, tmp_path_factory.mktemp("project"), base, quick)


class Comparison:
    """Compares answers, and remembers by how much they differed."""

    def __init__(self) -> None:
        self.metrics: set[str] = set()
        self.values = 0
        self.largest = 0.0

    def same(self, metric: Metric, *answers: Any) -> bool:
        """Whether all answers are equal to 1e-9; an empty one only equals an empty one."""
        self.metrics.add(metric.id)
        self.values += 1
        empty = [answer in (None, "") for answer in answers]
        if any(empty):
            return all(empty)
        numbers = [float(answer) for answer in answers]
        size = max(1.0, *map(abs, numbers))
        difference = (max(numbers) - min(numbers)) / size
        self.largest = max(self.largest, difference)
        return difference <= TOLERANCE

    def __str__(self) -> str:
        return f"{len(self.metrics)} metrics, {self.values} values, largest difference {self.largest:.1g}"


def trailing(metric: Metric, catalog: Mapping[str, Metric]) -> bool:
    """Whether a trailing window is in it: MetricFlow then wants a day to be named."""
    return any(isinstance(each.formula, Cumulative) for each in with_terms([metric], catalog))


def batches(metrics: Iterable[Metric], catalog: Mapping[str, Metric]) -> Iterable[list[Metric]]:
    whole = [metric for metric in metrics if not trailing(metric, catalog)]
    return (whole[start : start + BATCH] for start in range(0, len(whole), BATCH))


def test_metricflow_finds_nothing_wrong(project: Project, read: Read) -> None:
    assert "ERROR=0" in project.said
    read(f"{project.name}, dbt build: {len(project.metrics)} metrics", project.built_in)
    said = project.mf("validate-configs")
    assert said.count("(ERRORS: 0,") >= 6
    assert said.count("(ERRORS: ") == said.count("(ERRORS: 0,")
    read(f"{project.name}, mf validate-configs: no errors in {len(project.metrics)} metrics")


def test_every_metric_equals_our_sql_and_our_evaluator(project: Project, read: Read) -> None:
    compared = Comparison()
    for batch in batches(project.metrics, project.catalog):
        (row,) = project.asked(batch)
        for metric in batch:
            sql, worked_out = project.ours(metric)
            answers = row[snake(metric.id)], sql[()], worked_out[()]
            assert compared.same(metric, *answers), (metric.id, answers)
    assert len(compared.metrics) > 10
    read(f"{project.name}, mf query: {compared}")


def test_segments_are_equal_too(project: Project, read: Read) -> None:
    cut = Cut(("plan",))
    compared = Comparison()
    for batch in batches(project.metrics, project.catalog):
        rows = {row["event__plan"]: row for row in project.asked(batch, "event__plan")}
        for metric in batch:
            sql, worked_out = project.ours(metric, cut)
            assert sql.keys() == worked_out.keys()
            for (plan,), value in sql.items():
                answers = rows[plan][snake(metric.id)], value, worked_out[plan,]
                assert compared.same(metric, *answers), (metric.id, plan, answers)
    assert compared.values > len(compared.metrics)
    read(f"{project.name}, mf query by plan: {compared}")


def test_trailing_windows_are_equal_on_every_day(project: Project, read: Read) -> None:
    compared = Comparison()
    for metric in project.metrics:
        if trailing(metric, project.catalog):
            rows = {
                datetime.fromisoformat(row["metric_time__day"]): row
                for row in project.asked([metric], "metric_time__day")
            }
            sql, worked_out = project.ours(metric, Cut(per="day"))
            assert sql
            for (day,), value in sql.items():
                answers = rows[day][snake(metric.id)], value, worked_out[day,]
                assert compared.same(metric, *answers), (metric.id, day, answers)
    assert compared.values > 0
    read(f"{project.name}, mf query by day, trailing windows: {compared}")


def test_what_dbt_has_no_field_for_is_in_its_manifest(project: Project, base: Base) -> None:
    manifest = json.loads((project.folder / "target" / "manifest.json").read_text())
    metrics = {each["name"]: each for each in manifest["metrics"].values()}
    for metric in project.metrics:
        kept = metrics[snake(metric.id)]["config"]["meta"]["metric_coach"]
        assert kept["id"] == metric.id
        assert tuple(kept.get("countered_by", ())) == metric.countered_by
        assert [each["source"] for each in kept.get("thresholds", ())] == [each.source for each in metric.thresholds]
        assert metrics[snake(metric.id)]["label"] == metric.name
