"""A question before something that cannot be taken back."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Static

from coach.tui.actions import bindings
from coach.tui.page import Dialog
from coach.tui.plain import content
from coach.tui.widgets.key_bar import KeyBar


class ConfirmDialog(Dialog[bool]):
    """Closes with True if the user is sure."""

    ABOUT = "Choose with the arrow or tab keys and press enter; escape changes nothing."
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("dialog", "app")]

    def __init__(self, title: str, text: str, yes: str) -> None:
        super().__init__()
        self._title, self._message, self._yes = title, text, yes

    def compose(self) -> ComposeResult:
        """The safe answer has the focus."""
        with Vertical(classes="window") as window:
            window.border_title = self._title
            yield Static(content(self._message))
            with Horizontal(classes="buttons"):
                yield Button("Keep it", id="no", variant="primary", compact=True)
                yield Button(self._yes, id="yes", compact=True)
        yield KeyBar()

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        self.dismiss(event.button.id == "yes")
