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
