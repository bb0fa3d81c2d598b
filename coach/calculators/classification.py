"""What a confusion matrix costs, and what an accuracy is worth where one class is rare."""

from __future__ import annotations

from math import isclose

from coach.calculators.arguments import CONFIDENCE, Argument
from coach.calculators.calculator import calculator
from coach.calculators.intervals import wilson
from coach.calculators.result import Figure, Outcome
from coach.calculators.wording import money, percent
from coach.errors import ArgumentError


def _cell(name: str, meaning: str, example: str) -> Argument:
    return Argument(name, meaning, "whole", "cases", example)


def _price(name: str, meaning: str, example: str) -> Argument:
    return Argument(name, meaning, "number", "money a case", example, default=None)


@calculator(
    id="precision-recall-f1",
    name="Precision, recall, F1 and expected cost",
    about="How good are the alarms, how many cases are missed, and what do both kinds of error cost?",
    formula="precision = tp ÷ (tp + fp); recall = tp ÷ (tp + fn); F1 = 2tp ÷ (2tp + fp + fn); "
    "cost per case = (fn × miss_cost + fp × false_alarm_cost) ÷ (tp + fp + fn + tn)",
    arguments=(
        _cell("tp", "bad cases that were flagged", "80"),
        _cell("fp", "good cases that were flagged", "120"),
        _cell("fn", "bad cases that were let through", "20"),
        _cell("tn", "good cases that were let through", "99,780"),
        _price("miss_cost", "what a miss costs", "100"),
        _price("false_alarm_cost", "what a false alarm costs, lost customers included", "15"),
        CONFIDENCE,
    ),
    assumptions=(
        "Every case has a true label, and labels were not made by the model itself.",
        "The cases are a random draw, with bad ones as rare as they really are.",
    ),
    limits=(
        "All hold for one threshold; another one trades misses for alarms.",
        "Cases that were blocked often never get a label, so false alarms are undercounted.",
        "F1 weighs both errors alike, which hardly any business does.",
    ),
    source="004_800b3c3cf70b4c98; common definitions; Wilson 1927 for the intervals",
    metrics=("confusion-matrix", "precision", "recall", "f1-score", "expected-cost"),
)
def precision_recall_f1(
    tp: int,
    fp: int,
    fn: int,
    tn: int,
    miss_cost: float | None = None,
    false_alarm_cost: float | None = None,
    confidence: float = 0.95,
) -> Outcome:
    """The figures of a confusion matrix, those that it can have."""
    cases = tp + fp + fn + tn
    if not cases:
        raise ArgumentError("tp", "0, as are fp, fn and tn", "above zero, or one of the others: no case was counted")
    figures, notes = [], []
    for name, part, whole, why in (
        ("Precision", tp, tp + fp, "No precision: nothing was flagged."),
        ("Recall", tp, tp + fn, "No recall: there was no bad case."),
    ):
        if whole:
            figures.append(Figure(name, part / whole, "share", wilson(part, whole, confidence)))
        else:
            notes.append(why)
    if tp + fp + fn:
        figures.append(Figure("F1", 2 * tp / (2 * tp + fp + fn), "score"))
    accuracy, majority = (tp + tn) / cases, max(tp + fn, fp + tn) / cases
    figures += [Figure("Accuracy", accuracy, "share"), Figure("Accuracy of one answer for all", majority, "share")]
    if accuracy <= majority:
        notes.append("By accuracy it is no better than giving every case the commoner answer.")
    if miss_cost is not None and false_alarm_cost is not None:
        cost, idle = (fn * miss_cost + fp * false_alarm_cost) / cases, (tp + fn) * miss_cost / cases
        figures += [Figure("Expected cost per case", cost, "money"), Figure("Cost of doing nothing", idle, "money")]
        if cost >= idle and (tp or fp):
            notes.append("Letting everything through would cost no more.")
    elif (miss_cost is None) != (false_alarm_cost is None):
        notes.append("Give both miss_cost and false_alarm_cost for the expected cost.")
    return Outcome(tuple(figures), _matrix_working(tp, fp, fn, cases, miss_cost, false_alarm_cost), tuple(notes))


