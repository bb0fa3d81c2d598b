"""Whether an answer speaks of the product that is asked about, or of another one, or of something else altogether."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from coach.knowledge.models.rubric import Caps
from coach.reading.document import Document

LONG_ENOUGH: Final = 60
"""Words from which on an answer about a product must have used some of its words."""
_MEASURING: Final = frozenset(
    "metric-word share-of generic-usage generic-satisfaction generic-quality fitted-quality business-outcome user-said "
    "speed uptime run-cost live-trial labelled-set number-target return-use main-number".split()
)
_LEAST_MEASURING: Final = 0.2


@dataclass(frozen=True, slots=True)
class Subject:
    """The words of the product: those of the prompt, and those of its kind and case beside them."""

    asked: frozenset[str]
    """Stems of the prompt's own words, general ones left out."""
    kindred: frozenset[str] = frozenset()
    """Stems that belong to this kind of product or case."""

    @property
    def words(self) -> frozenset[str]:
        """All stems that make a sentence specific."""
        return self.asked | self.kindred


@dataclass(frozen=True, slots=True)
class Standing:
    """The highest level that anything in the answer can earn, and why."""

    most: int
    notes: tuple[str, ...] = ()


def on_subject(document: Document, subject: Subject, caps: Caps) -> Standing:
    """How far the answer is about the product asked about."""
    if document.blank:
        return Standing(0, ("The answer is blank, so every criterion is absent.",))
    if document.words < LONG_ENOUGH or not subject.asked:
        return Standing(3)
    used = {item.stem for sentence in document.sentences for item in sentence.items if item.unit is None}
    if used & subject.asked or len(used & subject.kindred) >= 3:
        return Standing(3)
    measuring = sum(1 for s in document.sentences if s.ideas & _MEASURING) / len(document.sentences)
    if measuring < _LEAST_MEASURING:
        return Standing(caps.off_subject, ("This does not speak of measuring the product that was asked about.",))
    return Standing(
        caps.other_product,
        ("Not one word of this answer belongs to the product that was asked about, so nothing counts for more than a mention.",),
    )
