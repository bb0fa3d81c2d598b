"""SQL laid out so that people can read it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Select:
    """A query, clause by clause; each part is SQL already."""

    columns: Sequence[str]
    source: str
    where: str = ""
    group: Sequence[str] = ()
    order: Sequence[str] = ()
    common: Mapping[str, object] = field(default_factory=dict)
    """Queries that go before it under a name."""

    def __str__(self) -> str:
        lines = [f"SELECT\n{indent(_listed(self.columns))}" if len(self.columns) > 1 else f"SELECT {self.columns[0]}"]
        lines.append(f"FROM {self.source}")
        if self.where:
            lines.append(f"WHERE {self.where}")
        if self.group:
            lines.append(f"GROUP BY {', '.join(self.group)}")
        if self.order:
            lines.append(f"ORDER BY {', '.join(self.order)}")
        if self.common:
            named = (f"{name} AS (\n{indent(str(query))}\n)" for name, query in self.common.items())
            lines.insert(0, "WITH " + ",\n".join(named))
        return "\n".join(lines)


def named(columns: Sequence[str], names: Sequence[str]) -> list[str]:
    """Columns under other names, where they have not these already."""
    return [column if column == name else f"{column} AS {name}" for column, name in zip(columns, names, strict=True)]


def derived_table(queries: Sequence[object], name: str) -> str:
    """Queries stacked on one another as a source of another query."""
    return f"(\n{indent(_stacked(queries))}\n) AS {name}"


def indent(text: str) -> str:
    """Every line a level deeper."""
    return "\n".join(f"  {line}" for line in text.split("\n"))


def _stacked(queries: Sequence[object]) -> str:
    return "\nUNION ALL\n".join(map(str, queries))


def _listed(columns: Sequence[str]) -> str:
    return ",\n".join(columns)
