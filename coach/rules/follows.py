"""`follows`: a sentence is answered by one that comes after it."""

from __future__ import annotations

from collections.abc import Iterator

from coach.knowledge.models.rule import FollowsRule
from coach.reading.document import Document
from coach.rules.base import Hit, Traits, alternatives, holds


class FollowsFinder:
    """Pairs of sentences: the first meets one set of conditions, a later one the other."""

    def __init__(self, rule: FollowsRule) -> None:
        self._first = [alternatives(condition) for condition in rule.first]
        self._then = [alternatives(condition) for condition in rule.then]
        self._none = frozenset().union(*(alternatives(condition) for condition in rule.none))
        self._within = rule.within

    def find(self, document: Document, traits: Traits) -> Iterator[Hit]:
        """The nearest answering sentence for each opening one."""
        if not (holds(self._first, traits.anywhere) and holds(self._then, traits.anywhere)):
            return
        for first, opening in enumerate(traits.of):
            if not holds(self._first, opening) or not self._none.isdisjoint(opening):
                continue
            for last in range(first + 1, min(first + self._within + 1, len(document.sentences))):
                if holds(self._then, traits.of[last]) and self._none.isdisjoint(traits.of[last]):
                    yield Hit(first, last)
                    break
