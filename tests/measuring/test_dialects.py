"""Queries in the SQL of other systems."""

from __future__ import annotations

import re

import pytest
import sqlglot

from coach.errors import UsageError
from coach.knowledge.base import Base
from coach.knowledge.models.metric import Metric
from coach.measuring.cut import Cut
from coach.measuring.dialects import DIALECTS, in_dialect
from coach.measuring.layout import Layout
from coach.measuring.sql import query
from tests.measuring.conftest import Make


@pytest.mark.parametrize("dialect", DIALECTS)
def test_every_query_can_be_read_in_every_dialect(dialect: str, computable: tuple[Metric, ...], base: Base) -> None:
    # One of each kind; the kinds differ in shape, the metrics of a kind do not.
    kinds = {(metric.formula.kind, metric.kind): metric for metric in computable}
    for metric in kinds.values():
        text = in_dialect(query(metric, Layout(), base.metrics, Cut(("plan",), "week")), dialect)
        tree = sqlglot.parse_one(text, read=dialect)
        assert isinstance(tree, sqlglot.exp.Select)
        assert tree.named_selects[-1].lower() == "value"


def test_bigquery_has_its_own_percentiles_weeks_months_and_quotes(base: Base, metric: Make) -> None:
    text = in_dialect(query(base.metrics["latency-percentile"], Layout(), base.metrics, Cut(per="week")), "bigquery")
    assert "APPROX_QUANTILES(latency_ms, 1000)[OFFSET(950)]" in text
    assert "WEEK(MONDAY)" in text
    assert re.search(r"WEEK\b(?!\(MONDAY)", text) is None
    kept = metric(kind="conversion", entity="u", window="3mo", base={"event": "a"}, target={"event": "b"})
    months = in_dialect(query(kept, Layout(), {}), "bigquery")
    assert "DATETIME(target.moment) - INTERVAL 3 MONTH < DATETIME(base.moment)" in months


def test_snowflake_gets_quoted_names_in_capitals(base: Base) -> None:
    text = in_dialect(query(base.metrics["user-adoption-rate"], Layout(), base.metrics), "snowflake")
    assert "\"TRIGGER\" = 'user'" in text


@pytest.mark.parametrize("dialect", DIALECTS)
def test_values_are_escaped_as_the_dialect_needs(dialect: str, metric: Make) -> None:
    hostile = "it's \\' OR 1=1 --"
    where = [{"field": "name", "op": "eq", "value": hostile}]
    counted = metric(kind="simple", measure={"agg": "count", "event": "a", "where": where})
    tree = sqlglot.parse_one(in_dialect(query(counted, Layout(), {}), dialect), read=dialect)
    assert hostile in {found.this for found in tree.find_all(sqlglot.exp.Literal)}
    assert len(list(tree.find_all(sqlglot.exp.EQ))) == 2


def test_an_unknown_dialect_is_refused() -> None:
    with pytest.raises(UsageError, match="unknown dialect 'dbase'"):
        in_dialect("SELECT 1", "dbase")
