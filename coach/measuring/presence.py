"""Why a metric cannot be computed from the events at hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from coach.knowledge.models.formula import Derived, MetricRef, Procedure
from coach.knowledge.models.metric import Metric
from coach.knowledge.nearest import did_you_mean
from coach.measuring.event_files import EventData
from coach.measuring.fields import events_read
from coach.measuring.layout import Layout
from coach.measuring.names import identifier, literal, table

_WHOLE_NUMBERS = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT")
_NUMBER_TYPES = (*_WHOLE_NUMBERS, "UHUGEINT", "FLOAT", "DOUBLE", "DECIMAL", "REAL")


class Presence:
    """What the events hold, asked of each table and column once."""

    def __init__(self, data: EventData, layout: Layout, by: tuple[str, ...] = ()) -> None:
        self._data, self._layout, self._by = data, layout, by
        self._names: dict[tuple[str, str], dict[str, int]] = {}
        self._filled: dict[tuple[str, str], bool] = {}

    def lacks(self, metric: Metric, catalog: Mapping[str, Metric]) -> str | None:
        """The first thing that is missing, in words; None where the metric can be computed."""
        if procedure := _procedure_in(metric, catalog):
            return f"events alone cannot give {procedure}"
        for entry in events_read([metric], catalog).values():
            if fault := self._event(entry.event):
                return fault
            for field in dict.fromkeys([*entry.types, *self._by]):
                if fault := self._field(entry.event, field, entry.types.get(field) in ("integer", "number")):
                    return fault
        return None

    def _event(self, event: str) -> str | None:
        name = self._layout.table(event)
        if name not in self._data.tables:
            return f"no file for the table {name}, which should hold {event}{_maybe(name, self._data.tables)}"
        columns = self._data.tables[name]
        if self._layout.time(event) not in columns:
            time = self._layout.time(event)
            return f"{event} has no time: there is no column {time}{_maybe(time, columns)}"
        logged = self._layout.logged_name(event)
        if logged is None:
            return None
        column = self._layout.event_column
        if column not in columns:
            return f"there is no column {column} with the events' names{_maybe(column, columns)}"
        names = self._logged(name, column)
        if logged not in names:
            return f"no event {logged} in the data: not logged, or it never happened{_maybe(logged, names)}"
        return None

    def _logged(self, name: str, column: str) -> dict[str, int]:
        if (name, column) not in self._names:
            found = self._data.connection.execute(
                f"SELECT CAST({identifier(column)} AS VARCHAR), COUNT(*) FROM {table(name)} GROUP BY 1"
            ).fetchall()
            self._names[name, column] = {value: count for value, count in found if value is not None}
        return self._names[name, column]

    def _field(self, event: str, field: str, is_number: bool) -> str | None:
        name, column = self._layout.table(event), self._layout.column(event, field)
        columns = self._data.tables[name]
        said = field if column == field else f"{field} (column {column})"
        if column not in columns:
            return f"{event} has no field {said}{_maybe(column, columns)}"
        if not self._has_values(event, column):
            return f"the field {said} is empty on every {event}"
        if is_number and columns[column].partition("(")[0] not in _NUMBER_TYPES:
            return f"the field {said} of {event} holds {columns[column].lower()}, and numbers are needed"
        return None

    def _has_values(self, event: str, column: str) -> bool:
        if (event, column) not in self._filled:
            logged = self._layout.logged_name(event)
            rows = "" if logged is None else f" AND {identifier(self._layout.event_column)} = {literal(logged)}"
            found = self._data.connection.execute(
                f"SELECT 1 FROM {table(self._layout.table(event))} WHERE {identifier(column)} IS NOT NULL{rows} LIMIT 1"
            ).fetchone()
            self._filled[event, column] = found is not None
        return self._filled[event, column]


def _procedure_in(metric: Metric, catalog: Mapping[str, Metric]) -> str:
    if isinstance(metric.formula, Procedure):
        return f"it; `coach show {metric.id}` says how it is obtained"
    if isinstance(metric.formula, Derived):
        for term in metric.formula.terms.values():
            if isinstance(term, MetricRef) and (inner := _procedure_in(catalog[term.metric], catalog)):
                return inner.replace("it;", f"{term.metric}, of which it is made;", 1)
    return ""


def _maybe(name: str, known: Iterable[str]) -> str:
    hint = did_you_mean(name, known)
    return f"; {hint}" if hint else ""
