"""A filled scorecard from a file: the knowledge's scorecard with what the owner has written laid over it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from coach.errors import UnknownIdError, UsageError
from coach.files import read_limited
from coach.knowledge.base import Base
from coach.scorecards.build import build
from coach.scorecards.cells import amount, amount_in_words
from coach.scorecards.columns import MAIN, Column, Filled, Measured, Table, measured
from coach.scorecards.filled.grid import MOST_BYTES, Cell, Fault, Grid, csv_grids, xlsx_grids
from coach.scorecards.filled.own_metrics import OwnMetric, with_own_metrics
from coach.scorecards.model import SCHEMA_VERSION, Scorecard
from coach.scorecards.plan_parts import LogEntry, Owner
from coach.scorecards.product import Product
from coach.scorecards.tables import ABOUT, DEFINITION, LOG, METRICS, ONE_TABLE, OWNERS, TABLES

_MOST_BLANK = 60
_ERRORS = ("#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#N/A", "#NUM!", "#NULL!")


@dataclass(frozen=True)
class Reading:
    """What a file gave."""

    card: Scorecard
    faults: tuple[Fault, ...]
    tables: frozenset[str]
    """The tables that the file has; what it lacks says nothing of the owner."""
    own: tuple[OwnMetric, ...] = ()
    """Metrics that the owner has added and the catalog does not know."""
    knowledge: str = ""
    """The digest of the knowledge that the file was made from."""
    shown: tuple[tuple[str, str, str, str], ...] = ()
    """Definitions as the file has them: id, head, cell and text."""


def read(base: Base, path: Path, id_: str | None = None) -> Reading:
    """A filled scorecard from `.xlsx`, `.csv` or `.json`. `id_` says what it was made for, if the file does not.

    Raises `UsageError` for files that are no scorecard at all.
    """
    content = read_limited(path, MOST_BYTES, "scorecard")
    match path.suffix.lower():
        case ".json":
            return _json(path, content)
        case ".csv" | ".tsv":
            grids = csv_grids(path, content)
        case ".xlsx" | ".xlsm":
            grids = xlsx_grids(path, content)
        case other:
            raise UsageError(f"{path}: a filled scorecard is an .xlsx, .csv or .json file, not {other or 'this'}")
    return _Reader(base, path, grids, id_).read()


def _json(path: Path, content: bytes) -> Reading:
    try:
        card = Scorecard.model_validate_json(content)
    except ValidationError as refusal:
        if any(error["type"] == "json_invalid" for error in refusal.errors()):
            raise UsageError(f"{path} is no JSON: {refusal.errors()[0]['msg']}") from None
        faults = [
            f"{'.'.join(map(str, error['loc']))}: {error['msg'].lower()}" for error in refusal.errors(include_url=False)
        ]
        more = f"\n… and {len(faults) - 10} more" if len(faults) > 10 else ""
        raise UsageError(
            f"{path} is no scorecard of shape {SCHEMA_VERSION}:\n" + "\n".join(faults[:10]) + more
        ) from None
    shown = tuple(
        (line.id, column.head, "", " ".join(str(value).split()))
        for line in measured(card)
        if line.id != MAIN
        for column in DEFINITION
        if (value := column.get(line)) is not None
    )
    return Reading(card, (), frozenset(table.name for table in TABLES), (), card.knowledge, shown)


@dataclass(frozen=True)
class _Found:
    """A table in a file: its columns by head and its lines."""

    table: Table
    grid: Grid
    heads: dict[str, int]
    place: str
    lines: list[list[Cell]]

    def cell(self, line: Sequence[Cell], head: str) -> Cell:
        """A cell of a line; an empty one where the column is missing or the line too short."""
        column = self.heads.get(head)
        return line[column] if column is not None and column < len(line) else Cell(None, line[0].name if line else "")


class _Reader:
    """One file on its way into a scorecard."""

    def __init__(self, base: Base, path: Path, grids: list[Grid], id_: str | None) -> None:
        self._base, self._path, self._grids, self._id = base, path, grids, id_
        self._faults: list[Fault] = [fault for grid in grids for fault in grid.faults]
        self._one = len(grids) == 1 and path.suffix.lower() in (".csv", ".tsv")

    def read(self) -> Reading:
        """Everything that can be taken, and every fault."""
        found = [one for table in self._tables() if (one := self._find(table)) is not None]
        if not found:
            heads = ", ".join(column.head for column in METRICS.columns[:4])
            raise UsageError(f"{self._path} has no table of a scorecard: a line with {heads} … was looked for")
        about = self._about(found)
        card = self._card(about)
        own: list[OwnMetric] = []
        shown: list[tuple[str, str, str, str]] = []
        for one in found:
            card = self._overlay(card, one, own, shown)
        missing = {table.name for table in self._tables()} - {one.table.name for one in found}
        for table in self._tables():
            if table.name in missing:
                self._fault(table.sheet, "", f"the table “{table.name}” is missing: nothing of it was read")
        return Reading(
            with_own_metrics(card, own),
            tuple(self._faults),
            frozenset(one.table.name for one in found),
            tuple(own),
            about.get("Knowledge", ""),
            tuple(shown),
        )

    def _tables(self) -> tuple[Table, ...]:
        return (replace(METRICS, columns=ONE_TABLE),) if self._one else TABLES

    def _fault(self, sheet: str, cell: str, message: str) -> None:
        self._faults.append(Fault(sheet, cell, message))

    # Finding tables

    def _find(self, table: Table) -> _Found | None:
        """A table by its line of heads: that of its first column, and one more at least."""
        known = {column.head for column in table.columns}
        first = table.columns[0].head
        for grid in self._in_order(table):
            for number, row in enumerate(grid.rows):
                heads = {cell.text: place for place, cell in enumerate(row) if cell.text is not None}
                if first in heads and len(known & set(heads)) >= min(2, len(known)):
                    lines = self._lines(grid.rows[number + 1 :], table)
                    found = _Found(table, grid, {str(head): place for head, place in heads.items()}, row[0].name, lines)
                    self._missing_columns(found)
                    return found
        return None

    def _in_order(self, table: Table) -> Iterator[Grid]:
        """The sheet that the table belongs on, then the others: sheets are renamed."""
        yield from sorted(self._grids, key=lambda grid: grid.name != table.sheet)

    def _lines(self, rows: list[list[Cell]], table: Table) -> list[list[Cell]]:
        """The lines of a table: to the first empty one where others follow on the sheet, else nearly to its end."""
        alone = self._one or sum(other.sheet == table.sheet for other in TABLES) == 1
        lines = []
        blank = 0
        for row in rows:
            if all(cell.text is None for cell in row):
                blank += 1
                if blank > (_MOST_BLANK if alone else 0):
                    break
                continue
            lines.append(row)
        return lines

    def _missing_columns(self, found: _Found) -> None:
        for column in found.table.columns:
            if column.head not in found.heads and (column.field or column.form == "key"):
                self._fault(found.grid.name, found.place, f"the column “{column.head}” is missing from this line on")

    # What the file was made for

    def _about(self, found: list[_Found]) -> dict[str, str]:
        if self._one:
            one = found[0]
            return {
                head: text
                for head in ABOUT
                for line in one.lines[:1]
                if (text := one.cell(line, head).text) is not None
            }
        for grid in self._grids:
            for number, row in enumerate(grid.rows):
                if len(row) > 1 and (row[0].text, row[1].text) == ("About", "Value"):
                    rest = grid.rows[number + 1 :]
                    return {line[0].text: line[1].text for line in rest if line[0].text and line[1].text}
        return {}

    def _card(self, about: dict[str, str]) -> Scorecard:
        id_ = self._id or about.get("Scorecard of")
        if id_ is None:
            raise UsageError(f"{self._path} does not say what it was made for: name it with --of ARCHETYPE-or-CASE")
        try:
            card = build(self._base, id_)
        except UnknownIdError as unknown:
            raise UsageError(
                f"{self._path} was made for {id_!r}, which is not known here ({unknown}); see --of"
            ) from None
        title = about.get("Product")
        if title is None or title == card.title:
            return card
        return build(self._base, id_, self._product(title))

    def _product(self, title: str) -> Product:
        """The product's own words, from the sheet that repeats them."""
        said: dict[str, Any] = {}
        names = {"The product": "summary", "The job it is hired for": "job", "Who pays": "payer"}
        lists = {"Who uses it": "users", "Who is affected": "affected"}
        for grid in self._grids:
            for row in grid.rows:
                text = row[1].text if len(row) > 1 else None
                label = row[0].text if row else None
                if text and label in names:
                    said.setdefault(names[label], text)
                elif text and label in lists:
                    said.setdefault(lists[label], tuple(part for part in text.split("; ") if part.strip()))
        return Product(name=title, **said)

    # Laying the owner's words over

    def _overlay(
        self, card: Scorecard, found: _Found, own: list[OwnMetric], shown: list[tuple[str, str, str, str]]
    ) -> Scorecard:
        table = found.table
        assert table.put is not None
        if table.name == LOG.name:
            return table.put(card, self._log(found))
        records = {table.key(record): record for record in table.records(card)}
        seen: dict[tuple[str, ...], str] = {}
        for line in found.lines:
            cells = [found.cell(line, column.head) for column in table.keys]
            key = tuple(cell.text or "" for cell in cells)
            if not any(key):
                if any(found.cell(line, column.head).text for column in table.columns if column.field):
                    self._fault(
                        found.grid.name, cells[0].name, f"this line has no {table.keys[0].head.lower()}: not read"
                    )
                continue
            if key in seen:
                self._fault(found.grid.name, cells[0].name, f"“{key[0]}” stands in {seen[key]} already: not read again")
                continue
            seen[key] = cells[0].name
            if key not in records and table.name == OWNERS.name:
                records[key] = Owner(role=key[0], answers_for=found.cell(line, "Answers for").text or "")
            if key not in records:
                self._unknown(found, line, key, cells[0], own)
                continue
            records[key] = self._filled(found, line, records[key])
            if table.name in (METRICS.name, "Definitions"):
                shown += [
                    (key[0], column.head, f"{found.grid.name}!{cell.name}", cell.text)
                    for column in table.columns
                    if column.field is None and column.form != "key" and (cell := found.cell(line, column.head)).text
                ]
        if not table.grows:
            for key in records.keys() - seen.keys():
                self._fault(found.grid.name, found.place, f"the line of “{' / '.join(key)[:80]}” is missing")
        return table.put(card, list(records.values()))

    def _unknown(self, found: _Found, line: list[Cell], key: tuple[str, ...], cell: Cell, own: list[OwnMetric]) -> None:
        if found.table.name not in (METRICS.name, "Definitions"):
            # The tables of a sheet stand one below another, and headings between them are no lines.
            if len([one for one in line if one.text]) > 1:
                self._fault(found.grid.name, cell.name, f"“{key[0][:60]}” is no line of “{found.table.name}”: not read")
            return
        texts = {head: found.cell(line, head).text for head in found.heads}
        known = next((metric for metric in own if metric.id == key[0]), None)
        if known is not None:
            known.texts.update({head: text for head, text in texts.items() if text})
        else:
            own.append(OwnMetric(key[0], f"{found.grid.name}!{cell.name}", {h: t for h, t in texts.items() if t}))

    def _filled(self, found: _Found, line: list[Cell], record: Any) -> Any:
        update = {}
        for column in found.table.columns:
            if column.field is None or column.head not in found.heads or not getattr(record, "owned", True):
                continue
            cell = found.cell(line, column.head)
            update[column.field] = self._value(found.grid.name, column, cell, record)
        if isinstance(record, Measured):
            return replace(record, yours=record.yours.model_copy(update=update))
        if isinstance(record, Filled):
            return replace(record, value=update.get("value", record.value))
        return record.model_copy(update=update) if isinstance(record, BaseModel) else replace(record, **update)

    def _value(self, sheet: str, column: Column, cell: Cell, record: Any) -> str | None:
        text = cell.text
        if text is None or text in _ERRORS or text == "☐":
            return None
        label = getattr(record, "name", "")
        share = isinstance(record, Filled) and label in ("baseline", "smallest_effect")
        if share and isinstance(cell.value, (int, float)) and not isinstance(cell.value, bool):
            words = amount_in_words(float(cell.value), fraction=True)
            return f"{words[:-1]} points" if label == "smallest_effect" else words
        if isinstance(record, Filled) and label == "sample_size" and isinstance(cell.value, (int, float)):
            return f"{cell.value:,.0f} per arm"
        if column.form == "amount" and isinstance(record, Measured):
            return self._amount(sheet, column, cell, record)
        if column.choices and text not in column.choices:
            self._fault(
                sheet, cell.name, f"{column.head}: {text!r} is none of {', '.join(column.choices)}; kept as it is"
            )
        return text

    def _amount(self, sheet: str, column: Column, cell: Cell, record: Measured) -> str | None:
        if isinstance(cell.value, bool):
            self._fault(sheet, cell.name, f"{column.head} is true or false, where a number belongs: left out")
            return None
        number = float(cell.value) if isinstance(cell.value, (int, float)) else amount(cell.text)
        if number is None:
            self._fault(sheet, cell.name, f"{column.head}: {(cell.text or '')[:40]!r} is no number; kept as text")
            return cell.text
        if record.fraction and record.row is not None and record.row.values == "0% to 100%" and not 0 <= number <= 1:
            hint = f": {number:g}% is meant?" if 1 < number <= 100 else ""
            self._fault(sheet, cell.name, f"{column.head}: {number:g} is not between 0% and 100%{hint}")
        return amount_in_words(number, fraction=record.fraction or cell.percent or "%" in (cell.text or ""))

    def _log(self, found: _Found) -> list[LogEntry]:
        entries = []
        for line in found.lines:
            texts = {c.field: found.cell(line, c.head).text for c in found.table.columns if c.field}
            if any(texts.values()):
                entries.append(LogEntry.model_validate(texts))
        return entries
