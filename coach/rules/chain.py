"""`chain`: one thing leads to the next, and the next to something that counts."""

from __future__ import annotations

from collections.abc import Iterator

from coach.knowledge.models.rule import ChainRule
from coach.reading.document import Document
from coach.rules.base import Hit, Traits, alternatives, places, same_thought


class ChainFinder:
    """Runs of sentences with enough connecting ideas, one of them about the end of the chain."""

    def __init__(self, rule: ChainRule) -> None:
        self._links = frozenset().union(*(alternatives(condition) for condition in rule.links))
        self._ends = alternatives(rule.ends)
        self._joints = rule.steps - 1
        self._within = rule.within

    def find(self, document: Document, traits: Traits) -> Iterator[Hit]:
        """The shortest run from each sentence that holds the steps."""
        ending, linking = traits.meeting(self._ends), traits.meeting(self._links)
        for first in places(ending | linking if ending and linking else 0):
            joints, ended = 0, False
            for last in range(first, min(first + self._within, len(traits.of))):
                if not same_thought(document, first, last):
                    break
                steps = {f.first for f in document.sentences[last].found if f.concept in self._links}
                joints += len(steps) if traits.of[last] else 0
                ended = ended or bool(ending >> last & 1)
                if ended and joints >= self._joints:
                    yield Hit(first, last)
                    break
