"""Amounts with units, as people write and say them."""

from __future__ import annotations

import pytest

from coach.reading.numbers import quantities
from coach.reading.tokens import tokenize


def amounts(text: str) -> list[tuple[str, str]]:
    tokens = list(tokenize(text))
    return [(text[tokens[q.first].start : tokens[q.last - 1].end], q.unit) for q in quantities(tokens)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("97% of messages", [("97%", "share")]),
        ("ninety-five per cent", [("ninety-five per cent", "share")]),
        ("six of seven runs", [("six of seven", "share")]),
        ("1 in 20", [("1 in 20", "share")]),
        ("£4.10 a booking", [("£4.10", "money")]),
        ("thirty cents", [("thirty cents", "money")]),
        ("$4bn of volume", [("$4bn", "money")]),
        ("within 2.5 seconds", [("2.5 seconds", "duration")]),
        ("800 ms", [("800 ms", "duration")]),
        ("a 7-day window", [("7-day", "duration")]),
        ("1.3x the rest", [("1.3x", "multiple")]),
        ("40 million views", [("40 million", "count")]),
        ("1,200 labelled calls", [("1,200", "count")]),
    ],
)
def test_amounts_have_their_unit(text: str, expected: list[tuple[str, str]]) -> None:
    assert amounts(text) == expected


@pytest.mark.parametrize("text", ["in 2024", "v2 of the model", "pass@8", "phase 3", "no one number", "p95"])
def test_names_years_and_versions_are_no_amounts(text: str) -> None:
    assert amounts(text) == []


def test_a_bound_is_told_from_a_plain_amount() -> None:
    tokens = list(tokenize("under 2 seconds for 300 people"))
    assert [q.limit for q in quantities(tokens)] == [True, False]
