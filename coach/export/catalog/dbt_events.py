"""The table of events that a dbt project builds: from a seed of made-up events, or from a team's own tables."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from coach.knowledge.field_types import Type
from coach.knowledge.models.metric import Metric
from coach.measuring.evaluate import AT, EVENT
from coach.measuring.fields import EventFields, events_read, one_table
from coach.measuring.layout import USER, EventPlace, Layout
from coach.measuring.names import identifier, is_reserved, literal, table
from coach.measuring.sample import ID, PLAN, sample_events

SEED = "sample_events"
MODEL = "metric_events"
DAY = "event_day"
"""The event's day, for windows that count days."""
STANDARD: Mapping[str, str] = {ID: "string", EVENT: "string", AT: "timestamp", USER: "string", PLAN: "string"}
_TYPES: Mapping[Type, str] = {"boolean": "boolean", "integer": "int", "number": "float", "text": "string"}
_FREE = frozenset({ID, EVENT, AT, DAY})


@dataclass(frozen=True)
class EventTable:
    """The columns of the built table, and where each event finds its fields in it."""

    columns: Mapping[str, str]
    """Column to dbt's name of its type, the standard columns first."""
    layout: Layout
    events: Mapping[str, EventFields]


def event_table(metrics: tuple[Metric, ...], catalog: Mapping[str, Metric]) -> EventTable:
    """The table that these metrics need. No column's name is a reserved word, so none needs quotes."""
    events = events_read(metrics, catalog)
    shared = one_table(events)
    safe = {column: _safe(column) for column in shared.columns}
    places = {}
    for event, entry in events.items():
        columns = {name: safe[shared.layout.column(event, name)] for name in entry.types}
        if moved := {name: column for name, column in columns.items() if name != column}:
            places[event] = EventPlace(fields=moved)
    types = {safe[column]: _TYPES[type_] for column, type_ in shared.columns.items()}
    return EventTable(
        {**STANDARD, **{name: type_ for name, type_ in types.items() if name not in STANDARD}},
        Layout(events_table=MODEL, events=places),
        events,
    )


def seed_csv(metrics: tuple[Metric, ...], catalog: Mapping[str, Metric], built: EventTable) -> str:
    """Made-up events as CSV; an empty cell is a null."""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(built.columns), restval="", lineterminator="\n")
    writer.writeheader()
    for row in sample_events(metrics, catalog):
        writer.writerow({built.layout.column(row[EVENT], name): _cell(value) for name, value in row.items()})
    return out.getvalue()


def model_sql(built: EventTable, own: Layout) -> str:
    """The model: the seed, or with the variable `use_sample_events` false the team's tables."""
    listed = ",\n        ".join(f"{_cast(column, type_)} as {column}" for column, type_ in built.columns.items())
    tables: dict[str, list[str]] = {}
    for event in built.events:
        tables.setdefault(own.table(event), []).append(event)
    queries = "\n    union all\n".join(_own_query(name, events, built, own) for name, events in tables.items())
    return f"""-- One row an event. Set `use_sample_events: false` in dbt_project.yml to read your own tables.
with source as (
{{% if var('use_sample_events', true) %}}
    select * from {{{{ ref('{SEED}') }}}}
{{% else %}}
{queries}
{{% endif %}}
),

typed as (
    select
        {listed}
    from source
)

select *, cast({AT} as date) as {DAY}
from typed
"""


def _own_query(name: str, events: list[str], built: EventTable, own: Layout) -> str:
    columns = []
    moment = _chosen({event: own.time(event) for event in events}, events, own)
    for column, type_ in built.columns.items():
        if column == ID:
            found = own.fields.get(ID)
            # Only something that tells rows apart is needed; no metric reads it.
            source = identifier(found) if found else f"cast(row_number() over (order by {moment}) as {_type('string')})"
        elif column == EVENT:
            source = _event_name(events, own)
        elif column == AT:
            source = moment
        else:
            found_in = {
                event: own.column(event, field)
                for event in events
                for field in (*built.events[event].types, USER, PLAN)
                if built.layout.column(event, field) == column
            }
            source = _chosen(found_in, events, own) if found_in else "null"
            source = f"cast({source} as {_type(type_)})"
        columns.append(f"{source} as {column}")
    names = [own.logged_name(event) for event in events]
    shown = ", ".join(literal(event) for event in names if event is not None)
    where = f"\n    where {identifier(own.event_column)} in ({shown})" if all(names) else ""
    inside = ",\n        ".join(columns)
    return f"    select\n        {inside}\n    from {table(name)}{where}"


def _event_name(events: list[str], own: Layout) -> str:
    names = {event: own.logged_name(event) for event in events}
    if None in names.values():
        return literal(events[0])
    column = identifier(own.event_column)
    changed = {event: name for event, name in names.items() if name is not None and name != event}
    if not changed:
        return column
    cases = " ".join(f"when {literal(name)} then {literal(event)}" for event, name in changed.items())
    return f"case {column} {cases} else {column} end"


def _chosen(columns: Mapping[str, str], events: list[str], own: Layout) -> str:
    """The one column that all events use, or the one of each event."""
    if len(set(columns.values())) == 1:
        return identifier(next(iter(columns.values())))
    name = identifier(own.event_column)
    cases = " ".join(
        f"when {literal(own.logged_name(event) or event)} then {identifier(columns[event])}"
        for event in events
        if event in columns
    )
    return f"case {name} {cases} end"


def _cast(column: str, type_: str) -> str:
    return f"cast({column} as {_type(type_)})"


def _type(name: str) -> str:
    # What dbt calls a float has half the digits in some systems.
    return "{{ real_number() }}" if name == "float" else f"{{{{ dbt.type_{name}() }}}}"


def _safe(column: str) -> str:
    return f"{column}_field" if is_reserved(column) or column in _FREE else column


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat(sep=" ") if isinstance(value, datetime) else value
