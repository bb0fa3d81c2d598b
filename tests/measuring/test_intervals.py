"""Intervals, held against published figures."""

from __future__ import annotations

import pytest

from coach.knowledge.base import Base
from coach.measuring.intervals import newcombe, wilson
from coach.measuring.proportions import interval
from tests.measuring.conftest import Make


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    # Newcombe, Statistics in Medicine 17 (1998), 857-872, table I, method 3.
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson(part: int, whole: int, low: float, high: float) -> None:
    found = wilson(part, whole)
    assert (found.low, found.high) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize(
    ("groups", "low", "high"),
    # Newcombe, Statistics in Medicine 17 (1998), 873-890, table II, method 10.
    [
        ((56, 70, 48, 80), 0.0524, 0.3339),
        ((9, 10, 3, 10), 0.1705, 0.8090),
        ((10, 10, 0, 20), 0.6791, 1.0),
        ((0, 10, 0, 10), -0.2775, 0.2775),
    ],
)
def test_newcombe(groups: tuple[int, int, int, int], low: float, high: float) -> None:
    found = newcombe(*groups)
    assert (found.low, found.high) == pytest.approx((low, high), abs=5e-5)


def test_a_share_has_wilsons_and_a_difference_of_shares_newcombes(base: Base) -> None:
    share = interval(base.metrics["customer-satisfaction"], {"numerator": 81, "denominator": 263})
    assert share == wilson(81, 263)
    parts = {"followed_right": 56.0, "right": 70.0, "followed_wrong": 48.0, "wrong": 80.0}
    assert interval(base.metrics["trust-calibration"], parts) == newcombe(56, 70, 48, 80)


def test_without_an_interval_the_reason_is_given(base: Base, metric: Make) -> None:
    amounts = interval(base.metrics["precision"], {"numerator": 1, "denominator": 2})
    assert amounts == "amounts were added up, and totals do not tell how they vary"
    mean = interval(base.metrics["resolution-time"], {"n": 3})
    assert mean == "it is no rate and no difference of rates"
    astray = interval(base.metrics["availability"], {"numerator": 5, "denominator": 4})
    assert astray == "the numerator is no part of the denominator in these events"
    same_whole = metric(
        kind="derived",
        expression="a / c - b / c",
        terms={name: {"agg": "count", "event": name} for name in ("a", "b", "c")},
    )
    assert isinstance(interval(same_whole, {"a": 1, "b": 1, "c": 4}), str)
