"""Hints in three steps."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static
from typing_extensions import override

from coach.tui.actions import Scope, bindings
from coach.tui.page import Dialog
from coach.tui.plain import shown
from coach.tui.widgets.key_bar import KeyBar


class HintsDialog(Dialog[int]):
    """Shows the hints taken so far; closes with their number."""

    SCOPES: ClassVar[tuple[Scope, ...]] = ("hints", "dialog")
    ABOUT = "Each hint gives away more than the one before. How many you took is kept with the attempt."
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("hints", "dialog", "app")]

    def __init__(self, hints: Sequence[str], taken: int) -> None:
        super().__init__()
        self._hints = hints
        self._taken = taken

    def compose(self) -> ComposeResult:
        """One window."""
        with VerticalScroll(classes="window") as window:
            window.border_title = "Hints"
            yield Static(id="hints", markup=False)
        yield KeyBar()

    def on_mount(self) -> None:
        """Show what was taken before."""
        self._show()

    def action_more(self) -> None:
        """One more hint."""
        self._taken = min(len(self._hints), self._taken + 1)
        self._show()

    def action_close(self) -> None:
        """Close, and say how many were seen."""
        self.dismiss(self._taken)

    @override
    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """After the last hint there is no next."""
        return None if action == "more" and self._taken >= len(self._hints) else True

    def _show(self) -> None:
        lines = [Content(f"{number}. {shown(hint)}\n") for number, hint in enumerate(self._hints[: self._taken], 1)]
        left = len(self._hints) - self._taken
        note = f"{left} more hint{'s' if left != 1 else ''}: press f2." if left else "That was the last hint."
        lines.append(Content.styled(note, "$quiet"))
        self.query_one("#hints", Static).update(Content("\n").join(lines))
        self.query_one(VerticalScroll).scroll_end(animate=False)
        self.refresh_bindings()
