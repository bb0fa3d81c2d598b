"""What attempts show over time: by case, by criterion, day by day. Pure functions; nothing is kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Protocol


class Scored(Protocol):
    """What progress needs of an attempt."""

    @property
    def case(self) -> str:
        """The case's id."""

    @property
    def rubric(self) -> str:
        """The rubric's id."""

    @property
    def finished_at(self) -> datetime:
        """With a time zone."""

    @property
    def overall(self) -> int:
        """0 to 100."""

    @property
    def verdict(self) -> str:
        """As the report gives it."""

    @property
    def levels(self) -> Mapping[str, int]:
        """Criterion to level, 0 to 3."""


@dataclass(frozen=True, kw_only=True)
class CaseProgress:
    """How one case has gone so far."""

    case: str
    count: int
    first: int
    best: int
    last: int
    last_verdict: str
    last_at: datetime


@dataclass(frozen=True, kw_only=True)
class CriterionProgress:
    """How one criterion of one rubric has gone over the last attempts."""

    rubric: str
    criterion: str
    levels: tuple[int, ...]
    """0 to 3, the oldest first."""
    mean: float
    trend: float | None
    """Mean of the newer half less mean of the older half, in levels; None for fewer than four attempts."""


@dataclass(frozen=True, kw_only=True)
class Streak:
    """Days in a row with at least one attempt."""

    current: int
    """Up to today, or to yesterday while today is still open."""
    longest: int
    days: int
    """Days with practice in all."""
    today: bool


def by_case(attempts: Iterable[Scored]) -> dict[str, CaseProgress]:
    """Every case that was tried, by id, in any order of attempts."""
    groups: defaultdict[str, list[Scored]] = defaultdict(list)
    for attempt in _oldest_first(attempts):
        groups[attempt.case].append(attempt)
    return {
        case: CaseProgress(
            case=case,
            count=len(tried),
            first=tried[0].overall,
            best=max(attempt.overall for attempt in tried),
            last=tried[-1].overall,
            last_verdict=tried[-1].verdict,
            last_at=tried[-1].finished_at,
        )
        for case, tried in sorted(groups.items())
    }


def by_criterion(attempts: Iterable[Scored], last: int = 10) -> tuple[CriterionProgress, ...]:
    """Every criterion that was judged, over its `last` attempts, the newest rubric's first."""
    groups: dict[tuple[str, str], list[int]] = {}
    for attempt in reversed(_oldest_first(attempts)):
        for criterion, level in attempt.levels.items():
            groups.setdefault((attempt.rubric, criterion), []).append(level)
    return tuple(_criterion(rubric, criterion, levels[:last][::-1]) for (rubric, criterion), levels in groups.items())


def streak(attempts: Iterable[Scored], now: datetime, zone: tzinfo | None = None) -> Streak:
    """Days in a row; a day is one of `zone`'s, by default UTC's."""
    zone = zone or UTC
    today = now.astimezone(zone).date()
    days = sorted({attempt.finished_at.astimezone(zone).date() for attempt in attempts})
    runs = _runs(days)
    current = runs[-1] if runs and days[-1] >= today - timedelta(days=1) else 0
    return Streak(current=current, longest=max(runs, default=0), days=len(days), today=today in days)


def _oldest_first(attempts: Iterable[Scored]) -> list[Scored]:
    # Attempts come newest first; a stable sort turned round keeps equal times in the order of adding.
    return sorted(attempts, key=lambda attempt: attempt.finished_at, reverse=True)[::-1]


def _criterion(rubric: str, criterion: str, levels: Sequence[int]) -> CriterionProgress:
    half = len(levels) // 2
    trend = _mean(levels[-half:]) - _mean(levels[:half]) if len(levels) >= 4 else None
    return CriterionProgress(rubric=rubric, criterion=criterion, levels=tuple(levels), mean=_mean(levels), trend=trend)


def _mean(levels: Sequence[int]) -> float:
    return sum(levels) / len(levels)


def _runs(days: Sequence[date]) -> list[int]:
    """Lengths of the unbroken runs in sorted days."""
    runs: list[int] = []
    for index, day in enumerate(days):
        if index and day - days[index - 1] == timedelta(days=1):
            runs[-1] += 1
        else:
            runs.append(1)
    return runs
