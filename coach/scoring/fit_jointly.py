"""The weights of signs, moved until the levels of whole answers come out as well.

An underlined passage says where a level is earned, but not every sentence like it is underlined, and some answers have
no underlined passages at all. The level of an answer says whether enough of it was there. So the loss of
`fit_sentences` is taken together with the loss of the levels that the sentences make, the readings of levels held fixed
(learning from labelled bags: Dietterich, Lathrop and Lozano-Pérez 1997).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from coach.knowledge.models.rule import Reading
from coach.scoring.fit_levels import Answers, weights_of
from coach.scoring.strength import DAMPING, SCALE

Array = NDArray[np.float64]
AN_ANSWER: Final = 4.0
"""How much the level of one answer counts beside one sentence; from 3 to 10 held-out products come out the same."""
STEPS: Final = 25
LEVELS: Final = (1, 2, 3)
BEST: Final = 3
"""How many of the strongest sentences a reading looks at one by one."""


@dataclass(frozen=True, slots=True)
class Heads:
    """For each level the weights of all signs, and what is added to them."""

    weights: Array
    """Signs by levels."""
    bias: Array

    def chances(self, matrix: Any) -> Array:
        """Sentences by levels: how likely each is to be evidence, between 0 and 1."""
        found: Array = _logistic(matrix @ self.weights + self.bias)
        return found


@dataclass(frozen=True, slots=True)
class Sentences:
    """The sentences of some answers, one answer after the other."""

    matrix: Any
    """Sentences by signs."""
    marks: NDArray[np.int_]
    """The level at which each was underlined."""
    weights: Array
    """None where nothing is known of the sentence."""
    owner: NDArray[np.int_]
    """The number of its answer, counted from 0, rising."""


def moved(heads: Heads, sentences: Sentences, answers: Answers, readings: Sequence[Reading], softness: float) -> Heads:
    """Weights near `heads` under which both the sentences and the levels of the answers are likelier.

    `softness` is the inverse of the ridge penalty.
    """
    signs = len(heads.weights)
    start = np.concatenate([heads.weights.ravel(), heads.bias, np.zeros(3)])
    loss = joint_loss(sentences, answers, readings, softness)
    x = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": STEPS}).x
    return Heads(x[: 3 * signs].reshape(signs, 3), x[3 * signs : 3 * signs + 3])


def joint_loss(
    sentences: Sentences, answers: Answers, readings: Sequence[Reading], softness: float
) -> Callable[[Array], tuple[float, Array]]:
    """The losses of sentences and of answers with the ridge penalty, and their gradient.

    Its argument holds the weights, row by row, three numbers added to them, and three to the readings.
    """
    signs = sentences.matrix.shape[1]
    marked = [np.where(sentences.marks >= level, 1.0, -1.0) for level in LEVELS]
    reached = [np.where(answers.labels >= level, 1.0, -1.0) for level in LEVELS]
    read = [weights_of(reading).reshape(BEST + 1, len(LEVELS)) for reading in readings]
    pool = _Pool(sentences.owner, len(answers.labels))

    def loss(x: Array) -> tuple[float, Array]:
        weights, bias = x[: 3 * signs].reshape(signs, 3), x[3 * signs : 3 * signs + 3]
        # How severe the readings are may shift too, or else the weights alone would have to.
        shift = x[3 * signs + 3 :]
        sums = sentences.matrix @ weights + bias
        value = 0.5 * float((weights**2).sum())
        slope = np.zeros_like(sums)
        for place, truth in enumerate(marked):
            margin = truth * sums[:, place]
            value += softness * float((np.logaddexp(0, -margin) * sentences.weights).sum())
            slope[:, place] = -softness * sentences.weights * truth * _logistic(-margin)
        chances = _logistic(sums)
        found, best = pool.numbers(chances)
        by_number = np.zeros_like(found)
        by_shift = np.zeros(3)
        for place, (reading, parts, truth) in enumerate(zip(readings, read, reached, strict=True)):
            margin = truth * (reading.bias + shift[place] + (found * parts).sum(axis=(1, 2)))
            value += softness * AN_ANSWER * float((np.logaddexp(0, -margin) * answers.weights).sum())
            pull = -softness * AN_ANSWER * answers.weights * truth * _logistic(-margin)
            by_number += pull[:, None, None] * parts
            by_shift[place] = pull.sum()
        slope += pool.back(by_number, found, best, chances) * chances * (1 - chances)
        gradient = sentences.matrix.T @ slope + weights
        return value, np.concatenate([gradient.ravel(), slope.sum(axis=0), by_shift])

    return loss


class _Pool:
    """What `strength.pooled` makes of the sentences of many answers at once, and how it changes with each of them."""

    def __init__(self, owner: NDArray[np.int_], answers: int) -> None:
        self._owner = owner
        self._count = np.bincount(owner, minlength=answers)
        self._first = np.cumsum(self._count) - self._count

    def numbers(self, chances: Array) -> tuple[Array, list[list[tuple[NDArray[np.int_], NDArray[np.int_]]]]]:
        """Answers by parts by levels; and for each level and place the answers that have it, with their sentences."""
        answers = len(self._count)
        found = np.full((answers, BEST + 1, len(LEVELS)), _log_odds(np.zeros(1))[0])
        best = []
        for level in range(len(LEVELS)):
            order = np.lexsort((-chances[:, level], self._owner))
            places = []
            for place in range(BEST):
                have = np.flatnonzero(self._count > place)
                which = order[self._first[have] + place]
                found[have, place, level] = _log_odds(chances[which, level])
                places.append((have, which))
            best.append(places)
            found[:, BEST, level] = np.log1p(np.bincount(self._owner, chances[:, level], minlength=answers))
        return found, best

    def back(
        self,
        by_number: Array,
        found: Array,
        best: Sequence[Sequence[tuple[NDArray[np.int_], NDArray[np.int_]]]],
        chances: Array,
    ) -> Array:
        """The slope of a loss by the chances, from its slope by the numbers."""
        slope: Array = (by_number[:, BEST, :] / np.exp(found[:, BEST, :]))[self._owner]
        for level, places in enumerate(best):
            for place, (have, which) in enumerate(places):
                chance = chances[which, level]
                steep = (1 / (chance + DAMPING) + 1 / (1 + DAMPING - chance)) / SCALE
                slope[which, level] += by_number[have, place, level] * steep
        return slope


def _log_odds(chances: Array) -> Array:
    odds: Array = np.log((chances + DAMPING) / (1 + DAMPING - chances)) / SCALE
    return odds


def _logistic(sums: Array) -> Array:
    chances: Array = 1 / (1 + np.exp(-np.clip(sums, -40, 40)))
    return chances
