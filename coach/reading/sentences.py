"""Sentences within a block; what nobody punctuated is cut at line ends and connecting words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_END: Final = re.compile(r"(?P<stop>[.!?…。！？]+)[\"'”’)\]*_]*(?=\s|$)|;(?=\s)|(?P<line>[\r\n]+)")
_ABBREVIATED: Final = re.compile(
    r"\b(?:e\.g|i\.e|a\.m|p\.m|vs|etc|approx|incl|excl|min|max|avg|resp|cf|ca|nr|fig|dr|mr|mrs|ms|st|inc|ltd|u\.s|u\.k)\.$",
    re.IGNORECASE,
)
_NEVER_LAST: Final = frozenset({"e.g.", "i.e.", "vs.", "approx.", "incl.", "cf.", "ca.", "dr.", "mr.", "mrs.", "ms."})
_OPENS_SENTENCE: Final = re.compile(r"\s*[\"'“‘(\[*_]*[A-Z0-9À-ÖØ-Þ£$€]")
_CONNECTOR: Final = re.compile(
    r",?\s+(?:and then|but then|so then|and also|but|so|because|then|and|which means)\s+", re.I
)
_WRAPPED: Final = 55
"""A line at least this long, followed by a lower-case one, was wrapped and not ended."""
_LONGEST: Final = 420
_SHORTEST: Final = 60


def sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Spans of the sentences in `text[start:end]`, trimmed of white space, in order, covering every word once."""
    left = start
    line_start = start
    for match in _END.finditer(text, start, end):
        if match["line"] is not None:
            following = text[match.end() : end].lstrip()[:1]
            wrapped = match.start() - line_start >= _WRAPPED and following.islower()
            line_start = match.end()
            if wrapped:
                continue
        elif match["stop"] == "." and (
            found := _ABBREVIATED.search(text[max(left, match.start() - 8) : match.end("stop")])
        ):
            goes_on = not _OPENS_SENTENCE.match(text, match.end(), end)
            if goes_on or found.group().lower() in _NEVER_LAST:
                continue
        yield from _pieces(text, left, match.end())
        left = match.end()
    yield from _pieces(text, left, end)


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The trimmed span itself, or, beyond `_LONGEST` characters, pieces of it cut where a new thought may begin."""
    start, end = _trim(text, start, end)
    while end - start > _LONGEST:
        cut = text.find(" ", start + _LONGEST, end)
        for match in _CONNECTOR.finditer(text, start + _SHORTEST, min(end - _SHORTEST, start + _LONGEST)):
            cut = match.start()
            if cut - start > _LONGEST // 2:
                break
        if cut < 0:
            break
        yield _trim(text, start, cut)
        start, end = _trim(text, cut, end)
    if end > start:
        yield start, end
