"""What is to be done with the numbers of a scorecard, as data."""

from __future__ import annotations

from coach.knowledge.models.base import Entry
from coach.scorecards.metric_row import Blank, Named


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


class SampleSize(Entry):
    """Cases per arm that it takes to see a share move from a baseline, one number for each difference."""

    baseline: float
    per_difference: tuple[int, ...]


class SampleSizes(Entry):
    """What seeing an effect costs in cases, by baseline and difference, all fractions."""

    power: float
    alpha: float
    differences: tuple[float, ...]
    rows: tuple[SampleSize, ...]


class Evaluation(Entry):
    """How it is proven before release and watched after: a frozen set, human raters, a model as judge."""

    before: tuple[str, ...]
    """What fits this kind of product before release."""
    after: tuple[str, ...]
    frozen_set: Blank = None
    """How many cases, drawn from where, frozen when."""
    runs_per_input: Blank = None
    raters: Blank = None
    """Who rates, blind to what, by which guide."""
    rater_agreement: Blank = None
    judge_agreement: Blank = None
    """Of a model that rates with the human raters."""
    online: Blank = None
    """What is sampled from live use, how often, by whom."""
    last_run: Blank = None


class Segment(Entry):
    """A cut that metrics of the scorecard are worth reading by."""

    by: str
    because: str
    metrics: tuple[Named, ...]


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
    """Per arm."""
    duration: Blank = None
    sizes: SampleSizes
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
