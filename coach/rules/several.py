"""`several`: different ideas, each in words of its own, within a stretch of the answer."""

from __future__ import annotations

from collections.abc import Iterator

from coach.knowledge.models.rule import SeveralRule
from coach.reading.document import Document
from coach.rules.base import Hit, Traits, alternatives


class SeveralFinder:
    """The first stretch in which enough different ideas come together."""

    def __init__(self, rule: SeveralRule) -> None:
        self._of = [alternatives(condition) for condition in rule.of]
        self._at_least = rule.at_least
        self._within = rule.within

    def find(self, _: Document, traits: Traits) -> Iterator[Hit]:
        """One hit for each sentence that adds to the count, once it is reached."""
        met_at: dict[int, int] = {}
        if sum(map(bool, map(traits.meeting, self._of))) < self._at_least:
            return
        for index, known in enumerate(traits.of):
            for number, condition in enumerate(self._of):
                if not condition.isdisjoint(known):
                    met_at[number] = index
            recent = [place for place in met_at.values() if index - place < self._within]
            if len(recent) >= self._at_least and index in recent:
                for place in sorted(set(recent)):
                    yield Hit(place, place)
                return
