"""A page for a terminal, with colours and drawn tables."""

from __future__ import annotations

import io
from itertools import groupby

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text
from rich.theme import Theme

from coach.cli.layout.blocks import Grid, Page, fitted, stacked
from coach.cli.layout.flow import SetLine, apart, clean, lines

WIDEST_PROSE = 100
"""Longer lines are hard to read; tables take the whole screen."""
_GAP = 1
"""Beside the one column that a table draws between cells."""
_THEME = Theme(
    {
        "title": "bold",
        "heading": "bold blue",
        "strong": "bold",
        "quiet": "dim",
        "good": "green",
        "fair": "yellow",
        "poor": "red",
        "name": "cyan",
    }
)


def coloured(page: Page, width: int) -> str:
    """The page as text with colour codes, at most `width` columns wide but for ids that are wider."""
    stream = io.StringIO()
    console = Console(
        file=stream, width=width, theme=_THEME, force_terminal=True, highlight=False, markup=False, emoji=False
    )
    _print(console, page)
    return stream.getvalue()


def _print(console: Console, page: Page) -> None:
    for number, block in enumerate(page):
        if number and apart(page[number - 1], block):
            console.print()
        if isinstance(block, Grid):
            _table(console, block)
        else:
            for line in lines(block, min(console.width, WIDEST_PROSE)):
                # The lines are set already; one with an id that is too long for the screen goes out whole.
                console.print(_text(line), no_wrap=True, overflow="ignore", crop=False)


def _table(console: Console, grid: Grid) -> None:
    fitting = fitted(grid, console.width)
    if fitting is None:
        _print(console, stacked(grid))
        return
    table = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, _GAP, 0, 0), header_style="bold")
    for column in fitting.columns:
        whole = column.least is None
        table.add_column(column.name, no_wrap=whole, overflow="fold", justify="right" if column.right else "left")
    for row in fitting.rows:
        table.add_row(*(_text(clean(cell)) for cell in row))
    console.print(table)


def _text(line: SetLine) -> Text:
    # Neighbours of one style become one piece, so that a line has as few codes as it can.
    pieces = groupby(line, key=lambda run: run.style)
    return Text.assemble(*(("".join(run.text for run in same), style) for style, same in pieces))
