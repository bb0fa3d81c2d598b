"""`together`: a sentence, or a few in a row, holds all of some ideas and none of others."""

from __future__ import annotations

from collections.abc import Iterator

from coach.knowledge.models.rule import TogetherRule
from coach.reading.document import Document
from coach.rules.base import Hit, Traits, alternatives, holds, same_thought


class TogetherFinder:
    """The shortest run of sentences that meets all conditions, starting at each sentence."""

    def __init__(self, rule: TogetherRule) -> None:
        self._all = [alternatives(condition) for condition in rule.all]
        self._any = frozenset().union(*self._all)
        self._none = frozenset().union(*(alternatives(condition) for condition in rule.none))
        self._within = rule.within

    def find(self, document: Document, traits: Traits) -> Iterator[Hit]:
        """Runs in which both the first and the last sentence contribute."""
        if not holds(self._all, traits.anywhere):
            return
        if self._within == 1:
            for number in traits.meeting(self._all):
                known = traits.of[number]
                if holds(self._all, known) and self._none.isdisjoint(known):
                    yield Hit(number, number)
            return
        for first, opening in enumerate(traits.of):
            if self._any.isdisjoint(opening):
                continue
            seen: frozenset[str] = frozenset()
            for last in range(first, min(first + self._within, len(traits.of))):
                if last > first and not same_thought(document, first, last):
                    break
                seen |= traits.of[last]
                if not self._none.isdisjoint(seen):
                    break
                if holds(self._all, seen):
                    yield Hit(first, last)
                    break
