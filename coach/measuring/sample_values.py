"""Values for the fields of made-up events."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from typing import Any

from coach.knowledge.models.formula import Conversion, Filter, Measure, Ratio, steps
from coach.knowledge.models.metric import Metric
from coach.measuring.evaluate import meets
from coach.measuring.fields import EventFields

_TRIES = 40


class Values:
    """Knows what each field of each event may hold."""

    def __init__(self, metrics: Iterable[Metric], fields: Mapping[str, EventFields], chance: random.Random) -> None:
        self._fields, self._chance = fields, chance
        self.things: set[str] = set()
        """Fields that name what is counted: users, tasks, conversations."""
        self._fractions: set[tuple[str, str]] = set()
        self._at_most: dict[tuple[str, str], str] = {}
        self._literals: dict[tuple[str, str], list[Filter]] = {}
        for event, entry in fields.items():
            for where in entry.patterns:
                for item in where:
                    self._literals.setdefault((event, item.field), []).append(item)
        for metric in metrics:
            self._learn(metric)

    def _learn(self, metric: Metric) -> None:
        formula = metric.formula
        if isinstance(formula, Conversion):
            self.things.add(formula.entity)
        part_of_one = metric.range.max == 1
        for event, _, taken in steps(formula):
            for what in taken:
                if isinstance(what, Measure) and what.field is not None:
                    if what.agg == "count_distinct":
                        self.things.add(what.field)
                    elif what.agg != "sum" and part_of_one:
                        self._fractions.add((event, what.field))
        if isinstance(formula, Ratio) and part_of_one:
            part, whole = formula.numerator, formula.denominator
            if part.agg == whole.agg == "sum" and part.event == whole.event and part.field and whole.field:
                self._at_most[part.event, part.field] = whole.field

    def fill(self, event: str, where: tuple[Filter, ...]) -> dict[str, Any]:
        """Every field of an event, so that the conditions are met if they can be."""
        row: dict[str, Any] = {}
        for field in self._fields[event].types:
            if field not in self.things:
                row[field] = self._value(event, field, [item for item in where if item.field == field])
        for (owner, part), whole in self._at_most.items():
            if owner == event and row.get(whole) is not None:
                row[part] = round(row[whole] * self._chance.uniform(0.6, 1))
        return row

    def _value(self, event: str, field: str, conditions: list[Filter]) -> Any:
        if any(item.op == "is_null" for item in conditions):
            return None
        for _ in range(_TRIES):
            value = self._guess(event, field, conditions)
            if all(meets({field: value}, item) for item in conditions):
                return value
        return value

    def _guess(self, event: str, field: str, conditions: list[Filter]) -> Any:
        type_ = self._fields[event].types[field]
        known = [value for item in self._literals.get((event, field), ()) for value in _values(item)]
        wanted = [value for item in conditions for value in _values(item)]
        if type_ == "boolean":
            return self._chance.random() < 0.5
        if type_ == "text":
            return self._chance.choice(wanted or [*map(str, known), "other"])
        if any(known):
            near = self._chance.choice(wanted or known) * self._chance.choice((1, 1, self._chance.uniform(0, 2)))
            value = min(near, 1.0) if self._is_fraction(event, field, known) else near
        elif (event, field) in self._fractions:
            value = self._chance.betavariate(8, 3)
        else:
            value = self._chance.lognormvariate(3, 0.5)
        if 0 in wanted and self._chance.random() < 0.5:
            return 0
        if type_ == "integer" or (event, field) in self._at_most or field in self._at_most.values():
            return round(value) + (self._chance.randint(0, 1) if known and not wanted else 0)
        return round(value, 3)

    def _is_fraction(self, event: str, field: str, known: list[Any]) -> bool:
        return (event, field) in self._fractions or any(0 < abs(value) < 1 for value in known)


def _values(item: Filter) -> tuple[Any, ...]:
    if item.value is None:
        return ()
    return item.value if isinstance(item.value, tuple) else (item.value,)
