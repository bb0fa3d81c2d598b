"""The practice screen: a question, a place to answer it, and help on demand."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.timer import Timer
from textual.widgets import Static

from coach.errors import AnswerTooLongError
from coach.practice.task import Task
from coach.tui.actions import Scope, bindings
from coach.tui.keeper import Page as KeptPage
from coach.tui.verdicts import round_words
from coach.tui.widgets.clock import Clock
from coach.tui.widgets.editor import Editor
from coach.tui.widgets.key_bar import KeyBar
from coach.tui.widgets.meters import Meter, MeterPanel
from coach.tui.widgets.notes import Notes
from coach.tui.widgets.prompt_panel import PromptPanel
from coach.tui.widgets.title_bar import TitleBar
from coach.tui.writing_page import WritingPage

if TYPE_CHECKING:
    from coach.practice.models import Draft
    from coach.scoring.report import Report

SCORE_DELAY = 0.25
"""Seconds without typing until the coverage is brought up to date."""


class PracticeScreen(WritingPage):
    """Write an answer; what is typed is kept."""

    SCOPES: ClassVar[tuple[Scope, ...]] = ("practice",)
    ABOUT = (
        "Write your answer as you would say it. Everything you type is kept on the disk within a second; "
        "leave when you like and go on later. Coverage shows the level, 0 to 3, that each criterion would "
        "get now."
    )
    A_TEXT, THIS_TEXT = "an answer", "this draft"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("practice")]

    def __init__(self, task: Task, draft: Draft | None, *, text: str | None = None) -> None:
        super().__init__(text if text is not None else draft.text if draft else "")
        self.practised = task
        self._seconds = draft.seconds_spent if draft and text is None else 0
        self._hints_used = draft.hints_used if draft and text is None else 0
        self._facts_asked: list[int] = []
        self._resumed = bool(draft and text is None and draft.text.strip())
        self._recovered = bool(draft and draft.recovered)
        self._started = datetime.now(UTC)
        self._score_timer: Timer | None = None
        self._submitting = False

    def compose(self) -> ComposeResult:
        """Side by side where there is room, else coverage below the editor."""
        task = self.practised
        yield TitleBar(task.title, _about(task))
        with Horizontal(id="work"):
            with Vertical(id="desk"):
                yield PromptPanel(task.prompt, id="prompt")
                yield Editor(self.text, id="editor", placeholder="Your answer…")
            with VerticalScroll(id="side", can_focus=False):
                yield Static("Coverage so far", classes="heading", markup=False)
                yield MeterPanel("Coverage shows here as you write.", id="coverage")
                yield Notes(id="notes")
        with Horizontal(id="status"):
            yield Static("", id="kept", markup=False)
            yield Static("", id="words", markup=False)
            yield Clock(self._seconds, task.minutes, id="clock")
        yield KeyBar()

    def on_mount(self) -> None:
        """Ready to type at the end of the draft."""
        self.open_editor()
        self._show_chosen_panels()
        if self.text.strip():
            self._score_soon()
        if self._recovered:
            self.state("recovered draft: its end may be missing")
        elif self._resumed:
            self.state("draft goes on")

    def page(self) -> KeptPage:
        """What is to be kept of this screen."""
        return KeptPage(self.practised.key, self.editor.text, self.query_one(Clock).elapsed(), self._hints_used)

    # Live coverage

    def _score_soon(self) -> None:
        if self._score_timer is not None:
            self._score_timer.stop()
        if self.coach.settings.coverage:
            self._score_timer = self.set_timer(SCORE_DELAY, self._score)

    @work(thread=True, exclusive=True, group="coverage")
    def _score(self) -> None:
        text = self.text
        try:
            report = self.coach.desk.score(self.practised, text)
        except AnswerTooLongError as error:
            self.app.call_from_thread(self.state, str(error))
            return
        self.app.call_from_thread(self._show_coverage, report)

    def _show_coverage(self, report: Report) -> None:
        # The screen may be on its way out by now.
        for panel in self.query("#coverage").results(MeterPanel):
            panel.meters = tuple(
                Meter(result.name, result.level, str(result.level), result.core) for result in report.criteria.values()
            )

    # Actions

    def action_submit(self) -> None:
        """Score the answer, keep it, and show why."""
        if self._submitting:
            return
        if not self.editor.text.strip():
            self.coach.say("Your answer is blank: every criterion would be 0. Write something first.")
            return
        self._submitting = True
        self.state("scoring…")
        self.coach.flow.submit(self.practised, self.page(), started=self._started, failed=self._not_submitted)

    def _not_submitted(self, reason: str) -> None:
        self._submitting = False
        self.state("not submitted")
        self.coach.say(reason, severity="error")

    def action_hints(self) -> None:
        """The next hint."""
        if self.practised.case is None:
            self.coach.say("There are no hints for a question of your own.")
            return
        from coach.tui.screens.hints import HintsDialog

        self._hints_used = max(1, self._hints_used)
        self.app.push_screen(HintsDialog(self.practised.case.hints, self._hints_used), self._hints_seen)

    def _hints_seen(self, shown: int | None) -> None:
        if shown is not None and self.practised.case is not None:
            self._hints_used = shown
            self.coach.flow.keeper.keep(self.page())
            self._show_notes()

    def action_facts(self) -> None:
        """The questions one may ask."""
        if self.practised.case is None:
            self.coach.say("There are no facts for a question of your own: state your assumptions instead.")
            return
        from coach.tui.screens.facts import FactsDialog

        self.app.push_screen(FactsDialog(self.practised.case.facts, self._facts_asked), self._facts_heard)

    def _facts_heard(self, asked: list[int] | None) -> None:
        if asked is not None:
            self._facts_asked = asked
            self._show_notes()

    def _show_notes(self) -> None:
        case = self.practised.case
        if case is not None:
            facts = [case.facts[index] for index in self._facts_asked]
            self.query_one(Notes).show(case.hints[: self._hints_used], [(f.ask, f.answer) for f in facts])

    def action_coverage(self) -> None:
        """Show or hide the live coverage, and remember it."""
        self.coach.change_settings(coverage=not self.coach.settings.coverage)
        self._show_chosen_panels()
        self._score_soon()

    def action_clock(self) -> None:
        """Show or hide the clock, and remember it."""
        self.coach.change_settings(clock=not self.coach.settings.clock)
        self._show_chosen_panels()

    def action_pause(self) -> None:
        """Stop the clock, or let it run on."""
        self.query_one(Clock).toggle_pause()

    def action_prompt(self) -> None:
        """Fold or unfold the prompt."""
        prompt = self.query_one(PromptPanel)
        prompt.display = not prompt.display

    def changed(self) -> None:
        """Bring the coverage up to date."""
        self._score_soon()

    def cleared(self) -> None:
        """No help was taken yet, and the clock starts again."""
        self._hints_used, self._facts_asked = 0, []
        self.query_one(Clock).start_over()
        self._show_notes()

    def action_leave(self) -> None:
        """Back; the draft stays."""
        self.coach.flow.leave_practice(self.page())

    def _show_chosen_panels(self) -> None:
        settings = self.coach.settings
        self.set_class(not settings.coverage, "-no-coverage")
        self.query_one(Clock).display = settings.clock
        self._show_notes()


def _about(task: Task) -> str:
    return f"{round_words(task.case.round)} · {task.case.level}" if task.case else "no facts or hints"
