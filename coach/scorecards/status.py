"""How a metric stands against its owner's limits: the same words that the sheet's formula gives."""

from __future__ import annotations

from typing import Literal

from coach.scorecards.cells import amount
from coach.scorecards.metric_row import Owned

Status = Literal[
    "not measured", "not a number", "past its floor", "no limits yet", "on target", "short of target", "within limits"
]
Direction = Literal["up", "down", "band"]


def status(yours: Owned, direction: Direction) -> Status:
    """Where the present value stands; a floor counts before a target."""
    if yours.actual is None:
        return "not measured"
    now = amount(yours.actual)
    if now is None:
        return "not a number"
    floor, target, upper = amount(yours.floor), amount(yours.target), amount(yours.upper)
    if direction == "band":
        if (floor is not None and now < floor) or (upper is not None and now > upper):
            return "past its floor"
        return "no limits yet" if floor is None and upper is None else "on target"
    sign = -1 if direction == "down" else 1
    if floor is not None and sign * now < sign * floor:
        return "past its floor"
    if target is not None:
        return "on target" if sign * now >= sign * target else "short of target"
    return "no limits yet" if floor is None else "within limits"
