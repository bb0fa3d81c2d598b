"""How strongly each sentence speaks for each level of a criterion, and which level that makes of the answer."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import repeat
from operator import mul
from sys import byteorder
from typing import Final, NamedTuple

from coach.knowledge.models.rule import Fit, Reading


class Strength(NamedTuple):
    """How likely a sentence is to be evidence of at least level 1, 2 and 3: three numbers between 0 and 1."""

    named: float
    applied: float
    argued: float


USUAL: Final = 150
SHORTEST: Final = 20
"""Words of an answer that loses nothing for its length, and below which one gains no more."""
DAMPING: Final = 0.01
SCALE: Final = 3.0
_BESIDE: Final = 0.35
_MOST_BESIDE: Final = 4
NOTHING = Strength(0.0, 0.0, 0.0)


def _logistic(x: float) -> float:
    return 1.0 / (1.0 + math.exp(-x)) if x > -40.0 else 0.0


class _Chances(dict[int, float]):
    """The chance that belongs to each lane of a sum, worked out when it is first met."""

    def __missing__(self, lane: int) -> float:
        chance = _logistic((lane - _OFFSET) / 1000)
        if len(self) < _MOST_KEPT:
            self[lane] = chance
        return chance


class Weighing:
    """The fits of several criteria turned inside out: sign first, so that each sign is looked up once.

    Weights are held as whole thousandths, so that a sum does not depend on the order of its parts. All weights of a
    sign lie side by side in one integer, a lane of 32 bits each, and one addition adds up all of them. Each lane
    carries an offset that keeps it positive.
    """

    def __init__(self, fits: Mapping[str, Fit]) -> None:
        self._lanes = 3 * len(fits)
        rows: dict[str, list[int]] = {}
        for number, fit in enumerate(fits.values()):
            for sign, weights in fit.signs.items():
                row = rows.setdefault(sign, [0] * self._lanes)
                row[3 * number : 3 * number + 3] = map(_thousandths, weights)
        bias = [weight for fit in fits.values() for weight in (fit.bias.named, fit.bias.applied, fit.bias.argued)]
        self._bias = _packed(list(map(_thousandths, bias)))
        self._rows = {sign: _packed(row) for sign, row in rows.items()}
        self._known = frozenset(rows)
        self._offsets = _packed([0] * self._lanes)
        self._chances = _Chances()

    def strengths(self, signs: frozenset[str]) -> list[Strength]:
        """The strength of a sentence for every criterion, in the order of the fits."""
        known = self._known & signs
        total = sum(map(self._rows.__getitem__, known), self._bias) - len(known) * self._offsets
        lanes = memoryview(total.to_bytes(_LANE_BYTES * self._lanes, byteorder)).cast("I")
        chances = list(map(self._chances.__getitem__, lanes if byteorder == "little" else lanes[::-1]))
        levels = zip(chances[::3], chances[1::3], chances[2::3], strict=True)
        return list(map(_new, repeat(Strength), levels))


_new: Final = tuple.__new__
"""Makes a named tuple without a call of its own."""
_LANE_BYTES: Final = 4
_MOST_KEPT: Final = 1 << 16
_OFFSET: Final = 1 << 20
"""Above any weight in thousandths; four thousand parts fit into a lane."""


def _packed(thousandths: Sequence[int]) -> int:
    return sum(weight + _OFFSET << 8 * _LANE_BYTES * place for place, weight in enumerate(thousandths))


def _thousandths(weight: float) -> int:
    return round(weight * 1000)


Pooled = tuple[float, ...]
"""The strengths of an answer's sentences for one criterion as twelve numbers, in the order of `POOLED`."""
POOLED: Final = tuple(
    (part, level) for part in ("best", "second", "third", "together") for level in ("named", "applied", "argued")
)
"""What the numbers are weighed by: a part of a `Reading` and a level in it."""


def pooled(strengths: Sequence[Strength]) -> Pooled:
    """The strongest, second and third strongest at each level, levels taken apart, and all of them.

    The three are damped log-odds from -1.5 to 1.5; all together are the logarithm of one more than their sum.
    """
    columns = [sorted(column, reverse=True) for column in zip(*strengths, NOTHING, NOTHING, NOTHING, strict=True)]
    best = [_log_odds(column[place]) for place in range(3) for column in columns]
    return *best, *(math.log1p(sum(column)) for column in columns)


def _log_odds(chance: float) -> float:
    return math.log((chance + DAMPING) / (1 + DAMPING - chance)) / SCALE


def worth_showing(strengths: Sequence[Strength], level: int) -> list[float]:
    """How much each sentence is worth as evidence of a level that was reached.

    Its strengths up to that level, and part of its stronger neighbour's: readers underline whole thoughts.
    """
    columns = list(zip(*strengths, strict=True))[:level]
    own = [sum(values) for values in zip(*columns, strict=True)]
    beside = map(max, [0.0, *own], [*own[1:], 0.0])
    return [value + _BESIDE * min(near, _MOST_BESIDE * value) for value, near in zip(own, beside, strict=False)]


class LevelReader:
    """The readings of levels 1, 2 and 3, made ready to be applied."""

    def __init__(self, levels: Sequence[Reading]) -> None:
        self._levels = [
            (reading.bias, [getattr(getattr(reading, part), level) for part, level in POOLED], dict(reading.beside))
            for reading in levels
        ]

    def expected(self, found: Pooled, beside: Mapping[str, float]) -> float:
        """The expected level, 0 to 3: the sum of the chances that each level is reached.

        `beside` holds the levels that other criteria reach by their own sentences.
        """
        total = 0.0
        for bias, weights, others in self._levels:
            reached = bias + sum(map(mul, found, weights))
            for criterion, weight in others.items():
                reached += weight * beside.get(criterion, 0.0)
            total += _logistic(reached)
        return total


def for_length(words: int, brevity: float) -> float:
    """What the length of an answer takes from every level; below none for a short one."""
    return brevity * math.log2(max(words, SHORTEST) / USUAL)
