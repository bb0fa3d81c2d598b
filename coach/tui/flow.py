"""The ways from screen to screen, and the answer being written on the way."""

from __future__ import annotations

from asyncio import AbstractEventLoop
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from coach.errors import CoachError, StorageError
from coach.practice.rescue import rescue
from coach.practice.task import question, reply_key
from coach.tui.judged import Judged, from_attempt
from coach.tui.keeper import Keeper, Page
from coach.tui.plain import shown
from coach.tui.screens.history import HistoryScreen
from coach.tui.screens.own_prompt import OwnPromptDialog
from coach.tui.screens.practice import PracticeScreen
from coach.tui.screens.reply import ReplyScreen
from coach.tui.screens.result import ResultScreen
from coach.tui.screens.trouble import TroubleDialog
from coach.tui.writing_page import WritingPage

if TYPE_CHECKING:
    from coach.knowledge.models.case import Case
    from coach.practice.models import Attempt, Draft
    from coach.practice.task import Task
    from coach.tui.app import CoachApp
    from coach.tui.desk import Desk

"""Screens with a text that must not be lost."""
_SCORECARDS = (
    ("html", "HTML, a page to read and print"),
    ("xlsx", "Excel, to be filled in"),
    ("docx", "Word"),
    ("pdf", "PDF"),
    ("md", "Markdown"),
    ("csv", "CSV, a metric a row"),
    ("json", "JSON, for programs"),
)
_REPORTS = (
    ("html", "HTML, a page to read, print and send"),
    ("pdf", "PDF"),
    ("docx", "Word"),
    ("md", "Markdown"),
    ("json", "JSON, for programs"),
)


