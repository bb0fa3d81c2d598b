"""The weights of signs: how strongly each speaks for a sentence being evidence of at least level 1, 2 and 3."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from coach.knowledge.models.rule import Weights

Array = NDArray[np.float64]
MOST_SIGNS: Final = 400
"""So few that a person can read them."""
SOFTNESS: Final = 0.15
"""The inverse of the ridge penalty on sign weights."""
LEVELS: Final = (1, 2, 3)


@dataclass(frozen=True, slots=True)
class SentenceFit:
    """Weights, and the chances of every sentence when its product was held out."""

    bias: Weights
    signs: dict[str, tuple[float, float, float]]
    held_out: Array
    """Sentences by level, between 0 and 1."""


def fit_sentences(
    matrix: Any, names: Sequence[str], marks: NDArray[np.int_], weights: Array, folds: NDArray[np.int_]
) -> SentenceFit:
    """Fit one criterion on all sentences (rows of `matrix`) that weigh anything.

    `marks` holds the level at which each sentence was underlined, `folds` the fold of its product.
    """
    counted = weights > 0
    chosen = _most_telling(matrix[counted], marks[counted], weights[counted])
    matrix = matrix[:, chosen]
    heads = [_logistic(matrix[counted], marks[counted] >= level, weights[counted]) for level in LEVELS]
    held_out = np.zeros((matrix.shape[0], len(LEVELS)))
    for fold in np.unique(folds):
        inside, outside = counted & (folds != fold), folds == fold
        if not inside.any():
            inside = counted
        for place, level in enumerate(LEVELS):
            model = _logistic(matrix[inside], marks[inside] >= level, weights[inside])
            held_out[outside, place] = 1 / (1 + np.exp(-(matrix[outside] @ model[0] + model[1])))
    found = np.round(np.stack([head[0] for head in heads], axis=1), 2)
    bias = [round(float(head[1]), 3) for head in heads]
    return SentenceFit(
        bias=Weights(named=bias[0], applied=bias[1], argued=bias[2]),
        signs={
            names[column]: (float(row[0]), float(row[1]), float(row[2]))
            for column, row in zip(chosen, found, strict=True)
            if row.any()
        },
        held_out=held_out,
    )


def _logistic(matrix: Any, truth: Any, weights: Array) -> tuple[Array, float]:
    if truth.all() or not truth.any():
        return np.zeros(matrix.shape[1]), 6.0 if truth.all() else -6.0
    model = LogisticRegression(C=SOFTNESS, solver="liblinear", max_iter=300).fit(matrix, truth, sample_weight=weights)
    return model.coef_[0], float(model.intercept_[0])


def _most_telling(matrix: Any, marks: NDArray[np.int_], weights: Array) -> list[int]:
    """Columns in order whose weight times spread is largest, over the first and the last level."""
    weight = sum(np.abs(_logistic(matrix, marks >= level, weights)[0]) for level in (LEVELS[0], LEVELS[-1]))
    share = np.asarray((matrix != 0).mean(axis=0)).ravel()
    telling = weight * np.sqrt(share * (1 - share))
    return sorted(int(i) for i in np.argsort(-telling, kind="stable")[:MOST_SIGNS])