def _matrix_working(tp: int, fp: int, fn: int, cases: int, miss: float | None, alarm: float | None) -> str:
    said = [
        f"precision = {tp:,} ÷ {tp + fp:,}",
        f"recall = {tp:,} ÷ {tp + fn:,}",
        f"F1 = {2 * tp:,} ÷ {2 * tp + fp + fn:,}",
    ]
    if miss is not None and alarm is not None:
        said.append(f"cost = ({fn:,} × {money(miss)} + {fp:,} × {money(alarm)}) ÷ {cases:,}")
    return "; ".join(said)


@calculator(
    id="base-rate-check",
    name="Base-rate check of an accuracy",
    about="Is an accuracy any good where bad cases are rare, and how many of the alarms can be right?",
    formula="gain = accuracy − max(base_rate, 1 − base_rate); specificity = (accuracy − base_rate × recall) ÷ "
    "(1 − base_rate); precision = base_rate × recall ÷ (base_rate × recall + (1 − base_rate)(1 − specificity))",
    arguments=(
        Argument(
            "base_rate",
            "share of cases that are bad",
            "share",
            "share",
            "0.1%",
            high=1.0,
            open_low=True,
            open_high=True,
        ),
        Argument("accuracy", "share of cases judged right, as claimed", "share", "share", "99.9%", high=1.0),
        Argument(
            "recall", "share of bad cases that are found, if known", "share", "share", "80%", high=1.0, default=None
        ),
    ),
    assumptions=("The accuracy was measured on cases with this base rate.",),
    limits=(
        "An accuracy measured on a set with half bad cases does not carry over to a world with one in a thousand.",
        "Without the recall only its lowest and highest possible value can be told.",
    ),
    source="002_e309365737d92184; follows from Bayes' rule",
    metrics=("accuracy",),
)
def base_rate_check(base_rate: float, accuracy: float, recall: float | None = None) -> Outcome:
    """What an accuracy leaves room for."""
    majority = max(base_rate, 1 - base_rate)
    gain = accuracy - majority
    level = isclose(gain, 0, abs_tol=1e-12)
    figures = [
        Figure("Gain over one answer for all", 0.0 if level else gain, "points"),
        Figure("Accuracy of one answer for all", majority, "share"),
    ]
    notes = []
    if gain < 0 or level:
        notes.append("A program that gives every case the same answer would be as accurate or better.")
    working = f"{percent(accuracy)} − {percent(majority)}"
    if recall is None:
        lowest = max(0.0, (accuracy - (1 - base_rate)) / base_rate)
        figures.append(Figure("Lowest recall it allows", 0.0 if level and base_rate < 0.5 else lowest, "share"))
        figures.append(Figure("Highest recall it allows", min(1.0, accuracy / base_rate), "share"))
        return Outcome(tuple(figures), working, tuple(notes))
    low, high = base_rate * recall, base_rate * recall + 1 - base_rate
    if not low - 1e-12 <= accuracy <= high + 1e-12:
        allowed = f"from {percent(low)} to {percent(high)} at this base rate and recall"
        raise ArgumentError("accuracy", percent(accuracy), allowed)
    specificity = min(1.0, max(0.0, (accuracy - low) / (1 - base_rate)))
    flagged = low + (1 - base_rate) * (1 - specificity)
    figures += [Figure("Specificity", specificity, "share"), Figure("Flagged of 1,000 cases", flagged * 1000, "count")]
    if flagged:
        figures.append(Figure("Precision of the alarms", low / flagged, "share"))
        if low / flagged < 0.5:
            notes.append(f"{percent(1 - low / flagged)} of the alarms are false.")
    return Outcome(tuple(figures), f"{working}; precision = {percent(low)} ÷ {percent(flagged)}", tuple(notes))
