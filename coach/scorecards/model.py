"""A scorecard as data: what the knowledge base says about a product's success, and blanks for what it cannot.

Every format renders this one model. `None` is a blank that only the owner can fill.
"""

from __future__ import annotations

from typing import Literal

from coach.knowledge.models.base import Entry
from coach.knowledge.models.metric import Layer
from coach.scorecards.metric_row import Blank, Borrowed, MetricRow, Owned
from coach.scorecards.plan_parts import (
    Decision,
    Evaluation,
    EventSpec,
    Experiment,
    Gate,
    LogEntry,
    Owner,
    Review,
    Segment,
    Trigger,
)

SCHEMA_VERSION = 2


class CaseContext(Entry):
    """The practice case that a scorecard was made for."""

    id: str
    prompt: str
    facts: tuple[tuple[str, str], ...]
    """Question and answer."""


class ErrorCost(Entry):
    """One way to be wrong, what it costs and whom."""

    error: str
    cost: str
    bearer: str


class Context(Entry):
    """The product, and whose success counts."""

    summary: str
    job: str
    users: tuple[str, ...]
    payer: str
    affected: tuple[str, ...]
    errors: tuple[ErrorCost, ...]
    worse_error: str
    case: CaseContext | None = None
    segment: Blank = None
    stage: Blank = None
    why_ai: Blank = None
    without_it: Blank = None
    """How the job is done today, which is what the product has to beat."""


class CounterMetric(Entry):
    """What keeps the main metric honest. Its floor is the owner's to set."""

    metric: str
    name: str
    direction: Literal["up", "down", "band"]
    question: str
    floor: Blank = None
    """The value at which the main metric's rise no longer counts."""
    when_crossed: Blank = None
    borrowed: tuple[Borrowed, ...]


class Rival(Entry):
    """A candidate for the main metric that was not taken."""

    metric: str | None
    name: str
    definition: str
    captures: str
    misses: str
    gaming: str


class Trap(Entry):
    """A metric that sounds right for this kind of product, and is wrong."""

    name: str
    why: str


class MainMetric(Entry):
    """The one number that says the product works, and the case for it."""

    metric: str | None = None
    """The catalog's entry for it, where there is one."""
    name: str
    definition: Blank = None
    why: Blank = None
    misses: Blank = None
    gaming: Blank = None
    """How it could rise while value falls, and how that would show."""
    quoted: str | None = None
    """The passage of a case's model answer that states it."""
    counters: tuple[CounterMetric, ...]
    rivals: tuple[Rival, ...]
    traps: tuple[Trap, ...]
    yours: Owned = Owned()


class TreeNode(Entry):
    """A metric or a group in the tree; the children of a ratio are its two parts."""

    name: str
    metric: str | None = None
    direction: Literal["up", "down", "band"] | None = None
    operation: Literal["divided by"] | None = None
    """The arithmetic that joins the children, where there is one."""
    children: tuple[TreeNode, ...] = ()


class ChainStep(Entry):
    """One step from a metric to money."""

    step: Literal["metric", "behaviour", "operation", "money"]
    text: str


class Chain(Entry):
    """From the metric to money, with an example calculation to be redone with own figures."""

    steps: tuple[ChainStep, ...]
    assumptions: tuple[str, ...]
    calculation: str


class Reading(Entry):
    """A sign, and how to read it."""

    sign: str
    reading: str


class Scorecard(Entry):
    """Everything a team agrees on before it reads the first number."""

    schema_version: int = SCHEMA_VERSION
    id: str
    """The archetype or the case that it was made for."""
    own_product: bool = False
    """Whether the owner described the product, rather than the knowledge base."""
    title: str
    archetype: str
    archetype_name: str
    knowledge: str
    """The digest of the knowledge base that filled it."""
    context: Context
    main: MainMetric
    tree: TreeNode
    chain: Chain
    rows: tuple[MetricRow, ...]
    variation: str
    """How outputs or inputs vary."""
    repeated_runs: tuple[str, ...]
    """What is done about it."""
    adoption: tuple[Reading, ...]
    over_reliance: str
    under_reliance: str
    segments: tuple[Segment, ...]
    evaluation: Evaluation
    events: tuple[EventSpec, ...]
    gates: tuple[Gate, ...]
    rollback: tuple[Trigger, ...]
    experiment: Experiment
    decisions: tuple[Decision, ...]
    owners: tuple[Owner, ...]
    reviews: tuple[Review, ...]
    log: tuple[LogEntry, ...] = ()
    questions: tuple[str, ...]

    def in_layer(self, layer: Layer) -> tuple[MetricRow, ...]:
        """The metrics of one layer, in order."""
        return tuple(row for row in self.rows if row.layer == layer)

    @property
    def still_borrowed(self) -> tuple[MetricRow, ...]:
        """The metrics on which others' limits stand in for the owner's."""
        return tuple(row for row in self.rows if row.still_borrowed)

    def row(self, metric: str) -> MetricRow | None:
        """The row of a catalog metric, where it has one."""
        return next((row for row in self.rows if row.id == metric), None)
