"""Sheets of a workbook: tables with a heading, cells to be filled in, drop-downs, colours that have words too."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from coach.export.prose import one_line
from coach.scorecards.cells import LONGEST, amount, neutral
from coach.scorecards.columns import MAIN, Column, Table

if TYPE_CHECKING:
    from coach.scorecards.model import Scorecard

_FONT = {"font_name": "Calibri", "font_size": 11, "valign": "top", "text_wrap": True}
_LINE = "#D3DAE3"
_INK, _QUIET, _ACCENT = "#18212F", "#566273", "#0B5D66"
_FORMATS: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 18, "font_color": _ACCENT, "text_wrap": False},
    "about": {"font_color": _QUIET, "text_wrap": False},
    "heading": {"bold": True, "font_size": 13, "font_color": _ACCENT, "text_wrap": False, "bottom": 2}
    | {"bottom_color": _ACCENT},
    "head": {"bold": True, "font_color": "#FFFFFF", "bg_color": _ACCENT, "border": 1, "border_color": _ACCENT},
    "text": {"border": 1, "border_color": _LINE, "font_color": _INK},
    "main": {"border": 1, "border_color": _LINE, "bold": True, "bg_color": "#E3F1F2"},
    "name": {"border": 1, "border_color": _LINE, "bold": True},
    "id": {"border": 1, "border_color": _LINE, "font_color": _QUIET, "font_size": 9},
    "fill": {"border": 1, "border_color": "#B9A46A", "bg_color": "#FFFBEB", "locked": False},
    "percent": {"border": 1, "border_color": "#B9A46A", "bg_color": "#FFFBEB", "locked": False, "num_format": "0.0#%"},
    "status": {"border": 1, "border_color": _LINE, "bold": True},
    "left": {"border": 1, "border_color": "#B9A46A", "align": "left", "num_format": "#,##0", "locked": False}
    | {"bg_color": "#FFFBEB"},
    "cases": {"border": 1, "border_color": _LINE, "num_format": "#,##0"},
    "share": {"border": 1, "border_color": _LINE, "num_format": "0%", "bold": True, "align": "left"},
    "plain": {},
}
_STATUS_COLOURS = {
    "past its floor": ("#A62B1F", "#FBE4E1"),
    "short of target": ("#854D00", "#FDF1DC"),
    "on target": ("#1B6E3C", "#E2F3E8"),
    "within limits": ("#1B6E3C", "#F1F8F3"),
    "not a number": ("#A62B1F", "#FBE4E1"),
    "not measured": (_QUIET, "#FFFFFF"),
    "no limits yet": (_QUIET, "#FFFFFF"),
}
_WRAPPED_AT = 1.05
"""Letters of this font to a unit of width, on the safe side."""


class Book:
    """A workbook and its formats."""

    def __init__(self, file: Any) -> None:
        self.file = file
        self.formats = {name: file.add_format({**_FONT, **how}) for name, how in _FORMATS.items()}

    def sheet(self, name: str, about: str, title: str = "") -> Sheet:
        """A sheet with a title line, and a line that says what it is for."""
        return Sheet(self, name, title or name, about)


class Sheet:
    """One sheet, written from top to bottom."""

    def __init__(self, book: Book, name: str, title: str, about: str) -> None:
        self.book, self.sheet = book, book.file.add_worksheet(name)
        self.at = 3
        """The next free row, from 0."""
        self._width: dict[int, int] = {}
        self._heads_at = 3
        self.sheet.hide_gridlines(2)
        self.sheet.write_string(0, 0, neutral(one_line(title)), book.formats["title"])
        self.sheet.write_string(1, 0, neutral(one_line(about)), book.formats["about"])
        self.sheet.set_row(0, 26)
        self.sheet.set_landscape()
        self.sheet.set_paper(9)
        self.sheet.fit_to_pages(1, 0)

    def table(
        self,
        table: Table,
        card: Scorecard,
        *,
        fractions: Sequence[bool] = (),
        gap: tuple[int, str, int] | None = None,
        spare: int = 0,
        note: str = "",
    ) -> int:
        """A table with its heading; the first row of its records, from 0.

        `fractions` says for each record whether its amounts are percentages, `gap` leaves a column free (its place,
        head and width), `spare` adds empty rows.
        """
        columns: list[Column | None] = list(table.columns)
        heads = [column.head for column in table.columns]
        widths = [column.width for column in table.columns]
        if gap is not None:
            columns.insert(gap[0], None)
            heads.insert(gap[0], gap[1])
            widths.insert(gap[0], gap[2])
        if table.name != table.sheet and table.name not in ("Metrics", "Definitions", "Events"):
            self.heading(table.name, note)
        self.widths(widths)
        self.heads(heads)
        first = self.at
        records = [*table.records(card), *[None] * spare]
        for number, record in enumerate(records):
            texts = []
            for place, column in enumerate(columns):
                if column is not None:
                    value = column.get(record) if record is not None else None
                    fraction = bool(fractions) and fractions[min(number, len(fractions) - 1)]
                    self._cell(place, column, record, value, fraction)
                    texts.append((place, "" if value is None else str(value)))
            self._height(texts)
            self.at += 1
        for place, column in enumerate(columns):
            if column is not None and column.choices:
                self.choices(first, place, self.at - 1, list(column.choices))
            elif column is not None and column.form == "choice":
                self.owner_choices(first, place, self.at - 1)
        self.at += 1
        return first

    def _cell(self, place: int, column: Column, record: Any, value: object, fraction: bool) -> None:
        yours = column.field is not None and getattr(record, "owned", True)
        looks = "fill" if yours else "id" if column.form == "key" and column.head == "Id" else "text"
        if not yours and column.head == "Metric":
            looks = "name"
        if not yours and getattr(record, "id", "") == MAIN:
            looks = "main"
        number = amount(str(value)) if column.form == "amount" and value is not None else None
        if yours and column.form == "amount" and (fraction or "%" in str(value)):
            looks = "percent"
        if value is None:
            self.sheet.write_blank(self.at, place, None, self.book.formats[looks])
        elif number is not None:
            self.sheet.write_number(self.at, place, number, self.book.formats[looks])
        else:
            text = neutral(one_line(str(value)))[:LONGEST]
            self.sheet.write_string(self.at, place, text, self.book.formats[looks])

    def _height(self, texts: Sequence[tuple[int, str]]) -> None:
        """Room for the longest text; programs that open the file do not make it themselves."""
        most = 1
        for place, text in texts:
            letters = max(4, self._width.get(place, 12) * _WRAPPED_AT)
            most = max(most, -(-len(text) // int(letters)))
        self.sheet.set_row(self.at, min(most, 26) * 15 + 3)

    def heading(self, text: str, note: str = "") -> None:
        """A heading between tables."""
        self.sheet.write_string(self.at, 0, text, self.book.formats["heading"])
        for place in range(1, 3):
            self.sheet.write_blank(self.at, place, None, self.book.formats["heading"])
        if note:
            self.sheet.write_string(self.at, 1, note, self.book.formats["heading"])
        self.sheet.set_row(self.at, 20)
        self.at += 1

    def heads(self, heads: Sequence[str]) -> None:
        """A line of column heads."""
        self._heads_at = self.at
        for place, head in enumerate(heads):
            self.sheet.write_string(self.at, place, head, self.book.formats["head"])
        self._height(list(enumerate(heads)))
        self.at += 1

    def row(self, cells: Sequence[object]) -> None:
        """A line of texts; the first is a name."""
        texts = [(place, "" if cell is None else one_line(str(cell))) for place, cell in enumerate(cells)]
        for place, text in texts:
            looks = self.book.formats["text" if place else "name"]
            self.sheet.write_string(self.at, place, neutral(text)[:LONGEST], looks)
        self._height(texts)
        self.at += 1

    def grid(self, row: int, column: int, title: str, heads: Sequence[str], rows: Sequence[Sequence[float]]) -> None:
        """A small table of numbers beside others; each of its rows starts with a share."""
        self.sheet.write_string(row, column, title, self.book.formats["heading"])
        for place, head in enumerate(heads):
            self.sheet.write_string(row + 1, column + place, head, self.book.formats["head"])
        for line, numbers in enumerate(rows, row + 2):
            for place, number in enumerate(numbers):
                looks = self.book.formats["cases" if place else "share"]
                self.sheet.write_number(line, column + place, number, looks)

    def formula(self, row: int, column: int, formula: str, value: object, looks: str = "status") -> None:
        """A formula with the value it has now, which programs show that do not calculate."""
        self.sheet.write_formula(row, column, formula, self.book.formats[looks], value)

    def amount(self, row: int, column: int, value: float | None, *, fraction: bool) -> None:
        """A number to be filled in."""
        looks = self.book.formats["percent" if fraction else "fill"]
        if value is None:
            self.sheet.write_blank(row, column, None, looks)
        else:
            self.sheet.write_number(row, column, value, looks)

    def name(self, row: int, column: int) -> str:
        """A cell by its name: `$B4`."""
        from xlsxwriter.utility import xl_rowcol_to_cell

        return str(xl_rowcol_to_cell(row, column, col_abs=True))

    def widths(self, widths: Sequence[int]) -> None:
        """Column widths; a later table does not make a column narrower."""
        for place, width in enumerate(widths):
            if width > self._width.get(place, 0):
                self._width[place] = width
                self.sheet.set_column(place, place, width)

    def choices(self, first: int, column: int, last: int, values: Sequence[str]) -> None:
        """A drop-down that warns of other values and lets them pass."""
        rule = {"validate": "list", "source": list(values), "error_type": "warning"}
        self.sheet.data_validation(first, column, last, column, rule)

    def owner_choices(self, first: int, column: int, last: int) -> None:
        """A drop-down with the names on the sheet of owners."""
        rule = {"validate": "list", "source": "=Owners", "error_type": "information", "show_error": False}
        self.sheet.data_validation(first, column, last, column, rule)

    def colour_status(self, first: int, column: int, last: int) -> None:
        """Colours by the words of the status."""
        for words, (ink, paper) in _STATUS_COLOURS.items():
            looks = self.book.file.add_format({"font_color": ink, "bg_color": paper})
            rule = {"type": "cell", "criteria": "==", "value": f'"{words}"', "format": looks}
            self.sheet.conditional_format(first, column, last, column, rule)

    def freeze(self, columns: int = 1) -> None:
        """Keep heads and first columns in sight, and on every printed page."""
        self.sheet.freeze_panes(self._heads_at + 1, columns)
        self.sheet.repeat_rows(self._heads_at)

    def filter(self, row: int, column: int, last_row: int, last_column: int) -> None:
        """Arrows for sorting and filtering."""
        self.sheet.autofilter(row, column, last_row, last_column)

    def protect(self) -> None:
        """Lock what is not to be filled in, without a password."""
        options = {
            "autofilter": True,
            "sort": True,
            "format_columns": True,
            "format_rows": True,
            "select_locked_cells": True,
        }
        self.sheet.protect("", options)
