"""`follows`: a sentence is answered by one that comes after it."""

from __future__ import annotations

from collections.abc import Iterator

from coach.knowledge.models.rule import FollowsRule
from coach.reading.document import Document
from coach.rules.base import Hit, Traits, alternatives, places


class FollowsFinder:
    """Pairs of sentences: the first meets one set of conditions, a later one the other."""

    def __init__(self, rule: FollowsRule) -> None:
        self._first = [alternatives(condition) for condition in rule.first]
        self._then = [alternatives(condition) for condition in rule.then]
        self._none = frozenset().union(*(alternatives(condition) for condition in rule.none))
        self._within = rule.within

    def find(self, _: Document, traits: Traits) -> Iterator[Hit]:
        """The nearest answering sentence for each opening one."""
        allowed = ~traits.meeting(self._none)
        answering = traits.meeting_all(self._then) & allowed
        for first in places(traits.meeting_all(self._first) & allowed if answering else 0):
            nearest = next(places(answering >> first + 1), self._within)
            if nearest < self._within:
                yield Hit(first, first + 1 + nearest)
