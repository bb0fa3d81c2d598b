"""Measures of agreement, against scikit-learn and scipy."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence

import pytest
from scipy.stats import pearsonr
from sklearn.metrics import cohen_kappa_score

from coach.scoring.statistics import (
    confusion,
    correlation,
    interval,
    overlap_f1,
    partial_correlation,
    weighted_kappa,
)


@pytest.mark.parametrize("seed", range(5))
def test_weighted_kappa_is_that_of_an_independent_implementation(seed: int) -> None:
    draw = random.Random(seed)
    theirs = [draw.randrange(4) for _ in range(60)]
    ours = [min(3, max(0, level + draw.choice([-1, 0, 0, 1]))) for level in theirs]
    expected = cohen_kappa_score(theirs, ours, weights="quadratic")
    assert weighted_kappa(theirs, ours) == pytest.approx(expected)


def test_kappa_of_full_agreement_is_one_even_on_one_level() -> None:
    assert weighted_kappa([2, 2, 2], [2, 2, 2]) == 1
    assert math.isnan(weighted_kappa([], []))


def test_correlation_is_that_of_an_independent_implementation() -> None:
    a, b = [1.0, 2, 4, 3, 7], [2.0, 1, 5, 3, 9]
    assert correlation(a, b) == pytest.approx(pearsonr(a, b)[0])
    assert math.isnan(correlation([1.0, 1.0], [1.0, 2.0]))


def test_partial_correlation_takes_out_what_both_owe_to_a_third() -> None:
    draw = random.Random(1)
    third = [draw.gauss(0, 1) for _ in range(400)]
    a = [x + draw.gauss(0, 0.5) for x in third]
    b = [x + draw.gauss(0, 0.5) for x in third]
    assert correlation(a, b) > 0.6
    assert abs(partial_correlation(a, b, third)) < 0.15


def test_overlap_counts_characters_once() -> None:
    assert overlap_f1([(0, 10)], [(0, 10), (5, 10)]) == 1
    assert overlap_f1([(0, 10)], [(5, 15)]) == 0.5
    assert overlap_f1([], []) == 1
    assert overlap_f1([(0, 5)], []) == 0


def test_confusion_has_their_levels_as_rows() -> None:
    assert confusion([0, 3, 3], [1, 3, 2])[3] == [0, 0, 1, 1]


def test_an_interval_is_reproducible_and_holds_the_estimate() -> None:
    draw = random.Random(2)
    values = [draw.random() for _ in range(80)]

    def mean(rows: Sequence[int]) -> float:
        return sum(values[row] for row in rows) / len(rows)

    groups = [[n, n + 1] for n in range(0, 80, 2)]
    low, high = interval(mean, groups)
    assert (low, high) == interval(mean, groups)
    assert low < sum(values) / 80 < high
