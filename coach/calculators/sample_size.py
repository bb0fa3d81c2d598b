"""How many cases it takes to tell an effect from chance."""

from __future__ import annotations

import math
from statistics import NormalDist


def two_proportions(baseline: float, difference: float, power: float = 0.8, alpha: float = 0.05) -> int:
    """Cases per arm to see a share move from `baseline` by `difference` in a two-sided test of two equal arms.

    All are fractions: 0.35 and 0.03 for 35% and 3 points. By the normal approximation, with the variance pooled
    under no effect; it is too small a number where fewer than about ten cases per arm would show the event.
    Raises `ValueError` for a share outside 0 to 1, for no difference, and for power or alpha outside 0 to 1.
    """
    other = baseline + difference
    if not (0 <= baseline <= 1 and 0 <= other <= 1):
        raise ValueError(f"a share lies between 0 and 1, which {baseline:g} and {other:g} do not both")
    if difference == 0:
        raise ValueError("no difference can be told from chance: name the smallest worth having")
    if not (0 < power < 1 and 0 < alpha < 1):
        raise ValueError("power and alpha lie between 0 and 1")
    mean = (baseline + other) / 2
    pooled = NormalDist().inv_cdf(1 - alpha / 2) * math.sqrt(2 * mean * (1 - mean))
    apart = NormalDist().inv_cdf(power) * math.sqrt(baseline * (1 - baseline) + other * (1 - other))
    return math.ceil(((pooled + apart) / difference) ** 2)
