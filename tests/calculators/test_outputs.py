from __future__ import annotations

import pytest
from scipy import stats

from coach.calculators.outputs import cost_per_valid_output, interventions_per_hundred, time_to_accuracy
from coach.errors import ArgumentError


def test_the_cost_of_an_output_is_divided_by_the_valid_share() -> None:
    # The catalog's sum: 0.002 an output, 78% finished and 97% true, comes to 0.0026.
    result = cost_per_valid_output(2.0, 1000, 10_000 // 10, round(1000 * 0.78 * 0.97))
    assert result.value == pytest.approx(0.00264, abs=0.00001)
    assert result.interval is None


def test_a_sample_gives_an_interval_and_a_larger_one_a_narrower() -> None:
    small, large = (cost_per_valid_output(1840, 600_000, n, n * 78 // 100) for n in (100, 1000))
    assert small.value == large.value
    assert small.interval is not None
    assert large.interval is not None
    assert small.interval.low < large.interval.low < large.value < large.interval.high < small.interval.high


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ((10, 100, 200, 50), "sampled is 200: it must be at most the 100 outputs"),
        ((10, 100, 50, 60), "valid is 60: it must be at most the 50 outputs that were judged"),
        ((10, 100, 50, 0), "valid is 0: it must be a whole number of at least 1"),
    ],
)
def test_samples_that_cannot_be_are_refused(values: tuple[int, int, int, int], told: str) -> None:
    with pytest.raises(ArgumentError, match=told):
        cost_per_valid_output(*values)


def test_checking_counts_as_time_to_accuracy() -> None:
    # The source's own sum: 300 ms and 12 s of checking.
    assert time_to_accuracy(0.3, 12).value == pytest.approx(12.3)
    assert "faster model" in time_to_accuracy(0.3, 12).notes[0]


def test_a_fast_answer_that_is_often_wrong_loses_to_a_slow_one_that_is_right() -> None:
    assert time_to_accuracy(0.2, 4, 0.7).value > time_to_accuracy(0.6, 4, 0.95).value
    with pytest.raises(ArgumentError, match="correct"):
        time_to_accuracy(0.2, 4, 0)


@pytest.mark.parametrize("count", [0, 1, 5, 14, 84, 1000])
def test_interventions_have_nearly_the_exact_poisson_limits(count: int) -> None:
    interval = interventions_per_hundred(count, 1200).interval
    assert interval is not None
    low = stats.chi2.ppf(0.025, 2 * count) / 2 if count else 0.0
    high = stats.chi2.ppf(0.975, 2 * (count + 1)) / 2
    assert interval.low * 12 == pytest.approx(low, rel=0.02, abs=0.02)
    assert interval.high * 12 == pytest.approx(high, rel=0.02)


def test_interventions_are_set_against_the_time_they_save() -> None:
    result = interventions_per_hundred(84, 1200, minutes=6, saved=2.5)
    assert [figure.value for figure in result.figures] == [7, 208, pytest.approx(41.67, abs=0.01)]
    assert "retraining" in result.notes[0]
    assert "more time" in interventions_per_hundred(84, 1200, minutes=60, saved=2.5).notes[-1]
    assert "both" in interventions_per_hundred(84, 1200, minutes=60).notes[-1]


@pytest.mark.parametrize(("count", "told"), [(30, "goal"), (140, "net loss"), (60, None)])
def test_the_claimed_limits_are_told(count: int, told: str | None) -> None:
    notes = interventions_per_hundred(count, 1000).notes
    assert (told in notes[0]) if told else notes == ()
