"""Which events and fields some metrics read, and of what type each field is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from coach.knowledge.field_types import CLASSES, Type, field_uses
from coach.knowledge.models.formula import Derived, Filter, MetricRef, steps
from coach.knowledge.models.metric import Metric
from coach.measuring.layout import EventPlace, Layout

_ORDER: tuple[Type | None, ...] = (None, "boolean", "integer", "number", "text")


@dataclass
class EventFields:
    """One event, and what is asked of it."""

    event: str
    types: dict[str, Type] = field(default_factory=dict)
    patterns: list[tuple[Filter, ...]] = field(default_factory=list)
    """The conditions that some formula puts on its rows, each set once."""


def with_terms(metrics: Iterable[Metric], catalog: Mapping[str, Metric]) -> tuple[Metric, ...]:
    """The metrics and those that they are derived from, each once, a derived one after its terms."""
    found: dict[str, Metric] = {}

    def add(metric: Metric) -> None:
        if isinstance(metric.formula, Derived):
            for term in metric.formula.terms.values():
                if isinstance(term, MetricRef):
                    add(catalog[term.metric])
        found.setdefault(metric.id, metric)

    for metric in metrics:
        add(metric)
    return tuple(found.values())


def events_read(metrics: Iterable[Metric], catalog: Mapping[str, Metric]) -> dict[str, EventFields]:
    """Every event that the metrics read, in the order of their first use.

    A field is a boolean, an integer, a number or a text by what it is compared with and how it is added up;
    text where nothing tells. Of two hints the more general type wins, and text over all.
    """
    events: dict[str, EventFields] = {}
    types: dict[str, dict[str, Type | None]] = {}
    for metric in with_terms(metrics, catalog):
        for event, where, _ in steps(metric.formula):
            entry = events.setdefault(event, EventFields(event))
            if where not in entry.patterns:
                entry.patterns.append(where)
        for use in field_uses(metric.formula):
            known = types.setdefault(use.event, {})
            known[use.field] = _wider(known.get(use.field), use.type)
    for event, known in types.items():
        events[event].types = {name: type_ or "text" for name, type_ in known.items()}
    return events


class OneTable(NamedTuple):
    """How all events share one table."""

    columns: dict[str, Type]
    """Every column but the standard ones, with its type."""
    layout: Layout
    """Where a field's column is not called as the field is."""


def one_table(events: Mapping[str, EventFields]) -> OneTable:
    """A table in which every event finds its fields.

    A field has one column. Only where one event holds a text in it and another a number the two are kept apart:
    the later gets a column with its type behind the name.
    """
    columns: dict[str, Type] = {}
    places: dict[str, EventPlace] = {}
    for entry in events.values():
        moved: dict[str, str] = {}
        for name, type_ in entry.types.items():
            column = name
            if name in columns and CLASSES[columns[name]] != CLASSES[type_]:
                column = moved[name] = f"{name}_{CLASSES[type_]}"
            columns[column] = _wider(columns.get(column), type_) or type_
        if moved:
            places[entry.event] = EventPlace(fields=moved)
    return OneTable(columns, Layout(events=places))


def _wider(one: Type | None, other: Type | None) -> Type | None:
    return max(one, other, key=_ORDER.index)
