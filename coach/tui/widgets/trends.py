"""How the score and each criterion have gone over time."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.widget import Widget
from typing_extensions import override

from coach.practice.progress import CriterionProgress
from coach.tui.blocks import TOP_LEVEL, sparkline
from coach.tui.plain import one_line
from coach.tui.widgets.meters import level_colour

_NAME = 21


class TrendPanel(Widget):
    """A line for the score, and one for each criterion: series of blocks, mean, and which way it goes."""

    DEFAULT_CSS = """
    TrendPanel { height: auto; }
    """
    ALLOW_SELECT = False

    scores: reactive[tuple[int, ...]] = reactive((), layout=True)
    """Overall scores, oldest first."""
    criteria: reactive[tuple[CriterionProgress, ...]] = reactive((), layout=True)

    def __init__(self, name_of: Callable[[str, str], str], *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._name_of = name_of

    @override
    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """A line each."""
        return 2 + len(self.criteria) if self.scores else 2

    def render(self) -> Content:
        """The series."""
        if not self.scores:
            return Content.styled("No attempts yet.\nHand in an answer and it shows here.", "$quiet")
        width = max(4, min(24, self.size.width - _NAME - 7))
        lines = [self._score_line(width), Content("")]
        lines += [self._criterion_line(progress, width) for progress in self.criteria]
        return Content("\n").join(lines)

    def _score_line(self, width: int) -> Content:
        return Content.assemble(
            ("Score".ljust(_NAME), "bold"),
            (sparkline(self.scores, 0, 100, width).ljust(width), "$primary"),
            (f" {self.scores[-1]:>3}{_way(_change(self.scores))}", "bold"),
        )

    def _criterion_line(self, progress: CriterionProgress, width: int) -> Content:
        shown = Content(one_line(self._name_of(progress.rubric, progress.criterion))).truncate(_NAME - 1, ellipsis=True)
        return Content.assemble(
            shown.pad_right(_NAME - shown.cell_length),
            (sparkline(progress.levels, 0, TOP_LEVEL, width).ljust(width), level_colour(progress.mean)),
            f" {progress.mean:.1f}{_way(progress.trend)}",
        )


def _change(scores: Sequence[int]) -> float | None:
    half = len(scores) // 2
    if len(scores) < 4:
        return None
    return (sum(scores[-half:]) - sum(scores[:half])) / half / 10


def _way(trend: float | None) -> str:
    if trend is None or abs(trend) < 0.25:
        return "  "
    return " ↑" if trend > 0 else " ↓"
