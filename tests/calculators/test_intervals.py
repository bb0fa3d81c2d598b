from __future__ import annotations

import pytest
from scipy import stats
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from coach.calculators.intervals import mean_of_shares, newcombe, student_quantile, wilson
from coach.calculators.retention import retention_difference
from coach.errors import ArgumentError


@pytest.mark.parametrize(("successes", "trials"), [(0, 10), (1, 10), (312, 400), (10, 10), (15, 148)])
@pytest.mark.parametrize("confidence", [0.9, 0.95, 0.99])
def test_wilson_is_that_of_statsmodels(successes: int, trials: int, confidence: float) -> None:
    interval = wilson(successes, trials, confidence)
    theirs = proportion_confint(successes, trials, 1 - confidence, "wilson")
    assert (interval.low, interval.high) == pytest.approx(theirs, abs=1e-12)


@pytest.mark.parametrize(
    ("first", "second", "low", "high"),
    [
        # Newcombe 1998, table II, method 10.
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
        ((10, 10), (0, 20), 0.6791, 1.0),
    ],
)
def test_newcombe_is_as_published(first: tuple[int, int], second: tuple[int, int], low: float, high: float) -> None:
    interval = newcombe(first, second, 0.95)
    assert (interval.low, interval.high) == pytest.approx((low, high), abs=0.00006)


def test_newcombe_is_that_of_statsmodels() -> None:
    theirs = confint_proportions_2indep(552, 1200, 444, 1200, method="newcomb")
    interval = newcombe((552, 1200), (444, 1200), 0.95)
    assert (interval.low, interval.high) == pytest.approx(theirs, abs=1e-12)


@pytest.mark.parametrize("freedom", [4, 5, 9, 30, 1000])
@pytest.mark.parametrize("probability", [0.9, 0.975, 0.995])
def test_students_quantile_is_near_that_of_scipy(freedom: int, probability: float) -> None:
    assert student_quantile(probability, freedom) == pytest.approx(stats.t.ppf(probability, freedom), rel=0.005)


def test_the_mean_of_shares_has_the_t_interval_of_scipy_within_its_range() -> None:
    values = [0.9, 0.4, 0.7, 0.55, 0.8, 0.3, 0.65]
    interval = mean_of_shares(values, 0.95)
    assert interval is not None
    theirs = stats.t.interval(0.95, len(values) - 1, loc=sum(values) / len(values), scale=stats.sem(values))
    assert (interval.low, interval.high) == pytest.approx(theirs, abs=0.001)
    assert mean_of_shares([1.0] * 9, 0.95) is None
    assert mean_of_shares([0.1, 0.9, 0.5, 0.2], 0.95) is None


def test_the_retention_difference_is_said_with_its_interval() -> None:
    result = retention_difference(56, 70, 48, 80)
    assert result.value == pytest.approx(0.2)
    assert result.unit == "points"
    assert result.interval is not None
    assert result.interval.low == pytest.approx(0.0524, abs=0.0001)
    assert "below the 8 points" in result.notes[0]


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ((900, 1000, 300, 1000), "Even the low end"),
        ((50, 100, 48, 100), "chance alone"),
        ((300, 1000, 900, 1000), "less often"),
    ],
)
def test_what_the_interval_means_is_told(counts: tuple[int, int, int, int], told: str) -> None:
    assert told in retention_difference(*counts).notes[0]


def test_more_kept_than_there_were_is_refused_by_name() -> None:
    with pytest.raises(ArgumentError, match="kept_with is 80: it must be at most all_with, 70"):
        retention_difference(80, 70, 48, 80)
    with pytest.raises(ArgumentError, match="all_without is 0: it must be a whole number of at least 1"):
        retention_difference(8, 70, 0, 0)
