"""What is said about a reply to a follow-up question: which points of a good reply it makes, by which words."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from coach.scoring.report import Cost, Evidence

Making = Literal[0, 1, 2]
NOT, TOUCHED, MADE = 0, 1, 2
MAKING_NAMES = ("not made", "touched", "made")


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class PointResult(_Frozen):
    """One point of a good reply: how far it is made, what shows it, and what is missing."""

    point: str
    level: Making
    """0 not made, 1 touched, 2 made."""
    evidence: tuple[Evidence, ...] = ()
    costs: tuple[Cost, ...] = ()
    """Words that speak of the point and earn nothing, with the reason."""
    missing: str = ""
    """What is still to be said, in the point's own words; empty where it is made."""


class FollowUpReport(_Frozen):
    """The judgement of one reply to one follow-up question of a case."""

    case: str
    number: int
    """Which of the case's questions, from 1."""
    question: str
    overall: Annotated[int, Field(ge=0, le=100)]
    points: tuple[PointResult, ...]
    advice: str
    """One line: what to say next."""
    notes: tuple[str, ...] = ()
    """Remarks on the reply as a whole."""
