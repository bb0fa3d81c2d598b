"""The catalog's metrics on a team's own events, with intervals and with reasons where there is no number."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from coach.calculators.intervals import newcombe
from coach.calculators.result import Interval
from coach.knowledge.models.formula import Conversion
from coach.knowledge.models.metric import Metric
from coach.measuring.cut import WHOLE, Cut
from coach.measuring.event_files import EventData
from coach.measuring.layout import Layout
from coach.measuring.presence import Presence
from coach.measuring.proportions import CONFIDENCE, interval, is_share
from coach.measuring.sql import query, unfinished_query


@dataclass(frozen=True)
class Answer:
    """A metric's value in one segment."""

    segment: Mapping[str, Any]
    value: float | None
    parts: Mapping[str, float | None]
    """Numerator and denominator, the terms, or how many values there were (`n`)."""
    interval: Interval | None
    without: str = ""
    """Why there is no interval, where there is none."""


@dataclass(frozen=True)
class Difference:
    """How a segment's share differs from that of the segment it is compared with."""

    segment: Mapping[str, Any]
    value: float
    interval: Interval


@dataclass(frozen=True)
class Computed:
    """A metric with its values."""

    metric: Metric
    answers: tuple[Answer, ...]
    differences: tuple[Difference, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Outcome:
    """What could be computed and what could not."""

    computed: tuple[Computed, ...]
    refused: Mapping[str, str] = field(default_factory=dict)
    """Metric id to the reason."""


def compute(
    metrics: Iterable[Metric],
    catalog: Mapping[str, Metric],
    data: EventData,
    layout: Layout,
    cut: Cut = WHOLE,
    versus: str | None = None,
) -> Outcome:
    """Each metric's values. `versus` names the segment of the one field in `cut.by` that others are compared with."""
    import duckdb

    presence = Presence(data, layout, cut.by)
    computed: list[Computed] = []
    refused: dict[str, str] = {}
    for metric in metrics:
        if reason := presence.lacks(metric, catalog):
            refused[metric.id] = reason
            continue
        try:
            answers = _answers(metric, data, query(metric, layout, catalog, cut), cut)
            notes = _notes(metric, data, layout, answers)
        except duckdb.Error as error:
            refused[metric.id] = f"the query failed: {str(error).strip().splitlines()[0][:200]}"
            continue
        differences = () if versus is None else _differences(metric, answers, cut, versus)
        computed.append(Computed(metric, answers, differences, notes))
    return Outcome(tuple(computed), refused)


def _answers(metric: Metric, data: EventData, sql: str, cut: Cut) -> tuple[Answer, ...]:
    cursor = data.connection.execute(sql)
    names = [column[0] for column in cursor.description or ()]
    keys = len(cut.columns)
    answers = []
    for row in cursor.fetchall():
        parts = {name: _number(value) for name, value in zip(names[keys:-1], row[keys:-1], strict=True)}
        value = _number(row[-1])
        found = "there is no value" if value is None else interval(metric, parts)
        answers.append(
            Answer(
                dict(zip(names[:keys], row[:keys], strict=True)),
                value,
                parts,
                found if isinstance(found, Interval) else None,
                found if isinstance(found, str) else "",
            )
        )
    return tuple(answers)


def _number(value: Any) -> float | None:
    if value is None:
        return None
    number = float(value)
    return number if math.isfinite(number) else None


def _differences(metric: Metric, answers: tuple[Answer, ...], cut: Cut, versus: str) -> tuple[Difference, ...]:
    if not is_share(metric):
        return ()
    (column,) = cut.fields
    found = []
    for answer in answers:
        period = {key: value for key, value in answer.segment.items() if key != column}
        other = next(
            (
                each
                for each in answers
                if str(each.segment[column]) == versus and period.items() <= each.segment.items()
            ),
            None,
        )
        if other is None or other is answer or answer.interval is None or other.interval is None:
            continue
        (part, whole), (other_part, other_whole) = counts = _counts(answer), _counts(other)
        gap = part / whole - other_part / other_whole
        found.append(Difference(answer.segment, gap, newcombe(*counts, CONFIDENCE)))
    return tuple(found)


def _counts(answer: Answer) -> tuple[float, float]:
    return answer.parts["numerator"] or 0, answer.parts["denominator"] or 0


def _notes(metric: Metric, data: EventData, layout: Layout, answers: tuple[Answer, ...]) -> tuple[str, ...]:
    notes = []
    low, high = metric.range.min, metric.range.max
    values = [answer.value for answer in answers if answer.value is not None]
    if any((low is not None and value < low) or (high is not None and value > high) for value in values):
        notes.append("outside the range it can have: look whether its events are logged as it needs them")
    if isinstance(metric.formula, Conversion):
        row = data.connection.execute(unfinished_query(metric.formula, layout)).fetchone()
        if row is not None and row[0]:
            notes.append(f"{row[0]} began less than {metric.formula.window} before the data ends, and may still follow")
    return tuple(notes)
