"""One metric on a scorecard: what the catalog says of it, and what its owner has to add."""

from __future__ import annotations

from typing import Literal

from coach.knowledge.models.base import Entry
from coach.knowledge.models.metric import Layer

Blank = str | None
"""Text that the owner writes; None until then."""

Role = Literal["main", "rival", "counter", "quality", "operations", "coverage"]
"""Why a metric is on the scorecard; `coverage` is for a layer that would be empty without it."""


class Named(Entry):
    """A metric of the catalog, mentioned."""

    id: str
    name: str


class Borrowed(Entry):
    """A limit that somebody else stated: a place to start from, never the owner's own."""

    level: Literal["floor", "typical", "target", "alert"]
    limit: str
    context: str
    source: str
    trust: str
    mark: Literal["borrowed, not yours"] = "borrowed, not yours"


class Gaming(Entry):
    """A way the number rises without the value, and how it would show."""

    path: str
    sign: str


class Segment(Entry):
    """A cut worth making, and what it shows."""

    by: str
    because: str


class Formula(Entry):
    """How a metric is computed, in words."""

    kind: str
    words: str
    numerator: str | None = None
    denominator: str | None = None
    expression: str | None = None
    """Of a procedure, in the notation of textbooks."""
    inputs: tuple[str, ...] = ()
    """Of a procedure: what it takes."""
    from_events: bool
    """Whether logged events are enough to compute it."""


class Owned(Entry):
    """What only the owner of the product can say about a metric."""

    owner: Blank = None
    reviewer: Blank = None
    status: Blank = None
    """Of the definition: one of `STATUSES`."""
    version: Blank = None
    decision: Blank = None
    """The decision that the number informs."""
    goal: Blank = None
    signal: Blank = None
    """What people do or say that shows whether the goal is met."""
    exclusions: Blank = None
    edge_cases: Blank = None
    baseline: Blank = None
    target: Blank = None
    floor: Blank = None
    """Never to be crossed; a ceiling where less is better, the lower end where both ends are bad."""
    upper: Blank = None
    """The upper end, where both ends are bad."""
    stretch: Blank = None
    limit_source: Blank = None
    """Where target and floor come from, and since when."""
    actual: Blank = None
    runs: Blank = None
    """How many runs of the same inputs the spread is over."""
    spread: Blank = None
    """Over repeated runs of the same inputs."""
    sample: Blank = None
    """The least number of cases, or the smallest change worth seeing."""
    confidence: Blank = None
    refresh: Blank = None
    alert: Blank = None
    when_red: Blank = None
    rollback: Blank = None
    """The value at which a release is taken back for this number alone."""
    query: Blank = None
    """A link to the query or the dashboard."""
    last_reviewed: Blank = None
    changes: Blank = None
    """What was changed in the definition, and when."""


STATUSES = ("proposed", "agreed", "instrumented", "live", "retired")
"""The stages of a definition's life."""


class MetricRow(Entry):
    """One metric of the catalog at work on this scorecard."""

    id: str
    name: str
    aliases: tuple[str, ...]
    question: str
    layer: Layer
    roles: tuple[Role, ...]
    because: tuple[str, ...]
    """Why it is here, for this kind of product; the catalog's question where nothing more is known."""
    formula: Formula
    unit: str
    direction: Literal["up", "down", "band"]
    values: str
    """The values it can take."""
    fraction: bool
    """Whether the values are parts of one, shown as percentages."""
    timing: Literal["leading", "lagging"]
    cadence: str
    population: str | None
    """What one counted thing is."""
    grain: str | None
    window: str | None
    segments: tuple[Segment, ...]
    events: tuple[str, ...]
    borrowed: tuple[Borrowed, ...]
    gaming: tuple[Gaming, ...]
    countered_by: tuple[Named, ...]
    counters: tuple[Named, ...]
    budget: str | None = None
    """An operational limit that fits the use, where the archetype names one."""
    yours: Owned = Owned()

    @property
    def still_borrowed(self) -> bool:
        """Whether others' limits stand in for the owner's: until there is a baseline of the owner's own."""
        return bool(self.borrowed) and self.yours.baseline is None
