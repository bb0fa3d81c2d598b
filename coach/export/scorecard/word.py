"""A scorecard as a Word document, by our template or a company's own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from coach.export.scorecard.view import values
from coach.scorecards.plan_parts import LogEntry

if TYPE_CHECKING:
    from coach.scorecards.model import Scorecard


def scorecard_docx(card: Scorecard, template: Path | None = None) -> bytes:
    """The document. Raises `UsageError` if docxtpl is not installed, or for faults of a company's template."""
    from coach.export.extras import need

    need("docxtpl", "docx", "the format docx")
    from coach.export.scorecard.word_template import scorecard_template
    from coach.export.word import fill, read_own

    given = values(card)
    # Word collapses the spaces that draw a tree in plain text.
    rows = [line.replace(" ", "\N{NO-BREAK SPACE}") for line in str(given["tree"]).splitlines()]
    more = {"tree_rows": rows, "log": card.log or (LogEntry(),)}
    return fill(scorecard_template() if template is None else read_own(template), {**given, **more}, template)
