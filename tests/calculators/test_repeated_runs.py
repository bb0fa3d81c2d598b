from __future__ import annotations

import math
from itertools import combinations

import pytest

from coach.calculators.repeated_runs import all_of_k, all_of_k_reliability, any_of_k, pass_at_k
from coach.errors import ArgumentError


@pytest.mark.parametrize("runs", [1, 4, 7])
def test_both_estimators_are_the_mean_over_every_draw(runs: int) -> None:
    for good in range(runs + 1):
        outcomes = [place < good for place in range(runs)]
        for k in range(1, runs + 1):
            draws = list(combinations(outcomes, k))
            assert any_of_k(good, runs, k) == pytest.approx(sum(map(any, draws)) / len(draws))
            assert all_of_k(good, runs, k) == pytest.approx(sum(map(all, draws)) / len(draws))


def test_they_are_the_binomial_formulas() -> None:
    # The catalog's worked examples: n = 10, c = 6, k = 3.
    assert any_of_k(6, 10, 3) == pytest.approx(1 - 4 / 120)
    assert all_of_k(6, 10, 3) == pytest.approx(20 / 120)
    assert any_of_k(37, 200, 10) == pytest.approx(1 - math.comb(163, 10) / math.comb(200, 10))


def test_pass_at_k_is_that_of_chen_and_others() -> None:
    def published(n: int, c: int, k: int) -> float:
        # Their figure 3, without numpy.
        return 1.0 if n - c < k else 1.0 - math.prod(1.0 - k / place for place in range(n - c + 1, n + 1))

    good = [0, 3, 17, 50, 88, 100]
    expected = sum(published(100, c, 10) for c in good) / len(good)
    assert pass_at_k(good, 100, 10).value == pytest.approx(expected)


def test_they_move_in_opposite_ways_as_k_grows() -> None:
    good = [10, 8, 6, 10, 0, 9]
    one, more = (pass_at_k(good, 10, k).value for k in (1, 5))
    assert one < more
    assert one == pytest.approx(43 / 60) == all_of_k_reliability(good, 10, 1).value
    assert all_of_k_reliability(good, 10, 5).value < one


def test_too_few_tasks_or_all_alike_have_no_interval() -> None:
    assert pass_at_k([3, 4], 5, 2).interval is None
    assert "alike" in pass_at_k([5] * 20, 5, 2).notes[0]
    interval = all_of_k_reliability([5, 3, 4, 1, 0, 5, 5], 5, 2).interval
    assert interval is not None
    assert 0 <= interval.low < interval.high <= 1


@pytest.mark.parametrize(
    ("good", "runs", "k", "told"),
    [
        ([11], 10, 3, "good is 11: it must be at most the 10 runs"),
        ([5], 10, 11, "k is 11: it must be at most the 10 runs"),
        ([2.5], 10, 3, "good is 2.5: it must be one or more numbers, each a whole number"),
        ([], 10, 3, "good is 0 numbers"),
        ([5], 0, 1, "runs is 0: it must be a whole number from 1 to 1,000"),
    ],
)
def test_runs_that_cannot_be_are_refused_by_name(good: list[int], runs: int, k: int, told: str) -> None:
    with pytest.raises(ArgumentError, match=told):
        pass_at_k(good, runs, k)
