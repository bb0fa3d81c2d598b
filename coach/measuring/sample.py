"""Made-up events on which every computable metric has a value: a seed to try queries and exports on.

The same metrics and seed give the same events. The numbers are invented and say nothing about any product.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from coach.knowledge.models.formula import Conversion, Filter, Measure, Ratio, steps
from coach.knowledge.models.metric import Metric
from coach.measuring.evaluate import AT, EVENT
from coach.measuring.fields import events_read, with_terms
from coach.measuring.layout import USER
from coach.measuring.sample_values import Values
from coach.measuring.windows import before

START = datetime(2026, 1, 5)
DAYS = 84
PEOPLE = 60
PLANS = ("free", "pro", "pro")
"""Every third person is on the free plan, the others pay."""
ID, PLAN = "event_id", "plan"
STANDARD = (ID, EVENT, AT, USER, PLAN)
"""The fields that every sample event has, in the order of its columns."""

_STORIES = 20
_ROWS = 10
_LONGEST = timedelta(days=21)


def sample_events(metrics: Iterable[Metric], catalog: Mapping[str, Metric], seed: int = 7) -> list[dict[str, Any]]:
    """Events for these metrics and those they are derived from, in the order of time."""
    return _Sampler(with_terms(metrics, catalog), catalog, random.Random(seed)).events()


class _Sampler:
    def __init__(self, metrics: tuple[Metric, ...], catalog: Mapping[str, Metric], chance: random.Random) -> None:
        self._metrics, self._chance = metrics, chance
        self._fields = events_read(metrics, catalog)
        self._values = Values(metrics, self._fields, chance)
        self._owners: dict[str, list[tuple[str, int]]] = {}
        """Of each field that names things: the names given so far, each with the person it belongs to."""
        self._begun: frozenset[str] = frozenset()
        """The fields whose things came up in a story; other events speak of these and name no new ones."""
        self._rows: list[dict[str, Any]] = []

    def events(self) -> list[dict[str, Any]]:
        """The events in order of time, one row each."""
        # Stories first: later rows speak of the things that the stories began.
        for metric in self._metrics:
            match metric.formula:
                case Conversion() as conversion:
                    self._conversions(conversion)
                case Ratio(numerator=part, denominator=whole) if _same_things(part, whole):
                    self._subsets(part, whole)
        self._begun = frozenset(self._owners)
        for metric in self._metrics:
            if not isinstance(metric.formula, Conversion):
                for event, where, _ in steps(metric.formula):
                    for _ in range(_ROWS):
                        self._add(event, self._moment(), where)
        for event, entry in self._fields.items():
            for where in entry.patterns[:3]:
                # Rows that miss a condition, so that conditions make a difference.
                self._add(event, self._moment(), where[1:])
            self._add(event, self._moment(), ())
        rows = sorted(self._rows, key=lambda row: (row[AT], row[EVENT]))
        return [{ID: f"e{number:06}", **row} for number, row in enumerate(rows, 1)]

    def _conversions(self, formula: Conversion) -> None:
        for _ in range(_STORIES):
            name, person = self._new(formula.entity)
            at = self._moment(0.7)
            known = {formula.entity: name}
            self._add(formula.base.event, at, formula.base.where, known, person)
            window = min(at - before(at, formula.window), _LONGEST)
            fate = self._chance.random()
            if fate < 0.6:
                later = at + window * self._chance.uniform(0.02, 0.9)
                self._add(formula.target.event, later, formula.target.where, known, person)
            elif fate < 0.75 and window < _LONGEST:
                self._add(formula.target.event, at + window * 1.5, formula.target.where, known, person)

    def _subsets(self, part: Measure, whole: Measure) -> None:
        assert part.field is not None
        everybody = range(PEOPLE) if part.field == USER else [None] * _STORIES
        for chosen in everybody:
            name, person = self._new(part.field, chosen)
            at = self._moment(0.95)
            self._add(whole.event, at, whole.where, {part.field: name}, person)
            if self._chance.random() < 0.8:
                soon = at + timedelta(seconds=self._chance.randint(1, 3600))
                self._add(part.event, soon, part.where, {part.field: name}, person)

    def _moment(self, until: float = 1.0) -> datetime:
        return START + timedelta(seconds=self._chance.randrange(int(DAYS * 86_400 * until)))

    def _new(self, field: str, person: int | None = None) -> tuple[str, int]:
        """A thing and the person it belongs to: the given one, else anybody."""
        person = self._chance.randrange(PEOPLE) if person is None else person
        if field == USER:
            return f"u{person + 1:03}", person
        known = self._owners.setdefault(field, [])
        known.append((f"{field.removesuffix('_id')}-{len(known) + 1:04}", person))
        return known[-1]

    def _add(
        self,
        event: str,
        at: datetime,
        where: tuple[Filter, ...],
        known: Mapping[str, str] | None = None,
        person: int | None = None,
    ) -> None:
        things: dict[str, Any] = dict(known or {})
        for field in self._fields[event].types:
            if field in self._values.things and field not in things and field != USER:
                old = self._owners.get(field)
                again = old and person is None and (field in self._begun or self._chance.random() < 0.15)
                name, owner = self._chance.choice(old) if old and again else self._new(field)
                things[field] = name
                person = owner if person is None else person
        if person is None:
            person = self._chance.randrange(PEOPLE)
        row = {EVENT: event, AT: at.replace(microsecond=0), USER: f"u{person + 1:03}", PLAN: PLANS[person % 3]}
        self._rows.append({**row, **self._values.fill(event, where), **things})


def _same_things(part: Measure, whole: Measure) -> bool:
    return part.agg == whole.agg == "count_distinct" and part.field == whole.field
