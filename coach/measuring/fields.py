"""Which events and fields some metrics read, and of what type each field is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from coach.knowledge.models.formula import (
    Conversion,
    Cumulative,
    Derived,
    Filter,
    Formula,
    Measure,
    MetricRef,
    Ratio,
    Share,
    Simple,
    Step,
)
from coach.knowledge.models.metric import Metric
from coach.measuring.layout import EventPlace, Layout

Type = Literal["boolean", "integer", "number", "text"]
_ADDED_UP = ("sum", "avg", "min", "max", "percentile")


@dataclass
class EventFields:
    """One event, and what is asked of it."""

    event: str
    types: dict[str, Type] = field(default_factory=dict)
    patterns: list[tuple[Filter, ...]] = field(default_factory=list)
    """The conditions that some formula puts on its rows, each set once."""


def steps(formula: Formula) -> Iterator[tuple[str, tuple[Filter, ...], tuple[Measure | str, ...]]]:
    """Each event that a formula reads with its conditions and with what is taken from the rows.

    What is taken is a measure, or the name of the field that joins the steps of a conversion.
    """
    match formula:
        case Simple(measure=measure) | Cumulative(measure=measure):
            yield measure.event, measure.where, (measure,)
        case Ratio(numerator=numerator, denominator=denominator):
            for measure in (numerator, denominator):
                yield measure.event, measure.where, (measure,)
        case Share(whole=whole, part=part):
            yield whole.event, whole.where, (whole,)
            yield whole.event, (*whole.where, *part), (whole,)
        case Derived(terms=terms):
            for term in terms.values():
                if isinstance(term, Measure):
                    yield term.event, term.where, (term,)
        case Conversion(base=base, target=target, entity=entity):
            for step in (base, target):
                assert isinstance(step, Step)
                yield step.event, step.where, (entity,)


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
    for metric in with_terms(metrics, catalog):
        for event, where, taken in steps(metric.formula):
            entry = events.setdefault(event, EventFields(event))
            if where not in entry.patterns:
                entry.patterns.append(where)
            for item in where:
                _note(entry.types, item.field, _type_of(item))
            for what in taken:
                if isinstance(what, str):
                    _note(entry.types, what, "text")
                elif what.field is not None:
                    _note(entry.types, what.field, "number" if what.agg in _ADDED_UP else None)
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
            if name in columns and _CLASSES[columns[name]] != _CLASSES[type_]:
                column = moved[name] = f"{name}_{_CLASSES[type_]}"
            _note(columns, column, type_)
        if moved:
            places[entry.event] = EventPlace(fields=moved)
    return OneTable(columns, Layout(events=places))


_CLASSES: Mapping[Type, str] = {"boolean": "flag", "integer": "number", "number": "number", "text": "text"}
_ORDER: tuple[Type, ...] = ("boolean", "integer", "number", "text")


def _note(types: dict[str, Type], name: str, hint: Type | None) -> None:
    if hint is None:
        types.setdefault(name, "text")
        return
    known = types.get(name)
    # Text is also what a field is taken for that nothing is known of; a real hint replaces that.
    if known is None or known == "text":
        types[name] = hint
    elif hint != "text":
        types[name] = max(known, hint, key=_ORDER.index)


def _type_of(item: Filter) -> Type | None:
    values = item.value if isinstance(item.value, tuple) else (item.value,)
    kinds = {type(value) for value in values if value is not None}
    if kinds == {bool}:
        return "boolean"
    if kinds == {int}:
        return "integer"
    if kinds and kinds <= {int, float}:
        return "number"
    return "text" if str in kinds else None
