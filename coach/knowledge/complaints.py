"""A model's complaints about an entry, one for each thing that is wrong.

Of a value that fits no member of a union the model complains once for each member that it tried.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from coach.knowledge.locate import Spot
from coach.knowledge.nodes import Step
from coach.knowledge.wording import expected_type


class Complaint(NamedTuple):
    """One complaint and where it lies."""

    error: Any
    """As pydantic tells it: `type`, `msg`, `ctx`."""
    spot: Spot
    accepted: tuple[str, ...] = ()
    """Where several types would do, each in words."""


def merge_unions(complaints: Sequence[Complaint], depth: int = 0) -> list[Complaint]:
    """The complaints with those from one union brought down to the member that was meant."""
    merged: list[Complaint] = []
    unions: dict[tuple[Step, ...], dict[str, list[Complaint]]] = {}
    for complaint in complaints:
        if len(complaint.spot.members) > depth:
            steps, member = complaint.spot.members[depth]
            unions.setdefault(steps, {}).setdefault(member, []).append(complaint)
        else:
            merged.append(complaint)
    for steps, by_member in unions.items():
        merged += _meant(steps, list(by_member.values()), depth)
    return merged


def _meant(steps: tuple[Step, ...], members: list[list[Complaint]], depth: int) -> list[Complaint]:
    """One complaint where the value has none of the types, else those of the member with the fewest."""
    types = [expected_type(member[0].error["type"]) if member[0].spot.steps == steps else "" for member in members]
    if all(types):
        return [members[0][0]._replace(accepted=tuple(dict.fromkeys(types)))]
    right_type = [member for member, type_ in zip(members, types, strict=True) if not type_]
    return merge_unions(min(right_type, key=len), depth + 1)
