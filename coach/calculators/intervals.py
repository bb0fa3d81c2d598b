"""Intervals for shares, their differences, counts and means, in closed form."""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import NormalDist, fmean, stdev
from typing import Final

from coach.calculators.result import Interval

FEWEST_FOR_A_MEAN: Final = 5
"""Fewer values than that say too little about how far others would lie apart."""


def normal_quantile(probability: float) -> float:
    """The standard normal value below which a share of the distribution lies."""
    return NormalDist().inv_cdf(probability)


def two_sided(confidence: float) -> float:
    """How many standard errors to either side hold the given share: 1.96 for 0.95."""
    return normal_quantile((1 + confidence) / 2)


def wilson(successes: float, trials: float, confidence: float) -> Interval:
    """A share's score interval (Wilson 1927), which stays within 0 and 1 and holds up for few trials."""
    low, high = _score(successes, trials, two_sided(confidence))
    return Interval(low, high, confidence, "Wilson score")


def newcombe(first: tuple[float, float], second: tuple[float, float], confidence: float) -> Interval:
    """First share less second, each as (successes, trials): the hybrid score interval (Newcombe 1998, method 10)."""
    z = two_sided(confidence)
    (one, n), (other, m) = first, second
    p, q = one / n, other / m
    (p_low, p_high), (q_low, q_high) = _score(one, n, z), _score(other, m, z)
    low = p - q - math.hypot(p - p_low, q_high - q)
    high = p - q + math.hypot(p_high - p, q - q_low)
    return Interval(max(-1.0, low), min(1.0, high), confidence, "Newcombe hybrid score")


def byar(events: int, confidence: float) -> Interval:
    """The expected number behind a count of independent events (Byar's approximation to the exact limits)."""
    z = two_sided(confidence)
    low = events * (1 - 1 / (9 * events) - z / (3 * math.sqrt(events))) ** 3 if events else 0.0
    above = events + 1
    high = above * (1 - 1 / (9 * above) + z / (3 * math.sqrt(above))) ** 3
    return Interval(max(0.0, low), high, confidence, "Byar's approximation to the Poisson limits")


def mean_of_shares(values: Sequence[float], confidence: float) -> Interval | None:
    """The mean of shares over a sample of tasks, by Student's t; None for too few or for values all alike."""
    if len(values) < FEWEST_FOR_A_MEAN or min(values) == max(values):
        return None
    half = student_quantile((1 + confidence) / 2, len(values) - 1) * stdev(values) / math.sqrt(len(values))
    middle = fmean(values)
    return Interval(max(0.0, middle - half), min(1.0, middle + half), confidence, "Student's t over tasks")


def student_quantile(probability: float, freedom: int) -> float:
    """Student's t for four degrees of freedom or more, from the normal (Cornish and Fisher's expansion)."""
    z = normal_quantile(probability)
    terms = (
        z,
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160,
    )
    return math.fsum(term / float(freedom) ** power for power, term in enumerate(terms))


def _score(successes: float, trials: float, z: float) -> tuple[float, float]:
    share, spread = successes / trials, z * z / trials
    middle = (share + spread / 2) / (1 + spread)
    half = z * math.sqrt(share * (1 - share) / trials + spread / (4 * trials)) / (1 + spread)
    # At the ends rounding would leave a hair beyond.
    low = 0.0 if successes == 0 else max(0.0, middle - half)
    high = 1.0 if successes == trials else min(1.0, middle + half)
    return low, high
