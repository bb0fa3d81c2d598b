"""Of what type the fields of events are, by what formulas do with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple

from coach.knowledge.models.formula import Filter, Formula, Scalar, steps

Type = Literal["boolean", "integer", "number", "text"]

CLASSES: Mapping[Type, str] = {"boolean": "flag", "integer": "number", "number": "number", "text": "text"}
"""What fits into one column: an integer and a number do, a text and a number do not."""

_ADDED_UP = ("sum", "avg", "min", "max", "percentile")
_OF: Mapping[type, Type] = {bool: "boolean", int: "integer", float: "number", str: "text"}


class FieldUse(NamedTuple):
    """A field that a formula reads."""

    event: str
    field: str
    type: Type | None
    """What it must be for that; None where anything would do, as in counting different values."""


def field_uses(formula: Formula) -> Iterator[FieldUse]:
    """Every use of a field, conditions before what is measured; a list of values of several types is several uses."""
    for event, where, taken in steps(formula):
        for condition in where:
            for type_ in _types(condition):
                yield FieldUse(event, condition.field, type_)
        for what in taken:
            if isinstance(what, str):
                yield FieldUse(event, what, None)
            elif what.field is not None:
                yield FieldUse(event, what.field, "number" if what.agg in _ADDED_UP else None)


def _types(condition: Filter) -> tuple[Type | None, ...]:
    values = condition.value if isinstance(condition.value, tuple) else (condition.value,)
    return tuple(dict.fromkeys(map(_type, values)))


def _type(value: Scalar | None) -> Type | None:
    return None if value is None else _OF[type(value)]
