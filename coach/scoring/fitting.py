"""Fit a rubric's weights to a panel's labels.

Two steps, both logistic and both readable afterwards. A sentence's chance of being underlined at level 1, 2 or 3 is
fitted on its signs (`fit_sentences`), with an eye on the levels of the answers (`fit_jointly`). The chance that the
answer reaches a level is then fitted on its strongest sentences and on what other criteria reach (`fit_levels`), with
strengths taken from folds in which the answer's product was held out.

Needs scikit-learn (the extra `fit`); scoring does not.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from joblib import Parallel, delayed
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from coach.knowledge.models.rule import Fit
from coach.scoring.fit_jointly import Sentences
from coach.scoring.fit_levels import Answers, best_cuts, best_share, expected_levels, fit_readings
from coach.scoring.fit_sentences import SentenceFit, Told, fit_sentences, levels_found
from coach.scoring.labelled import Labelled
from coach.scoring.scorer import Question, Scorer
from coach.scoring.strength import Strength, for_length, worth_showing

FEWEST_USES: Final = 4
FOLDS: Final = 5
BREVITY: Final = 0.14
"""Found on held-out products: length then tells nothing of the score once the panel's score is known."""
OVERLAP: Final = 0.5
"""A sentence is evidence where it shares this much of the shorter of itself and an underlined passage."""


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
    words: int
    weight: float
    """How much the answer counts."""


def prepare(scorer: Scorer, labelled: Labelled, question: Question, weight: float = 1.0) -> Row:
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
        words=document.words_once,
        weight=weight,
    )


class SignTable:
    """All sentences of all rows as a sparse matrix over the signs that are used often enough."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.rows = rows
        counts: dict[str, int] = {}
        for row in rows:
            for signs in row.signs:
                for sign in signs:
                    counts[sign] = counts.get(sign, 0) + 1
        self.names = sorted(sign for sign, count in counts.items() if count >= FEWEST_USES)
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
        self.folds = np.array([fold_of(row.topic, FOLDS) for row in rows], dtype=int)
        self.weights = np.array([row.weight for row in rows])

    def underlined(self, criterion: str) -> NDArray[np.int_]:
        """The level of each sentence for a criterion."""
        return np.array([levels.get(criterion, 0) for row in self.rows for levels in row.underlined], dtype=int)

    def usable(self, criterion: str) -> NDArray[np.int_]:
        """The columns that may speak for a criterion: all but the rules of other criteria."""
        own = f"rule:{criterion}/"
        return np.array(
            [i for i, name in enumerate(self.names) if not name.startswith("rule:") or name.startswith(own)]
        )


def fold_of(topic: str, folds: int, salt: str = "") -> int:
    """The fold of a product: fixed, and the same on every machine."""
    return zlib.crc32(f"{salt}{topic}".encode()) % folds


def fit_rows(scorer: Scorer, rows: Sequence[Row]) -> dict[str, Fit]:
    """Weights for every criterion whose labels reach two levels, by criterion."""
    criteria = [
        criterion.id
        for criterion in scorer.rubric.criteria
        if len({row.labels[criterion.id] for row in rows if criterion.id in row.labels}) > 1
    ]
    table = SignTable(rows)
    sentences = dict(
        zip(criteria, Parallel(n_jobs=-1)(delayed(_sentences_of)(table, key) for key in criteria), strict=True)
    )
    return fit_levels(scorer.rubric.id, rows, table.owner, sentences)


def _sentences_of(table: SignTable, criterion: str) -> SentenceFit:
    # Where a level was given and nothing underlined, no sentence is known to be evidence, and none known not to be.
    known = [criterion in row.labels for row in table.rows]
    marked = [
        k and (not row.labels[criterion] or bool(row.evidence.get(criterion)))
        for k, row in zip(known, table.rows, strict=True)
    ]
    taught = np.array(marked if any(marked) else known)[table.owner]
    columns = table.usable(criterion)
    told = Told(
        sentences=Sentences(
            table.matrix[:, columns], table.underlined(criterion), table.weights[table.owner] * taught, table.owner
        ),
        labels=np.array([row.labels.get(criterion, -1) for row in table.rows]),
        weights=table.weights,
        folds=table.folds,
    )
    return fit_sentences(told, [table.names[i] for i in columns])


def fit_levels(
    rubric: str, rows: Sequence[Row], owner: NDArray[np.int_], sentences: Mapping[str, SentenceFit]
) -> dict[str, Fit]:
    """How the strengths of sentences, each judged while its product was held out, make levels."""
    answers = {
        key: Answers(
            labels=np.array([row.labels.get(key, -1) for row in rows]),
            weights=np.array([row.weight for row in rows]),
            found=levels_found(found.held_out, owner, len(rows)),
        )
        for key, found in sentences.items()
    }
    shorter = np.array([for_length(row.words, BREVITY) for row in rows])
    alone = {key: fit_readings(each, {}) for key, each in answers.items()}
    own = {key: expected_levels(answers[key], readings, {}) for key, readings in alone.items()}
    fits = {}
    for key, each in answers.items():
        beside = {other: levels for other, levels in own.items() if other != key}
        readings = fit_readings(each, beside)
        expected = expected_levels(each, readings, beside) - shorter
        fits[key] = Fit(
            id=f"{rubric}/{key}",
            bias=sentences[key].bias,
            signs=sentences[key].signs,
            alone=alone[key],
            levels=readings,
            cuts=best_cuts(expected, each),
            brevity=BREVITY,
            show=best_share(
                [
                    (
                        np.array(_worth(sentences[key].held_out[owner == n], row.labels[key])),
                        row.spans,
                        row.evidence[key],
                    )
                    for n, row in enumerate(rows)
                    if row.evidence.get(key)
                ]
            ),
        )
    return fits


def _worth(strengths: NDArray[np.float64], level: int) -> NDArray[np.float64]:
    return np.array(worth_showing([Strength(*map(float, row)) for row in strengths], level))
