"""Fit a rubric's weights to a panel's labels.

Two steps, both logistic and both readable afterwards. A sentence's chance of being underlined at level 1, 2 or 3 is
fitted on its signs (words, neighbours, ideas, rules that fired); only the few hundred most telling signs are kept. The
chance that the answer reaches a level is then fitted on its three strongest sentences, with strengths taken from folds
in which the answer's product was held out, and with no weight below zero: more evidence never lowers a level. Only the
number of sentences weighs against it, since among many sentences a strong one is more often chance.

Needs scikit-learn (the extra `fit`); scoring does not.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from coach.knowledge.models.rule import Fit, Reading, Weights
from coach.scoring.labelled import Labelled
from coach.scoring.scorer import Question, Scorer
from coach.scoring.statistics import weighted_kappa
from coach.scoring.strength import Strength, best_three, log_length, log_odds

Array = NDArray[np.float64]
MOST_SIGNS: Final = 300
FEWEST_USES: Final = 4
FOLDS: Final = 3
SOFTNESS: Final = 0.3
"""The inverse of the ridge penalty on sign weights."""
LEVEL_PENALTY: Final = 0.001
OVERLAP: Final = 0.5
"""A sentence is evidence where it shares this much of the shorter of itself and an underlined passage."""
CUT_SLACK: Final = 0.002
SHOW_STEPS: Final = tuple(step / 20 for step in range(3, 17))


@dataclass(frozen=True, slots=True)
class Row:
    """One labelled answer as the fit sees it: signs and underlined levels by sentence."""

    topic: str
    labels: dict[str, int]
    signs: tuple[frozenset[str], ...]
    underlined: tuple[dict[str, int], ...]
    """For each sentence the level of each criterion that it is evidence for."""
    spans: tuple[tuple[int, int], ...]
    evidence: dict[str, tuple[tuple[int, int], ...]]


def prepare(scorer: Scorer, labelled: Labelled, question: Question) -> Row:
    """Read a labelled answer with a rubric's own rules and lexicon."""
    document = scorer.read(labelled.answer, question.subject)
    signs = scorer.signs(document, scorer.hits(document))
    underlined = []
    for sentence in document.sentences:
        levels = {}
        for key, spans in labelled.evidence.items():
            for start, end in spans:
                shared = min(sentence.end, end) - max(sentence.start, start)
                if shared > 0 and shared / min(sentence.end - sentence.start, end - start) >= OVERLAP:
                    levels[key] = labelled.labels.get(key, 0)
        underlined.append(levels)
    return Row(
        topic=labelled.topic,
        labels=dict(labelled.labels),
        # What is turned down or said before is evidence of nothing, whatever its words.
        signs=tuple(frozenset() if s.undone else found for s, found in zip(document.sentences, signs, strict=True)),
        underlined=tuple(underlined),
        spans=tuple((s.start, s.end) for s in document.sentences),
        evidence=dict(labelled.evidence),
    )


class SignTable:
    """All sentences of all rows as a sparse matrix over the signs that are used often enough."""

    def __init__(self, rows: Sequence[Row], criteria: Sequence[str], names: Sequence[str] | None = None) -> None:
        self.rows, self.criteria = rows, tuple(criteria)
        counts: dict[str, int] = {}
        for row in rows:
            for signs in row.signs:
                for sign in signs:
                    counts[sign] = counts.get(sign, 0) + 1
        self.names = list(names) if names is not None else sorted(s for s, n in counts.items() if n >= FEWEST_USES)
        place = {sign: number for number, sign in enumerate(self.names)}
        indices: list[int] = []
        starts = [0]
        for row in rows:
            for signs in row.signs:
                indices += sorted(place[sign] for sign in signs if sign in place)
                starts.append(len(indices))
        shape = (len(starts) - 1, len(self.names))
        self.matrix = csr_matrix((np.ones(len(indices)), np.array(indices), np.array(starts)), shape=shape)
        self.owner = np.array([n for n, row in enumerate(rows) for _ in row.signs], dtype=int)

    def underlined(self, criterion: str) -> NDArray[np.int_]:
        """The level of each sentence for a criterion."""
        return np.array([levels.get(criterion, 0) for row in self.rows for levels in row.underlined], dtype=int)


