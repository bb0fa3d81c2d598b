"""What a calculator gives back: figures with their units and intervals, and how they came about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Unit = Literal[
    "share", "points", "money", "ratio", "count", "seconds", "days", "weeks", "years", "score", "per hundred"
]
"""`share` is a fraction of 1; `points` a difference of two shares, 0.08 for 8 points; `money` the caller's currency."""


@dataclass(frozen=True, slots=True)
class Interval:
    """Where the true value is likely to lie."""

    low: float
    high: float
    confidence: float
    method: str


@dataclass(frozen=True, slots=True)
class Figure:
    """One number that came out."""

    name: str
    value: float
    unit: Unit
    interval: Interval | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a calculation finds; its calculator adds what holds for every calculation of its kind."""

    figures: tuple[Figure, ...]
    working: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """Figures, the one asked for first, with the way there and what to beware of."""

    calculator: str
    figures: tuple[Figure, ...]
    formula: str
    working: str
    """The formula with these numbers in it."""
    notes: tuple[str, ...]
    """What these numbers in particular call for."""
    assumptions: tuple[str, ...]
    limits: tuple[str, ...]

    @property
    def value(self) -> float:
        """The number asked for, in `unit`."""
        return self.figures[0].value

    @property
    def unit(self) -> Unit:
        """What the value is counted in."""
        return self.figures[0].unit

    @property
    def interval(self) -> Interval | None:
        """Where the true value is likely to lie; None where nothing was sampled."""
        return self.figures[0].interval
