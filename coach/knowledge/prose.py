"""Prose of the knowledge files, whose lines were broken to fit an editor."""

from __future__ import annotations

import re

# Not before a list entry, a heading, a quote or a table row, and not between paragraphs.
_LINE_END = re.compile(r"(?<=\S)\n(?!\s|[-*+#>•]\s|\||\d+[.)]\s)")


def reflowed(text: str) -> str:
    """Prose whose lines were broken for a file: single line ends become spaces; the length stays the same."""
    return _LINE_END.sub(" ", text)
