"""Queries in other systems' SQL, by sqlglot and a few corrections to what it makes of them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from coach.errors import UsageError

if TYPE_CHECKING:
    from sqlglot import exp

OWN = "duckdb"
DIALECTS = (OWN, "postgres", "bigquery", "snowflake", "databricks", "redshift", "spark", "trino", "athena", "presto")
"""The systems whose functions the queries have been fitted to."""
APPROXIMATE = ("bigquery", "databricks", "spark", "trino", "athena", "presto")
"""Where a percentile is estimated, since the system has no exact one that can be grouped."""


def in_dialect(sql: str, dialect: str) -> str:
    """A query of `coach.measuring.sql` in another system's SQL.

    Raises `UsageError` for a system that is not known, and where sqlglot is missing.
    """
    if dialect not in DIALECTS:
        raise UsageError(f"unknown dialect {dialect!r}: it is one of {', '.join(DIALECTS)}")
    if dialect == OWN:
        return sql
    try:
        import sqlglot
    except ImportError:
        raise UsageError("SQL for other systems than DuckDB needs sqlglot: pip install 'metric-coach[data]'") from None
    tree = sqlglot.parse_one(sql, read=OWN)
    if dialect in _CORRECTIONS:
        tree = tree.transform(_CORRECTIONS[dialect])
    text = tree.sql(dialect=dialect, pretty=True, unsupported_level=sqlglot.ErrorLevel.RAISE)
    # sqlglot writes the truncation unit of BigQuery as a word only; its weeks would begin on Sunday.
    text = re.sub(r"\bWEEK\)", "WEEK(MONDAY))", text) if dialect == "bigquery" else text
    return f"{text}\n"


def _bigquery(node: exp.Expression) -> exp.Expression:
    from sqlglot import exp

    match node:
        case exp.WithinGroup(this=exp.PercentileCont(this=share), expression=order):
            value = order.expressions[0].this
            thousandths = round(float(share.name) * 1000)
            return exp.Bracket(
                this=exp.Anonymous(this="APPROX_QUANTILES", expressions=[value, exp.Literal.number(1000)]),
                expressions=[exp.Anonymous(this="OFFSET", expressions=[exp.Literal.number(thousandths)])],
            )
        case exp.Interval(this=exp.Literal() as count):
            return exp.Interval(this=exp.Literal.number(count.name), unit=node.args["unit"])
        case exp.LT() | exp.GT() if _counts_months(node):
            # Moments with a time zone take no months there.
            moments = [side.this if isinstance(side, exp.Sub) else side for side in (node.left, node.right)]
            for moment in moments:
                moment.replace(exp.Anonymous(this="DATETIME", expressions=[moment.copy()]))
    return node


def _snowflake(node: exp.Expression) -> exp.Expression:
    from sqlglot import exp

    # Names are in capitals there unless they were made in quotes, so a quoted one must be in capitals too.
    if isinstance(node, exp.Identifier) and node.quoted and node.name.islower():
        return exp.to_identifier(node.name.upper(), quoted=True)
    return node


def _counts_months(node: exp.Expression) -> bool:
    from sqlglot import exp

    return any(
        isinstance(side, exp.Sub)
        and isinstance(side.expression, exp.Interval)
        and side.expression.args["unit"].name.upper() == "MONTH"
        for side in (node.this, node.expression)
    )


_CORRECTIONS: dict[str, Callable[[exp.Expression], exp.Expression]] = {"bigquery": _bigquery, "snowflake": _snowflake}
