"""From levels to a score and a verdict."""

from __future__ import annotations

from collections.abc import Mapping

from coach.knowledge.models.rubric import Rubric
from coach.scoring.report import Verdict

APPLIED = 2


def exact_overall(rubric: Rubric, levels: Mapping[str, int]) -> float:
    """The weighted mean of the levels, over 3, times 100; core criteria count double."""
    weights = sum(criterion.weight for criterion in rubric.criteria)
    total = sum(criterion.weight * levels[criterion.id] for criterion in rubric.criteria)
    return 100 * total / (3 * weights)


def overall(rubric: Rubric, levels: Mapping[str, int]) -> int:
    """The score to show: rounded, halves up."""
    return int(exact_overall(rubric, levels) + 0.5)


def verdict(rubric: Rubric, levels: Mapping[str, int]) -> Verdict:
    """The first verdict whose rule holds, judged on the score before rounding."""
    score = exact_overall(rubric, levels)
    weak_core = sum(1 for c in rubric.criteria if c.core and levels[c.id] < APPLIED)
    for rule in rubric.verdicts:
        limit = rule.core_under_applied_at_most
        if score >= rule.overall_at_least and (limit is None or weak_core <= limit):
            return rule.verdict
    raise AssertionError("the last verdict of a rubric always holds")
