"""How a number is split: by fields of its events, and by calendar periods."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Grain = Literal["hour", "day", "week", "month", "quarter"]
GRAINS: tuple[str, ...] = get_args(Grain)
PERIOD = "period"
_TAKEN = frozenset({PERIOD, "n", "numerator", "denominator", "value"})


@dataclass(frozen=True)
class Cut:
    """The fields and the period that a number is split by; neither, for one number over everything."""

    by: tuple[str, ...] = ()
    per: Grain | None = None

    @property
    def fields(self) -> tuple[str, ...]:
        """The result's columns for the fields."""
        return tuple(f"by_{field}" if field in _TAKEN else field for field in self.by)

    @property
    def columns(self) -> tuple[str, ...]:
        """The result's columns that name a segment: the period first."""
        return self.fields if self.per is None else (PERIOD, *self.fields)


WHOLE = Cut()
"""Not split at all."""
