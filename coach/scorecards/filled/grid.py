"""Files as sheets of cells, whatever the format; each fault is told with sheet and cell."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from coach.errors import UsageError
from coach.scorecards.cells import text_of

MOST_BYTES = 20_000_000
MOST_UNPACKED = 200_000_000
MOST_ROWS, MOST_COLUMNS = 2_000, 80
MOST_FAULTS = 200


class Fault(NamedTuple):
    """Something in a file that could not be taken as it stands; the rest is read."""

    sheet: str
    cell: str
    """Such as `F7`; empty for the sheet as a whole."""
    message: str

    def __str__(self) -> str:
        place = f"{self.sheet}!{self.cell}" if self.cell else self.sheet
        return f"{place}: {self.message}"


class Cell(NamedTuple):
    """A value with its place."""

    value: object
    name: str
    percent: bool = False
    """Whether the program shows its number as a percentage."""

    @property
    def text(self) -> str | None:
        """The value as text; None where it is empty."""
        return text_of(self.value)


@dataclass
class Grid:
    """One sheet."""

    name: str
    rows: list[list[Cell]]
    faults: list[Fault] = field(default_factory=list)


def cell_name(row: int, column: int) -> str:
    """The name of a cell, both counted from 0: `B1` for 0, 1."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"


def csv_grids(path: Path, content: bytes) -> list[Grid]:
    """The one sheet of a CSV file, with commas, semicolons or tabs. Raises `UsageError`."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(f"{path} is not UTF-8 (byte {error.start}): save it as “CSV UTF-8”") from None
    head = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=head.count)
    try:
        rows = _limited(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise UsageError(f"{path} is no table of CSV: {error}") from None
    cells = [[Cell(value, cell_name(r, c)) for c, value in enumerate(row)] for r, row in enumerate(rows)]
    return [Grid(path.name, cells)]


def _limited(rows: Iterable[list[str]]) -> list[list[str]]:
    return [row[:MOST_COLUMNS] for row, _ in zip(rows, range(MOST_ROWS), strict=False)]


def xlsx_grids(path: Path, content: bytes) -> list[Grid]:
    """The sheets of a workbook, with the values that its formulas last had. Raises `UsageError`."""
    try:
        import openpyxl
    except ModuleNotFoundError:
        raise UsageError("reading xlsx needs an extra: run `pip install 'metric-coach[xlsx]'`") from None
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MOST_UNPACKED:
                raise UsageError(f"{path} unpacks to more than {MOST_UNPACKED // 1_000_000} MB: no scorecard does")
            # No program writes one; it could name other files, or grow without bound.
            if any(b"<!DOCTYPE" in archive.read(name) for name in archive.namelist()):
                raise UsageError(f"{path} is no workbook that can be read: it declares entities of its own")
        book = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    except UsageError:
        raise
    except Exception as error:
        # openpyxl lets faults of XML, of the archive and of its own pass as they come.
        raise UsageError(f"{path} is no workbook that can be read: {' '.join(str(error).split())[:200]}") from None
    return [_grid(sheet) for sheet in book.worksheets]


def _grid(sheet: Any) -> Grid:
    rows = [
        [Cell(cell.value, cell.coordinate, "%" in str(cell.number_format)) for cell in row]
        for row in sheet.iter_rows(max_row=min(sheet.max_row, MOST_ROWS), max_col=min(sheet.max_column, MOST_COLUMNS))
    ]
    grid = Grid(sheet.title, rows)
    for place in sheet.merged_cells.ranges:
        if place.min_row > 4:
            grid.faults.append(Fault(sheet.title, str(place), "these cells are merged: the value counts for the first"))
    for cell in _cells(rows):
        if isinstance(cell.value, str) and cell.value.startswith("#") and cell.value.rstrip("!?/0AN").isupper():
            grid.faults.append(Fault(sheet.title, cell.name, f"the formula gives {cell.value}; taken as empty"))
    return grid


def _cells(rows: list[list[Cell]]) -> Iterator[Cell]:
    for row in rows:
        yield from row
