"""A filled scorecard held against the catalog as it is now, and against an earlier version of itself."""

from __future__ import annotations

from typing import NamedTuple

from coach.knowledge.base import Base
from coach.scorecards.build import build
from coach.scorecards.cells import original
from coach.scorecards.columns import Table, measured
from coach.scorecards.filled.read import Reading
from coach.scorecards.tables import DEFINITION, DEFINITIONS, LOG, METRICS, TABLES


class Difference(NamedTuple):
    """What a file says otherwise than the catalog does."""

    place: str
    metric: str
    what: str
    here: str
    """Empty where the file lacks it."""
    catalog: str
    """Empty where the catalog does not know the metric."""


class Change(NamedTuple):
    """What the owner has changed since an earlier version."""

    table: str
    line: str
    what: str
    before: str | None
    after: str | None


def against_catalog(base: Base, reading: Reading) -> list[Difference]:
    """Definitions that were changed by hand or that the catalog has changed since, and metrics it does not know."""
    now = {line.id: line for line in measured(build(base, reading.card.id))}
    columns = {column.head: column for column in DEFINITION}
    found = [
        Difference(own.place, own.id, "metric", own.name, "nearest: " + ", ".join(base.metrics.nearest(own.id)))
        for own in reading.own
    ]
    here = set()
    for id_, head, cell, text in reading.shown:
        here.add(id_)
        if id_ in now and head in columns:
            value = columns[head].get(now[id_])
            catalog = "" if value is None else " ".join(str(value).split())
            if text != catalog:
                found.append(Difference(cell, id_, head, text, catalog))
        elif id_ not in now and id_ not in base.metrics:
            here.discard(id_)
    missing = [line for id_, line in now.items() if here and id_ not in here and line.row is not None and id_ != "main"]
    return found + [Difference("", line.id, "metric", "", line.name) for line in missing]


def against_earlier(now: Reading, earlier: Reading) -> list[Change]:
    """Every cell of the owner's that differs, table by table; tables that one of the files lacks are left out."""
    changes: list[Change] = []
    for table in TABLES:
        if table.name == DEFINITIONS.name and METRICS.name in now.tables & earlier.tables:
            # Both tables hold the same metrics, so only one tells which were added.
            told = ("added", "removed")
            changes += [change for change in _changed(table, now, earlier) if change.what not in told]
        elif table.name in now.tables & earlier.tables:
            changes += _log(now, earlier) if table.name == LOG.name else _changed(table, now, earlier)
    return changes


def _changed(table: Table, now: Reading, earlier: Reading) -> list[Change]:
    before = {table.key(record): record for record in table.records(earlier.card)}
    after = {table.key(record): record for record in table.records(now.card)}
    found = []
    for key, record in after.items():
        line = original(" / ".join(key))
        if key not in before:
            found.append(Change(table.name, line, "added", None, line))
            continue
        for column in table.columns:
            old, new = column.get(before[key]), column.get(record)
            if column.field is not None and old != new:
                said = [None if value is None else str(value) for value in (old, new)]
                found.append(Change(table.name, line, column.head, said[0], said[1]))
    gone = [" / ".join(key) for key in before if key not in after]
    return found + [Change(table.name, line, "removed", line, None) for line in gone]


def _log(now: Reading, earlier: Reading) -> list[Change]:
    fresh = [entry for entry in now.card.log if entry not in earlier.card.log]
    gone = [entry for entry in earlier.card.log if entry not in now.card.log]
    return [
        *(Change(LOG.name, entry.date or "", "added", None, entry.decision) for entry in fresh),
        *(Change(LOG.name, entry.date or "", "removed", entry.decision, None) for entry in gone),
    ]
