"""A team's own event export, read into DuckDB and closed off from everything else."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from coach.errors import UsageError
from coach.measuring.layout import Layout
from coach.measuring.names import identifier, literal

if TYPE_CHECKING:
    import duckdb

# Else fields that few events have would be hidden in one map of texts.
_WHOLE = "sample_size = -1, map_inference_threshold = -1, field_appearance_threshold = 0, maximum_depth = 4"
READERS = {
    ".parquet": "read_parquet(?)",
    ".csv": "read_csv(?, header = true, sample_size = -1)",
    ".tsv": "read_csv(?, header = true, delim = '\t', sample_size = -1)",
    ".jsonl": f"read_json(?, format = 'newline_delimited', {_WHOLE})",
    ".ndjson": f"read_json(?, format = 'newline_delimited', {_WHOLE})",
    ".json": f"read_json(?, {_WHOLE})",
}


class EventData:
    """The tables that the files gave."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, tables: dict[str, dict[str, str]]) -> None:
        self.connection = connection
        self.tables = tables
        """Each table with its columns and their types."""

    def close(self) -> None:
        """Let go of the memory."""
        self.connection.close()


def read_events(paths: Sequence[Path], layout: Layout) -> tuple[EventData, Layout]:
    """The files' events, and the layout with its tables found among them.

    One file holds all events; of several each is the table that it is named after. Fields inside an object,
    such as `properties`, are columns too. Raises `UsageError`, which names the file.
    """
    try:
        import duckdb
    except ImportError:
        raise UsageError("computing metrics needs DuckDB: pip install 'metric-coach[data]'") from None
    connection = duckdb.connect(config={"autoinstall_known_extensions": False, "autoload_known_extensions": False})
    connection.execute("SET TimeZone = 'UTC'")
    names = _table_names(paths)
    for path, name in zip(paths, names, strict=True):
        _load(connection, path, name)
    # What the files hold can no longer reach other files or the network.
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
    data = EventData(connection, {name: _columns(connection, name) for name in names})
    found = _found(layout, names)
    for name in names:
        _fit_time(data, name, {layout.time_column, *(p.time_column for p in layout.events.values() if p.time_column)})
    return data, found


def _table_names(paths: Sequence[Path]) -> list[str]:
    if len(paths) == 1 and not paths[0].stem.isidentifier():
        return ["events"]
    names = [path.stem.lower() for path in paths]
    for name, path in zip(names, paths, strict=True):
        if not name.isidentifier() or not name.isascii() or names.count(name) > 1:
            raise UsageError(f"{path}: of several files each must be named after its table, in letters, digits and _")
    return names


def _load(connection: duckdb.DuckDBPyConnection, path: Path, name: str) -> None:
    import duckdb

    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise UsageError(f"{path}: events are read from {', '.join(sorted(READERS))}")
    if not path.is_file():
        raise UsageError(f"{path}: there is no such file")
    try:
        # DuckDB would take brackets and stars in a name for a pattern.
        literal = str(path).translate({ord(sign): f"[{sign}]" for sign in "*?["})
        connection.execute(f"CREATE TABLE {identifier(name)} AS SELECT * FROM {reader}", [literal])
    except duckdb.Error as error:
        raise UsageError(f"{path} cannot be read: {_first_line(error)}") from None
    _flatten(connection, name)


def _flatten(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    """Give what lies inside an object a column of its own, where none is called so."""
    columns = _columns(connection, name)
    added: dict[str, str] = {}
    for column, type_ in columns.items():
        if type_.startswith("STRUCT("):
            inner = connection.execute(f"SELECT UNNEST({identifier(column)}) FROM {identifier(name)} LIMIT 0")
            for field, *_ in inner.description or ():
                if field not in columns:
                    source = f"struct_extract({identifier(column)}, {literal(field)})"
                    added.setdefault(field, f"{source} AS {identifier(field)}")
    if added:
        own = identifier(name)
        connection.execute(f"CREATE OR REPLACE TABLE {own} AS SELECT *, {', '.join(added.values())} FROM {own}")


def _fit_time(data: EventData, name: str, columns: set[str]) -> None:
    """Make moments of texts and of moments with a time zone, in UTC."""
    import duckdb

    for column in columns & data.tables[name].keys():
        type_ = data.tables[name][column]
        if type_ in ("TIMESTAMP", "DATE") or type_.startswith("TIMESTAMP_"):
            continue
        if type_ not in ("VARCHAR", "TIMESTAMP WITH TIME ZONE"):
            raise UsageError(
                f"the time column {column} holds {type_.lower()}, and moments are needed: 2026-01-31 12:00"
            )
        quoted = identifier(column)
        moment = f"CAST({quoted} AS TIMESTAMPTZ) AT TIME ZONE 'UTC'"
        try:
            data.connection.execute(f"ALTER TABLE {identifier(name)} ALTER {quoted} TYPE TIMESTAMP USING {moment}")
        except duckdb.Error as error:
            raise UsageError(f"the time column {column} holds what is no moment: {_first_line(error)}") from None
        data.tables[name][column] = "TIMESTAMP"


def _found(layout: Layout, names: Sequence[str]) -> Layout:
    if len(names) == 1:
        return (
            layout.model_copy(update={"events_table": names[0], "table_per_event": None})
            if not (layout.table_per_event or any(place.table for place in layout.events.values()))
            else _by_last_part(layout)
        )
    return _by_last_part(layout)


def _by_last_part(layout: Layout) -> Layout:
    """Files have no schema: a table is looked for under the last part of its name."""
    events = {
        event: place.model_copy(update={"table": place.table.rpartition(".")[2].lower()}) if place.table else place
        for event, place in layout.events.items()
    }
    pattern = layout.table_per_event
    return layout.model_copy(
        update={
            "events": events,
            "events_table": layout.events_table.rpartition(".")[2].lower(),
            "table_per_event": pattern.rpartition(".")[2].lower() if pattern else None,
        }
    )


def _columns(connection: duckdb.DuckDBPyConnection, name: str) -> dict[str, str]:
    return {row[0]: row[1] for row in connection.execute(f"DESCRIBE {identifier(name)}").fetchall()}


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0][:300]
