"""Exports, lint, history, paths."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from coach.facade import load
from coach.knowledge.base import Base
from coach.practice.history import History
from coach.practice.models import NewAttempt
from tests.cli.conftest import Coach

ANSWER = "The north star is replies won for each hour in the composer."


@pytest.mark.parametrize(
    "argv",
    [
        ["model-answer", "crm-writing-assistant"],
        ["scorecard", "new", "writing-assistant"],
        ["scorecard", "new", "crm-writing-assistant"],
    ],
)
def test_an_export_goes_to_the_screen_or_to_a_new_file(argv: list[str], tmp_path: Path, coach: Coach) -> None:
    target = tmp_path / "export.md"
    status, out, err = coach(*argv)
    assert (status, err) == (0, "")
    assert out.startswith("# ")
    assert coach(*argv, "--out", str(target)) == (0, "", f"coach: written to {target}\n")
    assert target.read_text() == out
    target.write_text("mine")
    said = f"coach: {target} exists: give another name, or --force to replace it\n"
    assert coach(*argv, "--out", str(target)) == (2, "", said)
    assert target.read_text() == "mine"
    assert coach(*argv, "--out", str(target), "--force", "--format", "md").status == 0
    assert target.read_text() == out


def test_an_export_as_data(tmp_path: Path, coach: Coach, base: Base) -> None:
    card = coach("scorecard", "new", "writing-assistant", "--json")
    assert card.data == load().scorecard("writing-assistant").model_dump(mode="json")
    target = tmp_path / "card.json"
    assert coach("scorecard", "new", "writing-assistant", "--json", "--out", str(target)).status == 0
    assert target.read_text() == card.out
    told = coach("model-answer", "crm-writing-assistant", "--json").data
    case = base.cases["crm-writing-assistant"]
    assert (told["model_answer"], told["prompt"]) == (case.model_answer, case.prompt)
    assert told["report"]["verdict"] == load().score(case.model_answer, case=case.id).verdict


def test_a_model_answer_is_whole(coach: Coach, base: Base) -> None:
    out = coach("model-answer", "crm-writing-assistant").out
    assert "First meetings held within 21 days" in out
    assert base.cases["crm-writing-assistant"].weak_answer.why[0].split('"')[1] in out


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (
            ["model-answer", "crm-writing-asistant"],
            "unknown case 'crm-writing-asistant'; did you mean crm-writing-assistant",
        ),
        (
            ["scorecard", "new", "suport-chatbot"],
            "unknown archetype or case 'suport-chatbot'; did you mean support-chatbot",
        ),
    ],
)
def test_an_export_of_nothing_names_the_nearest(argv: list[str], said: str, coach: Coach) -> None:
    status, out, err = coach(*argv)
    assert (status, out) == (2, "")
    assert err.startswith(f"coach: {said}")


def test_lint_reports_every_fault_with_its_line(tmp_path: Path, coach: Coach) -> None:
    pack = tmp_path / "pack"
    pack.mkdir()
    (pack / "one.yaml").write_text("metrics:\n  - id: One\n    nam: x\n")
    (pack / "two.yaml").write_text("metric:\n  - id: one\n")
    status, out, err = coach("lint", str(pack))
    faults = out.splitlines()
    assert status == 1
    assert f"{pack}/two.yaml:1:1: metric: is no kind of entry; did you mean metrics?" in faults
    assert all(line.startswith(f"{pack}/") for line in faults)
    assert err == f"coach: {len(faults)} faults in 2 files\n"
    data = coach("lint", str(pack), "--json")
    assert data.status == 1
    assert [(fault["path"], fault["line"]) for fault in data.data][-1] == (f"{pack}/two.yaml", 1)
    assert len(data.data) == len(faults)


def test_lint_of_a_sound_pack(tmp_path: Path, coach: Coach) -> None:
    assert coach("lint", str(tmp_path)) == (0, "", "coach: no faults\n")
    assert coach("lint", str(tmp_path), "--json").data == []


def test_lint_of_nothing(coach: Coach) -> None:
    assert coach("lint", "nowhere") == (2, "", "coach: nowhere: there is no such file or folder\n")


@pytest.fixture
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("COACH_HOME", str(tmp_path / "own"))
    return tmp_path / "own"


def practise(home: Path, case: str, overall: int, days_ago: int) -> None:
    now = datetime.now(UTC) - timedelta(days=days_ago)
    report = load().score(ANSWER, case="crm-writing-assistant")
    with History(home / "data" / "history.sqlite3") as history:
        history.add(
            NewAttempt(
                case=case,
                case_digest="c0ffee",
                rubric="metric-design",
                rubric_version="beef",
                started_at=now - timedelta(minutes=20),
                finished_at=now,
                seconds_spent=1180,
                hints_used=1,
                answer=ANSWER,
                overall=overall,
                verdict="hire" if overall >= 55 else "no_hire",
                levels={"framing": 2, "north_star": overall // 30},
                report_json=report.model_dump_json(),
            )
        )


def test_an_empty_history(own_home: Path, coach: Coach) -> None:
    said = "coach: nothing was practised yet; `coach practice` opens a case\n"
    assert coach("history") == (0, "", said)
    assert coach("history", "--json").data == []
    assert not own_home.exists()


def test_the_history_tells_what_was_practised_and_how_it_went(own_home: Path, coach: Coach) -> None:
    practise(own_home, "crm-writing-assistant", 30, days_ago=2)
    practise(own_home, "crm-writing-assistant", 63, days_ago=1)
    practise(own_home, "card-payment-fraud", 41, days_ago=0)
    status, out, err = coach("history")
    assert (status, err) == (0, "")
    rows = out.splitlines()
    assert rows[0].split() == ["NO", "WHEN", "CASE", "SCORE", "VERDICT", "MINUTES", "HINTS"]
    assert [row.split()[0] for row in rows[1:4]] == ["3", "2", "1"]
    assert rows[2].split()[3:] == ["crm-writing-assistant", "63", "hire", "20", "1"]
    assert "crm-writing-assistant  2 times: first 30, best 63, last 63" in out
    assert "Practised on 3 days; 3 days in a row now." in out
    only = coach("history", "--case", "crm-writing-assistant", "--limit", "1", "--json").data
    assert [(attempt["overall"], attempt["answer"]) for attempt in only] == [(63, ANSWER)]


def test_a_kept_report_can_be_read_again(own_home: Path, coach: Coach) -> None:
    practise(own_home, "crm-writing-assistant", 30, days_ago=0)
    status, out, err = coach("history", "--attempt", "1")
    assert (status, err) == (0, "")
    assert "WHAT TO DO NEXT" in out
    assert f"THE ANSWER\n  {ANSWER}" in out
    assert coach("history", "--attempt", "1", "--json").data["report"]["routing"]["by"] == "case"
    assert coach("history", "--attempt", "7") == (2, "", "coach: unknown attempt '7'\n")


def test_a_report_of_another_version_is_told_and_still_there_as_data(own_home: Path, coach: Coach) -> None:
    practise(own_home, "crm-writing-assistant", 30, days_ago=0)
    import sqlite3

    with sqlite3.connect(own_home / "data" / "history.sqlite3") as database:
        database.execute("DROP TRIGGER IF EXISTS attempts_never_change")
        triggers = database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for (name,) in triggers:
            database.execute(f'DROP TRIGGER "{name}"')
        database.execute("UPDATE attempts SET report_json = ?", (json.dumps({"shape": "old"}),))
    database.close()
    status, out, err = coach("history", "--attempt", "1")
    assert (status, out) == (2, "")
    assert err.startswith("coach: the report of attempt 1 has a shape that this version does not know")
    assert coach("history", "--attempt", "1", "--json").data["report"] == {"shape": "old"}


def test_a_case_without_attempts_and_a_case_that_does_not_exist(own_home: Path, coach: Coach) -> None:
    said = "coach: this case was not practised yet; `coach practice card-payment-fraud` opens it\n"
    assert coach("history", "--case", "card-payment-fraud") == (0, "", said)
    status, _, err = coach("history", "--case", "card-payment-frod")
    assert (status, err) == (2, "coach: unknown case 'card-payment-frod'; did you mean card-payment-fraud?\n")


def test_a_damaged_history_is_set_aside_and_told(own_home: Path, coach: Coach) -> None:
    (own_home / "data").mkdir(parents=True)
    (own_home / "data" / "history.sqlite3").write_bytes(b"this is no database" * 100)
    status, out, err = coach("history", "--json")
    assert (status, out) == (0, "[]\n")
    assert err.startswith("coach: ")
    assert "history.damaged-" in err
    assert len(list((own_home / "data").glob("history.damaged-*"))) == 1


def test_paths_follow_the_environment(own_home: Path, coach: Coach) -> None:
    status, out, err = coach("paths")
    assert (status, err) == (0, "")
    assert f"history  {own_home}/data/history.sqlite3" in out.splitlines()
    assert coach("paths", "--json").data["drafts"] == f"{own_home}/data/drafts"
    assert not own_home.exists()
