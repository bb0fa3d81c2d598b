"""A page as plain text: nothing but letters, spaces and line feeds, readable aloud and by other programs."""

from __future__ import annotations

from collections.abc import Iterator

from coach.cli.layout.blocks import Grid, Line, Page, fitted, stacked, text_of
from coach.cli.layout.flow import apart, clean, columns, lines, padded, wrapped

_GAP = "  "


def plain_lines(page: Page, width: int, table_width: int | None) -> Iterator[str]:
    """The page line by line, wrapped at `width`; tables at `table_width`, or not at all."""
    for number, block in enumerate(page):
        if number and apart(page[number - 1], block):
            yield ""
        if isinstance(block, Grid):
            yield from _table(block, width, table_width)
        else:
            yield from (text_of(line).rstrip() for line in lines(block, width))


def _table(grid: Grid, width: int, table_width: int | None) -> Iterator[str]:
    if table_width is not None:
        fitting = fitted(grid, table_width)
        if fitting is None:
            yield from plain_lines(stacked(grid), width, table_width)
            return
        grid = fitting
    cells = [[_one_line(cell) for cell in row] for row in grid.rows]
    header = [column.name.upper() for column in grid.columns]
    widths = [max(columns(row[number]) for row in (header, *cells)) for number in range(len(header))]
    if table_width is not None:
        widths = _squeezed(grid, widths, table_width)
    for row in (header, *cells):
        stack = [
            [text_of(line) for line in wrapped(cell, room)] if column.least is not None and table_width else [cell]
            for cell, column, room in zip(row, grid.columns, widths, strict=True)
        ]
        for level in range(max(map(len, stack))):
            yield _GAP.join(
                padded(cell[level] if level < len(cell) else "", room, right=column.right)
                for cell, column, room in zip(stack, grid.columns, widths, strict=True)
            ).rstrip()


def _squeezed(grid: Grid, widths: list[int], room: int) -> list[int]:
    """The widths with what is too much taken from the widest columns that may be wrapped."""
    widths = list(widths)
    wrapping = [number for number, column in enumerate(grid.columns) if column.least is not None]
    excess = sum(widths) + len(_GAP) * (len(widths) - 1) - room
    for _ in range(excess):
        widths[max(wrapping, key=lambda number: widths[number])] -= 1
    return widths


def _one_line(cell: Line) -> str:
    return " ".join(text_of(clean(cell)).split("\n"))
