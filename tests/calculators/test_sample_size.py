from __future__ import annotations

import math

import pytest

from coach.calculators.sample_size import two_proportions


@pytest.mark.parametrize(("baseline", "difference"), [(0.35, 0.03), (0.1, 0.02), (0.05, 0.01), (0.5, -0.05)])
@pytest.mark.parametrize(("power", "alpha"), [(0.8, 0.05), (0.9, 0.01)])
def test_it_is_the_number_that_statsmodels_gives(
    baseline: float, difference: float, power: float, alpha: float
) -> None:
    proportion = pytest.importorskip("statsmodels.stats.proportion")
    theirs = proportion.samplesize_proportions_2indep_onetail(
        difference, baseline, power, ratio=1, alpha=alpha, alternative="two-sided"
    )
    assert two_proportions(baseline, difference, power, alpha) == math.ceil(theirs)


@pytest.mark.parametrize(
    ("call", "told"),
    [
        ((0.5, 0.0), "no difference"),
        ((0.9, 0.2), "between 0 and 1"),
        ((35, 3), "between 0 and 1"),
        ((0.5, 0.1, 1.0), "power and alpha"),
    ],
)
def test_what_cannot_be_planned_is_refused(call: tuple[float, ...], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        two_proportions(*call)
