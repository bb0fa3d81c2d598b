"""An answer with the words marked that earned or cost something, without relying on colour."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from textual.content import Content, Span
from textual.style import Style

from coach.tui.plain import shown

if TYPE_CHECKING:
    from coach.scoring.report import CriterionResult, Report

OPEN, CLOSE = "‹", "›"
STYLES = {
    "earned": "underline $earned-foreground on $earned-background",
    "cost": "italic $cost-foreground on $cost-background",
}
LABEL_STYLES = {
    "earned": "bold $earned-foreground on $earned-background",
    "cost": "bold $cost-foreground on $cost-background",
}


@dataclass(frozen=True)
class Mark:
    """Words of the answer by code points, end exclusive, and what to write before them."""

    start: int
    end: int
    kind: Literal["earned", "cost"]
    label: str
    criterion: str = ""
    """Where a click on the words leads; empty for nowhere."""


@dataclass(frozen=True)
class MarkedAnswer:
    """What to show, and where in it the first mark begins (None without marks)."""

    content: Content
    first: int | None


def criterion_marks(result: CriterionResult) -> list[Mark]:
    """The marks of one criterion, numbered as they are listed beside the answer."""
    earned = [Mark(e.start, e.end, "earned", f"+{n}") for n, e in enumerate(result.evidence, 1)]
    cost = [Mark(c.start, c.end, "cost", f"−{n}") for n, c in enumerate(result.costs, 1)]
    return earned + cost


def all_marks(report: Report) -> list[Mark]:
    """The marks of all criteria together; words that serve several are marked once."""
    criteria = report.criteria.items()
    earned = [(e.start, e.end, key) for key, result in criteria for e in result.evidence]
    cost = [(c.start, c.end, key) for key, result in criteria for c in result.costs]
    return [
        *(Mark(start, end, "earned", "+", key) for start, end, key in _merged(earned)),
        *(Mark(start, end, "cost", "−", key) for start, end, key in _merged(cost)),
    ]


def marked(text: str, marks: Iterable[Mark]) -> MarkedAnswer:
    """The text with each mark as `‹+1 words›`; marks that lie outside the text are cut to it."""
    plain = shown(text)
    valid = sorted(
        (mark for mark in marks if 0 <= mark.start < min(mark.end, len(plain))),
        key=lambda mark: (mark.start, -mark.end),
    )
    pieces: list[str] = []
    spans: list[Span] = []
    length = 0
    first: int | None = None

    def add(piece: str, style: str | Style = "") -> None:
        nonlocal length
        pieces.append(piece)
        if style:
            spans.append(Span(length, length + len(piece), style))
        length += len(piece)

    position = 0
    for at, ends, starts in _events(valid, len(plain)):
        over = [mark for mark in valid if mark.start < at and position < mark.end]
        for mark in over:
            spans.append(Span(length, length + at - position, STYLES[mark.kind]))
            if mark.criterion:
                leads = Style.from_meta({"criterion": mark.criterion})
                spans.append(Span(length, length + at - position, leads))
        add(plain[position:at])
        position = at
        for mark in ends:
            add(CLOSE, LABEL_STYLES[mark.kind])
        for mark in starts:
            first = length if first is None else first
            add(f"{OPEN}{mark.label} ", LABEL_STYLES[mark.kind])
    add(plain[position:])
    return MarkedAnswer(Content("".join(pieces), spans), first)


def _events(marks: Sequence[Mark], length: int) -> list[tuple[int, list[Mark], list[Mark]]]:
    """Every place where marks end or start, in order."""
    places = sorted({mark.start for mark in marks} | {min(mark.end, length) for mark in marks})
    return [
        (
            place,
            [mark for mark in reversed(marks) if min(mark.end, length) == place],
            [mark for mark in marks if mark.start == place],
        )
        for place in places
    ]


def _merged(spans: Iterable[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    merged: list[tuple[int, int, str]] = []
    for start, end, key in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]), merged[-1][2])
        else:
            merged.append((start, end, key))
    return merged
