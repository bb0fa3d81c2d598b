"""Choosing one of several, as a filter does."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from coach.tui.actions import Scope, bindings
from coach.tui.page import Dialog
from coach.tui.widgets.key_bar import KeyBar


class Choices(OptionList):
    """What can be chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("pick")]


class PickDialog(Dialog[str]):
    """Closes with the chosen value; escape changes nothing."""

    SCOPES: ClassVar[tuple[Scope, ...]] = ("pick", "dialog")
    ABOUT = "Choose with the arrow keys and press enter; escape changes nothing."
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("dialog", "app")]

    def __init__(self, title: str, options: Sequence[tuple[str, str]], current: str) -> None:
        """`options` are values with the words to show for them."""
        super().__init__()
        self._title, self._values = title, options
        self._current = current

    def compose(self) -> ComposeResult:
        """A list in a window."""
        with Vertical(classes="window") as window:
            window.border_title = self._title
            options = [Option(Content(words), id=value or "any") for value, words in self._values]
            yield Choices(*options, id="options", markup=False, compact=True)
        yield KeyBar()

    def on_mount(self) -> None:
        """On the present choice, ready for the arrow keys."""
        options = self.query_one(Choices)
        values = [value for value, _ in self._values]
        options.highlighted = values.index(self._current) if self._current in values else 0
        options.focus()

    def action_choose(self) -> None:
        """Take what is under the cursor."""
        self.query_one(Choices).action_select()

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.dismiss(self._values[event.option_index][0])
