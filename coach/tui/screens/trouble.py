"""Something is wrong: what it is, and what can be done."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Button, Static

from coach.tui.actions import bindings
from coach.tui.page import Dialog
from coach.tui.plain import content
from coach.tui.widgets.key_bar import KeyBar


class TroubleDialog(Dialog[str]):
    """Shows a message; closes with the id of the chosen button."""

    ABOUT = "The message says what is wrong and what to do about it."
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("dialog", "app")]

    def __init__(self, title: str, message: str, choices: tuple[tuple[str, str], ...]) -> None:
        super().__init__()
        self._title, self._message, self._choices = title, message, choices

    def compose(self) -> ComposeResult:
        """The message with its buttons."""
        with Vertical(classes="window") as window:
            window.border_title = self._title
            with VerticalScroll(id="message"):
                yield Static(content(self._message))
            with Horizontal(classes="buttons"):
                for number, (id_, label) in enumerate(self._choices):
                    yield Button(label, id=id_, variant="primary" if not number else "default", compact=True)
        yield KeyBar()

    def on_mount(self) -> None:
        """The first choice has the focus."""
        self.query(Button).first().focus()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Close with the choice."""
        self.dismiss(event.button.id)
