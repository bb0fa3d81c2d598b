"""Metrics worked out in plain Python over events in memory.

It shares no line with the SQL renderer, so that each can be held against the other.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from coach.knowledge.models.formula import (
    Conversion,
    Cumulative,
    Derived,
    Filter,
    Measure,
    MetricRef,
    Procedure,
    Ratio,
    Share,
    Simple,
    Step,
)
from coach.knowledge.models.metric import Metric
from coach.measuring.cut import WHOLE, Cut
from coach.measuring.expressions import work_out
from coach.measuring.windows import before, counts_days

EVENT, AT = "event_name", "event_at"
"""The keys of an event that hold its name and its moment (a `datetime` without time zone)."""

Event = Mapping[str, Any]
Segment = tuple[Any, ...]
"""The values of the cut's columns; empty for the whole."""


class Number(NamedTuple):
    """A metric's value and what it was made of; None where it is not defined."""

    value: float | None
    parts: Mapping[str, float | None]
    """By the names that the SQL gives them: numerator and denominator, the terms, or n."""


def evaluate(
    metric: Metric, events: Iterable[Event], catalog: Mapping[str, Metric], cut: Cut = WHOLE
) -> dict[Segment, Number]:
    """The metric for each segment that has an event in any of its parts. Raises `ValueError` for a procedure."""
    return _Evaluator(events, catalog, cut).metric(metric)


class _Evaluator:
    def __init__(self, events: Iterable[Event], catalog: Mapping[str, Metric], cut: Cut) -> None:
        self._catalog, self._cut = catalog, cut
        self._events: dict[str, list[Event]] = {}
        for row in events:
            self._events.setdefault(row[EVENT], []).append(row)

    def metric(self, metric: Metric) -> dict[Segment, Number]:
        match metric.formula:
            case Simple(measure=measure):
                found = self._groups(measure.event, measure.where)
                return {key: _single(measure, rows) for key, rows in found.items()}
            case Ratio(numerator=numerator, denominator=denominator):
                return self._ratio(self._measure(numerator), self._measure(denominator))
            case Share(whole=whole, part=part):
                both = whole.model_copy(update={"where": (*whole.where, *part)})
                return self._ratio(self._measure(both), self._measure(whole))
            case Derived(expression=expression, terms=terms):
                values = {
                    name: self._measure(term)
                    if isinstance(term, Measure)
                    else _values(self.metric(self._catalog[term.metric]))
                    for name, term in terms.items()
                }
                return self._derived(expression, values, {name: self._empty(term) for name, term in terms.items()})
            case Cumulative() as cumulative:
                return self._cumulative(cumulative)
            case Conversion() as conversion:
                return self._conversion(conversion)
            case Procedure():
                raise ValueError(f"{metric.id} is a procedure: events alone cannot give it")
        raise AssertionError(metric.formula)

    def _empty(self, part: Measure | MetricRef) -> float | None:
        """What a segment without any event has."""
        if isinstance(part, Measure):
            return aggregated(part, [])
        match self._catalog[part.metric].formula:
            case Simple(measure=measure):
                return aggregated(measure, [])
            case Derived(expression=expression, terms=terms):
                return work_out(expression, {name: self._empty(term) for name, term in terms.items()})
        return None

    def _rows(self, event: str, where: tuple[Filter, ...]) -> list[Event]:
        return [row for row in self._events.get(event, ()) if all(meets(row, item) for item in where)]

    def _key(self, row: Event) -> Segment:
        fields = tuple(row.get(field) for field in self._cut.by)
        return fields if self._cut.per is None else (truncated(row[AT], self._cut.per), *fields)

    def _groups(self, event: str, where: tuple[Filter, ...]) -> dict[Segment, list[Event]]:
        found: dict[Segment, list[Event]] = {}
        for row in self._rows(event, where):
            found.setdefault(self._key(row), []).append(row)
        # Without a split there is always one number, if only of nothing.
        return found or ({} if self._cut.columns else {(): []})

    def _measure(self, measure: Measure) -> dict[Segment, float | None]:
        return {key: aggregated(measure, rows) for key, rows in self._groups(measure.event, measure.where).items()}

    def _ratio(
        self, numerators: Mapping[Segment, float | None], denominators: Mapping[Segment, float | None]
    ) -> dict[Segment, Number]:
        parts = {"numerator": numerators, "denominator": denominators}
        return self._derived("numerator / denominator", parts, dict.fromkeys(parts, 0))

    def _derived(
        self,
        expression: str,
        values: Mapping[str, Mapping[Segment, float | None]],
        empty: Mapping[str, float | None],
    ) -> dict[Segment, Number]:
        segments = dict.fromkeys(key for part in values.values() for key in part)
        numbers = {}
        for key in segments:
            parts = {name: part.get(key, empty[name]) for name, part in values.items()}
            numbers[key] = Number(work_out(expression, parts), parts)
        return numbers

    def _conversion(self, formula: Conversion) -> dict[Segment, Number]:
        reached: dict[Any, list[datetime]] = {}
        for row in self._step(formula.target, formula.entity):
            reached.setdefault(row[formula.entity], []).append(row[AT])
        started: dict[Segment, set[Any]] = {} if self._cut.columns else {(): set()}
        converted: dict[Segment, set[Any]] = {}
        for row in self._step(formula.base, formula.entity):
            entity, at, key = row[formula.entity], row[AT], self._key(row)
            started.setdefault(key, set()).add(entity)
            if any(at <= moment and before(moment, formula.window) < at for moment in reached.get(entity, ())):
                converted.setdefault(key, set()).add(entity)
        return self._ratio(
            {key: len(converted.get(key, ())) for key in started}, {key: len(found) for key, found in started.items()}
        )

    def _step(self, step: Step, entity: str) -> list[Event]:
        return [row for row in self._rows(step.event, step.where) if row.get(entity) is not None]

    def _cumulative(self, formula: Cumulative) -> dict[Segment, Number]:
        measure = formula.measure

        def moment(row: Event) -> datetime:
            at: datetime = row[AT]
            return truncated(at, "day") if counts_days(formula.window) else at

        ends: dict[Segment, datetime] = {}
        for row in self._rows(measure.event, ()):
            period: Segment = () if self._cut.per is None else (truncated(row[AT], self._cut.per),)
            ends[period] = max(ends.get(period, datetime.min), moment(row))
        rows = self._rows(measure.event, measure.where)
        numbers: dict[Segment, Number] = {} if self._cut.columns or ends else {(): _single(measure, [])}
        for period, end in ends.items():
            start = before(end, formula.window)
            inside = [row for row in rows if start < moment(row) <= end]
            segments: dict[Segment, list[Event]] = {} if self._cut.by else {period: []}
            for row in inside:
                segments.setdefault((*period, *(row.get(field) for field in self._cut.by)), []).append(row)
            numbers |= {key: _single(measure, found) for key, found in segments.items()}
        return numbers


