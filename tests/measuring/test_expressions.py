"""Arithmetic of derived formulas, as SQL and worked out."""

from __future__ import annotations

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.knowledge.arithmetic import ArithmeticFault
from coach.measuring.expressions import as_sql, work_out
from coach.measuring.names import identifier, literal

CONNECTION = duckdb.connect()

leaves = st.sampled_from(["a", "b", "c", "in", "2", "0.5", "0"])
expressions = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from("+-*/"), inner).map(lambda parts: f"({parts[0]} {parts[1]} {parts[2]})"),
        st.tuples(inner, st.sampled_from("+-*/"), inner).map(" ".join),
        inner.map(lambda text: f"-{text}"),
    ),
    max_leaves=6,
)


@settings(max_examples=80, deadline=None)
@given(expressions, st.lists(st.integers(-3, 3), min_size=4, max_size=4))
def test_sql_and_python_agree(expression: str, numbers: list[int]) -> None:
    values = dict(zip(("a", "b", "c", "in"), numbers, strict=True))
    sql = as_sql(expression, lambda name: f"CAST({values[name]} AS BIGINT)")
    row = CONNECTION.execute(f"SELECT {sql}").fetchone()
    assert row is not None
    assert (None if row[0] is None else float(row[0])) == pytest.approx(work_out(expression, values))


def test_division_is_real_and_by_nothing_is_null() -> None:
    assert as_sql("a / (b - c)", identifier) == "CAST(a AS DOUBLE) / NULLIF(b - c, 0)"
    assert as_sql("a - (b - c) * 2", identifier) == "a - (b - c) * 2"
    assert work_out("a / b", {"a": 1, "b": 0}) is None
    assert work_out("a + b", {"a": 1, "b": None}) is None


@pytest.mark.parametrize("hostile", ["__import__('os')", "a ** b", "a if b", "a;b", "a, b"])
def test_anything_else_is_refused(hostile: str) -> None:
    with pytest.raises(ArithmeticFault):
        work_out(hostile, {"a": 1, "b": 1})


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=30).filter(lambda text: "\x00" not in text))
def test_values_reach_the_database_as_they_are(text: str) -> None:
    row = CONNECTION.execute(f"SELECT {literal(text)}").fetchone()
    assert row == (text,)


def test_identifiers_are_quoted_where_they_must_be() -> None:
    assert [identifier(name) for name in ("plan", "Plan", "order", 'a"b')] == ["plan", '"Plan"', '"order"', '"a""b"']
