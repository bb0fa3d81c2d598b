"""The SQL and the evaluator, which share no code, give the same numbers."""

from __future__ import annotations

import math
from typing import Any

import duckdb
import pytest

from coach.knowledge.base import Base
from coach.knowledge.models.metric import Metric
from coach.measuring.cut import WHOLE, Cut
from coach.measuring.evaluate import Number, evaluate
from coach.measuring.layout import Layout
from coach.measuring.sample import sample_events
from coach.measuring.sql import query
from tests.measuring.conftest import Events

CUTS = [WHOLE, Cut(("plan",), "month"), Cut(per="week")]


def answers(connection: duckdb.DuckDBPyConnection, sql: str, cut: Cut) -> dict[tuple[Any, ...], float | None]:
    rows = connection.execute(sql).fetchall()
    keys = len(cut.columns)
    return {row[:keys]: None if row[-1] is None else float(row[-1]) for row in rows}


def same(one: dict[tuple[Any, ...], Number], other: dict[tuple[Any, ...], float | None]) -> bool:
    return one.keys() == other.keys() and all(
        number.value == other[key]
        or (number.value is not None and math.isclose(number.value, other[key] or 0, rel_tol=1e-9, abs_tol=1e-9))
        for key, number in one.items()
    )


@pytest.mark.parametrize("cut", CUTS, ids=lambda cut: "-".join(cut.columns) or "whole")
def test_sql_over_both_layouts_equals_the_evaluator(
    cut: Cut,
    warehouse: duckdb.DuckDBPyConnection,
    computable: tuple[Metric, ...],
    events: Events,
    layout: Layout,
    base: Base,
) -> None:
    apart = layout.model_copy(update={"table_per_event": "raw.{event}"})
    for metric in computable:
        expected = evaluate(metric, events, base.metrics, cut)
        assert expected, metric.id
        for places in (layout, apart):
            found = answers(warehouse, query(metric, places, base.metrics, cut), cut)
            assert same(expected, found), (metric.id, places.table_per_event, expected, found)


def test_every_computable_metric_has_a_value_on_the_sample(
    computable: tuple[Metric, ...], events: Events, base: Base
) -> None:
    without = [metric.id for metric in computable if evaluate(metric, events, base.metrics)[()].value is None]
    assert without == []


def test_the_sample_is_the_same_every_time(computable: tuple[Metric, ...], events: Events, base: Base) -> None:
    assert sample_events(computable, base.metrics) == events
    assert sample_events(computable, base.metrics, seed=8) != events
