"""The formats of a scorecard: what each is called, how its files end, and how it is made."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from coach.errors import UsageError

if TYPE_CHECKING:
    from coach.scorecards.model import Scorecard

FORMATS = ("md", "html", "csv", "json", "xlsx", "pdf", "docx")
BINARY = frozenset({"xlsx", "pdf", "docx"})
"""What a terminal cannot show."""
_TEMPLATES = {"md": "scorecard.md.jinja", "html": "scorecard.html.jinja", "pdf": "scorecard.typ.jinja"}


def render(card: Scorecard, format: str, template: Path | None = None, *, mark: bool = False) -> bytes:
    """A scorecard in one of `FORMATS`.

    `template` takes the place of the built-in one, for md, html, pdf (Typst with Jinja) and docx; `mark` puts Excel's
    byte-order mark before CSV. Raises `UsageError` for a template where the format has none, for faults of a template,
    and for a library that is not installed.
    """
    if template is not None and format not in _TEMPLATES and format != "docx":
        raise UsageError(f"{format} has no template: --template goes with md, html, pdf and docx")
    match format:
        case "md":
            from coach.export.scorecard.pages import scorecard_markdown

            return _bytes(scorecard_markdown(card, template))
        case "html":
            from coach.export.scorecard.pages import scorecard_html

            return _bytes(scorecard_html(card, template))
        case "csv":
            from coach.export.scorecard.table import scorecard_csv

            return _bytes(scorecard_csv(card, mark=mark))
        case "json":
            from coach.export.scorecard.pages import scorecard_json

            return _bytes(scorecard_json(card))
        case "xlsx":
            from coach.export.scorecard.workbook import scorecard_xlsx

            return scorecard_xlsx(card)
        case "pdf":
            from coach.export.scorecard.printed import scorecard_pdf

            return scorecard_pdf(card, template)
        case "docx":
            from coach.export.scorecard.word import scorecard_docx

            return scorecard_docx(card, template)
    raise UsageError(f"unknown format {format!r}: it is one of {', '.join(FORMATS)}")


def template(format: str) -> bytes:
    """The built-in template of a format, for a company to start its own from. Raises `UsageError`."""
    if format == "docx":
        from coach.export.scorecard.word_template import scorecard_template

        return scorecard_template()
    if format not in _TEMPLATES:
        raise UsageError(f"{format} has no template: those of md, html, pdf and docx can be replaced")
    from importlib.resources import files

    return files("coach.export").joinpath("templates", _TEMPLATES[format]).read_bytes()


def _bytes(text: str) -> bytes:
    # Half of a surrogate pair has no UTF-8.
    return text.encode("utf-8", errors="backslashreplace")
