"""From levels to a score and a verdict, as the rubric's page says."""

from __future__ import annotations

import pytest

import coach
from coach.scoring.verdict import overall, verdict

RUBRIC = coach.load().rubrics["metric-design"]
CORE = [criterion.id for criterion in RUBRIC.criteria if criterion.core]


def levels(default: int, **others: int) -> dict[str, int]:
    return {criterion.id: default for criterion in RUBRIC.criteria} | others


def test_there_are_twelve_criteria_five_of_them_core_and_seventeen_weights() -> None:
    assert len(RUBRIC.criteria) == 12
    assert CORE == ["north_star", "counter_metric", "non_determinism", "business_bridge", "ops_coverage"]
    assert sum(criterion.weight for criterion in RUBRIC.criteria) == 17


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (levels(3), "strong_hire"),
        (levels(3, ops_coverage=1), "hire"),
        (levels(3, ops_coverage=1, north_star=1), "borderline"),
        (levels(2), "hire"),
        (levels(1), "no_hire"),
        (levels(1, north_star=2), "borderline"),
        (levels(0), "no_hire"),
    ],
)
def test_verdicts(given: dict[str, int], expected: str) -> None:
    assert verdict(RUBRIC, given) == expected


def test_the_score_is_the_weighted_mean_over_three_times_a_hundred() -> None:
    assert overall(RUBRIC, levels(3)) == 100
    assert overall(RUBRIC, levels(0, north_star=3)) == 12  # 2 of 17 weights: 11.76
    assert overall(RUBRIC, levels(0, framing=3)) == 6  # 1 of 17: 5.88


def test_the_verdict_is_taken_before_rounding() -> None:
    # 38 of 51 points is 74.5, shown as 75 and still under the line for a strong hire.
    given = levels(2) | dict.fromkeys(["framing", "model_quality", "targets", "decision"], 3)
    assert overall(RUBRIC, given) == 75
    assert verdict(RUBRIC, given) == "hire"
