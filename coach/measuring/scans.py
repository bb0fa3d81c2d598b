"""The parts of a number from as few readings of the tables as they need."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from coach.knowledge.models.formula import Filter, Measure
from coach.knowledge.models.metric import Metric
from coach.measuring.conditions import aggregate, any_of, both, condition
from coach.measuring.cut import Cut
from coach.measuring.layout import Layout
from coach.measuring.names import identifier
from coach.measuring.source import Source
from coach.measuring.text import Select, derived_table, named

Part = Measure | Metric
"""An aggregation, or another metric's value."""
Rendered = Callable[[Metric], Select]
OfNothing = Callable[[Part], float | None]
"""The value of a part without an event; None where it has none."""


def parts_query(parts: Mapping[str, Part], layout: Layout, cut: Cut, render: Rendered, of_nothing: OfNothing) -> Select:
    """A query with a column for each part; parts in one table come from one reading of it.

    A segment has a row if any part has an event in it. Where a part has none, it is what `of_nothing` says.
    """
    keys = [identifier(column) for column in cut.columns]
    tables: dict[tuple[str, ...], dict[str, Measure]] = {}
    for name, part in parts.items():
        if isinstance(part, Measure):
            source = Source(part.event, layout)
            tables.setdefault((source.table, *source.keys(cut)), {})[name] = part
    metrics = {name: part for name, part in parts.items() if isinstance(part, Metric)}
    if len(tables) == 1 and not metrics:
        (measures,) = tables.values()
        return _scan(measures, measures, layout, cut)
    scans = [_scan(measures, parts, layout, cut) for measures in tables.values()]
    for name, metric in metrics.items():
        columns = [*keys, *("value" if part == name else _NOTHING for part in parts)]
        scans.append(Select(named(columns, [*keys, *map(identifier, parts)]), derived_table([render(metric)], "term")))
    merged = []
    for name, part in parts.items():
        column, empty = f"MAX({identifier(name)})", of_nothing(part)
        merged.append(f"{column if empty is None else f'COALESCE({column}, {empty!r})'} AS {identifier(name)}")
    return Select([*keys, *merged], derived_table(scans, "scans"), group=keys)


_NOTHING = "CAST(NULL AS DOUBLE)"


def _scan(measures: Mapping[str, Measure], columns: Mapping[str, Part], layout: Layout, cut: Cut) -> Select:
    """One reading of a table that gives some measures, and nulls for the other columns."""
    # Of one event, what all measures ask is asked once of the rows; only the rest tells the measures apart.
    events = {measure.event for measure in measures.values()}
    shared = _shared(measures.values()) if len(events) == 1 else ()
    rows: dict[tuple[str, tuple[Filter, ...]], str] = {}
    values: dict[str, str] = {}
    for name, measure in measures.items():
        source = Source(measure.event, layout)
        own = tuple(item for item in measure.where if item not in shared)
        where = rows[measure.event, own] = condition(own, source.column) if len(events) == 1 else source.where(own)
        column = None if measure.field is None else source.column(measure.field)
        values[name] = aggregate(measure, column, where)
    source = Source(next(iter(events)), layout)
    wide = [where for key, where in rows.items() if not any(_is_wider(other, key) for other in rows)]
    anywhere = any_of(wide)
    where = both(source.where(shared), anywhere) if len(events) == 1 else anywhere
    sources = source.keys(cut)
    keys = [identifier(column) for column in cut.columns]
    listed = [*sources, *(values.get(name, _NOTHING) for name in columns)]
    return Select(named(listed, [*keys, *map(identifier, columns)]), source.table, where, group=sources)


def _shared(measures: Collection[Measure]) -> tuple[Filter, ...]:
    first, *others = (measure.where for measure in measures)
    return tuple(item for item in first if all(item in other for other in others))


def _is_wider(one: tuple[str, tuple[Filter, ...]], other: tuple[str, tuple[Filter, ...]]) -> bool:
    """Whether one lets through all rows that the other does, and is not the same."""
    (event, filters), (other_event, other_filters) = one, other
    return one != other and event == other_event and all(item in other_filters for item in filters)
