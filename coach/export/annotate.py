"""Numbers set into a text behind the sentences that they are about, without breaking its Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable

_SENTENCE_END = re.compile(r"[.!?…]+[\"'”’»)\]*_]*(?=\s|$)")
_BLOCK_END = re.compile(r"\n\s*\n|\n(?=\s*(?:[-*+•#|]|[0-9]+[.)]\s))|\Z")
_WORD_END = re.compile(r"(?=[\s|]|$)")


def annotate(text: str, spans: Iterable[tuple[int, int, int]]) -> str:
    """The text with the number of every span (start, end, number) behind the sentence in which the span ends.

    Numbers that meet stand in one pair of brackets, once each and in order. In rows of tables they stand
    behind the word instead.
    """
    marks: dict[int, set[int]] = {}
    for start, end, number in spans:
        marks.setdefault(_place(text, start, end), set()).add(number)
    for place in sorted(marks, reverse=True):
        text = f"{text[:place]} [{', '.join(map(str, sorted(marks[place])))}]{text[place:]}"
    return text


def _place(text: str, start: int, end: int) -> int:
    """Where the sentence, or in a table the word, ends that holds the last sign of a span."""
    last = max(start, end - 1)
    while last > start and text[last].isspace():
        last -= 1
    line_start = text.rfind("\n", 0, last) + 1
    in_table = text.startswith("|", line_start)
    block_end = _BLOCK_END.search(text, last)
    limit = block_end.start() if block_end else len(text)
    found = (_WORD_END if in_table else _SENTENCE_END).search(text, last, limit)
    return found.end() if found else len(text[:limit].rstrip())
