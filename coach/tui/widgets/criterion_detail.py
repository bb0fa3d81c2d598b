"""Why a criterion got its level, and what more would take."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from coach.scoring.report import LEVEL_NAMES, CriterionResult, Report
from coach.tui.plain import one_line, shown
from coach.tui.widgets.meters import level_colour


class CriterionDetail(VerticalScroll):
    """Scrolls if there is much to say."""

    DEFAULT_CSS = """
    CriterionDetail { padding: 0 1; scrollbar-size-vertical: 1; }
    """

    def compose(self) -> ComposeResult:
        """The text alone."""
        yield Static("", id="grounds", markup=False)

    def show_criterion(self, result: CriterionResult, question: str) -> None:
        """The grounds of one criterion, numbered as they are marked in the answer."""
        weight = f"{'core ' if result.core else ''}×{result.weight}"
        self.border_title = Content(f"{one_line(result.name)} · {result.level} {LEVEL_NAMES[result.level]} · {weight}")
        lines = [Content.styled(shown(question), "italic $quiet")] if question else []
        lines += [_ground(f"+{n}", e.why, "earned") for n, e in enumerate(result.evidence, 1)]
        lines += [_ground(f"−{n}", c.why, "cost") for n, c in enumerate(result.costs, 1)]
        if not (result.evidence or result.costs):
            lines.append(Content.styled("Nothing in your answer speaks to this yet.", "$quiet"))
        if result.missing:
            lines.append(Content.styled("To go higher" if result.level < 3 else "Still missing", "bold"))
            lines += [Content.assemble(("○ ", level_colour(1)), shown(missing)) for missing in result.missing]
        self._show(lines)

    def show_all(self, report: Report) -> None:
        """The advice and remarks on the answer as a whole."""
        self.border_title = "Advice"
        lines = [Content.styled(shown(report.advice), "bold")] if report.advice else []
        lines += [Content.assemble(("! ", "$warning bold"), shown(note)) for note in report.notes]
        lines.append(Content.styled(_judged_as(report), "$quiet"))
        lines.append(
            Content.assemble(
                ("‹+ earned›", "underline $earned-foreground on $earned-background"),
                "  ",
                ("‹− cost›", "italic $cost-foreground on $cost-background"),
                ("  ◆ core criterion, counts double", "$quiet"),
            )
        )
        self._show(lines)

    def _show(self, lines: list[Content]) -> None:
        self.query_one("#grounds", Static).update(Content("\n").join(lines))
        self.scroll_home(animate=False)


def _ground(label: str, why: str, kind: str) -> Content:
    return Content.assemble((label, f"bold ${kind}-foreground on ${kind}-background"), " ", shown(why))


def _judged_as(report: Report) -> str:
    routing = report.routing
    kind = routing.archetype.replace("-", " ")
    if routing.by == "case":
        return f"Judged as: {kind}."
    if routing.by == "prompt":
        words = ", ".join(f"“{one_line(word)}”" for word in routing.words)
        return f"Judged as: {kind}, from the prompt's words {words}." if words else f"Judged as: {kind}."
    return "No known kind of product fits the prompt, so it was judged as an AI product in general."
