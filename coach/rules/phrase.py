"""`phrase`: a sentence holds one of the phrases."""

from __future__ import annotations

from collections.abc import Iterator

from coach.knowledge.models.rule import PhraseRule
from coach.reading.document import Document
from coach.reading.phrases import Lexicon
from coach.rules.base import Hit, Traits, alternatives, places


class PhraseFinder:
    """Matches the rule's own phrases; they may not refer to ideas of the lexicon.

    Where the phrases were read with the rest of the lexicon, `idea` names what they were found as.
    """

    def __init__(self, rule: PhraseRule, idea: str | None = None) -> None:
        self._idea = None if idea is None else alternatives(idea)
        self._lexicon = Lexicon({} if idea else {"it": rule.phrases})

    def find(self, document: Document, traits: Traits) -> Iterator[Hit]:
        """Sentences that hold a phrase."""
        if self._idea is not None:
            for number in places(traits.meeting(self._idea)):
                yield Hit(number, number)
            return
        if not self._lexicon.may_stand_among(traits.stems):
            return
        for sentence in document.sentences:
            if sentence.undone:
                continue
            if self._lexicon.find(sentence.live):
                yield Hit(sentence.index, sentence.index)
