"""What repeated runs of the same tasks say: at least one of k good, and every one of k good."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import fsum

from coach.calculators.arguments import CONFIDENCE, Argument
from coach.calculators.calculator import calculator
from coach.calculators.intervals import FEWEST_FOR_A_MEAN, mean_of_shares
from coach.calculators.result import Figure, Outcome
from coach.calculators.wording import percent
from coach.errors import ArgumentError

_MOST_RUNS = 1000
_GOOD = Argument(
    "good", "for each task, how many of its runs were good", "wholes", "runs", "10, 8, 6, 10, 0, 9", high=_MOST_RUNS
)
_RUNS = Argument("runs", "runs of every task", "whole", "runs", "10", low=1, high=_MOST_RUNS)
_K = Argument(
    "k", "results that a person gets, or uses of it that must all hold", "whole", "runs", "3", low=1, high=_MOST_RUNS
)
_ASSUMPTIONS = (
    "Runs of a task are independent, with the settings of production and no cache in between.",
    "Tasks are a random draw from those that matter; every task was run equally often.",
)
_LIMITS = (
    f"The interval is over tasks, from {FEWEST_FOR_A_MEAN} tasks on; it is rough below about 30 and near 0 or 1.",
    "It holds for this set of tasks, model version and sampling settings.",
)


def any_of_k(good: int, runs: int, k: int) -> float:
    """The unbiased chance that at least one of k runs, drawn without return, is good."""
    return 1 - all_of_k(runs - good, runs, k)


def all_of_k(good: int, runs: int, k: int) -> float:
    """The unbiased chance that all of k runs, drawn without return, are good: C(good, k) ÷ C(runs, k)."""
    share = 1.0
    for drawn in range(k):
        share *= max(0, good - drawn) / (runs - drawn)
    return share


@calculator(
    id="pass-at-k-from-runs",
    name="Pass@k from repeated runs",
    about="If k results are tried on one task, how likely is at least one of them good?",
    formula="pass@k = mean over tasks of 1 − C(runs − good, k) ÷ C(runs, k)",
    arguments=(_GOOD, _RUNS, _K, CONFIDENCE),
    assumptions=_ASSUMPTIONS,
    limits=(
        "Worth something only where a person or a checker can tell which of the k results is the good one.",
        *_LIMITS,
    ),
    source="Chen et al. 2021, Evaluating Large Language Models Trained on Code",
    metrics=("pass-at-k",),
)
def pass_at_k(good: Sequence[int], runs: int, k: int, confidence: float = 0.95) -> Outcome:
    """Mean chance that at least one of k is good."""
    return _outcome("Pass@{k}", any_of_k, good, runs, k, confidence)


@calculator(
    id="all-of-k-from-runs",
    name="All-of-k reliability from repeated runs",
    about="If the same task comes k times, how likely is every single result good?",
    formula="all-of-k = mean over tasks of C(good, k) ÷ C(runs, k)",
    arguments=(_GOOD, _RUNS, _K, CONFIDENCE),
    assumptions=_ASSUMPTIONS,
    limits=(
        "Some call this pass@k or reliable@k; say which of the two is meant, since they move in opposite ways.",
        *_LIMITS,
    ),
    source="Yao et al. 2024, tau-bench; Chen et al. 2021 for the estimator; 001_6c45a10b2cce9cef for the use",
    metrics=("all-of-k-reliability",),
)
def all_of_k_reliability(good: Sequence[int], runs: int, k: int, confidence: float = 0.95) -> Outcome:
    """Mean chance that all of k are good."""
    return _outcome("All of {k}", all_of_k, good, runs, k, confidence)


def _outcome(
    name: str, chance: Callable[[int, int, int], float], good: Sequence[int], runs: int, k: int, confidence: float
) -> Outcome:
    for count in good:
        if count > runs:
            raise ArgumentError("good", count, f"at most the {runs:,} runs of a task")
    if k > runs:
        raise ArgumentError("k", k, f"at most the {runs:,} runs of a task: {k:,} cannot be drawn from fewer")
    of_count = {count: chance(count, runs, k) for count in set(good)}
    shares = [of_count[count] for count in good]
    value, single = fsum(shares) / len(shares), fsum(good) / (len(good) * runs)
    interval = mean_of_shares(shares, confidence)
    notes = []
    if interval is None:
        few = len(good) < FEWEST_FOR_A_MEAN
        notes.append(
            f"No interval: {FEWEST_FOR_A_MEAN} tasks are the least."
            if few
            else "No interval: all tasks came out alike."
        )
    return Outcome(
        (
            Figure(name.format(k=k), value, "share", interval),
            Figure("One run", single, "share"),
            Figure("Tasks in which every run was good", sum(c == runs for c in good) / len(good), "share"),
            Figure("Tasks in which no run was good", sum(c == 0 for c in good) / len(good), "share"),
        ),
        f"mean of {len(good):,} task{'s' if len(good) != 1 else ''}: {_terms(shares)} = {percent(value)}",
        tuple(notes),
    )


def _terms(shares: Sequence[float]) -> str:
    shown = ", ".join(percent(share) for share in shares[:8])
    return f"{shown}, …" if len(shares) > 8 else shown
