"""What a calculator takes: each argument with its unit and bounds, read from text and checked by name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final, Literal

from coach.errors import ArgumentError

Kind = Literal["share", "points", "number", "whole", "numbers", "shares", "wholes", "table"]
"""`share` is a fraction of 1 and `points` a difference of two; a `table` is rows of whole numbers."""

LARGEST: Final = 1e15
"""Beyond it counts are no longer exact and money is a slip of the keyboard."""
SMALLEST: Final = 1e-12
"""What is nearer to zero than that is zero or a slip, and would overflow what is divided by it."""
LONGEST_LIST: Final = 10_000

_NUMBER = re.compile(
    r"[+-]?(?:[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]*)?|[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?"
)
_SINGLE: Final[dict[str, Kind]] = {"numbers": "number", "shares": "share", "wholes": "whole"}
_EXAMPLES: Final[dict[str, str]] = {
    "share": ", such as 0.35 or 35%",
    "points": ", such as 0.03 or 3% for three points",
}
_WHAT: Final[dict[str, str]] = {
    "share": "a share",
    "points": "a difference of shares",
    "number": "a number",
    "whole": "a whole number",
}


class _Required:
    """Marks an argument without a default."""

    def __repr__(self) -> str:
        return "required"


REQUIRED: Final = _Required()


@dataclass(frozen=True, slots=True)
class Argument:
    """One input: what it means, its unit, and what it may be."""

    name: str
    meaning: str
    kind: Kind
    unit: str
    example: str
    """As it would be typed."""
    low: float = 0.0
    high: float = LARGEST
    open_low: bool = False
    """Whether `low` itself is refused."""
    open_high: bool = False
    default: Any = REQUIRED

    @property
    def required(self) -> bool:
        """Whether it must be given."""
        return isinstance(self.default, _Required)

    @property
    def option(self) -> str:
        """As the command line writes it."""
        return f"--{self.name.replace('_', '-')}"

    @property
    def allowed(self) -> str:
        """What it may be, to stand after "it must be"."""
        if self.kind == "table":
            return "a square table of whole numbers, such as 20,5; 10,15"
        single = _SINGLE.get(self.kind, self.kind)
        one = f"{_WHAT[single]} {self._bounds()}{_EXAMPLES.get(single, '')}"
        return f"one or more numbers, each {one}" if self.kind in _SINGLE else one

    def check(self, value: Any) -> Any:
        """The value as the calculation takes it. Raises `ArgumentError`."""
        if value is None and not self.required and self.default is None:
            return None
        if self.kind == "table":
            return self._table(value)
        if self.kind not in _SINGLE:
            return self._one(value, self.kind)
        values = (value,) if isinstance(value, (int, float)) else value
        if isinstance(values, str) or not isinstance(values, Iterable):
            raise self.refusal(value)
        checked = tuple(self._one(item, _SINGLE[self.kind]) for item in values)
        if not 0 < len(checked) <= LONGEST_LIST:
            raise ArgumentError(self.name, f"{len(checked):,} numbers", f"1 to {LONGEST_LIST:,} numbers")
        return checked

    def read(self, text: str) -> Any:
        """The value that a text stands for, checked; an empty one means the default. Raises `ArgumentError`."""
        text = text.strip()
        if not text:
            if self.required:
                raise self.refusal(None)
            return self.default
        if self.kind == "table":
            return self._table([self._listed(row) for row in text.split(";") if row.strip()])
        return self.check(self._listed(text) if self.kind in _SINGLE else self._number(text))

    def refusal(self, value: object) -> ArgumentError:
        """The error for a value it cannot be."""
        return ArgumentError(self.name, value, self.allowed)

    def _one(self, value: Any, kind: Kind) -> float | int:
        if isinstance(value, bool) or not hasattr(value, "__float__"):
            raise self.refusal(value)
        number = float(value)
        if not self._is_inside(number):
            raise self.refusal(number)
        if 0 < abs(number) < SMALLEST:
            raise ArgumentError(self.name, number, f"zero, or at least {SMALLEST:g} in size")
        if kind != "whole":
            return number
        if not number.is_integer():
            raise self.refusal(number)
        return int(number)

    def _is_inside(self, number: float) -> bool:
        if self.kind == "table":
            # Its bounds are those of the number of classes.
            return 0 <= number <= LARGEST
        above = number > self.low if self.open_low else number >= self.low
        below = number < self.high if self.open_high else number <= self.high
        return above and below

    def _table(self, rows: Any) -> tuple[tuple[int, ...], ...]:
        if isinstance(rows, str) or not isinstance(rows, Iterable):
            raise self.refusal(rows)
        table = tuple(tuple(int(self._one(cell, "whole")) for cell in row) for row in rows)
        if not self.low <= len(table) <= self.high or any(len(row) != len(table) for row in table):
            shape = f"{len(table)} rows of {', '.join(sorted({str(len(row)) for row in table})) or 'no'} cells"
            raise ArgumentError(self.name, shape, f"a square table of 2 to {self.high:g} classes")
        return table

    def _listed(self, text: str) -> list[float]:
        parts = [part for part in re.split(r"[\s;]+|,\s+", text.strip()) if part.strip(",")]
        if self.kind != "numbers":
            parts = [part for joined in parts for part in joined.split(",") if part]
        elif len(parts) == 1 and "," in parts[0]:
            # 150,000 may be one amount or two.
            if _NUMBER.fullmatch(parts[0]):
                raise ArgumentError(self.name, text, "numbers parted by spaces, or one without a comma")
            parts = parts[0].split(",")
        if len(parts) > LONGEST_LIST:
            raise ArgumentError(self.name, f"{len(parts):,} numbers", f"1 to {LONGEST_LIST:,} numbers")
        return [self._number(part) for part in parts]

    def _number(self, text: str) -> float:
        bare = text.strip().lstrip("$€£").strip()
        percent = bare.endswith("%")
        bare = bare.removesuffix("%").strip()
        if not _NUMBER.fullmatch(bare) or len(bare) > 40:
            raise self.refusal(text)
        return float(bare.replace(",", "")) / (100 if percent else 1)

    def _bounds(self) -> str:
        low = f"above {self.low:,g}" if self.open_low else f"{self.low:,g}"
        if self.high >= LARGEST:
            if self.low <= -LARGEST:
                return "of any size up to a quadrillion"
            return low if self.open_low else f"of at least {low}"
        high = f"below {self.high:,g}" if self.open_high else f"{self.high:,g}"
        if self.open_low and self.open_high:
            return f"between {self.low:,g} and {self.high:,g}, the ends excluded"
        return f"{low} and at most {high}" if self.open_low else f"from {low} to {high}"


CONFIDENCE: Final = Argument(
    "confidence",
    "how often such an interval is to hold the true value",
    "share",
    "share",
    "95%",
    low=0.5,
    high=0.9999,
    default=0.95,
)
