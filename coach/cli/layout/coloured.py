"""A page for a terminal, with colours and drawn tables."""

from __future__ import annotations

import io

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text
from rich.theme import Theme

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
    runs,
    stacked,
)
from coach.cli.layout.plain import stands_apart
from coach.cli.output import safe

WIDEST_PROSE = 100
"""Longer lines are hard to read; tables take the whole screen."""
_THEME = Theme(
    {
        "strong": "bold",
        "quiet": "dim",
        "good": "green",
        "fair": "yellow",
        "poor": "red",
        "name": "cyan",
        "heading": "bold blue",
    }
)
_GAP = 1
"""Beside the one column that the table draws between cells."""


def coloured(page: Page, width: int) -> str:
    """The page as text with colour codes, at most `width` columns wide but for ids that are wider."""
    stream = io.StringIO()
    console = Console(
        file=stream,
        width=width,
        theme=_THEME,
        force_terminal=True,
        highlight=False,
        markup=False,
        emoji=False,
    )
    for number, block in enumerate(page):
        if number and stands_apart(page[number - 1], block):
            console.print()
        _print(console, block, min(width, WIDEST_PROSE))
    return stream.getvalue()


def _print(console: Console, block: Block, width: int) -> None:
    match block:
        case Title(text=text, note=note):
            title = _text(text)
            title.stylize("bold")
            console.print(title, width=width)
            if note:
                console.print(Text(safe(note), "quiet"), width=width)
        case Heading(text=text):
            console.print(Text(safe(text).upper(), "heading"), width=width)
        case Prose(text=text, indent=indent):
            for number, paragraph in enumerate(_paragraphs(text)):
                if number:
                    console.print()
                console.print(Padding(paragraph, (0, 0, 0, indent)), width=width)
        case Verbatim(text=text, indent=indent):
            console.print(Padding(Text(safe(text)), (0, 0, 0, indent)), width=width)
        case Fixed(text=text, indent=indent):
            console.print(Text(" " * indent) + _text(text), no_wrap=True, overflow="ignore", crop=False)
        case Bullets(items=items, indent=indent):
            _facts(console, [(Text("•", "quiet"), _text(item)) for item in items], indent, width, gap=1)
        case Facts(rows=rows, indent=indent):
            _facts(
                console,
                [(Text(safe(name), "quiet"), _text(value)) for name, value in rows],
                indent,
                width,
                gap=2,
            )
        case Grid():
            _table(console, block, width)


def _facts(console: Console, rows: list[tuple[Text, Text]], indent: int, width: int, *, gap: int) -> None:
    grid = Table.grid(padding=(0, gap, 0, 0))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for row in rows:
        grid.add_row(*row)
    console.print(Padding(grid, (0, 0, 0, indent)), width=width)


def _table(console: Console, grid: Grid, width: int) -> None:
    fitting = fitted(grid, console.width)
    if fitting is None:
        for number, block in enumerate(blocks := stacked(grid)):
            if number and stands_apart(blocks[number - 1], block):
                console.print()
            _print(console, block, width)
        return
    table = Table(
        box=SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, _GAP, 0, 0), header_style="bold"
    )
    for column in fitting.columns:
        table.add_column(
            column.name,
            no_wrap=column.least is None,
            overflow="fold",
            justify="right" if column.right else "left",
        )
    for row in fitting.rows:
        table.add_row(*(_text(cell) for cell in row))
    console.print(table)


def _paragraphs(line: Line) -> list[Text]:
    """The paragraphs of a text with single line feeds as spaces."""
    text = _text(line)
    return [Text(" ").join(paragraph.split("\n")) for paragraph in text.split("\n\n")]


def _text(line: Line) -> Text:
    return Text.assemble(*((safe(run.text), run.style) for run in runs(line)))
