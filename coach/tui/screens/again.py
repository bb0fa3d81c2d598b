"""Trying again: from the old text or from a blank page."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Static

from coach.tui.actions import Scope, bindings
from coach.tui.page import Dialog
from coach.tui.widgets.key_bar import KeyBar


class AgainDialog(Dialog[str]):
    """Closes with `text` or `blank`."""

    SCOPES: ClassVar[tuple[Scope, ...]] = ("again", "dialog")
    ABOUT = "Your old answer stays in the history either way."
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("again", "dialog", "app")]

    def compose(self) -> ComposeResult:
        """Two ways to begin."""
        with Vertical(classes="window") as window:
            window.border_title = "Try again"
            yield Static("Begin with your answer in the editor, or with a blank page?", markup=False)
            yield Static("Your answer and its feedback stay in the history.", classes="note", markup=False)
            with Horizontal(classes="buttons"):
                yield Button("From my text", id="text", variant="primary", compact=True, action="screen.text")
                yield Button("Blank page", id="blank", compact=True, action="screen.blank")
        yield KeyBar()

    def action_text(self) -> None:
        """Begin with the old answer."""
        self.dismiss("text")

    def action_blank(self) -> None:
        """Begin afresh."""
        self.dismiss("blank")
