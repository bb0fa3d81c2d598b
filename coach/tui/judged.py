"""A scored answer as the result screen shows it, whether just submitted or taken from the history."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coach.errors import StorageError
from coach.practice.task import Task
from coach.scoring.report import Report

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coach.practice.models import Attempt


@dataclass(frozen=True)
class Judged:
    """An answer and what was said about it."""

    key: str
    title: str
    answer: str
    report: Report
    task: Task | None
    """None where the case is no longer in the bank."""
    when: str = ""
    """When an old attempt was made; empty for a new one."""
    attempt: Attempt | None = None
    """As it was kept; None where that failed."""


def from_attempt(attempt: Attempt, task: Task | None, titles: Mapping[str, str]) -> Judged:
    """An attempt as it was judged then. Raises `StorageError` if its report cannot be read."""
    from coach.practice.task import title_of

    try:
        report = Report.model_validate_json(attempt.report_json)
    except ValueError:
        raise StorageError(
            f"the report of attempt {attempt.id} was written by another version and cannot be shown; "
            f"`coach history --json` still has its answer"
        ) from None
    when = f"{attempt.finished_at.astimezone():%d %b %Y, %H:%M}"
    return Judged(attempt.case, title_of(attempt.case, titles), attempt.answer, report, task, when, attempt)
