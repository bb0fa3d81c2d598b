"""How far the scorer agrees with a panel: by criterion, in the evidence shown, in the verdict, and by product."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, Protocol

from pydantic import BaseModel, ConfigDict

from coach.knowledge.models.rubric import Rubric
from coach.scoring.labelled import Labelled
from coach.scoring.report import Report
from coach.scoring.statistics import (
    confusion,
    correlation,
    interval,
    overlap_f1,
    partial_correlation,
    weighted_kappa,
)
from coach.scoring.verdict import exact_overall, verdict

VERDICTS: Final = ("no_hire", "borderline", "hire", "strong_hire")


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Disagreement(_Frozen):
    """One answer and criterion on which panel and scorer differ."""

    id: str
    criterion: str
    panel: int
    scorer: int
    panel_evidence: tuple[str, ...]
    scorer_evidence: tuple[str, ...]


class CriterionAgreement(_Frozen):
    """Agreement on one criterion; kappas have a 95% interval."""

    answers: int
    kappa: float
    kappa_low: float
    kappa_high: float
    exact: float
    adjacent: float
    confusion: tuple[tuple[int, ...], ...]
    """Panel's level by row, scorer's by column."""
    evidence_f1: float | None
    """Mean character F1 where both credit the criterion and passages were underlined."""


class Agreement(_Frozen):
    """Agreement on a set of labelled answers under one rubric."""

    rubric: str
    answers: int
    topics: int
    mean_kappa: float
    mean_kappa_low: float
    mean_kappa_high: float
    criteria: dict[str, CriterionAgreement]
    verdict_kappa: float | None
    verdict_kappa_low: float | None
    verdict_kappa_high: float | None
    verdict_exact: float | None
    overall_correlation: float | None
    length_given_panel: float | None
    """Correlation of the score with the answer's length, given the panel's score."""
    evidence_f1: float | None
    by_topic: dict[str, float]
    """Mean absolute difference in levels for each product, the worst first."""
    disagreements: tuple[Disagreement, ...]


class Judge(Protocol):
    """Scores one labelled answer."""

    def __call__(self, row: Labelled, /) -> Report:
        """The report on the answer."""
        ...


def measure(rubric: Rubric, rows: Sequence[Labelled], judge: Judge) -> Agreement:
    """Score every answer and compare. Verdict and correlation need rows with all criteria labelled."""
    reports = [judge(row) for row in rows]
    topics: dict[str, list[int]] = {}
    for number, row in enumerate(rows):
        topics.setdefault(row.topic, []).append(number)
    groups = list(topics.values())
    criteria: dict[str, CriterionAgreement] = {}
    for criterion in rubric.criteria:
        if any(criterion.id in row.labels for row in rows):
            criteria[criterion.id] = _criterion(criterion.id, rows, reports, groups)

    def mean_kappa(chosen: Sequence[int]) -> float:
        kappas = [_kappa(key, rows, reports)(chosen) for key in criteria]
        return sum(kappas) / len(kappas)

    low, high = interval(mean_kappa, groups)
    full = [n for n, row in enumerate(rows) if all(c.id in row.labels for c in rubric.criteria)]
    f1s = [c.evidence_f1 for c in criteria.values() if c.evidence_f1 is not None]
    whole = _whole(rubric, [rows[n] for n in full], [reports[n] for n in full]) if full else {}
    return Agreement(
        rubric=rubric.id,
        answers=len(rows),
        topics=len(groups),
        mean_kappa=mean_kappa(range(len(rows))),
        mean_kappa_low=low,
        mean_kappa_high=high,
        criteria=criteria,
        verdict_kappa=whole.get("kappa"),
        verdict_kappa_low=whole.get("low"),
        verdict_kappa_high=whole.get("high"),
        verdict_exact=whole.get("exact"),
        overall_correlation=whole.get("correlation"),
        length_given_panel=whole.get("length"),
        evidence_f1=sum(f1s) / len(f1s) if f1s else None,
        by_topic=_by_topic(topics, rows, reports),
        disagreements=tuple(_disagreements(criteria, rows, reports)),
    )


def _kappa(key: str, rows: Sequence[Labelled], reports: Sequence[Report]) -> Callable[[Sequence[int]], float]:
    pairs = [
        (row.labels[key], report.criteria[key].level) if key in row.labels else None
        for row, report in zip(rows, reports, strict=True)
    ]

    def kappa(chosen: Sequence[int]) -> float:
        found = [pair for number in chosen if (pair := pairs[number]) is not None]
        return weighted_kappa([a for a, _ in found], [b for _, b in found])

    return kappa


def _criterion(
    key: str, rows: Sequence[Labelled], reports: Sequence[Report], groups: Sequence[Sequence[int]]
) -> CriterionAgreement:
    chosen = [number for number, row in enumerate(rows) if key in row.labels]
    panel = [rows[n].labels[key] for n in chosen]
    ours = [reports[n].criteria[key].level for n in chosen]
    kappa = _kappa(key, rows, reports)
    low, high = interval(kappa, groups)
    f1s = [
        overlap_f1(rows[n].evidence[key], [(e.start, e.end) for e in reports[n].criteria[key].evidence])
        for n in chosen
        if rows[n].evidence.get(key) and rows[n].labels[key] and reports[n].criteria[key].level
    ]
    return CriterionAgreement(
        answers=len(chosen),
        kappa=kappa(chosen),
        kappa_low=low,
        kappa_high=high,
        exact=sum(a == b for a, b in zip(panel, ours, strict=True)) / len(chosen),
        adjacent=sum(abs(a - b) <= 1 for a, b in zip(panel, ours, strict=True)) / len(chosen),
        confusion=tuple(map(tuple, confusion(panel, ours))),
        evidence_f1=sum(f1s) / len(f1s) if f1s else None,
    )


def _whole(rubric: Rubric, rows: Sequence[Labelled], reports: Sequence[Report]) -> dict[str, float]:
    panel = [VERDICTS.index(verdict(rubric, row.labels)) for row in rows]
    ours = [VERDICTS.index(report.verdict) for report in reports]
    panel_scores = [exact_overall(rubric, row.labels) for row in rows]
    our_scores = [
        exact_overall(rubric, {key: result.level for key, result in report.criteria.items()}) for report in reports
    ]
    lengths = [float(len(row.answer.split())) for row in rows]
    topics: dict[str, list[int]] = {}
    for number, row in enumerate(rows):
        topics.setdefault(row.topic, []).append(number)

    def kappa(chosen: Sequence[int]) -> float:
        return weighted_kappa([panel[n] for n in chosen], [ours[n] for n in chosen])

    low, high = interval(kappa, list(topics.values()))
    return {
        "kappa": kappa(range(len(rows))),
        "low": low,
        "high": high,
        "exact": sum(a == b for a, b in zip(panel, ours, strict=True)) / len(rows),
        "correlation": correlation(panel_scores, our_scores),
        "length": partial_correlation(our_scores, lengths, panel_scores),
    }


def _by_topic(
    topics: Mapping[str, Sequence[int]], rows: Sequence[Labelled], reports: Sequence[Report]
) -> dict[str, float]:
    apart: dict[str, float] = {}
    for topic, chosen in topics.items():
        gaps = [abs(level - reports[n].criteria[key].level) for n in chosen for key, level in rows[n].labels.items()]
        apart[topic] = sum(gaps) / len(gaps)
    return dict(sorted(apart.items(), key=lambda pair: (-pair[1], pair[0])))


def _disagreements(
    criteria: Mapping[str, Any], rows: Sequence[Labelled], reports: Sequence[Report]
) -> list[Disagreement]:
    found = [
        Disagreement(
            id=row.id,
            criterion=key,
            panel=row.labels[key],
            scorer=report.criteria[key].level,
            panel_evidence=tuple(row.answer[start:end] for start, end in row.evidence.get(key, ())),
            scorer_evidence=tuple(row.answer[e.start : e.end] for e in report.criteria[key].evidence),
        )
        for row, report in zip(rows, reports, strict=True)
        for key in criteria
        if key in row.labels and row.labels[key] != report.criteria[key].level
    ]
    return sorted(found, key=lambda d: (-abs(d.panel - d.scorer), d.criterion, d.id))
