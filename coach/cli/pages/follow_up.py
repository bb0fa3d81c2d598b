"""A reply to a follow-up question, judged: the points made with the words that make them, and those still open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.cli.layout.blocks import Block, Facts, Heading, Line, Page, Prose, Run, Title
from coach.scoring.advice import quote
from coach.scoring.follow_up_report import MAKING_NAMES

if TYPE_CHECKING:
    from coach.scoring.follow_up_report import FollowUpReport, PointResult

_MARKS = ("○", "◐", "●")


def follow_up_page(report: FollowUpReport, reply: str) -> Page:
    """Score and question; each point with its evidence; then the advice."""
    made = sum(result.level == 2 for result in report.points)
    blocks: list[Block] = [
        Title(f"{made} of {len(report.points)} points made, {report.overall} of 100"),
        Prose(report.question, 0),
        Facts([("case", Run(report.case, "name")), ("question", str(report.number))], 0),
        *(Prose(("Note: ", note), 0) for note in report.notes),
        Heading("What a good reply contains"),
    ]
    for result in report.points:
        name = MAKING_NAMES[result.level]
        blocks.append(Prose((f"{_MARKS[result.level]} ", Run(result.point, "strong"), Run(f"  {name}", "quiet"))))
        if rows := _details(result, reply):
            blocks.append(Facts(rows, 4))
    return [*blocks, Heading("What to do next"), Prose(report.advice)]


def _details(result: PointResult, reply: str) -> list[tuple[str, Line]]:
    rows: list[tuple[str, Line]] = []
    for label, passages in (("earned", result.evidence), ("cost", result.costs)):
        for passage in passages:
            rows.append((label, passage.why))
            rows.append(("", Run(quote(reply, passage.start, passage.end), "quiet")))
    return rows
