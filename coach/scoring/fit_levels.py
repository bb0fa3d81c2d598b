"""From sentences to levels: how much the best of them must weigh, where the cuts lie, which ones are shown.

No weight of a sentence's strength or of another criterion's level is below zero: more evidence never lowers a level.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from coach.knowledge.models.rule import Reading, Weights
from coach.scoring.statistics import weighted_kappa
from coach.scoring.strength import POOLED

Array = NDArray[np.float64]
Spans = Sequence[tuple[int, int]]
PENALTY: Final = 0.001
PENALTY_BESIDE: Final = 0.01
"""Ridge penalties on a level's weights, without and with those of other criteria."""
ENOUGH_FOR_CUTS: Final = 100
"""Answers from which how severe their raters are can be told."""
CUT_SLACK: Final = 0.002
SHOW_STEPS: Final = tuple(step / 20 for step in range(5, 17))


@dataclass(frozen=True, slots=True)
class Answers:
    """What is known of one criterion in every answer."""

    labels: NDArray[np.int_]
    """The panel's level; -1 where it gave none."""
    weights: Array
    found: Array
    """Answers by the twelve numbers of `POOLED`."""


def fit_readings(answers: Answers, beside: Mapping[str, Array]) -> tuple[Reading, Reading, Reading]:
    """One reading for each level. `beside` holds the levels that other criteria reach in each answer."""
    one, two, three = (_reading(answers, level, beside) for level in (1, 2, 3))
    return one, two, three


def _reading(answers: Answers, level: int, beside: Mapping[str, Array]) -> Reading:
    known = answers.labels >= 0
    given = np.column_stack([answers.found, *beside.values()])[known]
    signs = np.where(answers.labels[known] >= level, 1.0, -1.0)
    share = answers.weights[known] / answers.weights[known].sum()
    penalty = PENALTY_BESIDE if beside else PENALTY

    def loss(x: Array) -> tuple[float, Array]:
        """The mean logistic loss with its ridge penalty, and its gradient."""
        margin = signs * (given @ x[1:] + x[0])
        pull = -signs / (1 + np.exp(margin)) * share
        gradient = np.concatenate([[pull.sum()], given.T @ pull + penalty * x[1:]])
        return float((np.logaddexp(0, -margin) * share).sum() + 0.5 * penalty * (x[1:] ** 2).sum()), gradient

    width = answers.found.shape[1]
    # All sentences together may weigh against a level: much talk that is nearly evidence is not evidence.
    bounds = [(None, None), *[(0, None)] * (width - 3), *[(None, None)] * 3, *[(0, None)] * len(beside)]
    start = np.zeros(given.shape[1] + 1)
    w = [round(float(value), 3) for value in minimize(loss, start, jac=True, bounds=bounds, method="L-BFGS-B").x]
    parts: dict[str, dict[str, float]] = {}
    for (part, at_level), weight in zip(POOLED, w[1:], strict=False):
        parts.setdefault(part, {})[at_level] = weight
    others = {key: weight for key, weight in zip(beside, w[1 + width :], strict=True) if weight > 0}
    return Reading(bias=w[0], **{part: Weights(**weights) for part, weights in parts.items()}, beside=others)


def weights_of(reading: Reading) -> Array:
    """The weights of a reading in the order of `POOLED`."""
    return np.array([getattr(getattr(reading, part), level) for part, level in POOLED])


def expected_levels(answers: Answers, readings: Sequence[Reading], beside: Mapping[str, Array]) -> Array:
    """The expected level of every answer, 0 to 3, before its length is looked at."""
    total: Array = np.zeros(len(answers.labels))
    for reading in readings:
        sums = reading.bias + answers.found @ weights_of(reading)
        for key, weight in reading.beside.items():
            sums = sums + weight * beside[key]
        total = total + 1 / (1 + np.exp(-sums))
    return total


def best_cuts(expected: Array, answers: Answers) -> tuple[float, float, float]:
    """Cuts that agree best with the labels, near the middle between levels: a coarse search, one cut at a time.

    Only answers that count in full are looked at, since how severe a panel is shows in its own labels; all of
    them where there are too few of those to show it.
    """
    cuts = [0.5, 1.5, 2.5]
    known = answers.labels >= 0
    own = known & (answers.weights == answers.weights.max())
    seen = own if own.sum() >= ENOUGH_FOR_CUTS else known
    truth, values = answers.labels[seen].tolist(), expected[seen]

    def quality(trial: Sequence[float]) -> float:
        return weighted_kappa(truth, np.searchsorted(trial, values, side="right").tolist())

    for _ in range(2):
        for place, middle in enumerate((0.5, 1.5, 2.5)):
            steps = [round(middle + step / 20, 2) for step in range(-6, 7)]
            # Of equally good cuts the middle one: a plateau's edge is an accident of these answers.
            scores = [quality([*cuts[:place], step, *cuts[place + 1 :]]) for step in steps]
            good = [step for step, score in zip(steps, scores, strict=True) if score >= max(scores) - CUT_SLACK]
            cuts[place] = min(good, key=lambda step: (abs(step - sum(good) / len(good)), step))
    return cuts[0], cuts[1], cuts[2]


def best_share(cases: Sequence[tuple[Array, Spans, Spans]]) -> float:
    """The share of the best sentence's worth from which showing others agrees best with what was underlined.

    A case is what an answer's sentences are worth, their places, and the underlined passages.
    """
    if not cases:
        return 0.5
    measured = [
        (
            worth / max(worth.max(), 1e-9),
            np.array([end - start for start, end in spans]),
            np.array([sum(max(0, min(e, y) - max(s, x)) for x, y in passages) for s, e in spans]),
            sum(y - x for x, y in passages),
        )
        for worth, spans, passages in cases
    ]

    def quality(share: float) -> float:
        total = 0.0
        for worth, lengths, inside, wanted in measured:
            shown: Any = worth >= share
            total += 2 * inside[shown].sum() / (lengths[shown].sum() + wanted)
        return total / len(measured)

    return max(SHOW_STEPS, key=quality)
