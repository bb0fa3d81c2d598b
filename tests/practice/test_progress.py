from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from coach.practice.models import NewAttempt
from coach.practice.progress import Streak, by_case, by_criterion, streak
from tests.practice.conftest import MORNING, new_attempt


def on_day(day: int, **changes: object) -> NewAttempt:
    return new_attempt(finished_at=MORNING + timedelta(days=day), **changes)


def levels(day: int, **of: int) -> NewAttempt:
    return on_day(day, levels=of)


def test_nothing_practised_is_no_progress() -> None:
    assert by_case([]) == {}
    assert by_criterion([]) == ()
    assert streak([], MORNING) == Streak(current=0, longest=0, days=0, today=False)


def test_a_case_shows_first_best_last_and_count() -> None:
    attempts = [
        on_day(3, case="a", overall=58, verdict="hire"),
        on_day(2, case="b", overall=20, verdict="no_hire"),
        on_day(1, case="a", overall=70, verdict="hire"),
        on_day(0, case="a", overall=31, verdict="no_hire"),
    ]
    progress = by_case(attempts)
    assert list(progress) == ["a", "b"]
    a = progress["a"]
    assert (a.count, a.first, a.best, a.last, a.last_verdict) == (3, 31, 70, 58, "hire")
    assert a.last_at == MORNING + timedelta(days=3)


def test_attempts_at_the_same_moment_keep_the_order_in_which_they_were_added() -> None:
    newest_first = [on_day(0, overall=2), on_day(0, overall=1)]
    assert by_case(newest_first)["crm-writing-assistant"].last == 2


def test_criteria_follow_the_rubrics_order_and_the_last_attempts() -> None:
    attempts = [levels(day, framing=day % 4, decision=1) for day in range(5, -1, -1)]
    framing, decision = by_criterion(attempts, last=4)
    assert (framing.criterion, framing.levels) == ("framing", (2, 3, 0, 1))
    assert framing.mean == pytest.approx(1.5)
    assert framing.trend == pytest.approx(-2.0)
    assert (decision.criterion, decision.mean, decision.trend) == ("decision", 1.0, 0.0)


def test_a_trend_needs_four_attempts_and_leaves_the_middle_of_five_out() -> None:
    five = [levels(day, framing=level) for day, level in reversed(list(enumerate([0, 1, 3, 2, 3])))]
    assert by_criterion(five)[0].trend == pytest.approx(2.0)
    assert by_criterion(five[:3])[0].trend is None


def test_criteria_of_two_rubrics_with_one_name_are_told_apart() -> None:
    attempts = [
        on_day(1, rubric="diagnosis", levels={"decision": 3}),
        on_day(0, rubric="metric-design", levels={"decision": 0}),
    ]
    assert [(p.rubric, p.mean) for p in by_criterion(attempts)] == [
        ("diagnosis", 3.0),
        ("metric-design", 0.0),
    ]


@pytest.mark.parametrize(
    ("practised", "expected"),
    [
        ([0, -1, -2], Streak(current=3, longest=3, days=3, today=True)),
        ([-1, -2], Streak(current=2, longest=2, days=2, today=False)),
        ([-2, -3, -4], Streak(current=0, longest=3, days=3, today=False)),
        ([0, 0, -3, -4, -5, -9], Streak(current=1, longest=3, days=5, today=True)),
    ],
    ids=["up to today", "today is still open", "broken", "several a day and gaps"],
)
def test_streaks(practised: list[int], expected: Streak) -> None:
    assert streak([on_day(day) for day in practised], MORNING) == expected


def test_a_day_ends_at_the_users_midnight() -> None:
    late = new_attempt(finished_at=datetime.fromisoformat("2026-11-21T23:30:00+00:00"))
    early = new_attempt(finished_at=datetime.fromisoformat("2026-11-22T00:30:00+00:00"))
    assert streak([early, late], MORNING).current == 2
    assert streak([early, late], MORNING, timezone(timedelta(hours=2))).current == 1
