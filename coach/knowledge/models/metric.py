"""One metric of the catalog."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from coach.knowledge.models.base import Entry, EventName, Id, Text
from coach.knowledge.models.formula import Formula

Layer = Literal[
    "business",
    "adoption",
    "experience",
    "model",
    "retrieval",
    "agent",
    "operations",
    "responsible",
    "experiment",
]
ModelKind = Literal[
    "generative", "retrieval", "agent", "classifier", "ranker", "regressor", "vision", "speech", "control"
]
Trust = Literal["claimed", "convention", "derived"]
"""How far a figure can be relied on: somebody's claim, common practice, or worked out from stated inputs."""


class Range(Entry):
    """The values the metric can take; an end left out is open."""

    min: float | None = None
    max: float | None = None


class Threshold(Entry):
    """A number that somebody calls good, or bad, somewhere: never a law."""

    level: Literal["floor", "typical", "target", "alert"]
    op: Literal["<", "<=", ">", ">=", "between"]
    value: float
    """In the metric's unit; rates and shares as fractions (0.85, not 85)."""
    upper: float | None = None
    context: Text
    """For which kind of product, task or stage the number was said."""
    source: Text
    """A source document's file name or a well-known public reference."""
    trust: Trust

    @model_validator(mode="after")
    def _upper_goes_with_between(self) -> Self:
        if (self.op == "between") != (self.upper is not None):
            raise ValueError("upper goes with op: between, and with it only")
        if self.upper is not None and self.upper <= self.value:
            raise ValueError("upper must be above value")
        return self


class Segment(Entry):
    """A cut worth making, and what it shows."""

    by: Text
    because: Text


class Gaming(Entry):
    """A way the number rises without the value, and what gives it away."""

    path: Text
    sign: Text


class LoggedEvent(Entry):
    """An event that must be recorded for the metric to exist, with the fields it needs."""

    event: EventName
    fields: Annotated[tuple[EventName, ...], Field(min_length=1)]
    when: Text
    """The moment at which it is sent."""


class Metric(Entry):
    """What a number means, how it is computed, when it is good, and how it lies."""

    id: Id
    name: Text
    aliases: tuple[Text, ...] = ()
    abbreviations: tuple[Text, ...] = ()
    question: Text
    """The question it answers, in one sentence."""
    layer: Layer
    kind: Literal["ratio", "rate", "mean", "percentile", "count", "score", "distance", "money", "duration"]
    formula: Formula
    unit: Text
    direction: Literal["up", "down", "band"]
    """Which way is better; `band` where both ends are bad."""
    range: Range = Range()
    timing: Literal["leading", "lagging"]
    cadence: Literal["live", "daily", "weekly", "monthly", "quarterly", "release", "experiment"]
    segments: Annotated[tuple[Segment, ...], Field(min_length=1)]
    thresholds: tuple[Threshold, ...] = ()
    gaming: Annotated[tuple[Gaming, ...], Field(min_length=1)]
    countered_by: tuple[Id, ...] = ()
    """Metrics that get worse when this one is pushed for its own sake."""
    counters: tuple[Id, ...] = ()
    """Metrics that this one keeps honest: the same relation from the other end."""
    archetypes: tuple[Id, ...] = ()
    """Kinds of product it fits; empty for any."""
    model_kinds: tuple[ModelKind, ...] = ()
    """Kinds of model it fits; empty for any."""
    logging: tuple[LoggedEvent, ...] = ()
    related: tuple[Id, ...] = ()
