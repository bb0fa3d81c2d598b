from __future__ import annotations

import math

import pytest
from statsmodels.stats.power import TTestIndPower
from statsmodels.stats.proportion import samplesize_proportions_2indep_onetail

from coach.calculators.sample_size import sample_size_means, sample_size_proportions, two_means, two_proportions
from coach.errors import ArgumentError


@pytest.mark.parametrize(("baseline", "difference"), [(0.35, 0.03), (0.1, 0.02), (0.05, 0.01), (0.5, -0.05)])
@pytest.mark.parametrize(("power", "alpha"), [(0.8, 0.05), (0.9, 0.01)])
def test_for_two_shares_it_is_the_number_that_statsmodels_gives(
    baseline: float, difference: float, power: float, alpha: float
) -> None:
    theirs = samplesize_proportions_2indep_onetail(
        difference, baseline, power, ratio=1, alpha=alpha, alternative="two-sided"
    )
    assert two_proportions(baseline, difference, power, alpha) == math.ceil(theirs)


@pytest.mark.parametrize("effect", [0.05, 0.2, 0.5, 0.8, 1.2])
@pytest.mark.parametrize(("power", "alpha"), [(0.8, 0.05), (0.9, 0.05), (0.8, 0.01)])
def test_for_two_means_it_is_within_one_of_the_t_test_of_statsmodels(effect: float, power: float, alpha: float) -> None:
    theirs = math.ceil(TTestIndPower().solve_power(effect, power=power, alpha=alpha))
    assert abs(two_means(10, 10 * effect, power, alpha) - theirs) <= 1


def test_for_two_means_it_agrees_with_cohens_table() -> None:
    # Cohen 1988, table 2.4.1: two-sided 0.05, power 0.80, d of 0.50 and 0.80.
    assert [two_means(1, effect) for effect in (0.5, 0.8)] == [64, 26]


def test_the_duration_is_counted_for_both_arms_and_in_whole_weeks() -> None:
    plan = sample_size_proportions(0.35, 0.03, per_day=300)
    assert [figure.value for figure in plan.figures] == [4042, 8084, 27, 4]
    assert plan.value == 4042
    assert plan.interval is None
    assert len(sample_size_proportions(0.35, 0.03).figures) == 2


def test_a_test_that_is_too_short_or_too_long_is_told() -> None:
    assert "two whole weeks" in sample_size_proportions(0.35, 0.03, per_day=5000).notes[0]
    assert "eight weeks" in sample_size_means(14, 1.5, per_day=20).notes[0]
    assert sample_size_means(14, 1.5, per_day=100).notes == ()


def test_a_share_too_rare_for_the_approximation_is_told() -> None:
    assert "exact test" in sample_size_proportions(0.001, 0.05).notes[0]


@pytest.mark.parametrize(
    ("call", "name", "told"),
    [
        ((0.5, 0.0), "difference", "nothing changed"),
        ((0.9, 0.2), "difference", "20 points: it must be from -90 to 10 points"),
        ((35, 3), "baseline", "from 0 to 1"),
        ((0.5, 0.1, 1.0), "power", "between 0 and 1"),
        ((0.5, 0.1, 0.8, 0.0), "alpha", "between 0 and 1"),
        ((0.5, 0.1, 0.05, 0.1), "power", "above alpha"),
        ((0.5, 1e-12), "difference", "no test has so many cases"),
    ],
)
def test_what_cannot_be_planned_is_refused_by_name(call: tuple[float, ...], name: str, told: str) -> None:
    with pytest.raises(ArgumentError, match=told) as refused:
        two_proportions(*call)
    assert refused.value.name == name


def test_means_refuse_a_spread_of_zero_and_no_difference() -> None:
    for call, name in (((0, 1), "deviation"), ((14, 0), "difference")):
        with pytest.raises(ArgumentError) as refused:
            two_means(*call)
        assert refused.value.name == name
