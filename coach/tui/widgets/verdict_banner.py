"""The verdict and the score."""

from __future__ import annotations

from textual.content import Content
from textual.widget import Widget

from coach.scoring.report import Report
from coach.tui.blocks import bar
from coach.tui.plain import one_line
from coach.tui.verdicts import verdict_colour, verdict_words


class VerdictBanner(Widget):
    """`HIRE  63 of 100  ████████░░░░`, and remarks on the answer as a whole."""

    DEFAULT_CSS = """
    VerdictBanner { height: 1; padding: 0 1; background: $surface; }
    """
    ALLOW_SELECT = False

    def __init__(self, report: Report, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._report = report

    def render(self) -> Content:
        """One line."""
        report = self._report
        colour = verdict_colour(report.verdict)
        width = max(8, min(40, self.size.width - 50))
        filled, empty = bar(report.overall / 100, width)
        core = [result for result in report.criteria.values() if result.core]
        low = sum(1 for result in core if result.level < 2)
        gist = f"{low} of {len(core)} core under 2" if core else ""
        return Content.assemble(
            (f" {verdict_words(report.verdict).upper()} ", f"bold reverse {colour}"),
            (f"  {report.overall} of 100  ", "bold"),
            (filled, colour),
            (empty, "$empty"),
            (f"  {one_line(gist)}", "$quiet"),
        ).truncate(max(1, self.size.width), ellipsis=True)
