"""The question, as the interviewer puts it."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from coach.knowledge.prose import reflowed
from coach.tui.plain import content


class PromptPanel(VerticalScroll, can_focus=False):
    """Scrolls if the question is long."""

    DEFAULT_CSS = """
    PromptPanel {
        height: auto;
        max-height: 4;
        padding: 0 1;
        border-left: outer $accent;
        background: $panel;
        scrollbar-size-vertical: 1;
    }
    """

    def __init__(self, prompt: str, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._prompt = prompt

    def compose(self) -> ComposeResult:
        """The text alone."""
        yield Static(content(reflowed(self._prompt)))
