from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import duckdb
import pytest

from coach.export.catalog.selection import select
from coach.knowledge.base import Base, load_base
from coach.knowledge.models.metric import Metric
from coach.measuring.evaluate import AT, EVENT
from coach.measuring.fields import events_read, one_table
from coach.measuring.layout import USER, Layout
from coach.measuring.names import identifier, literal
from coach.measuring.sample import ID, PLAN, sample_events

TYPES = {"boolean": "BOOLEAN", "integer": "BIGINT", "number": "DOUBLE", "text": "VARCHAR"}
Events = list[dict[str, Any]]
Make = Callable[..., Metric]


@pytest.fixture(scope="session")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Base]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COACH_HOME", str(tmp_path_factory.mktemp("home")))
        yield load_base()


@pytest.fixture(scope="session")
def computable(base: Base) -> tuple[Metric, ...]:
    return select(base, "computable").metrics


@pytest.fixture(scope="session")
def events(computable: tuple[Metric, ...], base: Base) -> Events:
    return sample_events(computable, base.metrics)


@pytest.fixture(scope="session")
def layout(computable: tuple[Metric, ...], base: Base) -> Layout:
    return one_table(events_read(computable, base.metrics)).layout


@pytest.fixture(scope="session")
def warehouse(
    computable: tuple[Metric, ...], base: Base, events: Events, tmp_path_factory: pytest.TempPathFactory
) -> duckdb.DuckDBPyConnection:
    """The sample events in one table, and in a schema `raw` with a table for each event."""
    table = one_table(events_read(computable, base.metrics))
    types = {ID: "VARCHAR", EVENT: "VARCHAR", AT: "TIMESTAMP", USER: "VARCHAR", PLAN: "VARCHAR"}
    types |= {name: TYPES[type_] for name, type_ in table.columns.items() if name not in types}
    rows = ({table.layout.column(row[EVENT], k): v for k, v in row.items()} for row in events)
    return filled(types, rows, tmp_path_factory.mktemp("events"))


def filled(types: dict[str, str], rows: Iterable[dict[str, Any]], tmp_path: Path) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    path = tmp_path / f"{uuid4()}.jsonl"
    path.write_text("".join(f"{json.dumps(row, default=str)}\n" for row in rows))
    columns = ", ".join(f"{literal(name)}: {literal(type_)}" for name, type_ in types.items())
    source = f"read_json('{path}', format = 'newline_delimited', columns = {{{columns}}})"
    connection.execute(f"CREATE TABLE events AS SELECT * FROM {source}")
    connection.execute("CREATE SCHEMA raw")
    for (event,) in connection.execute("SELECT DISTINCT event_name FROM events").fetchall():
        connection.execute(f"CREATE VIEW raw.{identifier(event)} AS SELECT * FROM events WHERE event_name = '{event}'")
    return connection


@pytest.fixture(scope="session")
def metric(base: Base) -> Make:
    """A metric with this formula and nothing else to say."""

    def make(id_: str = "made-up", **formula: Any) -> Metric:
        data = formula if formula["kind"] == "procedure" else {"unit_of_analysis": "an event", **formula}
        sample = base.metrics["precision"].model_dump(mode="json")
        return Metric.model_validate({**sample, "id": id_, "formula": data, "logging": []})

    return make
