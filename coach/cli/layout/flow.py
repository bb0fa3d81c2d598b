"""Text set in lines: everything on a page but its tables, the same for every kind of output."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias
from unicodedata import combining, east_asian_width

from coach.cli.layout.blocks import (
    Block,
    Bullets,
    Facts,
    Fixed,
    Grid,
    Heading,
    Line,
    Prose,
    Run,
    Style,
    Title,
    Verbatim,
    runs,
)
from coach.cli.output import safe

SetLine: TypeAlias = tuple[Run, ...]
"""A line as it is printed: harmless, and no longer than it may be."""
_Word: TypeAlias = list[Run]
_SPACE = re.compile(r"(\s+)")
_EMPTY: SetLine = ()
_NOTHING = Run("")


def apart(before: Block, block: Block) -> bool:
    """Whether an empty line goes between; one set in deeper belongs to what is above it."""
    if isinstance(before, Heading) or (isinstance(before, Fixed) and isinstance(block, Fixed)):
        return False
    if isinstance(before, (Title, Grid)) or isinstance(block, (Title, Grid, Heading)):
        return True
    return block.indent <= before.indent


def lines(block: Block, width: int) -> Iterator[SetLine]:
    """A block that is no table, line by line."""
    match block:
        case Title(text=text, note=note):
            yield from wrapped(restyled(text, "title"), width)
            yield from wrapped(Run(note, "quiet"), width) if note else ()
        case Heading(text=text):
            yield from wrapped(Run(text.upper(), "heading"), width)
        case Prose(text=text, indent=indent):
            margin = Run(" " * indent)
            for number, paragraph in enumerate(_paragraphs(text)):
                yield from [_EMPTY] if number else []
                yield from _filled(paragraph, width, margin, margin)
        case Verbatim(text=text, indent=indent):
            for line in safe(text).split("\n"):
                own = len(line) - len(line.lstrip(" "))
                yield from wrapped(line, width, Run(" " * (indent + own)))
        case Fixed(text=text, indent=indent):
            yield (Run(" " * indent), *clean(text))
        case Bullets(items=items, indent=indent):
            for item in items:
                yield from wrapped(item, width, Run(" " * indent + "- ", "quiet"), Run(" " * (indent + 2)))
        case Facts(rows=rows, indent=indent):
            column = max((columns(safe(name)) for name, _ in rows), default=0)
            margin = Run(" " * (indent + column + 2))
            for name, value in rows:
                label = Run(" " * indent + padded(safe(name), column + 2), "quiet")
                yield from wrapped(value, width, label, margin)


def wrapped(line: Line, width: int, first: Run = _NOTHING, rest: Run | None = None) -> Iterator[SetLine]:
    """A text in lines of at most `width` columns, broken only at spaces; the first may have its own margin.

    A word longer than a line stands alone on one, so that an id is never broken; words of wide letters, which
    are written without spaces, are broken anywhere.
    """
    return _filled((word for part in _paragraphs(line) for word in part), width, first, first if rest is None else rest)


def _filled(words: Iterable[_Word], width: int, first: Run, rest: Run) -> Iterator[SetLine]:
    line, used, empty = [first], columns(first.text), True
    margin = columns(rest.text)
    for word in words:
        for piece in _fitting(word, max(1, width - margin)):
            size = sum(columns(run.text) for run in piece)
            if not empty and used + 1 + size > width:
                yield tuple(line)
                line, used, empty = [rest], margin, True
            line += piece if empty else [_space(line[-1], piece[0]), *piece]
            used += size if empty else size + 1
            empty = False
    yield tuple(line)


def _space(before: Run, after: Run) -> Run:
    return Run(" ", before.style if before.style == after.style else "")


def _fitting(word: _Word, room: int) -> Iterator[_Word]:
    """The word, or if it has wide letters and does not fit, pieces of it that do."""
    if sum(columns(run.text) for run in word) <= room or all(run.text.isascii() for run in word):
        yield word
        return
    piece: _Word = []
    used = 0
    for run in word:
        for letter in run.text:
            if piece and used + columns(letter) > room:
                yield piece
                piece, used = [], 0
            piece.append(Run(letter, run.style))
            used += columns(letter)
    yield piece


def _paragraphs(line: Line) -> Iterator[list[_Word]]:
    """The words of each paragraph, each as the pieces of one style that it is made of."""
    words: list[_Word] = []
    word: _Word = []
    for run in clean(line):
        for number, text in enumerate(_SPACE.split(run.text)):
            if not number % 2:
                word += [Run(text, run.style)] if text else []
                continue
            words += [word] if word else []
            word = []
            if text.count("\n") > 1 and words:
                yield words
                words = []
    words += [word] if word else []
    if words:
        yield words


def clean(line: Line) -> SetLine:
    """The pieces of a line, harmless."""
    return tuple(Run(safe(run.text), run.style) for run in runs(line))


def restyled(line: Line, style: Style) -> Sequence[Run]:
    """The pieces of a line, those without a style in the given one."""
    return [run if run.style else Run(run.text, style) for run in runs(line)]


def padded(text: str, width: int, *, right: bool = False) -> str:
    """The text filled up to a width with spaces."""
    fill = " " * (width - columns(text))
    return fill + text if right else text + fill


def columns(text: str) -> int:
    """How many columns of a terminal a text takes."""
    if text.isascii():
        return len(text)
    return sum(0 if combining(sign) else 2 if east_asian_width(sign) in "WF" else 1 for sign in text)
