"""What the screens that one writes on have in common: the text is kept, counted, and thrown away only when asked."""

from __future__ import annotations

from abc import abstractmethod
from typing import ClassVar

from textual import on
from textual.widgets import Static

from coach.errors import StorageError
from coach.scoring.scorer import LONGEST_ANSWER
from coach.tui.keeper import Page as KeptPage
from coach.tui.page import Page
from coach.tui.widgets.editor import Editor


class WritingPage(Page):
    """A page with an editor, whose text is kept while it is typed.

    Its `compose` must yield an `Editor`, and lines for messages with the ids `kept` and `words`.
    """

    A_TEXT: ClassVar[str]
    """What is written, with its article: "an answer"."""
    THIS_TEXT: ClassVar[str]
    """What would be thrown away: "this draft"."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text

    @property
    def editor(self) -> Editor:
        """Where the text is written."""
        return self.query_one(Editor)

    @abstractmethod
    def page(self) -> KeptPage:
        """What is to be kept of this screen."""

    def changed(self) -> None:
        """After each change of the text."""

    @abstractmethod
    def cleared(self) -> None:
        """After the text was thrown away."""

    def state(self, text: str) -> None:
        """Say how things stand, in the status line."""
        for line in self.query("#kept").results(Static):
            line.update(text)

    def saved(self, error: StorageError | None) -> None:
        """The keeper's news of a save."""
        self.set_class(error is not None, "-unsaved")
        self.state("NOT SAVED: press ctrl+s for what to do" if error else "draft saved")

    def open_editor(self) -> None:
        """Ready to type at the end of what was written."""
        self.editor.move_cursor(self.editor.document.end)
        self.editor.focus()
        self._count_words()

    def action_save(self) -> None:
        """Save now; if that fails, offer other ways to keep the text."""
        self.coach.flow.keeper.keep(self.page())
        self.saved(error := self.coach.flow.keeper.flush())
        if error is not None:
            self.coach.flow.offer_rescue(self.page(), error)

    def action_restart(self) -> None:
        """A blank page, after asking."""
        from coach.tui.screens.confirm import ConfirmDialog

        if self.editor.text.strip():
            title, about = f"Throw {self.THIS_TEXT} away?", "Your text goes; a copy stays in the drafts' archive."
            self.app.push_screen(ConfirmDialog(title, about, "Throw away"), self._restart)

    def _restart(self, sure: bool | None) -> None:
        if sure:
            self.coach.flow.discard(self.page())
            self.text = ""
            self.editor.load_text("")
            self.cleared()
            self.state("blank page")

    @on(Editor.Changed)
    def _typed(self) -> None:
        if self.editor.text != self.text:
            self.text = self.editor.text
            self.coach.flow.keeper.keep(self.page())
            self.state("saving…")
        self._count_words()
        self.changed()

    @on(Editor.Refused)
    def _refused(self, event: Editor.Refused) -> None:
        self.coach.say(
            f"That paste has {event.length:,} characters and {self.A_TEXT} may have {LONGEST_ANSWER:,}: "
            "nothing was inserted.",
            severity="warning",
        )

    def _count_words(self) -> None:
        count = len(self.editor.text.split())
        self.query_one("#words", Static).update(f"{count} word{'s' if count != 1 else ''}")
