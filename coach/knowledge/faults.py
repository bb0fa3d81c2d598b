"""What is wrong with knowledge files, said so that somebody can mend it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from coach.errors import KnowledgeError

# What moves a cursor, hides text or reorders it: C0, DEL, C1, line and bidi controls, byte-order marks.
UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]")


def printable(text: str) -> str:
    """The text with every control character shown as an escape."""
    return UNPRINTABLE.sub(lambda found: ascii(found.group())[1:-1], text)


class Fault(NamedTuple):
    """One thing that is wrong, and where; faults sort by place.

    Lines and columns count from 1; a line of 0 means the file as a whole.
    """

    path: str
    line: int
    column: int
    key: str
    """The entry's id and the keys down to the fault, `task-success-rate.formula.kind`; may be empty."""
    message: str
    hint: str = ""
    """What to write instead, where that is known."""

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}:{self.column}" if self.line else self.path
        parts = [place, self.key, self.message] if self.key else [place, self.message]
        return printable(": ".join(parts) + (f"; {self.hint}" if self.hint else ""))


class KnowledgeFaults(KnowledgeError):
    """Knowledge files that cannot be used, with every fault found; its text has one line for each."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(set(faults)))
        super().__init__("\n".join(map(str, self.faults)))
