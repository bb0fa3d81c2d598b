"""Learn to define and measure the success of AI products.

    import coach
    kb = coach.load()
    report = kb.score("My north star is …", prompt="How would you measure success for …?")

Names load on first use, so that importing the package costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from coach._version import __version__

if TYPE_CHECKING:
    from coach.errors import AnswerTooLongError as AnswerTooLongError
    from coach.errors import ArgumentError as ArgumentError
    from coach.errors import CoachError as CoachError
    from coach.errors import KnowledgeError as KnowledgeError
    from coach.errors import StorageError as StorageError
    from coach.errors import UnknownIdError as UnknownIdError
    from coach.errors import UsageError as UsageError
    from coach.facade import KnowledgeBase as KnowledgeBase
    from coach.facade import load as load
    from coach.scoring.follow_up_report import FollowUpReport as FollowUpReport
    from coach.scoring.follow_up_report import PointResult as PointResult
    from coach.scoring.report import CriterionResult as CriterionResult
    from coach.scoring.report import Evidence as Evidence
    from coach.scoring.report import Report as Report

_HOMES = {
    "AnswerTooLongError": "coach.errors",
    "ArgumentError": "coach.errors",
    "CoachError": "coach.errors",
    "CriterionResult": "coach.scoring.report",
    "Evidence": "coach.scoring.report",
    "FollowUpReport": "coach.scoring.follow_up_report",
    "KnowledgeBase": "coach.facade",
    "KnowledgeError": "coach.errors",
    "PointResult": "coach.scoring.follow_up_report",
    "Report": "coach.scoring.report",
    "StorageError": "coach.errors",
    "UnknownIdError": "coach.errors",
    "UsageError": "coach.errors",
    "load": "coach.facade",
}

__all__ = ["__version__", *_HOMES]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
