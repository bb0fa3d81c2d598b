"""The place to write an answer."""

from __future__ import annotations

from textual import events
from textual.message import Message
from textual.widgets import TextArea

from coach.scoring.scorer import LONGEST_ANSWER
from coach.tui.plain import typed


class Editor(TextArea):
    """A soft-wrapped text area; takes no control characters, and no more text than the scorer reads."""

    DEFAULT_CSS = """
    Editor { border: none; padding: 0 1; background: $surface; scrollbar-size-vertical: 1; }
    Editor:focus { border: none; }
    Editor .text-area--cursor-line { background: transparent; }
    """

    class Refused(Message):
        """A paste was too long."""

        def __init__(self, length: int) -> None:
            super().__init__()
            self.length = length

    def __init__(self, text: str = "", *, id: str | None = None, placeholder: str = "") -> None:
        super().__init__(
            typed(text),
            id=id,
            soft_wrap=True,
            show_line_numbers=False,
            tab_behavior="focus",
            placeholder=placeholder,
            highlight_cursor_line=False,
        )

    async def _on_paste(self, event: events.Paste) -> None:
        event.prevent_default()
        event.stop()
        clean = typed(event.text)
        if len(clean) + len(self.text) > LONGEST_ANSWER:
            self.post_message(self.Refused(len(clean)))
            return
        if result := self._replace_via_keyboard(clean, *self.selection):
            self.move_cursor(result.end_location)
            self.focus()
