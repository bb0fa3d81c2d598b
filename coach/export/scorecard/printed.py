"""A scorecard as a tagged PDF."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from coach.export.scorecard.view import values
from coach.export.typeset import render_pdf

if TYPE_CHECKING:
    from coach.scorecards.model import Scorecard


def scorecard_pdf(card: Scorecard, template: Path | None = None) -> bytes:
    """The document. Raises `UsageError` if Typst is not installed, or for faults of a user's template."""
    return render_pdf("scorecard.typ.jinja", template, **values(card))
