from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest
import yaml

from coach.export.catalog.selection import select
from coach.knowledge.base import Base
from coach.knowledge.models.metric import Metric
from coach.measuring.evaluate import AT, EVENT, evaluate
from coach.measuring.fields import events_read, one_table
from coach.measuring.sample import sample_events
from tests.measuring.conftest import filled

Answers = Callable[[str], float | None]
Expected = Mapping[str, float | None]


def read_yaml(text: str) -> Any:
    """Ten times as fast as the reader in plain Python."""
    return yaml.load(text, Loader=yaml.CSafeLoader)


@pytest.fixture(scope="session")
def computable(base: Base) -> tuple[Metric, ...]:
    return select(base, "computable").metrics


@pytest.fixture(scope="session")
def expected(computable: tuple[Metric, ...], base: Base) -> Expected:
    """Every computable metric's value on the sample, by our evaluator."""
    events = sample_events(computable, base.metrics)
    return {metric.id: evaluate(metric, events, base.metrics)[()].value for metric in computable}


@pytest.fixture(scope="session")
def answers(computable: tuple[Metric, ...], base: Base, tmp_path_factory: pytest.TempPathFactory) -> Answers:
    """What an expression over the table `events` with the sample gives."""
    table = one_table(events_read(computable, base.metrics))
    types = {"boolean": "BOOLEAN", "integer": "BIGINT", "number": "DOUBLE", "text": "VARCHAR"}
    columns = {EVENT: "VARCHAR", AT: "TIMESTAMP"} | {name: types[kind] for name, kind in table.columns.items()}
    rows = (
        {table.layout.column(event[EVENT], name): value for name, value in event.items()}
        for event in sample_events(computable, base.metrics)
    )
    connection = filled(columns, rows, tmp_path_factory.mktemp("events"))

    def answer(expression: str) -> float | None:
        row = connection.execute(f"SELECT {expression} FROM events").fetchone()
        assert row is not None
        return None if row[0] is None else float(row[0])

    return answer
