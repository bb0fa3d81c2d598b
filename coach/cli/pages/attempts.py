"""What was practised, and how it went."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from coach.cli.layout.blocks import Block, Column, Facts, Grid, Heading, Line, Page, Prose, Run
from coach.cli.pages.verdicts import verdict_run
from coach.cli.pages.wording import count
from coach.practice.models import Attempt
from coach.practice.progress import CriterionProgress, by_case, by_criterion, streak

_COLUMNS = (
    Column("No", right=True),
    Column("When"),
    Column("Case"),
    Column("Score", right=True),
    Column("Verdict"),
    Column("Minutes", right=True, optional=True),
    Column("Hints", right=True, optional=True),
)


def attempts_page(attempts: Sequence[Attempt]) -> Page:
    """Attempts, newest first, then each case and each criterion over time."""
    zone = datetime.now(UTC).astimezone().tzinfo
    days = streak(attempts, datetime.now(UTC), zone)
    blocks: list[Block] = [Grid(_COLUMNS, [_row(attempt) for attempt in attempts])]
    again = [progress for progress in by_case(attempts).values() if progress.count > 1]
    if again:
        blocks += [
            Heading("Cases tried more than once"),
            Facts([(p.case, f"{p.count} times: first {p.first}, best {p.best}, last {p.last}") for p in again]),
        ]
    criteria = by_criterion(attempts)
    blocks += [
        Heading("Criteria, weakest first, level 0 to 3"),
        Facts([_criterion(progress) for progress in sorted(criteria, key=lambda progress: progress.mean)]),
        Prose(f"Practised on {count(days.days, 'day')}; {count(days.current, 'day')} in a row now.", 0),
    ]
    return blocks


def _row(attempt: Attempt) -> list[Line]:
    return [
        str(attempt.id),
        f"{attempt.finished_at.astimezone():%Y-%m-%d %H:%M}",
        Run(attempt.case, "name"),
        str(attempt.overall),
        verdict_run(attempt.verdict),
        str(round(attempt.seconds_spent / 60)),
        str(attempt.hints_used),
    ]


def _criterion(progress: CriterionProgress) -> tuple[str, Line]:
    over = f"over {count(len(progress.levels), 'answer')}"
    change = "" if progress.trend is None else f", {_direction(progress.trend)}"
    return progress.criterion.replace("_", " "), f"{progress.mean:.1f} {over}{change} ({progress.rubric})"


def _direction(trend: float) -> str:
    if abs(trend) < 0.25:
        return "steady"
    return "rising" if trend > 0 else "falling"
