"""The main metric of a scorecard: the archetype's first candidate, or the choice of a case's model answer."""

from __future__ import annotations

import re

from coach.knowledge.base import Base
from coach.knowledge.models.archetype import Archetype
from coach.knowledge.models.archetype import MainMetric as Candidate
from coach.knowledge.models.case import Case
from coach.scorecards.model import CounterMetric, MainMetric, Rival, Trap
from coach.scorecards.rows import borrowed, counter_ids

LEAST_SHARED = 0.3
"""Of a metric's words; people who argue in free prose name it in other words than its title has."""
_WORD = re.compile(r"[^\W\d_]{4,}")
_PARAGRAPHS = re.compile(r"\n\s*\n|\n(?=\s*(?:[-*+•]|[0-9]+[.)])\s)")


def main_metric(base: Base, archetype: Archetype, case: Case | None) -> MainMetric:
    """The one number, what speaks for it and against its rivals, and what keeps it honest.

    A case's own choice has no entry in the catalog: what it misses and how it is gamed is left to the owner,
    beside the passage of the model answer that argues for it.
    """
    traps = tuple(Trap(name=trap.metric, why=trap.why) for trap in archetype.traps)
    taken = None if case else archetype.main_metrics[0]
    counters = tuple(_counter(base, id_) for id_ in counter_ids(archetype, taken))
    rivals = tuple(_rival(candidate) for candidate in archetype.main_metrics if candidate is not taken)
    if case is not None:
        return MainMetric(
            name=case.main_metric,
            quoted=passage_about(case.main_metric, case.model_answer),
            counters=counters,
            rivals=rivals,
            traps=traps,
        )
    first = archetype.main_metrics[0]
    return MainMetric(
        metric=first.metric,
        name=first.name,
        definition=first.definition,
        why=first.captures,
        misses=first.misses,
        gaming=first.gamed_by,
        counters=counters,
        rivals=rivals,
        traps=traps,
    )


def passage_about(phrase: str, text: str) -> str | None:
    """The paragraph or list item with most of a phrase's words; None if none has three in ten of them."""
    wanted = _words(phrase)
    best = max(_PARAGRAPHS.split(text), key=lambda paragraph: len(wanted & _words(paragraph)), default="")
    return best.strip() if len(wanted & _words(best)) >= LEAST_SHARED * len(wanted) > 0 else None


def _words(text: str) -> set[str]:
    # Five letters are enough of a word to match its other forms.
    return {word.lower()[:5] for word in _WORD.findall(text)}


def _counter(base: Base, id_: str) -> CounterMetric:
    metric = base.metrics[id_]
    return CounterMetric(
        metric=id_,
        name=metric.name,
        direction=metric.direction,
        question=metric.question,
        borrowed=borrowed(metric),
    )


def _rival(candidate: Candidate) -> Rival:
    return Rival(
        metric=candidate.metric,
        name=candidate.name,
        definition=candidate.definition,
        captures=candidate.captures,
        misses=candidate.misses,
        gaming=candidate.gamed_by,
    )
