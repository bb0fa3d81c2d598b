"""Confidence intervals for shares and for differences of two shares.

They take every counted thing for independent of the others. Where one person brings many of them, the true
interval is wider.
"""

from __future__ import annotations

import math
from statistics import NormalDist
from typing import NamedTuple

LEVEL = 0.95


class Interval(NamedTuple):
    """A range that holds the true value in `level` of all samples, and how it was found."""

    low: float
    high: float
    method: str
    level: float = LEVEL


def wilson(part: float, whole: float, level: float = LEVEL) -> Interval:
    """Wilson's score interval for a share; `0 <= part <= whole` and `whole > 0`."""
    z = NormalDist().inv_cdf(0.5 + level / 2)
    share, spread = part / whole, z * z / whole
    centre = (share + spread / 2) / (1 + spread)
    half = z / (1 + spread) * math.sqrt(share * (1 - share) / whole + spread / whole / 4)
    low = 0.0 if part == 0 else max(0.0, centre - half)
    high = 1.0 if part == whole else min(1.0, centre + half)
    return Interval(low, high, "Wilson", level)


def newcombe(part: float, whole: float, other_part: float, other_whole: float, level: float = LEVEL) -> Interval:
    """Newcombe's interval for the first share less the second, of two independent groups, from Wilson's for each."""
    first, second = wilson(part, whole, level), wilson(other_part, other_whole, level)
    share, other = part / whole, other_part / other_whole
    gap = share - other
    low = gap - math.hypot(share - first.low, second.high - other)
    high = gap + math.hypot(first.high - share, other - second.low)
    return Interval(low, high, "Newcombe", level)