class Flow:
    """Opens screens with what they need, and keeps drafts and attempts."""

    def __init__(self, app: CoachApp, desk: Desk, loop: AbstractEventLoop) -> None:
        self._app, self._desk = app, desk
        self._loop = loop
        self.keeper = Keeper(desk.drafts, lambda error: _soon(loop, self._saved, error))

    # Practice

    def practise(self, key: str, *, text: str | None = None, replace: bool = False) -> None:
        """Open the practice screen with the draft, or with `text` in its place.

        `replace` closes the screen on top.
        """

        def open_() -> None:
            try:
                task = self._desk.task(key)
                draft = self._desk.drafts.load(key)
                if text is not None and draft is not None:
                    self._desk.drafts.discard(key)
            except CoachError as error:
                self._from_thread(partial(self._app.say, str(error), severity="error"))
                return
            archived = text is not None and draft is not None and bool(draft.text.strip())
            self._from_thread(lambda: self._open_practice(task, draft, text, replace, archived))

        self._app.run_worker(open_, thread=True, group="open", exclusive=True)

    def _open_practice(
        self, task: Task | None, draft: Draft | None, text: str | None, replace: bool, archived: bool
    ) -> None:
        if task is None:
            self._app.say("This case is no longer in the bank.", severity="warning")
            return
        screen = PracticeScreen(task, draft, text=text)
        if replace:
            self._app.switch_screen(screen)
        else:
            self._app.push_screen(screen)
        if archived:
            self._app.say("Your unfinished draft of this case is now in the drafts' archive.")
        self._tell_notice()

    def ask_own_prompt(self, drafts: Sequence[Draft]) -> None:
        """Practise a question of the user's own."""

        def chosen(key: str | None) -> None:
            if key is not None:
                self.practise(key)

        self._app.push_screen(OwnPromptDialog(drafts), chosen)

    def submit(self, task: Task, page: Page, *, started: datetime, failed: Callable[[str], None]) -> None:
        """Score an answer, keep it, and show the result in place of the practice screen."""

        def score() -> None:
            try:
                report = self._desk.score(task, page.text)
            except CoachError as error:
                self._from_thread(partial(failed, str(error)))
                return
            warning = attempt = None
            try:
                attempt = self._desk.keep(
                    task,
                    page.text,
                    report,
                    started=started,
                    seconds=page.seconds_spent,
                    hints=page.hints_used,
                )
                self.keeper.forget()
                self._desk.drafts.discard(task.key)
            except StorageError as error:
                warning = str(error)
            judged = Judged(task.key, task.title, page.text, report, task, attempt=attempt)
            self._from_thread(lambda: self._app.switch_screen(ResultScreen(judged, warning)))

        self._app.run_worker(score, thread=True, group="submit", exclusive=True)

    def leave_practice(self, page: Page) -> None:
        """Close the practice screen once its text is safe."""
        if not page.text.strip():
            self.discard(page)
        else:
            self.keeper.keep(page)
            if (error := self.keeper.flush()) is not None:
                self.offer_rescue(page, error)
                return
        self._app.pop_screen()

    def discard(self, page: Page) -> None:
        """Throw a draft away; a copy stays in the archive."""
        self.keeper.forget()
        try:
            self._desk.drafts.discard(page.case)
        except StorageError as error:
            self._app.say(str(error), severity="error")

    def reply(self, case: Case, number: int, leaving: Page | None = None) -> None:
        """Open a follow-up question with what was written; in place of another, whose reply is `leaving`."""
        key = reply_key(case.id, number)
        if leaving is not None and leaving.text.strip():
            self.keeper.keep(leaving)
            if (error := self.keeper.flush()) is not None:
                self.offer_rescue(leaving, error)
                return

        def open_() -> None:
            try:
                draft = self._desk.drafts.load(key)
            except CoachError as error:
                self._from_thread(partial(self._app.say, str(error), severity="error"))
                return
            self._from_thread(lambda: show(draft))

        def show(draft: Draft | None) -> None:
            screen = ReplyScreen(case, number, draft)
            if leaving is not None:
                self._app.switch_screen(screen)
            else:
                self._app.push_screen(screen)
            self._tell_notice()

        self._app.run_worker(open_, thread=True, group="open", exclusive=True)

    # Results and history

    def show_history(self, key: str | None = None) -> None:
        """All attempts, or those at one case."""
        self._app.push_screen(HistoryScreen(key))

    def show_calculators(self) -> None:
        """The list of calculators."""
        from coach.tui.screens.calculators import CalculatorsScreen

        self._app.push_screen(CalculatorsScreen())

    def show_attempt(self, attempt: Attempt, titles: Mapping[str, str]) -> None:
        """An old attempt as it was judged."""
        try:
            judged = from_attempt(attempt, self._desk.task(attempt.case), titles)
        except CoachError as error:
            self._app.say(str(error), severity="error")
            return
        self._app.push_screen(ResultScreen(judged))

    def copy(self, text: str, what: str) -> None:
        """To the clipboard where the terminal allows it, and always to a file."""
        from coach.tui.clipboard import clean, keep_copy

        self._app.copy_to_clipboard(clean(text))
        try:
            path = keep_copy(text)
        except StorageError as error:
            self._app.say(f"{what} is copied, if your terminal allows it. {error}", severity="warning")
            return
        self._app.say(f"{what} is copied. If your terminal does not allow that, it is in\n{path}", seconds=10)

    def export(self, text: str, key: str) -> None:
        """To a new Markdown file."""
        from coach.tui.clipboard import export

        try:
            path = export(text, key, datetime.now())
        except StorageError as error:
            self._app.say(str(error), severity="error")
            return
        self._app.say(f"Written to\n{path}", seconds=10)

    def ask_scorecard(self, id_: str) -> None:
        """Let the user choose a format, and write the scorecard of a case or a kind of product in it."""

        def make(format_: str) -> bytes:
            from coach.export.scorecard.formats import render

            return render(self._desk.kb.scorecard(id_), format_)

        self._ask_export("scorecard", f"scorecard-{id_}", _SCORECARDS, make)

    def ask_report(self, attempt: Attempt) -> None:
        """Let the user choose a format, and write the report of an attempt in it."""

        def make(format_: str) -> bytes:
            from coach.export.judged.documents import render
            from coach.export.judged.report import practice_report

            kb = self._desk.kb
            attempts = self._desk.attempts(attempt.case)
            return render(practice_report(kb, attempt, attempts, *question(attempt.case, kb.cases)), format_)

        self._ask_export("report", f"report-{attempt.id}", _REPORTS, make)

    def _ask_export(
        self, what: str, name: str, formats: Sequence[tuple[str, str]], make: Callable[[str], bytes]
    ) -> None:
        from coach.tui.screens.pick import PickDialog

        def chosen(format_: str | None) -> None:
            if format_ is not None:
                self._app.run_worker(partial(write, format_), thread=True, group="export")

        def write(format_: str) -> None:
            from coach.tui.clipboard import export_file

            try:
                path = export_file(make(format_), name, format_, datetime.now())
            except CoachError as error:
                self._from_thread(partial(self._app.say, str(error), severity="error", seconds=15))
                return
            self._from_thread(partial(self._app.say, f"The {what} is written to\n{path}", seconds=10))

        self._app.push_screen(PickDialog(what.capitalize() + " as", formats, "html"), chosen)

    # What must not be lost

    def keep_open_pages(self) -> bool:
        """Hand the keeper the answer that is open and not empty; whether there is one."""
        pages = [screen.page() for screen in self._app.screen_stack if isinstance(screen, WritingPage)]
        written = [page for page in pages if page.text.strip()]
        for page in written:
            self.keeper.keep(page)
        return bool(written)

    def offer_rescue(self, page: Page, error: StorageError) -> None:
        """The draft cannot be saved: offer another place and the clipboard."""

        def chosen(choice: str | None) -> None:
            if choice == "elsewhere":
                try:
                    self.tell_trouble("Saved elsewhere", f"Your answer is in\n{rescue(page.text)}")
                except StorageError as worse:
                    self.tell_trouble("Not saved", str(worse))
            elif choice == "copy":
                self.copy(page.text, "Your answer")
            elif choice == "again" and (still := self.keeper.flush()) is not None:
                self.offer_rescue(page, still)

        choices = (
            ("elsewhere", "Save elsewhere"),
            ("copy", "Copy it"),
            ("again", "Try again"),
            ("on", "Write on"),
        )
        self._app.push_screen(TroubleDialog("Your draft cannot be saved", str(error), choices), chosen)

    def tell_trouble(self, title: str, message: str) -> None:
        """A message that stays until it is read."""
        self._app.push_screen(TroubleDialog(title, message, (("on", "Go on"),)))

    def _saved(self, error: StorageError | None) -> None:
        for screen in self._app.screen_stack:
            if isinstance(screen, WritingPage):
                screen.saved(error)
        self._tell_notice()

    def _tell_notice(self) -> None:
        drafts = self._desk.drafts
        if drafts.notice:
            self._app.say(drafts.notice, severity="warning", seconds=15)
            drafts.notice = None

    def _from_thread(self, call: Callable[[], object]) -> None:
        _soon(self._loop, lambda: self._app.call_later(call))


def last_rescue(keeper: Keeper) -> str | None:
    """After the end, for a draft that could not be saved: where its text is now, or the text itself."""
    page = keeper.unsaved()
    if page is None or not page.text.strip():
        return None
    try:
        return f"Your draft could not be saved in its place; it is in {rescue(page.text)}"
    except StorageError:
        return f"Your draft could not be saved anywhere. Here it is:\n\n{shown(page.text)}"


def _soon(loop: AbstractEventLoop, call: Callable[..., object], *values: object) -> None:
    # The app may have ended while a thread was still at work.
    if not loop.is_closed():
        loop.call_soon_threadsafe(call, *values)
