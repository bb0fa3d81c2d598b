"""The formats of judged answers, and how a document is made in each."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coach.errors import UsageError
from coach.knowledge.faults import UNPRINTABLE

FORMATS = ("md", "html", "pdf", "docx", "json")
BINARY = frozenset({"pdf", "docx"})
"""What a terminal cannot show."""
_TEMPLATES = {"md": "md.jinja", "html": "html.jinja", "pdf": "typ.jinja"}


@dataclass(frozen=True)
class Document:
    """What a document says, and the templates that say it."""

    name: str
    """Begins the names of its templates."""
    values: Mapping[str, Any]
    """What templates are given."""
    data: Mapping[str, Any]
    """The same for programs."""
    word: Callable[[], bytes]
    """The built-in template for Word."""


def render(document: Document, format: str, template: Path | None = None) -> bytes:
    """A document in one of `FORMATS`; `template` takes the place of the built-in one.

    Raises `UsageError` for a template where the format has none, for faults of a template, and for a library that
    is not installed.
    """
    match format:
        case "md":
            from coach.export import markdown

            return _bytes(markdown.render(f"{document.name}.{_TEMPLATES[format]}", template, **document.values))
        case "html":
            from coach.export import html

            return _bytes(html.render(f"{document.name}.{_TEMPLATES[format]}", template, **document.values))
        case "pdf":
            from coach.export.typeset import render_pdf

            return render_pdf(f"{document.name}.{_TEMPLATES[format]}", template, **document.values)
        case "docx":
            from coach.export.extras import need

            need("docxtpl", "docx", "the format docx")
            from coach.export.word import fill, read_own

            return fill(document.word() if template is None else read_own(template), dict(document.values), template)
        case "json" if template is None:
            text = json.dumps(document.data, ensure_ascii=False, indent=2, allow_nan=False)
            return _bytes(UNPRINTABLE.sub(lambda f: f[0] if f[0] == "\n" else f"\\u{ord(f[0]):04x}", text) + "\n")
        case "json":
            raise UsageError("json has no template: --template goes with md, html, pdf and docx")
    raise UsageError(f"unknown format {format!r}: it is one of {', '.join(FORMATS)}")


def template(name: str, word: Callable[[], bytes], format: str) -> bytes:
    """The built-in template of a format, for a company to start its own from.

    `name` and `word` are as in `Document`. Raises `UsageError` where the format has none.
    """
    if format == "docx":
        return word()
    if format not in _TEMPLATES:
        raise UsageError(f"{format} has no template: those of md, html, pdf and docx can be replaced")
    from importlib.resources import files

    return files("coach.export").joinpath("templates", f"{name}.{_TEMPLATES[format]}").read_bytes()


def _bytes(text: str) -> bytes:
    # Half of a surrogate pair has no UTF-8.
    return text.encode("utf-8", errors="backslashreplace")
