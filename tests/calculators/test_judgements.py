"""Confusion matrix, base rate and kappa."""

from __future__ import annotations

import pytest
from sklearn.metrics import f1_score, precision_score, recall_score
from statsmodels.stats.inter_rater import cohens_kappa as their_kappa

from coach.calculators.agreement import cohens_kappa
from coach.calculators.classification import base_rate_check, precision_recall_f1
from coach.calculators.result import Result
from coach.errors import ArgumentError


def figures(result: Result) -> dict[str, float]:
    return {figure.name: figure.value for figure in result.figures}


def test_the_matrix_gives_what_scikit_learn_gives() -> None:
    tp, fp, fn, tn = 80, 120, 20, 780
    true = [1] * (tp + fn) + [0] * (fp + tn)
    said = [1] * tp + [0] * fn + [1] * fp + [0] * tn
    found = figures(precision_recall_f1(tp, fp, fn, tn))
    assert found["Precision"] == pytest.approx(precision_score(true, said))
    assert found["Recall"] == pytest.approx(recall_score(true, said))
    assert found["F1"] == pytest.approx(f1_score(true, said))
    assert found["Accuracy"] == 0.86


def test_the_expected_cost_is_set_against_doing_nothing() -> None:
    found = figures(precision_recall_f1(80, 120, 20, 99_780, miss_cost=100, false_alarm_cost=15))
    assert found["Expected cost per case"] == pytest.approx((20 * 100 + 120 * 15) / 100_000)
    # One in a thousand at 100 each, as the catalog works it out.
    assert found["Cost of doing nothing"] == pytest.approx(0.1)
    dear = precision_recall_f1(80, 5000, 20, 94_900, miss_cost=100, false_alarm_cost=15)
    assert "Letting everything through" in dear.notes[-1]
    assert "both" in precision_recall_f1(1, 1, 1, 1, miss_cost=3).notes[-1]


def test_what_a_matrix_cannot_have_is_left_out_and_told() -> None:
    silent = precision_recall_f1(0, 0, 5, 95)
    assert "Precision" not in figures(silent)
    assert "nothing was flagged" in silent.notes[0]
    assert figures(silent)["Recall"] == 0
    clean = precision_recall_f1(0, 0, 0, 9)
    assert set(figures(clean)) == {"Accuracy", "Accuracy of one answer for all"}
    with pytest.raises(ArgumentError, match="no case was counted"):
        precision_recall_f1(0, 0, 0, 0)


def test_always_saying_no_is_as_accurate_as_the_sources_example_claims() -> None:
    # 98% where fraud is one in a thousand: a program that never flags has 99.9%.
    result = base_rate_check(0.001, 0.98)
    assert figures(result)["Accuracy of one answer for all"] == 0.999
    assert result.value == pytest.approx(-0.019)
    assert "same answer" in result.notes[0]


def test_accuracy_with_recall_tells_how_many_alarms_are_right() -> None:
    result = base_rate_check(0.001, 0.99, recall=0.9)
    # Worked out from counts: of a million, 1,000 are bad, 900 found; 10,000 errors less 100 misses are alarms.
    assert figures(result)["Precision of the alarms"] == pytest.approx(900 / (900 + 9900))
    assert figures(result)["Flagged of 1,000 cases"] == pytest.approx(10.8)


def test_without_the_recall_its_bounds_are_told() -> None:
    assert figures(base_rate_check(0.001, 0.999))["Lowest recall it allows"] == 0
    assert figures(base_rate_check(0.2, 0.9))["Lowest recall it allows"] == pytest.approx(0.5)
    assert figures(base_rate_check(0.2, 0.1))["Highest recall it allows"] == pytest.approx(0.5)


def test_an_accuracy_that_cannot_go_with_the_recall_is_refused() -> None:
    with pytest.raises(ArgumentError, match=r"accuracy is 99\.9%: it must be from 40% to 90%"):
        base_rate_check(0.5, 0.999, recall=0.8)
    with pytest.raises(ArgumentError, match="base_rate is 0: "):
        base_rate_check(0, 0.9)


TABLES = [
    [[20, 5], [10, 15]],
    [[45, 15], [25, 15]],
    [[88, 14, 18], [10, 40, 10], [2, 6, 12]],
    [[5, 0, 0], [1, 30, 2], [0, 4, 8]],
]


@pytest.mark.parametrize("table", TABLES)
def test_kappa_and_its_interval_are_those_of_statsmodels(table: list[list[int]]) -> None:
    result, theirs = cohens_kappa(table), their_kappa(table)
    assert result.value == pytest.approx(theirs.kappa)
    assert result.interval is not None
    assert (result.interval.low, result.interval.high) == pytest.approx((theirs.kappa_low, theirs.kappa_upp))


def test_kappa_is_as_published() -> None:
    # Cohen 1960's example of three classes has kappa 0.492 on 200 items; the two-by-two one is often quoted.
    assert cohens_kappa([[88, 14, 18], [10, 40, 10], [2, 6, 12]]).value == pytest.approx(0.492, abs=0.0005)
    assert cohens_kappa([[20, 5], [10, 15]]).value == pytest.approx(0.4)


def test_high_agreement_with_low_kappa_is_explained() -> None:
    assert "so common" in cohens_kappa([[95, 2], [3, 0]]).notes[0]


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ([[1, 2], [3]], "square table"),
        ([[1]], "square table"),
        ([[0, 0], [0, 0]], "empty of items"),
        ([[9, 0], [0, 0]], "all in one class"),
        ([[1.5, 0], [0, 1]], "table is 1.5"),
        ([[-1, 0], [0, 1]], "table is -1"),
    ],
)
def test_tables_without_a_kappa_are_refused(table: list[list[int]], told: str) -> None:
    with pytest.raises(ArgumentError, match=told):
        cohens_kappa(table)
