"""What to practise next, and why, in one sentence. The same history gives the same advice."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from coach.practice.progress import CaseProgress, CriterionProgress, Scored, by_case, by_criterion

LEVELS = ("associate", "senior", "lead")
FIRST_ROUND = "metric-design"
HIRE = 55
"""The overall score from which on an attempt is no longer weak."""
STRONG = 75
RECENT = 5
"""How many attempts tell the present level."""
FIRST_GAP = timedelta(days=2)
"""Until a weak case comes again; doubled after each further attempt at it."""
LONGEST_GAP = timedelta(days=32)


class CaseSummary(Protocol):
    """What advice needs of a case."""

    @property
    def id(self) -> str:
        """The case's id."""

    @property
    def archetype(self) -> str:
        """The kind of product."""

    @property
    def round(self) -> str:
        """The kind of interview; its rubric has the same id."""

    @property
    def level(self) -> str:
        """associate, senior or lead."""


@dataclass(frozen=True)
class Recommendation:
    """A case to practise, and the reason in one sentence."""

    case: str
    why: str


def recommend(
    cases: Iterable[CaseSummary], attempts: Iterable[Scored], now: datetime, drafts: Collection[str] = ()
) -> Recommendation | None:
    """What to practise next; None without cases. `drafts` are cases begun and not handed in, newest first.

    First a case that was begun; then a weak one whose time has come; then a new one that suits the present
    level and is judged on the weakest criterion; then whatever was scored lowest.
    """
    bank = {case.id: case for case in cases}
    attempts = tuple(attempts)
    tried = {id_: progress for id_, progress in by_case(attempts).items() if id_ in bank}
    for id_ in drafts:
        if id_ in bank:
            return Recommendation(id_, "You began this answer and have not handed it in yet.")
    if due := [progress for progress in tried.values() if _is_due(progress, now)]:
        return _again(min(due, key=lambda progress: (progress.last, progress.last_at, progress.case)), now)
    if new := [case for id_, case in bank.items() if id_ not in tried]:
        return _new(new, {bank[id_].archetype for id_ in tried}, attempts)
    if not tried:
        return None
    lowest = min(tried.values(), key=lambda progress: (progress.best, progress.last_at, progress.case))
    return Recommendation(
        lowest.case,
        f"You have tried every case; this one has your lowest best score, {lowest.best} of 100.",
    )


def _is_due(progress: CaseProgress, now: datetime) -> bool:
    gap = min(FIRST_GAP * 2 ** min(progress.count - 1, 10), LONGEST_GAP)
    return progress.last < HIRE and now - progress.last_at >= gap


def _again(progress: CaseProgress, now: datetime) -> Recommendation:
    days = (now - progress.last_at).days
    return Recommendation(
        progress.case,
        f"Your last answer scored {progress.last} of 100, {days} days ago: long enough to try it afresh.",
    )


def _new(new: list[CaseSummary], known_kinds: set[str], attempts: tuple[Scored, ...]) -> Recommendation:
    level, weakest = _present_level(attempts), _weakest(attempts)
    round_ = weakest.rubric if weakest else FIRST_ROUND
    best = min(
        new,
        key=lambda case: (
            case.round != round_,
            abs(_rank(case.level) - _rank(level)),
            case.archetype in known_kinds,
            case.id,
        ),
    )
    return Recommendation(best.id, _why_new(best, round_, weakest, known_kinds))


def _why_new(case: CaseSummary, round_: str, weakest: CriterionProgress | None, known_kinds: Collection[str]) -> str:
    if weakest is None:
        return f"A good one to begin with: {case.round} round, {case.level} level."
    if case.round != round_:
        return f"You have tried every case of the {round_} round; this one opens another, {case.round}."
    kind = "Another case of a kind you know" if case.archetype in known_kinds else "A kind of product new to you"
    over = "in your last answer" if len(weakest.levels) == 1 else f"over your last {len(weakest.levels)} answers"
    return (
        f"{kind}, {case.level} level, to work on your weakest criterion: "
        f"{weakest.criterion.replace('_', ' ')}, {weakest.mean:.1f} of 3 {over}."
    )


def _present_level(attempts: Iterable[Scored]) -> str:
    """The level to offer, from the mean of the last scores."""
    recent = sorted(attempts, key=lambda attempt: attempt.finished_at)[-RECENT:]
    if not recent:
        return LEVELS[0]
    mean = sum(attempt.overall for attempt in recent) / len(recent)
    return LEVELS[(mean >= HIRE) + (mean >= STRONG)]


def _weakest(attempts: Iterable[Scored]) -> CriterionProgress | None:
    return min(by_criterion(attempts, last=RECENT), key=lambda progress: progress.mean, default=None)


def _rank(level: str) -> int:
    return LEVELS.index(level) if level in LEVELS else len(LEVELS)
