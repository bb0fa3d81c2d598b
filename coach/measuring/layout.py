"""Where a team's events lie: one table or one per event, and what its columns are called.

A layout comes from options or from a map file that somebody else may have written. So identifiers are plain
words only, and the names that events are logged under are ever written as escaped values.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Self

from pydantic import AfterValidator, Field, StringConstraints, ValidationError, model_validator

from coach.errors import UsageError
from coach.knowledge.models.base import Entry, EventName, Frozen

if TYPE_CHECKING:
    from coach.knowledge.nodes import Node

USER = "user_id"
"""The field that names a person, in the catalog's terms."""
EVENT = "{event}"
"""Stands for the event's name in `table_per_event`."""
LARGEST_MAP = 1_000_000
"""Bytes of a map file; a hand-written one has a few thousand."""

_WORD = r"[A-Za-z_][A-Za-z0-9_]{0,126}"
Column = Annotated[str, StringConstraints(pattern=rf"^{_WORD}$")]
"""A column: letters, digits and underscores."""
Table = Annotated[str, StringConstraints(pattern=rf"^{_WORD}(\.{_WORD}){{0,2}}$")]
"""A table, if need be with schema and database: `analytics.public.events`."""
TablePattern = Annotated[
    str, StringConstraints(pattern=r"^[A-Za-z_{][A-Za-z0-9_{}]*(\.[A-Za-z_{][A-Za-z0-9_{}]*){0,2}$", max_length=380)
]


def _one_line(name: str) -> str:
    # Braces, backslashes and the like command the template languages of some systems.
    if re.search(r"[^\w .:/&+()>-]", name):
        raise ValueError("an event's name may hold letters, digits, spaces and . : / & + ( ) > - _ only")
    return name


LoggedName = Annotated[str, StringConstraints(min_length=1, max_length=128), AfterValidator(_one_line)]
"""What an event is called in the team's own data."""


class EventPlace(Entry):
    """One event where it differs from the rest."""

    name: LoggedName | None = None
    """The value in the event column; the catalog's name where left out."""
    table: Table | None = None
    """A table of its own, in which every row is this event."""
    time_column: Column | None = None
    fields: Annotated[dict[EventName, Column], Frozen] = Field(default_factory=dict)


class Layout(Entry):
    """Where events and their fields are found."""

    events_table: Table = "events"
    table_per_event: TablePattern | None = None
    """Such as `analytics.{event}`: each event has a table of its own, and there is no event column."""
    event_column: Column = "event_name"
    time_column: Column = "event_at"
    fields: Annotated[dict[EventName, Column], Frozen] = Field(default_factory=dict)
    """The catalog's field to the team's column, for all events."""
    events: Annotated[dict[EventName, EventPlace], Frozen] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _pattern_names_the_event(self) -> Self:
        if self.table_per_event is not None:
            if self.table_per_event.count(EVENT) != 1 or re.search(r"[{}]", self.table_per_event.replace(EVENT, "")):
                raise ValueError("table_per_event must hold {event} once and no other braces")
            if self.table_per_event.startswith("."):
                raise ValueError("table_per_event must not begin with a dot")
        return self

    def table(self, event: str) -> str:
        """The table that holds an event."""
        place = self.events.get(event)
        if place is not None and place.table is not None:
            return place.table
        if self.table_per_event is not None:
            return self.table_per_event.replace(EVENT, event)
        return self.events_table

    def logged_name(self, event: str) -> str | None:
        """The value that marks an event in the event column; None where the event has a table of its own."""
        place = self.events.get(event)
        if place is not None and place.table is not None:
            return None
        if self.table_per_event is not None:
            return None
        return place.name if place is not None and place.name is not None else event

    def time(self, event: str) -> str:
        """The column with the moment of an event."""
        place = self.events.get(event)
        return place.time_column if place is not None and place.time_column is not None else self.time_column

    def column(self, event: str, field: str) -> str:
        """The column of an event that holds a field."""
        place = self.events.get(event)
        if place is not None and field in place.fields:
            return place.fields[field]
        return self.fields.get(field, field)


def read_map(path: Path) -> Layout:
    """The layout in a map file (YAML). Raises `UsageError`, which names file, line and key."""
    from coach.knowledge.locate import locate
    from coach.knowledge.nodes import key_path
    from coach.knowledge.yaml_reader import read_yaml

    try:
        if path.stat().st_size > LARGEST_MAP:
            raise UsageError(f"{path} is larger than {LARGEST_MAP:,} bytes: a map file names tables and columns only")
        content = path.read_bytes()
    except OSError as error:
        raise UsageError(f"cannot read the map file {path}: {(error.strerror or str(error)).lower()}") from None
    reading = read_yaml(str(path), content)
    if reading.faults or reading.document is None:
        told = reading.faults[0] if reading.faults else f"{path} is empty: a map file names tables and columns"
        raise UsageError(str(told))
    node: Node = reading.document
    try:
        return Layout.model_validate_json(json.dumps(node.data), strict=True)
    except ValidationError as refusal:
        first = refusal.errors(include_url=False, include_input=False)[0]
        spot = locate(Layout, node, first["loc"])
        key = key_path(None, spot.steps)
        line = (spot.key_place if first["type"] == "extra_forbidden" else spot.node.place())[0]
        raise UsageError(f"{path}:{line}: {f'{key}: ' if key else ''}{_said(first['type'], first['msg'])}") from None


def with_options(
    layout: Layout,
    *,
    events_table: str | None = None,
    event_column: str | None = None,
    time_column: str | None = None,
    user_column: str | None = None,
) -> Layout:
    """The layout with what options say laid over it; `{event}` in the table means one table for each event.

    Raises `UsageError` for a name that is no plain identifier.
    """
    changes: dict[str, object] = {}
    if events_table is not None:
        per_event = EVENT in events_table
        changes["table_per_event"] = events_table if per_event else None
        if not per_event:
            changes["events_table"] = events_table
    if event_column is not None:
        changes["event_column"] = event_column
    if time_column is not None:
        changes["time_column"] = time_column
    if user_column is not None:
        changes["fields"] = {**layout.fields, USER: user_column}
    try:
        return Layout.model_validate({**layout.model_dump(), **changes})
    except ValidationError as refusal:
        error = refusal.errors(include_url=False, include_input=False)[0]
        wrong = next((step for step in error["loc"] if isinstance(step, str) and step in changes), "")
        option = {"table_per_event": "events_table", "fields": "user_column"}.get(wrong, wrong).replace("_", "-")
        raise UsageError(f"--{option or 'events-table'}: {_said(error['type'], error['msg'])}") from None


def _said(kind: str, message: str) -> str:
    match kind:
        case "extra_forbidden":
            return f"is no key of a map file; it has {', '.join(Layout.model_fields)}, an event {_EVENT_KEYS}"
        case "string_pattern_mismatch":
            return "is no plain name: letters, digits and underscores, parts of a table's name joined by dots"
        case "value_error":
            return message.removeprefix("Value error, ")
    return message[:1].lower() + message[1:]


_EVENT_KEYS = ", ".join(EventPlace.model_fields)