def fold_of(topic: str, folds: int = FOLDS, salt: str = "") -> int:
    """The fold of a product: fixed, and the same on every machine."""
    return zlib.crc32(f"{salt}{topic}".encode()) % folds


def fit_criterion(table: SignTable, criterion: str, rubric: str, own_rules: frozenset[str]) -> Fit | None:
    """The weights of one criterion; None where the labels do not reach two levels.

    `own_rules` are the signs of rules that belong to other criteria and are left out.
    """
    levels = np.array([row.labels.get(criterion, -1) for row in table.rows])
    known = levels >= 0
    if len(set(levels[known])) < 2:
        return None
    usable = np.array([sign not in own_rules for sign in table.names])
    keep = known[table.owner]
    matrix, marks, owner = table.matrix[keep][:, usable], table.underlined(criterion)[keep], table.owner[keep]
    names = [name for name, good in zip(table.names, usable, strict=True) if good]
    # Where a level was given and nothing underlined, no sentence is known to be evidence, and none known not to be.
    marked = np.array([not row.labels.get(criterion) or bool(row.evidence.get(criterion)) for row in table.rows])
    taught = marked[owner] if marked[owner].any() else np.ones(len(owner), dtype=bool)
    chosen = _most_telling(matrix[taught], marks[taught])
    matrix, names = matrix[:, chosen], [names[i] for i in chosen]
    heads = [_logistic(matrix[taught], marks[taught] >= level) for level in (1, 2, 3)]
    folds = np.array([fold_of(table.rows[n].topic) for n in owner])
    held_out = np.zeros((matrix.shape[0], 3))
    for fold in range(FOLDS):
        inside, outside = (folds != fold) & taught, folds == fold
        if not outside.any() or not inside.any():
            continue
        for level in (1, 2, 3):
            model = _logistic(matrix[inside], marks[inside] >= level)
            held_out[outside, level - 1] = _chances(model, matrix[outside])
    answers = np.flatnonzero(known)
    tops = np.array([[*_tops(held_out[owner == n]), log_length(int((owner == n).sum()))] for n in answers])
    readings = tuple(_reading(tops, levels[answers] >= level) for level in (1, 2, 3))
    expected = np.array([sum(_chance_of(reading, row) for reading in readings) for row in tops])
    weights = np.round(np.stack([head[0] for head in heads], axis=1), 2)
    return Fit(
        id=f"{rubric}/{criterion}",
        bias=Weights(**dict(zip(("named", "applied", "argued"), (round(float(h[1]), 3) for h in heads), strict=True))),
        signs={
            name: (float(w[0]), float(w[1]), float(w[2])) for name, w in zip(names, weights, strict=True) if w.any()
        },
        levels=readings,
        cuts=_best_cuts(expected, levels[answers]),
        show=_best_bar(table, criterion, held_out, owner, answers),
    )


_Model = tuple[Array, float]


def _logistic(matrix: Any, truth: Any) -> _Model:
    if truth.all() or not truth.any():
        return np.zeros(matrix.shape[1]), 6.0 if truth.all() else -6.0
    model = LogisticRegression(C=SOFTNESS, solver="liblinear", max_iter=300).fit(matrix, truth)
    return model.coef_[0], float(model.intercept_[0])


def _chances(model: _Model, matrix: Any) -> Array:
    result: Array = 1 / (1 + np.exp(-(matrix @ model[0] + model[1])))
    return result


def _most_telling(matrix: Any, marks: NDArray[np.int_]) -> list[int]:
    """Columns in name order whose weight times spread is largest, over the first and the last level."""
    weight = sum(np.abs(_logistic(matrix, marks >= level)[0]) for level in (1, 3))
    share = np.asarray((matrix != 0).mean(axis=0)).ravel()
    telling = weight * np.sqrt(share * (1 - share))
    return sorted(int(i) for i in np.argsort(-telling, kind="stable")[:MOST_SIGNS])


