"""Whether an answer speaks of the product that is asked about, or of another one, or of something else altogether."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from coach.knowledge.models.rubric import Rubric
from coach.reading.document import Document
from coach.scoring.strength import Strength

LONG_ENOUGH: Final = 60
"""Words from which on an answer about a product must have used some of its words."""
WORDS_A_TERM: Final = 20
MOST_TERMS: Final = 6
"""An answer that uses none of the prompt's own words uses one term of the kind of product in so many words, up to so
many."""
SPEAKING: Final = 0.5
LEAST_SPEAKING: Final = 0.5
LEAST_APPLYING: Final = 0.2
"""Shares of sentences that speak for some criterion, at all and at the second level: a text about no product that stays
below both is not an answer at all."""
ECHO: Final = 0.8
MOST_ECHOING: Final = 0.5


@dataclass(frozen=True, slots=True)
class Subject:
    """The words of the product: those of the prompt, and those of its kind and case beside them."""

    asked: frozenset[str]
    """Stems of the prompt's own words, general ones left out."""
    kindred: frozenset[str] = frozenset()
    """Stems that belong to this kind of product or case."""
    general: frozenset[str] = frozenset()
    """Stems that tell no product from another."""

    @property
    def words(self) -> frozenset[str]:
        """All stems that make a sentence specific."""
        return self.asked | self.kindred


@dataclass(frozen=True, slots=True)
class Standing:
    """The highest level that anything in the answer can earn, and why."""

    most: int
    notes: tuple[str, ...] = ()


def on_subject(
    document: Document, subject: Subject, rubric: Rubric, strengths: Mapping[str, Sequence[Strength]]
) -> Standing:
    """How far the answer is about the product asked about, in words of its own.

    `strengths` holds for each criterion how strongly each sentence speaks for it. A cap of 3 holds nothing back, so
    nothing is remarked on then.
    """
    caps = rubric.caps
    if document.blank:
        return Standing(0, ("The answer is blank, so every criterion is absent.",))
    if document.words < LONG_ENOUGH or not subject.asked:
        return Standing(3)
    if _echoing(document, subject) > MOST_ECHOING:
        return Standing(caps.echoed, ("Most of this says the question back, so there is little to credit.",))
    words = document.words_once
    if words < LONG_ENOUGH:
        return Standing(3)
    used = {item.stem for sentence in document.sentences for item in sentence.items if item.unit is None}
    enough = min(MOST_TERMS, words // WORDS_A_TERM)
    if used & subject.asked or len(used & subject.kindred) >= enough:
        return Standing(3)
    rows = zip(document.sentences, zip(*strengths.values(), strict=True), strict=True)
    said = [row for sentence, row in rows if not sentence.undone]
    speaking = sum(any(strength.named >= SPEAKING for strength in row) for row in said)
    applying = sum(any(strength.applied >= SPEAKING for strength in row) for row in said)
    if speaking < LEAST_SPEAKING * len(said) and applying < LEAST_APPLYING * len(said):
        return _held_to(caps.off_subject, rubric.when_off_subject)
    return _held_to(
        caps.other_product,
        "Hardly a word of this answer belongs to the product that was asked about, "
        "so nothing counts for more than a mention.",
    )


def _held_to(most: int, note: str) -> Standing:
    return Standing(most, (note,) if most < 3 else ())


def _echoing(document: Document, subject: Subject) -> float:
    """The share of sentences made of the prompt's own words."""
    echoes = 0
    for sentence in document.sentences:
        if any(item.unit is not None for item in sentence.items):
            continue
        own = {item.stem for item in sentence.items if len(item.norm) > 2} - subject.general
        echoes += bool(own) and len(own & subject.asked) >= ECHO * len(own)
    return echoes / max(1, len(document.sentences))
