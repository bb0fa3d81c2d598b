"""What tables of a scorecard are made of: columns, records, and the way back into the scorecard."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from coach.scorecards.metric_row import MetricRow, Owned
from coach.scorecards.model import Scorecard

Put = Callable[[Scorecard, Sequence[Any]], Scorecard]
Form = Literal["text", "amount", "choice", "key"]
BETTER = {"up": "↑ higher", "down": "↓ lower", "band": "↔ within a band"}
SHARE = re.compile(r"%|\b(?:share|rate|percent|percentage|fraction|proportion|ratio)\b", re.IGNORECASE)
"""Words by which a name or a definition says that its values are parts of something."""
MAIN = "main"
"""The id by which tables name the main metric, which need not be in the catalog."""


@dataclass(frozen=True)
class Column:
    """One column: what it shows of a record, and the field that it is read back into, if it is the owner's."""

    head: str
    get: Callable[[Any], object]
    field: str | None = None
    form: Form = "text"
    width: int = 16
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """Records of one sort. The columns of form `key` tell them apart."""

    name: str
    sheet: str
    columns: tuple[Column, ...]
    records: Callable[[Scorecard], Sequence[Any]]
    put: Put | None = None
    """The scorecard with these records in the place of its own; None for tables that are not read back."""
    grows: bool = False
    """Whether the owner adds records."""

    @property
    def keys(self) -> tuple[Column, ...]:
        """The columns that tell records apart."""
        return tuple(column for column in self.columns if column.form == "key")

    def key(self, record: Any) -> tuple[str, ...]:
        """What tells this record from the others, as the cells show it."""
        return tuple(" ".join(str(column.get(record)).split()) for column in self.keys)


@dataclass(frozen=True)
class Measured:
    """A line of the table of metrics: the main metric or one of the catalog."""

    id: str
    name: str
    yours: Owned
    row: MetricRow | None
    """The catalog's entry; of a main metric the nearest, where there is one."""

    @property
    def fraction(self) -> bool:
        """Whether its amounts are shares, which a metric of nobody's catalog tells by its name."""
        return self.row.fraction if self.row else bool(SHARE.search(self.name))

    @property
    def direction(self) -> Literal["up", "down", "band"]:
        """Which way is better."""
        return self.row.direction if self.row else "up"


@dataclass(frozen=True)
class Filled:
    """One named blank of a part of the scorecard."""

    name: str
    label: str
    value: str | None
    owned: bool = True


def measured(card: Scorecard) -> list[Measured]:
    """The main metric, then those of the catalog by layer."""
    main = card.main
    first = Measured(MAIN, main.name, main.yours, card.row(main.metric) if main.metric else None)
    return [first, *(Measured(row.id, row.name, row.yours, row) for row in card.rows)]


def put_measured(card: Scorecard, lines: Sequence[Measured]) -> Scorecard:
    """The scorecard with what its owner says of the metrics."""
    found = {line.id: line.yours for line in lines}
    main = card.main.model_copy(update={"yours": found.get(MAIN, card.main.yours)})
    rows = tuple(row.model_copy(update={"yours": found.get(row.id, row.yours)}) for row in card.rows)
    return card.model_copy(update={"main": main, "rows": rows})


def of_row(get: Callable[[MetricRow], object]) -> Callable[[Measured], object]:
    """What to show of the entry of the catalog, where there is one."""
    return lambda line: get(line.row) if line.row else None


def own(head: str, field: str, form: Form = "text", width: int = 14, choices: tuple[str, ...] = ()) -> Column:
    """A column for what the owner says of a metric."""
    return Column(head, lambda line: getattr(line.yours, field), field, form, width, choices)


def owned(head: str, field: str, width: int = 18, form: Form = "text", choices: tuple[str, ...] = ()) -> Column:
    """A column for a blank of a record."""
    return Column(head, lambda record: getattr(record, field), field, form, width, choices)


def show(head: str, get: Callable[[Any], object], width: int = 24) -> Column:
    """A column that is only shown."""
    return Column(head, get, width=width)


def key(head: str, get: Callable[[Any], object], width: int = 24) -> Column:
    """A column that tells records apart."""
    return Column(head, get, form="key", width=width)


def part(name: str, fields: dict[str, str], shown: dict[str, str] | None = None) -> Callable[[Scorecard], list[Filled]]:
    """Records for the named blanks of a part of the scorecard, after what is only shown of it."""

    def records(card: Scorecard) -> list[Filled]:
        part = getattr(card, name)
        known = [Filled(field, label, _said(getattr(part, field)), False) for field, label in (shown or {}).items()]
        return known + [Filled(field, label, getattr(part, field)) for field, label in fields.items()]

    return records


def put_part(name: str) -> Put:
    """Back into a part of the scorecard."""

    def put(card: Scorecard, records: Sequence[Filled]) -> Scorecard:
        # A name that was wiped out is kept, since nothing is called nothing.
        update = {r.name: r.value for r in records if r.owned and (r.value or r.name != "name")}
        return card.model_copy(update={name: getattr(card, name).model_copy(update=update)})

    return put


def _said(value: object) -> str:
    return "; ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def put(name: str) -> Put:
    """Records back into a field of the scorecard."""
    return lambda card, records: card.model_copy(update={name: tuple(records)})


def put_counters(card: Scorecard, records: Sequence[Any]) -> Scorecard:
    """Counter-metrics back into the main metric."""
    return card.model_copy(update={"main": card.main.model_copy(update={"counters": tuple(records)})})


@dataclass(frozen=True)
class Condition:
    """A criterion with the gate that it belongs to."""

    stage: str
    text: str
    limit: str | None
    borrowed: bool
    actual: str | None
    passed: str | None


def conditions(card: Scorecard) -> list[Condition]:
    """The criteria of all gates."""
    return [
        Condition(gate.stage, c.text, c.limit, c.borrowed, c.actual, c.passed)
        for gate in card.gates
        for c in gate.criteria
    ]


def put_conditions(card: Scorecard, records: Sequence[Condition]) -> Scorecard:
    """Criteria back into their gates."""
    found = {(record.stage, record.text): record for record in records}

    def criterion(stage: str, old: Any) -> Any:
        new = found.get((stage, old.text))
        if new is None:
            return old
        update = {
            "limit": new.limit,
            "actual": new.actual,
            "passed": new.passed,
            # A limit that the owner has rewritten is the owner's.
            "borrowed": old.borrowed and new.limit == old.limit,
        }
        return old.model_copy(update=update)

    gates = (
        gate.model_copy(update={"criteria": tuple(criterion(gate.stage, c) for c in gate.criteria)})
        for gate in card.gates
    )
    return card.model_copy(update={"gates": tuple(gates)})


def whose(line: Measured) -> str | None:
    """What others say of a metric, marked as borrowed while the owner has no baseline."""
    row = line.row
    if line.id == MAIN or row is None or not row.borrowed:
        return None
    said = "; ".join(f"{limit.level} {limit.limit}" for limit in row.borrowed)
    return f"{said} ({row.borrowed[0].mark})" if row.still_borrowed else said


def names(items: Sequence[Any]) -> str:
    """Things by their names."""
    return "; ".join(item.name for item in items)
