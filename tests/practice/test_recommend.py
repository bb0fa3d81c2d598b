from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import timedelta

import pytest

from coach.practice.models import NewAttempt
from coach.practice.recommend import recommend
from tests.practice.conftest import MORNING, new_attempt


@dataclass(frozen=True)
class Summary:
    id: str
    archetype: str = "writing-assistant"
    round: str = "metric-design"
    level: str = "associate"


BANK = [
    Summary("fraud-lead", "fraud-detection", level="lead"),
    Summary("fraud-senior", "fraud-detection", level="senior"),
    Summary("mail-associate", "writing-assistant"),
    Summary("mail-senior", "writing-assistant", level="senior"),
    Summary("search-drop", "enterprise-search", round="diagnosis"),
]


def attempt(case: str, days_ago: float, overall: int = 60, **changes: object) -> NewAttempt:
    moment = MORNING - timedelta(days=days_ago)
    return new_attempt(case=case, overall=overall, started_at=moment, finished_at=moment, **changes)


def choice(attempts: list[NewAttempt], drafts: tuple[str, ...] = (), bank: list[Summary] = BANK) -> str:
    advice = recommend(bank, attempts, MORNING, drafts)
    assert advice is not None
    assert advice.why.endswith(".")
    return advice.case


def why(attempts: list[NewAttempt], drafts: tuple[str, ...] = (), bank: list[Summary] = BANK) -> str:
    advice = recommend(bank, attempts, MORNING, drafts)
    assert advice is not None
    return advice.why


def test_no_cases_no_advice() -> None:
    assert recommend([], [], MORNING) is None
    assert recommend([], [attempt("gone", 5)], MORNING, ["gone"]) is None


def test_the_first_case_is_an_easy_one_of_metric_design() -> None:
    assert choice([]) == "mail-associate"
    assert why([]) == "A good one to begin with: metric-design round, associate level."


def test_a_case_that_was_begun_comes_first() -> None:
    assert choice([attempt("mail-associate", 9, overall=10)], drafts=("search-drop",)) == "search-drop"
    assert "have not handed it in" in why([], drafts=("search-drop",))
    assert choice([], drafts=("a-case-no-longer-there",)) == "mail-associate"


def test_a_weak_case_comes_again_after_some_days() -> None:
    assert choice([attempt("mail-associate", 2, overall=30)]) == "mail-associate"
    assert choice([attempt("mail-associate", 1.9, overall=30)]) != "mail-associate"
    assert why([attempt("mail-associate", 3, overall=30)]) == (
        "Your last answer scored 30 of 100, 3 days ago: long enough to try it afresh."
    )


def test_the_wait_doubles_with_every_attempt() -> None:
    twice = [attempt("mail-associate", 3, overall=40), attempt("mail-associate", 6, overall=30)]
    assert choice(twice) != "mail-associate"
    assert choice([attempt("mail-associate", 4, overall=40), attempt("mail-associate", 6)]) == "mail-associate"


def test_a_case_once_weak_and_now_mastered_does_not_come_again() -> None:
    assert choice([attempt("mail-associate", 3, overall=80), attempt("mail-associate", 9, overall=10)]) != (
        "mail-associate"
    )


def test_of_several_weak_cases_the_weakest_comes_first() -> None:
    weak = [attempt("mail-associate", 5, overall=40), attempt("fraud-lead", 4, overall=22)]
    assert choice(weak) == "fraud-lead"


def test_the_level_follows_the_last_scores() -> None:
    done = {"mail-associate": 1}
    assert choice([attempt(case, days, overall=60) for case, days in done.items()]) == "fraud-senior"
    assert choice([attempt(case, days, overall=90) for case, days in done.items()]) == "fraud-lead"


def test_a_new_case_is_judged_on_the_weakest_criterion() -> None:
    attempts = [
        attempt("mail-associate", 1, overall=40, levels={"framing": 2, "counter_metric": 0}),
        attempt("fraud-lead", 1, overall=50, rubric="diagnosis", levels={"isolation": 1}),
    ]
    assert choice(attempts) == "fraud-senior"
    assert why(attempts) == (
        "Another case of a kind you know, senior level, to work on your weakest criterion: "
        "counter metric, 0.0 of 3 in your last answer."
    )
    weaker_elsewhere = [
        attempt("mail-associate", 1, overall=40, levels={"framing": 2}),
        attempt("fraud-lead", 1, overall=50, rubric="diagnosis", levels={"isolation": 1}),
    ]
    assert choice(weaker_elsewhere) == "search-drop"
    assert "A kind of product new to you" in why(weaker_elsewhere)


def test_a_kind_of_product_not_yet_met_is_preferred() -> None:
    bank = [
        Summary("a-mail", "writing-assistant"),
        Summary("b-fraud", "fraud-detection"),
        Summary("mail-associate"),
    ]
    assert choice([attempt("mail-associate", 1, overall=40)], bank=bank) == "b-fraud"


def test_when_a_round_is_done_another_is_opened() -> None:
    metric_design = [case.id for case in BANK if case.round == "metric-design"]
    attempts = [attempt(case, 1, overall=80) for case in metric_design]
    assert choice(attempts) == "search-drop"
    assert why(attempts) == ("You have tried every case of the metric-design round; this one opens another, diagnosis.")


def test_when_all_is_done_the_lowest_best_score_comes_again() -> None:
    attempts = [attempt(case.id, 1, overall=60 + n) for n, case in enumerate(reversed(BANK))]
    assert choice(attempts) == "search-drop"
    assert "60 of 100" in why(attempts)


@pytest.mark.parametrize("seed", range(5))
def test_the_order_in_which_things_come_does_not_matter(seed: int) -> None:
    attempts = [attempt("mail-associate", 1, overall=58), attempt("fraud-senior", 1.5, overall=20)]
    bank = BANK.copy()
    random.Random(seed).shuffle(bank)
    assert recommend(bank, attempts[:: 1 if seed % 2 else -1], MORNING) == recommend(BANK, attempts, MORNING)
