"""dbt builds the exported project, and MetricFlow answers with our own numbers."""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Iterable, Mapping
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
from tests.interop.conftest import Program, program

ENVIRONMENTS = {"dbt-legacy": "legacy", "dbt": "latest"}
BATCH = 25


class Project:
    """A built project."""

    def __init__(self, name: str, folder: Path, base: Base) -> None:
        environment = ENVIRONMENTS[name]
        self.mf: Program = program(environment, "mf", folder)
        dbt = program(environment, "dbt", folder)
        self.folder = folder
        self.metrics = select(base, "computable").metrics
        write_files(folder, target(name).render(Export(select(base, None))))
        self.said = dbt("--no-partial-parse", "build")
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
    return Project(request.param, tmp_path_factory.mktemp("project"), base)


def same(one: Any, other: Any) -> bool:
    if one in (None, "") or other in (None, ""):
        return one in (None, "") and other in (None, "")
    return math.isclose(float(one), float(other), rel_tol=1e-9, abs_tol=1e-9)


def trailing(metric: Metric, catalog: Mapping[str, Metric]) -> bool:
    """Whether a trailing window is in it: MetricFlow then wants a day to be named."""
    return any(isinstance(each.formula, Cumulative) for each in with_terms([metric], catalog))


def batches(metrics: Iterable[Metric], catalog: Mapping[str, Metric]) -> Iterable[list[Metric]]:
    whole = [metric for metric in metrics if not trailing(metric, catalog)]
    return (whole[start : start + BATCH] for start in range(0, len(whole), BATCH))


def test_metricflow_finds_nothing_wrong(project: Project) -> None:
    assert "ERROR=0" in project.said
    said = project.mf("validate-configs")
    assert said.count("(ERRORS: 0,") >= 6
    assert said.count("(ERRORS: ") == said.count("(ERRORS: 0,")


def test_every_metric_equals_our_sql_and_our_evaluator(project: Project) -> None:
    compared = 0
    for batch in batches(project.metrics, project.catalog):
        (row,) = project.asked(batch)
        for metric in batch:
            sql, worked_out = project.ours(metric)
            theirs = row[snake(metric.id)]
            assert same(theirs, sql[()]), metric.id
            assert same(theirs, worked_out[()]), metric.id
            compared += 1
    assert compared > 30


def test_segments_are_equal_too(project: Project) -> None:
    cut = Cut(("plan",))
    for batch in batches(project.metrics, project.catalog):
        answers = {row["event__plan"]: row for row in project.asked(batch, "event__plan")}
        for metric in batch:
            sql, worked_out = project.ours(metric, cut)
            assert sql.keys() == worked_out.keys()
            for (plan,), value in sql.items():
                theirs = answers[plan][snake(metric.id)]
                assert same(theirs, value), (metric.id, plan, theirs, value)
                assert same(theirs, worked_out[plan,]), (metric.id, plan)


def test_trailing_windows_are_equal_on_every_day(project: Project) -> None:
    for metric in project.metrics:
        if trailing(metric, project.catalog):
            answers = {
                datetime.fromisoformat(row["metric_time__day"]): row
                for row in project.asked([metric], "metric_time__day")
            }
            sql, worked_out = project.ours(metric, Cut(per="day"))
            assert sql
            for (day,), value in sql.items():
                assert same(answers[day][snake(metric.id)], value), (metric.id, day)
                assert same(value, worked_out[day,]), (metric.id, day)


def test_what_dbt_has_no_field_for_is_in_its_manifest(project: Project, base: Base) -> None:
    manifest = json.loads((project.folder / "target" / "manifest.json").read_text())
    metrics = {each["name"]: each for each in manifest["metrics"].values()}
    for metric in project.metrics:
        kept = metrics[snake(metric.id)]["config"]["meta"]["metric_coach"]
        assert kept["id"] == metric.id
        assert tuple(kept.get("countered_by", ())) == metric.countered_by
        assert [each["source"] for each in kept.get("thresholds", ())] == [each.source for each in metric.thresholds]
        assert metrics[snake(metric.id)]["label"] == metric.name
