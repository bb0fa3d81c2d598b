"""Hints taken and facts heard, kept in view where there is room."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.widgets import Static

from coach.tui.plain import shown


class Notes(Static):
    """Grows as hints and facts come in."""

    DEFAULT_CSS = """
    Notes { height: auto; margin-top: 1; }
    Notes.-empty { display: none; }
    """

    def show(self, hints: Sequence[str], facts: Sequence[tuple[str, str]]) -> None:
        """Show these; nothing for none."""
        parts: list[Content] = []
        if facts:
            parts.append(Content.styled("Facts you asked for", "bold $quiet"))
            for ask, answer in facts:
                parts += [Content.styled(shown(ask), "italic"), Content(shown(answer) + "\n")]
        if hints:
            parts.append(Content.styled("Hints", "bold $quiet"))
            parts += [Content(f"{number}. {shown(hint)}\n") for number, hint in enumerate(hints, 1)]
        self.set_class(not parts, "-empty")
        self.update(Content("\n").join(parts))
