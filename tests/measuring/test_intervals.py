"""Which computed values get an interval, and why others get none."""

from __future__ import annotations

from coach.calculators.intervals import newcombe, wilson
from coach.knowledge.base import Base
from coach.measuring.proportions import CONFIDENCE, interval
from tests.measuring.conftest import Make


def test_a_share_has_wilsons_and_a_difference_of_shares_newcombes(base: Base) -> None:
    share = interval(base.metrics["customer-satisfaction"], {"numerator": 81, "denominator": 263})
    assert share == wilson(81, 263, CONFIDENCE)
    parts = {"followed_right": 56.0, "right": 70.0, "followed_wrong": 48.0, "wrong": 80.0}
    assert interval(base.metrics["trust-calibration"], parts) == newcombe((56, 70), (48, 80), CONFIDENCE)


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
