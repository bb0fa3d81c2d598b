from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.scorecards.cells import amount, neutral, original, text_of
from coach.scorecards.metric_row import Owned
from coach.scorecards.status import status


@given(st.text())
def test_what_is_neutralised_starts_like_no_formula_and_comes_back(text: str) -> None:
    assert not neutral(text).startswith(("=", "+", "-", "@", "\t", "\r"))
    if not text.startswith("'"):
        assert original(neutral(text)) == text


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("35%", 0.35),
        ("3 points", 0.03),
        ("-5 points", -0.05),
        ("1,200", 1200),
        ("1 200", 1200),
        ("0.4", 0.4),
        (".5", 0.5),
        ("−2%", -0.02),
        ("31% in May", None),
        ("about 3", None),
        ("", None),
        (None, None),
        ("1,2", 1.2),
        ("12,75%", 0.1275),
        ("1,20,0", None),
    ],
)
def test_amounts(text: str | None, number: float | None) -> None:
    assert amount(text) == number


def test_cells_as_text() -> None:
    said = [
        text_of(value) for value in (None, True, 3.0, 0.25, date(2026, 1, 2), datetime(2026, 1, 2, 3), " a\n b ", "")
    ]
    assert said == [None, "yes", "3", "0.25", "2026-01-02", "2026-01-02", "a b", None]


@pytest.mark.parametrize(
    ("direction", "fields", "expected"),
    [
        ("up", {}, "not measured"),
        ("up", {"actual": "fine"}, "not a number"),
        ("up", {"actual": "5%"}, "no limits yet"),
        ("up", {"actual": "5%", "floor": "6%", "target": "4%"}, "past its floor"),
        ("up", {"actual": "5%", "target": "5%"}, "on target"),
        ("up", {"actual": "5%", "target": "6%"}, "short of target"),
        ("up", {"actual": "5%", "floor": "4%"}, "within limits"),
        ("down", {"actual": "5%", "floor": "4%"}, "past its floor"),
        ("down", {"actual": "3%", "target": "4%"}, "on target"),
        ("band", {"actual": "5%", "floor": "4%", "upper": "6%"}, "on target"),
        ("band", {"actual": "7%", "upper": "6%"}, "past its floor"),
        ("band", {"actual": "7%", "target": "6%"}, "no limits yet"),
    ],
)
def test_a_status_follows_from_the_limits(direction: str, fields: dict[str, str], expected: str) -> None:
    assert status(Owned(**fields), direction) == expected  # type: ignore[arg-type]