def _tops(strengths: Array) -> list[float]:
    rows = [Strength(*map(float, row)) for row in strengths]
    return [value for strength in best_three(rows) for value in log_odds(strength)]


def _reading(tops: Array, truth: Any) -> Reading:
    """Logistic on the three strongest sentences (weights never below zero) and the length (never above)."""
    signs = np.where(truth, 1.0, -1.0)
    n = len(truth)

    def loss(x: Array) -> tuple[float, Array]:
        """The mean logistic loss with its ridge penalty, and its gradient."""
        margin = signs * (tops @ x[1:] + x[0])
        pull = -signs / (1 + np.exp(margin))
        gradient = np.concatenate([[pull.mean()], tops.T @ pull / n + LEVEL_PENALTY * x[1:]])
        return float(np.logaddexp(0, -margin).mean() + 0.5 * LEVEL_PENALTY * (x[1:] ** 2).sum()), gradient

    width = tops.shape[1]
    bounds = [(None, None), *[(0, None)] * (width - 1), (None, 0)]
    found = minimize(loss, np.zeros(width + 1), jac=True, bounds=bounds, method="L-BFGS-B").x
    w = [round(float(value), 3) for value in found]
    parts = [Weights(named=w[i], applied=w[i + 1], argued=w[i + 2]) for i in (1, 4, 7)]
    return Reading(bias=w[0], best=parts[0], second=parts[1], third=parts[2], length=min(0.0, w[10]))


def _chance_of(reading: Reading, tops: Array) -> float:
    w = [v for part in (reading.best, reading.second, reading.third) for v in (part.named, part.applied, part.argued)]
    return float(1 / (1 + np.exp(-(reading.bias + tops @ np.array([*w, reading.length])))))


def _best_cuts(expected: Array, levels: NDArray[np.int_]) -> tuple[float, float, float]:
    """Cuts that agree best with the labels, near the middle between levels: a coarse search, one cut at a time."""
    cuts = [0.5, 1.5, 2.5]
    truth = [int(level) for level in levels]

    def quality(trial: list[float]) -> float:
        return weighted_kappa(truth, [sum(value >= cut for cut in trial) for value in expected])

    for _ in range(2):
        for place, middle in enumerate((0.5, 1.5, 2.5)):
            steps = [round(middle + step / 20, 2) for step in range(-6, 7)]
            # Of equally good cuts the middle one: a plateau's edge is an accident of these answers.
            scores = [quality([*cuts[:place], step, *cuts[place + 1 :]]) for step in steps]
            good = [step for step, score in zip(steps, scores, strict=True) if score >= max(scores) - CUT_SLACK]
            cuts[place] = min(good, key=lambda step: (abs(step - sum(good) / len(good)), step))
    return cuts[0], cuts[1], cuts[2]


def _best_bar(
    table: SignTable, criterion: str, held_out: Array, owner: NDArray[np.int_], answers: NDArray[np.int_]
) -> float:
    """The strength from which showing a sentence agrees best with what was underlined."""
    cases = []
    for n in answers:
        row = table.rows[n]
        spans = row.evidence.get(criterion)
        if not spans:
            continue
        chances = held_out[owner == n, 0]
        inside = [sum(max(0, min(e, y) - max(s, x)) for x, y in spans) for s, e in row.spans]
        cases.append((chances, np.array([e - s for s, e in row.spans]), np.array(inside), sum(y - x for x, y in spans)))
    if not cases:
        return 0.5

    def quality(bar: float) -> float:
        total = 0.0
        for chances, lengths, inside, wanted in cases:
            shown = chances >= bar
            if not shown.any():
                shown = chances == chances.max()
            total += 2 * inside[shown].sum() / (lengths[shown].sum() + wanted)
        return total / len(cases)

    return max(SHOW_STEPS, key=quality)
