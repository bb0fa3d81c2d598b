"""An answer that scrolls, with words marked in it."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from coach.tui.marks import Mark, marked


class AnswerPane(VerticalScroll):
    """Shows a text; `show_marks` marks words in it and scrolls to the first of them."""

    DEFAULT_CSS = """
    AnswerPane { padding: 0 1; scrollbar-size-vertical: 1; }
    AnswerPane .marked-text { margin-bottom: 1; }
    """

    def __init__(
        self,
        text: str,
        *,
        title: str,
        after: Content | None = None,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._text = text
        self._after = after
        self.border_title = title

    class Clicked(Message):
        """Words that serve a criterion were clicked."""

        def __init__(self, criterion: str) -> None:
            super().__init__()
            self.criterion = criterion

    def compose(self) -> ComposeResult:
        """The text, and under it what belongs to it."""
        if self._text:
            yield Static(marked(self._text, ()).content, classes="marked-text")
        if self._after is not None:
            yield Static(self._after, classes="marked-after")

    def on_click(self, event: events.Click) -> None:
        """Marked words lead to their criterion."""
        if (criterion := event.style.meta.get("criterion")) is not None:
            self.post_message(self.Clicked(criterion))

    def show_marks(self, marks: Sequence[Mark]) -> None:
        """Mark these words alone."""
        answer = marked(self._text, marks)
        for body in self.query(".marked-text").results(Static):
            body.update(answer.content)
        if answer.first is not None:
            width = max(1, self.scrollable_content_region.width)
            line = max(0, answer.content[: answer.first + 1].get_height({}, width) - 1)
            self.scroll_to(y=max(0, line - 2), animate=False)
