"""The weights of signs: how strongly each speaks for a sentence being evidence of at least level 1, 2 and 3."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from coach.knowledge.models.rule import Weights
from coach.scoring.fit_jointly import LEVELS, Heads, Sentences, moved
from coach.scoring.fit_levels import Answers, fit_readings
from coach.scoring.strength import Strength, pooled

Array = NDArray[np.float64]
MOST_SIGNS: Final = 400
"""So few that a person can read them."""
SOFTNESS: Final = 0.15
"""The inverse of the ridge penalty on sign weights."""


@dataclass(frozen=True, slots=True)
class SentenceFit:
    """Weights, and the chances of every sentence when its product was held out."""

    bias: Weights
    signs: dict[str, tuple[float, float, float]]
    held_out: Array
    """Sentences by level, between 0 and 1."""


@dataclass(frozen=True, slots=True)
class Told:
    """What the labels tell of one criterion."""

    sentences: Sentences
    """All of them; those that weigh anything teach what a sentence must say."""
    labels: NDArray[np.int_]
    """The level of each answer; -1 where none was given."""
    weights: Array
    """How much each answer counts; those that count nothing teach nothing."""
    folds: NDArray[np.int_]
    """Of each answer by its product."""


def fit_sentences(told: Told, names: Sequence[str]) -> SentenceFit:
    """Fit one criterion. `names` are those of the matrix's columns."""
    every = told.sentences
    counted = every.weights > 0
    chosen = _most_telling(every.matrix[counted], every.marks[counted], every.weights[counted])
    every = Sentences(every.matrix[:, chosen], every.marks, every.weights, every.owner)
    told = Told(every, told.labels, told.weights, told.folds)
    folds = sorted(set(told.folds.tolist()))
    # Where one product is all there is, it cannot be held out from itself.
    others = {fold: told.folds != fold if len(folds) > 1 else told.folds == fold for fold in folds}
    apart = {fold: _heads(every, counted & others[fold][every.owner]) for fold in folds}
    first = _held_out(apart, told)
    readings = fit_readings(Answers(told.labels, told.weights, levels_found(first, every.owner, len(told.labels))), {})

    def joint(heads: Heads, among: NDArray[np.bool_]) -> Heads:
        taught = among & (told.labels >= 0) & (told.weights > 0)
        rows = taught[every.owner]
        return moved(
            heads,
            Sentences(
                every.matrix[rows],
                every.marks[rows],
                every.weights[rows],
                (np.cumsum(taught) - 1)[every.owner[rows]],
            ),
            Answers(told.labels[taught], told.weights[taught], np.zeros((int(taught.sum()), 0))),
            readings,
            SOFTNESS,
        )

    whole = joint(_heads(every, counted), np.ones(len(told.labels), dtype=bool))
    held_out = _held_out({fold: joint(heads, others[fold]) for fold, heads in apart.items()}, told)
    bias = [round(float(value), 3) for value in whole.bias]
    return SentenceFit(
        bias=Weights(named=bias[0], applied=bias[1], argued=bias[2]),
        signs={
            names[column]: (float(row[0]), float(row[1]), float(row[2]))
            for column, row in zip(chosen, np.round(whole.weights, 2), strict=True)
            if row.any()
        },
        held_out=held_out,
    )


def levels_found(held_out: Array, owner: NDArray[np.int_], answers: int) -> Array:
    """Answers by the twelve numbers of `POOLED`."""
    return np.array([pooled([Strength(*map(float, row)) for row in held_out[owner == n]]) for n in range(answers)])


def _held_out(apart: dict[int, Heads], told: Told) -> Array:
    chances = np.zeros((len(told.sentences.marks), len(LEVELS)))
    for fold, heads in apart.items():
        rows = (told.folds == fold)[told.sentences.owner]
        chances[rows] = heads.chances(told.sentences.matrix[rows])
    return chances


def _heads(sentences: Sentences, rows: NDArray[np.bool_]) -> Heads:
    """One logistic regression for each level."""
    if not rows.any():
        rows = sentences.weights > 0
    matrix, marks, weights = sentences.matrix[rows], sentences.marks[rows], sentences.weights[rows]
    found = [_regression(matrix, marks >= level, weights) for level in LEVELS]
    return Heads(np.stack([weight for weight, _ in found], axis=1), np.array([bias for _, bias in found]))


def _regression(matrix: Any, truth: Any, weights: Array) -> tuple[Array, float]:
    if truth.all() or not truth.any():
        return np.zeros(matrix.shape[1]), 6.0 if truth.all() else -6.0
    model = LogisticRegression(C=SOFTNESS, solver="liblinear", max_iter=300).fit(matrix, truth, sample_weight=weights)
    return model.coef_[0], float(model.intercept_[0])


def _most_telling(matrix: Any, marks: NDArray[np.int_], weights: Array) -> list[int]:
    """Columns in order whose weight times spread is largest, over the first and the last level."""
    weight = sum(np.abs(_regression(matrix, marks >= level, weights)[0]) for level in (LEVELS[0], LEVELS[-1]))
    share = np.asarray((matrix != 0).mean(axis=0)).ravel()
    telling = weight * np.sqrt(share * (1 - share))
    return sorted(int(i) for i in np.argsort(-telling, kind="stable")[:MOST_SIGNS])
