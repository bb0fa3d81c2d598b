"""`together`: a sentence, or a few in a row, holds all of some ideas and none of others."""

from __future__ import annotations

from collections.abc import Iterator

from coach.knowledge.models.rule import TogetherRule
from coach.reading.document import Document
from coach.rules.base import Hit, Traits, alternatives, places, same_thought


class TogetherFinder:
    """The shortest run of sentences that meets all conditions, starting at each sentence."""

    def __init__(self, rule: TogetherRule) -> None:
        self._all = [alternatives(condition) for condition in rule.all]
        self._any = frozenset().union(*self._all)
        self._none = frozenset().union(*(alternatives(condition) for condition in rule.none))
        self._within = rule.within

    def find(self, document: Document, traits: Traits) -> Iterator[Hit]:
        """Runs in which both the first and the last sentence contribute."""
        if self._within == 1:
            for number in places(traits.meeting_all(self._all) & ~traits.meeting(self._none)):
                yield Hit(number, number)
            return
        if not traits.are_met(self._all):
            return
        wanted = [traits.meeting(condition) for condition in self._all]
        unwanted = traits.meeting(self._none)
        opening = traits.meeting(self._any)
        for condition in wanted:
            opening &= _soon(condition, self._within)
        for first in places(opening):
            seen = 0
            for last in range(first, min(first + self._within, len(traits.of))):
                if last > first and not same_thought(document, first, last):
                    break
                seen |= 1 << last
                if seen & unwanted:
                    break
                if all(condition & seen for condition in wanted):
                    yield Hit(first, last)
                    break


def _soon(sentences: int, within: int) -> int:
    """The sentences from which on one of these comes within so many, the sentence itself counted."""
    soon = sentences
    for _ in range(within - 1):
        soon |= soon >> 1
    return soon
