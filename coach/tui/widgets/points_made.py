"""The points of a good reply, and which of them a reply makes."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from coach.scoring.follow_up_report import MADE, MAKING_NAMES, FollowUpReport, PointResult
from coach.tui.marks import Mark
from coach.tui.plain import shown
from coach.tui.widgets.meters import level_colour

_SIGNS = ("○", "◐", "●")
_COLOURS = (0, 1, 3)
"""Each point's standing as a level of the meters."""


class PointsMade(VerticalScroll):
    """Every point with its number, as the words that make it are marked in the reply."""

    DEFAULT_CSS = """
    PointsMade { padding: 0 1; scrollbar-size-vertical: 1; }
    """

    def compose(self) -> ComposeResult:
        """The text alone."""
        yield Static("", id="points-text", markup=False)

    def show(self, report: FollowUpReport) -> None:
        """Show these points, then the advice."""
        made = sum(result.level == MADE for result in report.points)
        self.border_title = f"A good reply: {made} of {len(report.points)} points made"
        lines = [Content.styled(shown(report.advice), "bold")]
        lines += [Content.assemble(("! ", "$warning bold"), shown(note)) for note in report.notes]
        for number, result in enumerate(report.points, 1):
            lines += _point(number, result)
        self.query_one("#points-text", Static).update(Content("\n").join(lines))
        self.scroll_home(animate=False)


def point_marks(report: FollowUpReport) -> list[Mark]:
    """The words that make or would have made each point, under its number."""
    marks = []
    for number, result in enumerate(report.points, 1):
        marks += [Mark(e.start, e.end, "earned", f"+{number}") for e in result.evidence]
        marks += [Mark(c.start, c.end, "cost", f"−{number}") for c in result.costs]
    return marks


def _point(number: int, result: PointResult) -> list[Content]:
    colour = level_colour(_COLOURS[result.level])
    head = Content.assemble(
        (f"{number} {_SIGNS[result.level]} ", colour),
        (shown(result.point), "bold"),
        (f"  {MAKING_NAMES[result.level]}", "$quiet"),
    )
    return [
        head,
        *(Content.styled(f"    + {shown(e.why)}", "$quiet") for e in result.evidence),
        *(Content.styled(f"    − {shown(c.why)}", "$quiet") for c in result.costs),
    ]
