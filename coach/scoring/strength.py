"""How strongly each sentence speaks for each level of a criterion, and which level that makes of the answer."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from coach.knowledge.models.rule import Fit, Reading, Weights


class Strength(NamedTuple):
    """How likely a sentence is to be evidence of at least level 1, 2 and 3: three numbers between 0 and 1."""

    named: float
    applied: float
    argued: float


_DAMPING = 0.01
_SCALE = 3.0
NOTHING = Strength(0.0, 0.0, 0.0)


def _logistic(x: float) -> float:
    return 1.0 / (1.0 + math.exp(-x)) if x > -40.0 else 0.0


class Weighing:
    """The fits of several criteria turned inside out: sign first, so that each sign is looked up once.

    Weights are held as whole thousandths, so that a sum does not depend on the order of its parts.
    """

    def __init__(self, fits: Mapping[str, Fit]) -> None:
        self._order = tuple(fits)
        self._bias = tuple(
            _thousandths(value)
            for fit in fits.values()
            for value in (fit.bias.named, fit.bias.applied, fit.bias.argued)
        )
        rows: dict[str, list[int]] = {}
        for number, fit in enumerate(fits.values()):
            for sign, weights in fit.signs.items():
                row = rows.setdefault(sign, [0] * len(self._bias))
                row[3 * number : 3 * number + 3] = map(_thousandths, weights)
        self._rows = {sign: tuple(row) for sign, row in rows.items()}
        self._known = frozenset(rows)

    def strengths(self, signs: frozenset[str]) -> dict[str, Strength]:
        """The strength of a sentence for every criterion."""
        columns = zip(self._bias, *[self._rows[sign] for sign in self._known & signs], strict=True)
        chances = [_logistic(sum(column) / 1000) for column in columns]
        return {
            criterion: Strength(chances[3 * i], chances[3 * i + 1], chances[3 * i + 2])
            for i, criterion in enumerate(self._order)
        }


def _thousandths(weight: float) -> int:
    return round(weight * 1000)


def log_odds(strength: Strength) -> Strength:
    """Strengths on the scale on which readings weigh them: damped log-odds from -1.5 to 1.5."""
    return Strength(*(math.log((p + _DAMPING) / (1 + _DAMPING - p)) / _SCALE for p in strength))


def log_length(sentences: int) -> float:
    """The length of an answer as readings weigh it."""
    return math.log(1 + sentences)


def _weigh(strength: Strength, weights: Weights) -> float:
    return strength.named * weights.named + strength.applied * weights.applied + strength.argued * weights.argued


def best_three(strengths: Sequence[Strength]) -> tuple[Strength, Strength, Strength]:
    """The strongest, second and third strongest at each level, levels taken apart."""
    columns = [sorted((s[k] for s in (*strengths, NOTHING, NOTHING, NOTHING)), reverse=True)[:3] for k in range(3)]
    first, second, third = (Strength(columns[0][i], columns[1][i], columns[2][i]) for i in range(3))
    return first, second, third


def reached(strengths: Sequence[Strength], levels: Sequence[Reading]) -> float:
    """The expected level, 0 to 3: the sum of the chances that each level is reached."""
    best, second, third = map(log_odds, best_three(strengths))
    length = log_length(len(strengths))
    return sum(
        _logistic(
            reading.bias
            + length * reading.length
            + _weigh(best, reading.best)
            + _weigh(second, reading.second)
            + _weigh(third, reading.third)
        )
        for reading in levels
    )
