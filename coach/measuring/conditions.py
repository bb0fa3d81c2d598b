"""Which rows a measure counts, as SQL."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from coach.knowledge.models.formula import Filter, Measure
from coach.measuring.names import literal

_OPERATORS = {"eq": "=", "ne": "<>", "gt": ">", "ge": ">=", "lt": "<", "le": "<="}
ColumnOf = Callable[[str], str]
"""From a field to the SQL that reads it."""


def condition(filters: Iterable[Filter], column_of: ColumnOf) -> str:
    """The filters joined by AND; empty where there are none. A null meets none of them but `is_null`."""
    return " AND ".join(_one(item, column_of(item.field)) for item in filters)


def _one(item: Filter, column: str) -> str:
    match item.op:
        case "is_null":
            return f"{column} IS NULL"
        case "not_null":
            return f"{column} IS NOT NULL"
        case "in" | "not_in":
            values = item.value if isinstance(item.value, tuple) else ()
            listed = ", ".join(literal(value) for value in values)
            return f"{column} {'NOT IN' if item.op == 'not_in' else 'IN'} ({listed})"
    assert item.value is not None
    assert not isinstance(item.value, tuple)
    return f"{column} {_OPERATORS[item.op]} {literal(item.value)}"


def both(*conditions: str) -> str:
    """Conditions joined by AND, the empty ones left out."""
    return " AND ".join(part for part in conditions if part)


def any_of(conditions: Sequence[str]) -> str:
    """Conditions joined by OR in brackets; empty where one of them is, since it lets everything through."""
    if not all(conditions):
        return ""
    if len(conditions) == 1:
        return conditions[0]
    listed = "\n  OR ".join(f"({part})" if " AND " in part else part for part in conditions)
    return f"(\n  {listed}\n)"


def aggregate(measure: Measure, column: str | None, rows: str = "") -> str:
    """The aggregation of a column over the rows that meet a condition, all where it is empty.

    A count or sum over nothing is 0; a mean, an extreme or a percentile of nothing is null.
    """
    if column is None:
        return f"COUNT(CASE WHEN {rows} THEN 1 END)" if rows else "COUNT(*)"
    value = f"CASE WHEN {rows} THEN {column} END" if rows else column
    match measure.agg:
        case "count_distinct":
            return f"COUNT(DISTINCT {value})"
        case "sum":
            return f"COALESCE(SUM({value}), 0)"
        case "percentile":
            return f"PERCENTILE_CONT({measure.percentile!r}) WITHIN GROUP (ORDER BY {value})"
    return f"{measure.agg.upper()}({value})"
