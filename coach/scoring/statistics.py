"""Measures of agreement between two raters on ordered levels."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence
from typing import Final

RESAMPLES: Final = 400


def confusion(theirs: Sequence[int], ours: Sequence[int], size: int = 4) -> list[list[int]]:
    """Counts by their level (rows) and ours (columns)."""
    table = [[0] * size for _ in range(size)]
    for a, b in zip(theirs, ours, strict=True):
        table[a][b] += 1
    return table


def weighted_kappa(theirs: Sequence[int], ours: Sequence[int], size: int = 4) -> float:
    """Cohen's kappa with quadratic weights (Cohen 1968); 1 where there is nothing to disagree on.

    `size` is the number of levels. Not a number for empty input.
    """
    n = len(theirs)
    if not n:
        return math.nan
    rows = (
        [theirs.count(k) for k in range(size)]
        if isinstance(theirs, list)
        else [list(theirs).count(k) for k in range(size)]
    )
    columns = [list(ours).count(k) for k in range(size)]
    observed = sum((a - b) ** 2 for a, b in zip(theirs, ours, strict=True)) / n
    expected = sum(rows[i] * columns[j] * (i - j) ** 2 for i in range(size) for j in range(size)) / (n * n)
    return 1.0 - observed / expected if expected else 1.0


def correlation(a: Sequence[float], b: Sequence[float]) -> float:
    """Pearson's correlation; not a number where one of them does not vary."""
    n = len(a)
    if n < 2:
        return math.nan
    mean_a, mean_b = sum(a) / n, sum(b) / n
    sa = sum((x - mean_a) ** 2 for x in a)
    sb = sum((y - mean_b) ** 2 for y in b)
    if not sa or not sb:
        return math.nan
    return sum((x - mean_a) * (y - mean_b) for x, y in zip(a, b, strict=True)) / math.sqrt(sa * sb)


def partial_correlation(a: Sequence[float], b: Sequence[float], given: Sequence[float]) -> float:
    """The correlation of a and b with what both share with a third taken out."""
    ab, ag, bg = correlation(a, b), correlation(a, given), correlation(b, given)
    rest = (1 - ag * ag) * (1 - bg * bg)
    return (ab - ag * bg) / math.sqrt(rest) if rest > 0 else math.nan


def overlap_f1(theirs: Sequence[tuple[int, int]], ours: Sequence[tuple[int, int]]) -> float:
    """F1 of the characters that two sets of spans cover; 1 where both cover none."""
    a, b = _covered(theirs), _covered(ours)
    return 2 * len(a & b) / (len(a) + len(b)) if a or b else 1.0


def _covered(spans: Sequence[tuple[int, int]]) -> set[int]:
    return {place for start, end in spans for place in range(start, end)}


def interval(
    statistic: Callable[[Sequence[int]], float], groups: Sequence[Sequence[int]], seed: int = 20_240
) -> tuple[float, float]:
    """A 95% bootstrap interval (percentile method) of a statistic of row numbers.

    Whole groups are drawn, since answers to one prompt are not independent. Reproducible for a seed.
    """
    draw = random.Random(seed)
    values = []
    for _ in range(RESAMPLES):
        rows = [row for _ in groups for row in groups[draw.randrange(len(groups))]]
        value = statistic(rows)
        if not math.isnan(value):
            values.append(value)
    if not values:
        return math.nan, math.nan
    values.sort()
    return values[int(0.025 * (len(values) - 1))], values[math.ceil(0.975 * (len(values) - 1))]
