"""A scorecard as a page: Markdown, HTML, and JSON for programs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from coach.export.scorecard.view import values
from coach.knowledge.faults import UNPRINTABLE

if TYPE_CHECKING:
    from coach.scorecards.model import Scorecard


def scorecard_markdown(card: Scorecard, template: Path | None = None) -> str:
    """The whole scorecard as one page of GitHub Markdown; ☐ marks what the owner has to fill in."""
    from coach.export import markdown

    return markdown.render("scorecard.md.jinja", template, **values(card))


def scorecard_html(card: Scorecard, template: Path | None = None) -> str:
    """The whole scorecard as one self-contained page, for a screen of any width and for paper."""
    from coach.export import html

    return html.render("scorecard.html.jinja", template, **values(card))


def scorecard_json(card: Scorecard) -> str:
    """The scorecard as data, which `coach scorecard lint` and `read` take back."""
    text = card.model_dump_json(indent=2)
    return UNPRINTABLE.sub(lambda found: found[0] if found[0] == "\n" else f"\\u{ord(found[0]):04x}", text) + "\n"
