"""A team's own event files, and why a metric may have no number there."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import duckdb
import pytest

from coach.errors import UsageError
from coach.knowledge.base import Base
from coach.knowledge.models.metric import Metric
from coach.measuring.compute import Outcome, compute
from coach.measuring.cut import WHOLE, Cut
from coach.measuring.evaluate import evaluate
from coach.measuring.event_files import read_events
from coach.measuring.layout import EventPlace, Layout
from tests.measuring.conftest import Events

ROWS: list[dict[str, Any]] = [
    {
        "event_name": "survey_answered",
        "event_at": "2026-01-01T10:00:00Z",
        "survey": "csat",
        "score": score,
        "plan": plan,
    }
    for score, plan in [(5, "pro"), (4, "pro"), (3, "pro"), (5, "free"), (1, "free"), (2, "free")]
]


def written(path: Path, rows: list[dict[str, Any]]) -> Path:
    path.write_text("".join(f"{json.dumps(row, default=str)}\n" for row in rows))
    return path


def computed(
    base: Base,
    paths: list[Path],
    ids: list[str],
    layout: Layout | None = None,
    cut: Cut = WHOLE,
    versus: str | None = None,
) -> Outcome:
    data, found = read_events(paths, layout or Layout())
    try:
        return compute([base.metrics[id_] for id_ in ids], base.metrics, data, found, cut, versus)
    finally:
        data.close()


def test_all_metrics_of_the_sample_are_computed_as_the_evaluator_does(
    events: Events, computable: tuple[Metric, ...], layout: Layout, base: Base, tmp_path: Path
) -> None:
    rows = [{layout.column(row["event_name"], key): value for key, value in row.items()} for row in events]
    path = written(tmp_path / "events.jsonl", rows)
    outcome = computed(base, [path], [metric.id for metric in computable], layout)
    assert outcome.refused == {}
    for each in outcome.computed:
        (answer,) = each.answers
        assert answer.value == pytest.approx(evaluate(each.metric, events, base.metrics)[()].value), each.metric.id
        assert (answer.interval is None) != (answer.without == "")
        if answer.interval is not None and answer.value is not None:
            assert answer.interval.low <= answer.value <= answer.interval.high


@pytest.mark.parametrize("suffix", [".jsonl", ".csv", ".parquet"])
def test_three_kinds_of_files_are_read(suffix: str, base: Base, tmp_path: Path) -> None:
    source, path = written(tmp_path / "source.jsonl", ROWS), tmp_path / f"my [best] * export{suffix}"
    if suffix == ".jsonl":
        source.rename(path)
    else:
        form = suffix.removeprefix(".")
        duckdb.execute(f"COPY (SELECT * FROM read_json('{source}')) TO '{path}' (FORMAT {form})")
    (csat,) = computed(base, [path], ["customer-satisfaction"]).computed
    assert csat.answers[0].value == 0.5
    assert csat.answers[0].parts == {"numerator": 3, "denominator": 6}


def test_fields_inside_an_object_are_found_and_columns_renamed(base: Base, tmp_path: Path) -> None:
    rows = [
        {"type": "Survey Answered", "ts": row["event_at"], "properties": {"survey": "csat", "score": row["score"]}}
        for row in ROWS
    ]
    layout = Layout(
        event_column="type", time_column="ts", events={"survey_answered": EventPlace(name="Survey Answered")}
    )
    outcome = computed(base, [written(tmp_path / "e.jsonl", rows)], ["customer-satisfaction"], layout)
    assert outcome.computed[0].answers[0].value == 0.5


def test_of_several_files_each_is_a_table(base: Base, tmp_path: Path) -> None:
    asked = [{key: value for key, value in row.items() if key != "event_name"} for row in ROWS]
    resolved = [{"event_at": "2026-01-01", "ticket_id": "t", "handling_minutes": 4}]
    paths = [written(tmp_path / "survey_answered.jsonl", asked), written(tmp_path / "ticket_resolved.jsonl", resolved)]
    layout = Layout(table_per_event="analytics.{event}")
    outcome = computed(base, paths, ["customer-satisfaction", "resolution-time", "recall"], layout)
    assert [each.answers[0].value for each in outcome.computed] == [0.5, 4]
    assert outcome.refused == {"recall": "no file for the table label_recorded, which should hold label_recorded"}


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        (
            {"event_name": "survey_answer"},
            "no event survey_answered in the data: not logged, or it never happened; did",
        ),
        ({"score": None}, "the field score is empty on every survey_answered"),
        ({"survey": ...}, "survey_answered has no field survey"),
        ({"score": "good"}, "the field score of survey_answered holds varchar, and numbers are needed"),
    ],
)
def test_what_is_missing_is_named(changes: dict[str, Any], reason: str, base: Base, tmp_path: Path) -> None:
    rows = [{key: value for key, value in {**row, **changes}.items() if value is not ...} for row in ROWS]
    outcome = computed(base, [written(tmp_path / "e.jsonl", rows)], ["customer-satisfaction"])
    assert outcome.computed == ()
    assert outcome.refused["customer-satisfaction"].startswith(reason)


def test_amounts_must_be_numbers_and_procedures_are_said_to_be_some(base: Base, tmp_path: Path) -> None:
    rows = [{"event_name": "ticket_resolved", "event_at": "2026-01-01", "handling_minutes": "long"}]
    outcome = computed(base, [written(tmp_path / "e.jsonl", rows)], ["resolution-time", "feature-drift"])
    assert outcome.refused == {
        "resolution-time": "the field handling_minutes of ticket_resolved holds varchar, and numbers are needed",
        "feature-drift": "events alone cannot give it; `coach show feature-drift` says how it is obtained",
    }


def test_segments_are_compared_with_one_of_them(base: Base, tmp_path: Path) -> None:
    path = written(tmp_path / "e.jsonl", ROWS)
    outcome = computed(base, [path], ["customer-satisfaction"], None, Cut(("plan",)), "free")
    (difference,) = outcome.computed[0].differences
    assert difference.segment == {"plan": "pro"}
    assert difference.value == pytest.approx(2 / 3 - 1 / 3)
    assert difference.interval.method == "Newcombe hybrid score"


def test_what_may_still_follow_is_told(base: Base, tmp_path: Path) -> None:
    rows: list[dict[str, Any]] = [
        {"event_name": "task_started", "event_at": f"2026-01-0{day} 12:00", "task_id": f"t{day}", "actor": "agent"}
        for day in range(1, 7)
    ]
    rows.append({"event_name": "outcome_verified", "event_at": "2026-01-06 12:00", "task_id": "t4", "correct": True})
    outcome = computed(base, [written(tmp_path / "e.jsonl", rows)], ["task-success-rate"])
    assert outcome.computed[0].answers[0].value == 1 / 6
    assert outcome.computed[0].notes == ("3 began less than 72h before the data ends, and may still follow",)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("e.xlsx", b"x", "events are read from .csv"),
        ("e.parquet", b"no parquet", "cannot be read"),
        ("e.jsonl", b'{"event_at": 5, "event_name": "x"}', "the time column event_at holds bigint"),
        ("e.jsonl", b'{"event_at": "soon", "event_name": "x"}', "the time column event_at holds what is no moment"),
    ],
)
def test_files_that_cannot_be_used_are_named(name: str, content: bytes, said: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(UsageError, match=said):
        read_events([path], Layout())
    with pytest.raises(UsageError, match="no such file"):
        read_events([tmp_path / "gone.csv"], Layout())


def test_what_was_read_cannot_reach_other_files(tmp_path: Path) -> None:
    data, _ = read_events([written(tmp_path / "e.jsonl", ROWS)], Layout())
    with pytest.raises(duckdb.Error):
        data.connection.execute(f"SELECT * FROM read_csv('{tmp_path / 'e.jsonl'}')")
