"""`rivals`: the same exclusive claim is made of different things."""

from __future__ import annotations

from collections.abc import Iterator

from coach.knowledge.models.rule import RivalsRule
from coach.reading.document import Document
from coach.rules.base import Hit, Traits, alternatives, content_words

_SHARED = 2
"""Claims that share this many words, or more, are taken to be about one thing."""


class RivalsFinder:
    """Fires on every claiming sentence once enough of them are about different things."""

    def __init__(self, rule: RivalsRule) -> None:
        self._claim = alternatives(rule.claim)
        self._at_least = rule.at_least

    def find(self, document: Document, traits: Traits) -> Iterator[Hit]:
        """The claiming sentences, where there are enough."""
        apart: list[tuple[int, frozenset[str]]] = []
        for sentence, known in zip(document.sentences, traits.of, strict=True):
            if self._claim.isdisjoint(known):
                continue
            claimed = {i for f in sentence.found if f.concept in self._claim for i in range(f.first, f.last)}
            words = content_words(sentence, claimed)
            if all(len(words & other) < _SHARED for _, other in apart):
                apart.append((sentence.index, words))
        if len(apart) >= self._at_least:
            for index, _ in apart:
                yield Hit(index, index)
