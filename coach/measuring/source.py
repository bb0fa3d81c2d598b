"""What a query reads of one event: its table, its columns and the rows that are it."""

from __future__ import annotations

from dataclasses import dataclass

from coach.knowledge.models.formula import Filter
from coach.measuring.conditions import both, condition
from coach.measuring.cut import Cut
from coach.measuring.layout import Layout
from coach.measuring.names import identifier, literal, table


@dataclass(frozen=True)
class Source:
    """One event of a layout, in SQL."""

    event: str
    layout: Layout

    @property
    def table(self) -> str:
        """Its table."""
        return table(self.layout.table(self.event))

    @property
    def time(self) -> str:
        """Its moment."""
        return identifier(self.layout.time(self.event))

    def column(self, field: str) -> str:
        """The column with a field."""
        return identifier(self.layout.column(self.event, field))

    @property
    def is_event(self) -> str:
        """What tells its rows from others; empty where its table holds no others."""
        name = self.layout.logged_name(self.event)
        return "" if name is None else f"{identifier(self.layout.event_column)} = {literal(name)}"

    def where(self, filters: tuple[Filter, ...]) -> str:
        """The rows of it that meet the filters."""
        return both(self.is_event, condition(filters, self.column))

    def keys(self, cut: Cut) -> tuple[str, ...]:
        """What its rows are grouped by, in the order of the cut's columns."""
        fields = tuple(self.column(field) for field in cut.by)
        return fields if cut.per is None else (f"DATE_TRUNC('{cut.per}', {self.time})", *fields)
