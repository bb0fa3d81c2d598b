"""A page as plain text: nothing but letters, spaces and line feeds, readable aloud and by other programs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import combining, east_asian_width

from coach.cli.layout.blocks import (
    Block,
    Bullets,
    Facts,
    Fixed,
    Grid,
    Heading,
    Line,
    Page,
    Prose,
    Title,
    Verbatim,
    fitted,
    stacked,
    text_of,
)
from coach.cli.output import safe

_PARAGRAPHS = re.compile(r"\n\s*\n")
_GAP = "  "


def plain_lines(page: Page, width: int, table_width: int | None) -> Iterator[str]:
    """The page line by line, wrapped at `width`; tables at `table_width`, or not at all."""
    for number, block in enumerate(page):
        if number and stands_apart(page[number - 1], block):
            yield ""
        for line in _lines(block, width, table_width):
            yield line.rstrip()


def stands_apart(before: Block, block: Block) -> bool:
    """Whether an empty line goes between; one set in deeper belongs to what is above it."""
    if isinstance(before, Heading) or (isinstance(before, Fixed) and isinstance(block, Fixed)):
        return False
    return getattr(block, "indent", 0) <= getattr(before, "indent", 0)


def _lines(block: Block, width: int, table_width: int | None) -> Iterator[str]:
    match block:
        case Title(text=text, note=note):
            yield from wrapped(clean(text), width)
            yield from wrapped(safe(note), width) if note else ()
        case Heading(text=text):
            yield from wrapped(safe(text).upper(), width)
        case Prose(text=text, indent=indent):
            margin = " " * indent
            for number, paragraph in enumerate(_PARAGRAPHS.split(clean(text))):
                yield from [""] if number else []
                yield from wrapped(paragraph, width, margin)
        case Verbatim(text=text, indent=indent):
            margin = " " * indent
            for line in safe(text).split("\n"):
                yield from wrapped(line, width, margin + " " * (len(line) - len(line.lstrip(" "))))
        case Fixed(text=text, indent=indent):
            yield " " * indent + _one_line(clean(text))
        case Bullets(items=items, indent=indent):
            for item in items:
                yield from wrapped(clean(item), width, " " * indent + "- ", " " * (indent + 2))
        case Facts(rows=rows, indent=indent):
            column = max((columns(safe(name)) for name, _ in rows), default=0)
            margin = " " * (indent + column + 2)
            for name, value in rows:
                yield from wrapped(clean(value), width, " " * indent + padded(safe(name), column + 2), margin)
        case Grid():
            yield from _table(block, width, table_width)


def _table(grid: Grid, width: int, table_width: int | None) -> Iterator[str]:
    if table_width is not None:
        fitting = fitted(grid, table_width)
        if fitting is None:
            yield from plain_lines(stacked(grid), width, table_width)
            return
        grid = fitting
    cells = [[_one_line(clean(cell)) for cell in row] for row in grid.rows]
    header = [column.name.upper() for column in grid.columns]
    widths = [max(columns(row[number]) for row in (header, *cells)) for number in range(len(header))]
    if table_width is not None:
        widths = _squeezed(grid, widths, table_width)
    for row in (header, *cells):
        # A cell that is not wrapped is one line; the others are cut where their column ends.
        stack = [
            wrapped(cell, width) or [""] if column.least is not None and table_width is not None else [cell]
            for cell, column, width in zip(row, grid.columns, widths, strict=True)
        ]
        for level in range(max(map(len, stack))):
            yield _GAP.join(
                padded(lines[level] if level < len(lines) else "", width, right=column.right)
                for lines, column, width in zip(stack, grid.columns, widths, strict=True)
            )


def _squeezed(grid: Grid, widths: list[int], room: int) -> list[int]:
    """The widths with what is too much taken from the widest columns that wrap."""
    widths = list(widths)
    wrapping = [number for number, column in enumerate(grid.columns) if column.least is not None]
    excess = sum(widths) + len(_GAP) * (len(widths) - 1) - room
    for _ in range(excess):
        widest = max(wrapping, key=lambda number: widths[number], default=None)
        if widest is None:
            break
        widths[widest] -= 1
    return widths


def wrapped(text: str, width: int, first: str = "", rest: str | None = None) -> list[str]:
    """The text in lines of at most `width` columns, broken only at spaces; the first may have its own margin.

    A word longer than a line stands alone on one, so that an id is never broken; words of wide letters, which
    are written without spaces, are broken anywhere.
    """
    margin = first if rest is None else rest
    lines: list[str] = []
    line, used = first, columns(first)
    empty = True
    for word in _words(text, max(1, width - columns(margin))):
        size = columns(word)
        if not empty and used + 1 + size > width:
            lines.append(line)
            line, used, empty = margin, columns(margin), True
        line, used = (line + word, used + size) if empty else (f"{line} {word}", used + 1 + size)
        empty = False
    return [*lines, line] if not empty or line.strip() else [*lines, ""]


def _words(text: str, room: int) -> Iterator[str]:
    for word in text.split():
        if word.isascii() or columns(word) <= room:
            yield word
            continue
        piece = ""
        for letter in word:
            if columns(piece + letter) > room:
                yield piece
                piece = ""
            piece += letter
        yield piece


def clean(line: Line) -> str:
    """A line's text, harmless."""
    return safe(text_of(line))


def padded(text: str, width: int, *, right: bool = False) -> str:
    """The text filled up to a width with spaces."""
    fill = " " * (width - columns(text))
    return fill + text if right else text + fill


def columns(text: str) -> int:
    """How many columns of a terminal a text takes."""
    if text.isascii():
        return len(text)
    return sum(0 if combining(sign) else 2 if east_asian_width(sign) in "WF" else 1 for sign in text)


def _one_line(text: str) -> str:
    return " ".join(text.split("\n"))
