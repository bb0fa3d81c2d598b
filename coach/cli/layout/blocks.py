"""What pages are made of. Text in them may come from outside: whoever prints a page makes it harmless."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple, TypeAlias, TypeVar

T = TypeVar("T")

Style = Literal["", "title", "heading", "strong", "quiet", "good", "fair", "poor", "name"]


class Run(NamedTuple):
    """A piece of a line in one style; the words alone must say all that the style says."""

    text: str
    style: Style = ""


Line: TypeAlias = str | Run | Sequence[str | Run]
"""One line of text, of one piece or several."""


class Title(NamedTuple):
    """What the page is about, with a quiet remark."""

    text: Line
    note: str = ""


class Heading(NamedTuple):
    """The name of a section; what follows is set in under it."""

    text: str


class Prose(NamedTuple):
    """A paragraph, or several with empty lines between; `indent` in columns."""

    text: Line
    indent: int = 2


class Verbatim(NamedTuple):
    """Text whose lines are kept, long ones wrapped."""

    text: str
    indent: int = 2


class Fixed(NamedTuple):
    """One line that is not wrapped."""

    text: Line
    indent: int = 2


class Bullets(NamedTuple):
    """A list."""

    items: Sequence[Line]
    indent: int = 2


class Facts(NamedTuple):
    """Names and values, the values one under the other."""

    rows: Sequence[tuple[str, Line]]
    indent: int = 2


class Column(NamedTuple):
    """A column of a table."""

    name: str
    least: int | None = None
    """The narrowest it may be wrapped to; nothing where it must not be wrapped."""
    right: bool = False
    optional: bool = False
    """Left out where the screen is too narrow, the last one first."""


class Grid(NamedTuple):
    """A table."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[Line]]


Block: TypeAlias = Title | Heading | Prose | Verbatim | Fixed | Bullets | Facts | Grid
Page: TypeAlias = Sequence[Block]


def runs(line: Line) -> tuple[Run, ...]:
    """The pieces of a line."""
    if isinstance(line, Run):
        return (line,)
    if isinstance(line, str):
        return (Run(line),)
    return tuple(piece if isinstance(piece, Run) else Run(piece) for piece in line)


def text_of(line: Line) -> str:
    """A line without its styles."""
    return "".join(run.text for run in runs(line))


def names(ids: Sequence[str]) -> Line:
    """Ids on one line, with commas between."""
    pieces: list[str | Run] = []
    for id_ in ids:
        pieces += [", "] if pieces else []
        pieces.append(Run(id_, "name"))
    return tuple(pieces)


def stacked(grid: Grid) -> Page:
    """A table that is too wide, as one short paragraph a row."""
    blocks: list[Block] = []
    for first, *rest in grid.rows:
        blocks.append(Fixed(first, 0))
        blocks.append(Facts([(column.name, cell) for column, cell in zip(grid.columns[1:], rest, strict=True)]))
    return blocks


def fitted(grid: Grid, width: int) -> Grid | None:
    """The table with as many columns as a screen has room for; nothing if not even the necessary ones fit."""
    while _narrowest(grid) > width:
        optional = [number for number, column in enumerate(grid.columns) if column.optional]
        if not optional:
            return None
        grid = _without(grid, optional[-1])
    return grid


def _narrowest(grid: Grid) -> int:
    """The least room a table takes, with two columns between cells."""
    total = 2 * (len(grid.columns) - 1)
    for number, column in enumerate(grid.columns):
        widest = max([len(column.name), *(len(text_of(row[number])) for row in grid.rows)])
        total += widest if column.least is None else min(widest, column.least)
    return total


def _without(grid: Grid, number: int) -> Grid:
    def cut(row: Sequence[T]) -> list[T]:
        return [*row[:number], *row[number + 1 :]]

    return Grid(cut(grid.columns), [cut(row) for row in grid.rows])
