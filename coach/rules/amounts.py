"""`amounts`: numbers with units, beside the ideas they belong to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from coach.knowledge.models.rule import AmountsRule
from coach.reading.document import Document
from coach.rules.base import Hit, Traits, alternatives, places

_SOME_NUMBER: Final = alternatives("<number>")


class AmountsFinder:
    """Sentences with enough amounts of the right units."""

    def __init__(self, rule: AmountsRule) -> None:
        self._units = frozenset(rule.units)
        self._beside = [_SOME_NUMBER, *(alternatives(condition) for condition in rule.beside)]
        self._none = frozenset().union(*(alternatives(condition) for condition in rule.none))
        self._rule = rule

    def find(self, document: Document, traits: Traits) -> Iterator[Hit]:
        """Sentences that meet the conditions and hold the amounts."""
        for number in places(traits.meeting_all(self._beside) & ~traits.meeting(self._none)):
            sentence = document.sentences[number]
            amounts = [
                item
                for item in sentence.items
                if item.unit is not None
                and (not self._units or item.unit in self._units)
                and (item.limit or not self._rule.bound)
            ]
            if len(amounts) >= self._rule.at_least:
                yield Hit(number, number)
