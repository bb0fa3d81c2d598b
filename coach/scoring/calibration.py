"""Fit a rubric's weights and cuts to labelled answers, and say honestly what that gains on answers held out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from coach.errors import UsageError
from coach.knowledge.models.rule import Fit, Reading, Weights
from coach.scoring.agreement import Agreement, measure
from coach.scoring.fitting import fit_rows, fold_of, prepare
from coach.scoring.labelled import Labelled
from coach.scoring.report import Report
from coach.scoring.scorer import Scorer
from coach.scoring.workshop import Workshop

FEWEST_ANSWERS: Final = 60
FEWEST_TOPICS: Final = 6
"""Below these a fit would learn the answers by heart and a held-out figure would say nothing."""
FEWEST_ANSWERS_BESIDE: Final = 20
FEWEST_TOPICS_BESIDE: Final = 4
"""The same where at least `FEWEST_ANSWERS` of other panels help to fit."""
FOLDS: Final = 5
BESIDE: Final = 0.4
"""What an answer counts that another panel labelled: its words help, its severity is its own."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """New weights, and the agreement on held-out products without and with weights fitted on the others."""

    fits: Mapping[str, Fit]
    before: Agreement
    after: Agreement


def calibrate(
    workshop: Workshop,
    rubric: str,
    rows: Sequence[Labelled],
    beside: Sequence[Labelled] = (),
    progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> Calibration:
    """Fit a rubric to labelled answers.

    `beside` are further labelled answers that help to fit and are never reported on. Raises `UsageError` where there
    are too few answers or products to tell what a fit gains.
    """
    _check_enough(rows, beside)
    scorer = workshop.scorer(rubric)
    questions = {id(row): workshop.question(row.case, row.prompt) for row in (*rows, *beside)}
    read = {id(row): prepare(scorer, row, questions[id(row)]) for row in rows}
    read |= {id(row): prepare(scorer, row, questions[id(row)], BESIDE) for row in beside}

    def fitted(chosen: Sequence[Labelled]) -> dict[str, Fit]:
        return fit_rows(scorer, [read[id(row)] for row in (*chosen, *beside)])

    folds = _folds([row.topic for row in rows])
    by_fold: dict[int, Scorer] = {}
    for done, fold in enumerate(sorted(set(folds.values()))):
        progress(done, FOLDS + 1)
        by_fold[fold] = with_fits(scorer, fitted([row for row in rows if folds[row.topic] != fold]))
    progress(FOLDS, FOLDS + 1)

    def judged_by(choose: Callable[[Labelled], Scorer]) -> Callable[[Labelled], Report]:
        return lambda row: choose(row).score(row.answer, questions[id(row)])

    return Calibration(
        fits=fitted(rows),
        before=measure(scorer.rubric, rows, judged_by(lambda _: scorer)),
        after=measure(scorer.rubric, rows, judged_by(lambda row: by_fold[folds[row.topic]])),
    )


def _check_enough(rows: Sequence[Labelled], beside: Sequence[Labelled]) -> None:
    helped = len(beside) >= FEWEST_ANSWERS
    fewest = FEWEST_ANSWERS_BESIDE if helped else FEWEST_ANSWERS
    fewest_topics = FEWEST_TOPICS_BESIDE if helped else FEWEST_TOPICS
    topics = {row.topic for row in rows}
    if len(rows) < fewest or len(topics) < fewest_topics:
        raise UsageError(
            f"{len(rows)} labelled answers on {len(topics)} products are too few to tell what a fit gains: "
            f"label at least {fewest} answers on {fewest_topics} products"
        )


def _folds(topics: Sequence[str]) -> dict[str, int]:
    """The fold in which each product is held out: few products one at a time, many in groups by name."""
    names = sorted(set(topics))
    if len(names) <= FOLDS:
        return {name: number for number, name in enumerate(names)}
    return {name: fold_of(name, FOLDS, "held") for name in names}


def with_fits(scorer: Scorer, fits: Mapping[str, Fit]) -> Scorer:
    """The same rubric with other weights."""
    criteria = [replace(c, fit=fits.get(c.criterion.id, c.fit)) for c in scorer.criteria]
    return scorer.with_criteria(criteria)


def as_yaml(fits: Mapping[str, Fit]) -> str:
    """The weights as a pack's file, one sign a line, so that a person can read and edit them."""
    lines = [
        "# Weights found from labelled answers with `coach calibrate`. Each sign has three numbers: how strongly it",
        "# speaks for a sentence being evidence of at least level 1, 2 and 3. Edit a line, or calibrate again.",
        "fits:",
    ]
    for fit in fits.values():
        lines += [
            f"  - id: {fit.id}",
            f"    bias: {_weights(fit.bias)}",
            f"    show: {fit.show:g}",
            f"    cuts: [{', '.join(f'{cut:g}' for cut in fit.cuts)}]",
            f"    brevity: {fit.brevity:g}",
        ]
        for key, readings in (("alone", fit.alone), ("levels", fit.levels)):
            lines += [f"    {key}:", *(line for reading in readings for line in _reading(reading))]
        lines.append("    signs:")
        for sign, weights in sorted(fit.signs.items()):
            quoted = sign.replace("\\", "\\\\").replace('"', '\\"')
            lines.append(f'      "{quoted}": [{", ".join(f"{weight:g}" for weight in weights)}]')
    return "\n".join(lines) + "\n"


def _reading(reading: Reading) -> list[str]:
    lines = [
        f"      - bias: {reading.bias:g}",
        f"        best: {_weights(reading.best)}",
        f"        second: {_weights(reading.second)}",
        f"        third: {_weights(reading.third)}",
        f"        together: {_weights(reading.together)}",
    ]
    if reading.beside:
        lines.append(f"        beside: {{{', '.join(f'{key}: {weight:g}' for key, weight in reading.beside.items())}}}")
    return lines


def _weights(weights: Weights) -> str:
    return f"{{named: {weights.named:g}, applied: {weights.applied:g}, argued: {weights.argued:g}}}"
