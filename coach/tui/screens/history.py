"""The history screen: attempts over time, for all cases or one, and by criterion."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import OptionList, Static

from coach.errors import CoachError
from coach.practice.progress import by_criterion
from coach.practice.task import title_of
from coach.tui.actions import Scope, bindings
from coach.tui.page import Page
from coach.tui.widgets.attempt_list import AttemptList
from coach.tui.widgets.key_bar import KeyBar
from coach.tui.widgets.title_bar import TitleBar
from coach.tui.widgets.trends import TrendPanel

if TYPE_CHECKING:
    from coach.practice.models import Attempt


class HistoryScreen(Page):
    """Opens old attempts as they were judged then."""

    SCOPES: ClassVar[tuple[Scope, ...]] = ("attempts", "history")
    ABOUT = (
        "Your attempts, newest first, and how the score and each criterion have gone over the last of them. "
        "Blocks rise with the score; the number is the last score or the mean level."
    )
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("history")]

    def __init__(self, key: str | None = None) -> None:
        super().__init__()
        self._key = key
        self._titles: Mapping[str, str] = {}

    def compose(self) -> ComposeResult:
        """The attempts, and what they show."""
        yield TitleBar("History")
        with Horizontal(id="columns"):
            yield AttemptList(id="attempts")
            with VerticalScroll(id="trend-pane", can_focus=False):
                yield TrendPanel(self.coach.criterion_name, id="trends")
        yield Static("No attempts yet. Hand in an answer and it shows here.", id="none", markup=False)
        yield KeyBar()

    def on_mount(self) -> None:
        """Ready for the arrow keys."""
        self.query_one(AttemptList).focus()

    def on_screen_resume(self) -> None:
        """Read again: an attempt may have been added meanwhile."""
        self._read()

    @work(thread=True, exclusive=True)
    def _read(self) -> None:
        try:
            attempts = self.coach.desk.attempts(self._key)
            titles = self.coach.desk.titles()
        except CoachError as error:
            self.app.call_from_thread(self.coach.say, str(error), severity="error")
            return
        self.app.call_from_thread(self._show, attempts, titles)

    def _show(self, attempts: tuple[Attempt, ...], titles: Mapping[str, str]) -> None:
        if not self.is_attached:
            return
        self._titles = titles
        self.query_one(AttemptList).show(attempts, titles)
        trends = self.query_one(TrendPanel)
        trends.scores = tuple(attempt.overall for attempt in reversed(attempts))
        trends.criteria = by_criterion(attempts, last=24)
        self.set_class(not attempts, "-none")
        bar = self.query_one(TitleBar)
        bar.where = f"History › {title_of(self._key, titles)}" if self._key else "History"
        bar.aside = f"{len(attempts)} attempt{'s' if len(attempts) != 1 else ''}"

    @on(OptionList.OptionSelected, "#attempts")
    def _open(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if (attempt := self.query_one(AttemptList).chosen) is not None:
            self.coach.flow.show_attempt(attempt, self._titles)

    def action_open(self) -> None:
        """See the attempt under the cursor."""
        self.query_one(AttemptList).action_select()

    def action_scope(self) -> None:
        """The chosen attempt's case only, or all cases again."""
        chosen = self.query_one(AttemptList).chosen
        if self._key is None and chosen is None:
            return
        self._key = chosen.case if self._key is None and chosen is not None else None
        self._read()

    def action_again(self) -> None:
        """Practise the chosen attempt's case."""
        if (chosen := self.query_one(AttemptList).chosen) is not None:
            self.coach.flow.practise(chosen.case)

    def action_report(self) -> None:
        """Write the report of the chosen attempt."""
        if (chosen := self.query_one(AttemptList).chosen) is not None:
            self.coach.flow.ask_report(chosen)

    def action_leave(self) -> None:
        """Back."""
        self.dismiss()
