"""What is kept of a user's practice."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any


def _as_utc(name: str, value: datetime) -> datetime:
    if value.tzinfo is None:
        raise ValueError(f"{name} needs a time zone")
    return value.astimezone(UTC)


@dataclass(frozen=True, kw_only=True)
class NewAttempt:
    """A finished and scored answer, ready to be kept. Raises `ValueError` for times without a time zone."""

    case: str
    case_digest: str
    """Of the case's content, so that a changed case does not pass for the one that was answered."""
    rubric: str
    rubric_version: str
    started_at: datetime
    finished_at: datetime
    seconds_spent: int
    """Time in the editor, without breaks."""
    hints_used: int
    answer: str
    overall: int
    """0 to 100."""
    verdict: str
    levels: Mapping[str, int]
    """Criterion to level, 0 to 3, in the rubric's order."""
    report_json: str
    """The whole report as it was given, from `Report.model_dump_json()`."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "started_at", _as_utc("started_at", self.started_at))
        object.__setattr__(self, "finished_at", _as_utc("finished_at", self.finished_at))
        object.__setattr__(self, "levels", MappingProxyType(dict(self.levels)))


@dataclass(frozen=True, kw_only=True)
class Attempt(NewAttempt):
    """An attempt as kept in the history."""

    id: int
    """Counts up in this database."""
    uuid: str
    """The same everywhere, so that histories can be merged."""

    def as_dict(self) -> dict[str, Any]:
        """Plain data for JSON: times in ISO 8601 (UTC), the report parsed."""
        return {
            "id": self.id,
            "uuid": self.uuid,
            "case": self.case,
            "case_digest": self.case_digest,
            "rubric": self.rubric,
            "rubric_version": self.rubric_version,
            "started_at": self.started_at.isoformat(),
            "finished_at": self.finished_at.isoformat(),
            "seconds_spent": self.seconds_spent,
            "hints_used": self.hints_used,
            "overall": self.overall,
            "verdict": self.verdict,
            "levels": dict(self.levels),
            "answer": self.answer,
            "report": json.loads(self.report_json) if self.report_json else None,
        }


@dataclass(frozen=True, kw_only=True)
class Draft:
    """An answer being written."""

    case: str
    text: str
    seconds_spent: int
    hints_used: int
    saved_at: datetime
    recovered: bool = False
    """Pieced together from a damaged file: the text may lack its end."""
