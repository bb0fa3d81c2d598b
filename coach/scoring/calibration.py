"""Fit a rubric's weights and cuts to labelled answers, and say honestly what that gains on answers held out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from coach.errors import UsageError
from coach.knowledge.models.rule import Fit, Weights
from coach.scoring.agreement import Agreement, measure
from coach.scoring.fitting import Row, SignTable, fit_criterion, fold_of, prepare
from coach.scoring.labelled import Labelled
from coach.scoring.report import Report
from coach.scoring.scorer import Scorer
from coach.scoring.workshop import Workshop

FEWEST_ANSWERS: Final = 60
FEWEST_TOPICS: Final = 6
"""Below these a fit would learn the answers by heart and a held-out figure would say nothing."""
FOLDS: Final = 5


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
    topics = {row.topic for row in rows}
    if len(rows) < FEWEST_ANSWERS or len(topics) < FEWEST_TOPICS:
        raise UsageError(
            f"{len(rows)} labelled answers on {len(topics)} products are too few to tell what a fit gains: "
            f"label at least {FEWEST_ANSWERS} answers on {FEWEST_TOPICS} products"
        )
    scorer = workshop.scorer(rubric)
    questions = {id(row): workshop.question(row.case, row.prompt) for row in (*rows, *beside)}
    read = {id(row): prepare(scorer, row, questions[id(row)]) for row in (*rows, *beside)}

    def fitted(chosen: Sequence[Labelled]) -> dict[str, Fit]:
        return fit_rows(scorer, [read[id(row)] for row in (*chosen, *beside)])

    by_fold: dict[int, Scorer] = {}
    for fold in range(FOLDS):
        progress(fold, FOLDS + 1)
        by_fold[fold] = with_fits(scorer, fitted([row for row in rows if fold_of(row.topic, FOLDS, "held") != fold]))
    progress(FOLDS, FOLDS + 1)

    def judged_by(choose: Callable[[Labelled], Scorer]) -> Callable[[Labelled], Report]:
        return lambda row: choose(row).score(row.answer, questions[id(row)])

    return Calibration(
        fits=fitted(rows),
        before=measure(scorer.rubric, rows, judged_by(lambda _: scorer)),
        after=measure(scorer.rubric, rows, judged_by(lambda row: by_fold[fold_of(row.topic, FOLDS, "held")])),
    )


def fit_rows(scorer: Scorer, rows: Sequence[Row]) -> dict[str, Fit]:
    """Weights for every criterion whose labels allow it, by criterion."""
    criteria = [criterion.id for criterion in scorer.rubric.criteria]
    table = SignTable(rows, criteria)
    fits = {}
    for criterion in criteria:
        own = f"rule:{criterion}/"
        others = frozenset(n for n in table.names if n.startswith("rule:") and not n.startswith(own))
        if (fit := fit_criterion(table, criterion, scorer.rubric.id, others)) is not None:
            fits[criterion] = fit
    return fits


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
            "    levels:",
        ]
        for reading in fit.levels:
            lines += [
                f"      - bias: {reading.bias:g}",
                f"        best: {_weights(reading.best)}",
                f"        second: {_weights(reading.second)}",
                f"        third: {_weights(reading.third)}",
                f"        length: {reading.length:g}",
            ]
        lines.append("    signs:")
        for sign, weights in sorted(fit.signs.items()):
            quoted = sign.replace("\\", "\\\\").replace('"', '\\"')
            lines.append(f'      "{quoted}": [{", ".join(f"{weight:g}" for weight in weights)}]')
    return "\n".join(lines) + "\n"


def _weights(weights: Weights) -> str:
    return f"{{named: {weights.named:g}, applied: {weights.applied:g}, argued: {weights.argued:g}}}"
