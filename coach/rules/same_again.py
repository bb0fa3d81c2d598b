"""`same-again`: what should be something new is what was named before."""

from __future__ import annotations

from collections.abc import Iterator

from coach.knowledge.models.rule import SameAgainRule
from coach.reading.document import Document, Sentence
from coach.rules.base import Hit, Traits, alternatives


class SameAgainFinder:
    """Fires on a sentence that meets `again` and ends in words of one before it that meets `named`.

    The sentence right after counts too: "It needs a counter-metric. Mine is the reply rate."
    """

    def __init__(self, rule: SameAgainRule) -> None:
        self._named, self._again = alternatives(rule.named), alternatives(rule.again)
        self._words = rule.words

    def find(self, document: Document, traits: Traits) -> Iterator[Hit]:
        """The sentences that repeat."""
        before: set[tuple[str, ...]] = set()
        for number, (sentence, known) in enumerate(zip(document.sentences, traits.of, strict=True)):
            recent = known | (traits.of[number - 1] if number else frozenset())
            runs = self._runs(sentence)
            if runs and runs[-1] in before and not self._again.isdisjoint(recent):
                yield Hit(number, number)
            if not self._named.isdisjoint(known):
                before.update(runs)

    def _runs(self, sentence: Sentence) -> list[tuple[str, ...]]:
        stems = [item.stem for item in sentence.items if item.unit is None]
        return [tuple(stems[i : i + self._words]) for i in range(len(stems) - self._words + 1)]
