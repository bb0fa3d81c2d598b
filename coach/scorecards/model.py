"""A scorecard as data: what the knowledge base says about a product's success, and blanks for what it cannot.

Every format renders this one model. `None` is a blank that only the owner can fill.
"""

from __future__ import annotations

from typing import Literal

from coach.knowledge.models.base import Entry
from coach.knowledge.models.metric import Layer

SCHEMA_VERSION = 1

Blank = str | None
"""Text that the owner writes; None until then."""

Role = Literal["main", "rival", "counter", "quality", "operations", "coverage"]
"""Why a metric is on the scorecard; `coverage` is for a layer that would be empty without it."""


class CaseContext(Entry):
    """The practice case that a scorecard was made for."""

    id: str
    prompt: str
    facts: tuple[tuple[str, str], ...]
    """Question and answer."""


class Named(Entry):
    """A metric of the catalog, mentioned."""

    id: str
    name: str


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
    decision: Blank = None
    """The decision that the number informs."""
    exclusions: Blank = None
    baseline: Blank = None
    target: Blank = None
    floor: Blank = None
    """Never to be crossed; a ceiling where less is better."""
    stretch: Blank = None
    actual: Blank = None
    spread: Blank = None
    """Over repeated runs of the same inputs."""
    sample: Blank = None
    """The least number of cases, or the smallest change worth seeing."""
    confidence: Blank = None
    refresh: Blank = None
    alert: Blank = None
    when_red: Blank = None
    query: Blank = None
    last_reviewed: Blank = None


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


class EventSpec(Entry):
    """An event to be logged: its properties, when it is sent, and which metrics need it."""

    event: str
    fields: tuple[str, ...]
    when: tuple[str, ...]
    metrics: tuple[Named, ...]
    source: Blank = None
    verified: Blank = None


class Criterion(Entry):
    """One condition of a gate."""

    text: str
    metric: str | None = None
    limit: Blank = None
    borrowed: bool = False
    """Whether the limit is an assumption of the knowledge base rather than the owner's."""
    actual: Blank = None
    passed: Blank = None


class Gate(Entry):
    """What must hold before the next stage."""

    stage: str
    question: str
    criteria: tuple[Criterion, ...]


class Trigger(Entry):
    """A sign at which a release is stopped or taken back."""

    sign: str
    action: Blank
    bearer: str | None = None
    owner: Blank = None


class Experiment(Entry):
    """How an effect is told from chance."""

    advice: tuple[str, ...]
    """What fits this kind of product."""
    metric: str
    guardrails: tuple[str, ...]
    unit: Blank = None
    baseline: Blank = None
    smallest_effect: Blank = None
    sample_size: Blank = None
    duration: Blank = None
    stop_rules: tuple[str, ...]


class Decision(Entry):
    """What is done when two goods pull apart."""

    between: str
    rule: str
    agreed_with: Blank = None


class Owner(Entry):
    """Who answers for what."""

    role: str
    answers_for: str
    name: Blank = None


class Review(Entry):
    """When which numbers are looked at."""

    cadence: str
    metrics: tuple[str, ...]
    who: Blank = None


class LogEntry(Entry):
    """A decision taken on these numbers."""

    date: Blank = None
    decision: Blank = None
    because: Blank = None
    by: Blank = None
    revisit: Blank = None


class Scorecard(Entry):
    """Everything a team agrees on before it reads the first number."""

    schema_version: int = SCHEMA_VERSION
    id: str
    """The archetype or the case that it was made for."""
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

    def row(self, metric: str) -> MetricRow | None:
        """The row of a catalog metric, where it has one."""
        return next((row for row in self.rows if row.id == metric), None)
