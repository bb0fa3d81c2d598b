"""Scoring a reply to a follow-up question."""

from __future__ import annotations

import io
import json
from pathlib import Path
from types import SimpleNamespace

import pytest

from coach.facade import load
from tests.cli.conftest import Coach

CASE = "customs-paper-reader"
REPLY = (
    "The papers are still there, so I would draw a sample of the filed declarations and have clerks key them blind. "
    "I would not run the archived images again with the same version."
)


@pytest.fixture
def reply(tmp_path: Path) -> Path:
    path = tmp_path / "reply.txt"
    path.write_text(REPLY)
    return path


def test_a_page_shows_every_point_with_the_words_that_make_it(coach: Coach, reply: Path) -> None:
    status, out, err = coach("follow-up", CASE, "1", str(reply))
    report = load().score_follow_up(CASE, 1, REPLY)
    assert (status, err) == (0, "")
    assert out.startswith(f"1 of 4 points made, {report.overall} of 100\n")
    flat = " ".join(out.split())
    assert report.question in flat
    for result in report.points:
        assert result.point in flat
    assert "● " in out
    assert "says “key them blind”" in flat
    assert "you turn this down, so it earns nothing" in flat
    assert report.advice in flat


def test_json_is_the_report(coach: Coach, reply: Path) -> None:
    result = coach("follow-up", CASE, "1", str(reply), "--json")
    assert result.data == json.loads(load().score_follow_up(CASE, 1, REPLY).model_dump_json())


def test_standard_input_is_read(coach: Coach, monkeypatch: pytest.MonkeyPatch) -> None:
    stdin = SimpleNamespace(buffer=io.BytesIO(REPLY.encode()), isatty=lambda: False)
    monkeypatch.setattr("sys.stdin", stdin)
    assert coach("follow-up", CASE, "1", "-").out.startswith("1 of 4 points made")


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (["custom-paper-reader", "1", "-"], "coach: unknown case 'custom-paper-reader'; did you mean"),
        ([CASE, "4", "-"], "coach: argument N: '4' is no number from 1 to 3; see `coach follow-up --help`\n"),
        ([CASE, "one", "-"], "coach: argument N: 'one' is no number from 1 to 3"),
        ([CASE, "1", "/no/such/file"], "coach: cannot read /no/such/file: no such file or directory\n"),
        ([CASE, "1"], "coach: missing: FILE; see `coach follow-up --help`\n"),
    ],
)
def test_what_cannot_be_used_is_said_in_one_line(coach: Coach, call: list[str], message: str) -> None:
    status, out, err = coach("follow-up", *call)
    assert (status, out) == (2, "")
    assert err.startswith(message)
    assert err.count("\n") == 1
