"""Every error that this project raises on purpose.

CoachError                  what is wrong, where, and what to do: one or two lines
├── UsageError              the call cannot be used as it stands
│   ├── ArgumentError       a calculator cannot take this value; names the argument and what is allowed
│   ├── UnknownIdError      no such case, metric, archetype, rubric or framework; names the nearest
│   └── AnswerTooLongError  beyond the size limit, which it names
├── KnowledgeError          the knowledge base or a pack has faults; lists all of them
└── StorageError            the user's files cannot be read or written; the text is not lost
"""

from __future__ import annotations

from collections.abc import Iterable


class CoachError(Exception):
    """The root: its text is meant for the user and says what to do next."""


class UsageError(CoachError):
    """The call or its input cannot be used."""


class ArgumentError(UsageError, ValueError):
    """A value that a calculator cannot take."""

    def __init__(self, name: str, value: object, allowed: str) -> None:
        self.name, self.value, self.allowed = name, value, allowed
        shown = value if isinstance(value, str) else f"{value:,.15g}" if isinstance(value, float) else repr(value)
        given = "is missing" if value is None or value == "" else f"is {shown[:60]}"
        super().__init__(f"{name} {given}: it must be {allowed}")


class UnknownIdError(UsageError, KeyError):
    """An id that names nothing, with the nearest that do."""

    def __init__(self, kind: str, id_: str, nearest: Iterable[str] = ()) -> None:
        self.kind, self.id, self.nearest = kind, id_, tuple(nearest)
        hint = f"; did you mean {', '.join(self.nearest)}?" if self.nearest else ""
        super().__init__(f"unknown {kind} {id_!r}{hint}")

    def __str__(self) -> str:
        return str(self.args[0])


class AnswerTooLongError(UsageError):
    """The answer is longer than the scorer takes."""

    def __init__(self, length: int, limit: int) -> None:
        self.length, self.limit = length, limit
        super().__init__(
            f"the answer has {length:,} characters and the limit is {limit:,}; score a shorter text or a part of it"
        )


class KnowledgeError(CoachError):
    """The knowledge base or a pack has faults."""


class StorageError(CoachError):
    """The user's files cannot be read or written."""
