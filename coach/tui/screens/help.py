"""F1: what the screen is for, and its keys."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from textwrap import wrap
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from coach.tui.actions import Action, Scope, bindings, in_scopes
from coach.tui.page import Dialog
from coach.tui.widgets.key_bar import KeyBar

_KEYS, _TEXT = 20, 50
"""Columns."""
EDITING = (
    ("ctrl+z, ctrl+y", "Undo, redo"),
    ("ctrl+left, ctrl+right", "A word back or forward"),
    ("ctrl+w", "Delete the word before the cursor"),
    ("ctrl+u, ctrl+k", "Delete to the start or end of the line"),
    ("shift+arrows", "Select; ctrl+c copies, ctrl+x cuts, ctrl+v pastes"),
    ("tab", "Leave the editor for the next part of the screen"),
)


class HelpDialog(Dialog[None]):
    """Reads the same table as footer and palette, with the keys as the user has set them."""

    ABOUT = "This is the help."
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("dialog", "app")]

    def __init__(self, about: str, scopes: Sequence[Scope]) -> None:
        super().__init__()
        self._about = about
        self._scopes = scopes

    def compose(self) -> ComposeResult:
        """One window that scrolls."""
        with VerticalScroll(classes="window") as window:
            window.border_title = "Help"
            if self._about:
                yield Static(Content(self._about + "\n"))
            yield Static(self._table("On this screen", in_scopes(self._scopes)))
            if "practice" in self._scopes or "own" in self._scopes:
                yield Static(_keys("In the editor", EDITING))
            yield Static(self._table("Everywhere", in_scopes(("app",))))
            yield Static(
                "Every command is also in the palette (ctrl+p). Keys can be changed in the settings file.",
                classes="note",
                markup=False,
            )
        yield KeyBar()

    def _table(self, title: str, actions: Sequence[Action]) -> Content:
        return _keys(title, [(self.coach.keys_of(action), f"{action.label}: {action.help}") for action in actions])


def _keys(title: str, rows: Sequence[tuple[str, str]]) -> Content:
    lines = [Content.styled(title, "bold $primary")]
    for keys, text in rows:
        pairs = zip_longest(wrap(keys, _KEYS - 2), wrap(text, _TEXT), fillvalue="")
        lines += [Content.assemble((left.ljust(_KEYS), "$accent"), right) for left, right in pairs]
    return Content("\n").join([*lines, Content("")])