def aggregated(measure: Measure, rows: Sequence[Event]) -> float | None:
    """The aggregation of rows that were chosen already."""
    if measure.field is None:
        return len(rows)
    values = [row[measure.field] for row in rows if row.get(measure.field) is not None]
    match measure.agg:
        case "count":
            return len(values)
        case "count_distinct":
            return len(set(values))
        case "sum":
            return math.fsum(values)
    if not values:
        return None
    match measure.agg:
        case "avg":
            return math.fsum(values) / len(values)
        case "min":
            return float(min(values))
        case "max":
            return float(max(values))
    assert measure.percentile is not None
    ordered = sorted(values)
    place = measure.percentile * (len(ordered) - 1)
    low, high = ordered[math.floor(place)], ordered[math.ceil(place)]
    return float(low + (high - low) * (place - math.floor(place)))


def truncated(at: datetime, grain: str) -> datetime:
    """The start of the hour, day, week (Monday), month or quarter."""
    hour = at.replace(minute=0, second=0, microsecond=0)
    if grain == "hour":
        return hour
    day = hour.replace(hour=0)
    match grain:
        case "day":
            return day
        case "week":
            return day - timedelta(days=day.weekday())
        case "month":
            return day.replace(day=1)
    return day.replace(month=day.month - (day.month - 1) % 3, day=1)


def _single(measure: Measure, rows: Sequence[Event]) -> Number:
    counted = len(rows) if measure.field is None else sum(row.get(measure.field) is not None for row in rows)
    return Number(aggregated(measure, rows), {"n": counted})


def _values(numbers: Mapping[Segment, Number]) -> dict[Segment, float | None]:
    return {key: number.value for key, number in numbers.items()}


_COMPARE: Mapping[str, Callable[[Any, Any], bool]] = {
    "eq": lambda have, want: bool(have == want),
    "ne": lambda have, want: bool(have != want),
    "gt": lambda have, want: bool(have > want),
    "ge": lambda have, want: bool(have >= want),
    "lt": lambda have, want: bool(have < want),
    "le": lambda have, want: bool(have <= want),
    "in": lambda have, want: have in want,
    "not_in": lambda have, want: have not in want,
}


def meets(row: Event, item: Filter) -> bool:
    """Whether an event meets a condition; what it does not have meets none but `is_null`."""
    have = row.get(item.field)
    if item.op in ("is_null", "not_null"):
        return (have is None) == (item.op == "is_null")
    return have is not None and _COMPARE[item.op](have, item.value)
