"""`amounts`: numbers with units, beside the ideas they belong to."""

from __future__ import annotations

from collections.abc import Iterator

from coach.knowledge.models.rule import AmountsRule
from coach.reading.document import Document
from coach.rules.base import Hit, Traits, alternatives, holds


class AmountsFinder:
    """Sentences with enough amounts of the right units."""

    def __init__(self, rule: AmountsRule) -> None:
        self._units = frozenset(rule.units)
        self._beside = [alternatives(condition) for condition in rule.beside]
        self._none = frozenset().union(*(alternatives(condition) for condition in rule.none))
        self._rule = rule

    def find(self, document: Document, traits: Traits) -> Iterator[Hit]:
        """Sentences that meet the conditions and hold the amounts."""
        if not holds(self._beside, traits.anywhere):
            return
        for sentence, known in zip(document.sentences, traits.of, strict=True):
            if "<number>" not in known or not holds(self._beside, known) or not self._none.isdisjoint(known):
                continue
            amounts = [
                item
                for item in sentence.items
                if item.unit is not None
                and (not self._units or item.unit in self._units)
                and (item.limit or not self._rule.bound)
            ]
            if len(amounts) >= self._rule.at_least:
                yield Hit(sentence.index, sentence.index)
