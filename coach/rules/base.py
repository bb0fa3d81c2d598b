"""What all rule kinds share: conditions on sentences, and the hits they give."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Final, NamedTuple, Protocol

from coach.reading.document import Document, Sentence

_CONTENT: Final = 4
"""Letters from which on a word is likely to mean something by itself."""


Alternatives = frozenset[str]
"""A condition: traits any of which meets it."""


class Hit(NamedTuple):
    """The sentences `first` to `last` (inclusive) in which a rule fired."""

    first: int
    last: int


class Traits:
    """What conditions can ask of a document's sentences.

    Sets of sentences are integers with one bit a sentence, so that conditions combine by `&` and `|`.
    """

    def __init__(self, rows: Sequence[frozenset[str]], stems: frozenset[str] = frozenset()) -> None:
        self.of = tuple(rows)
        """Of each sentence."""
        self.stems = stems
        """Of all words."""
        self._where: dict[str, int] = {}
        for number, row in enumerate(rows):
            for trait in row:
                self._where[trait] = self._where.get(trait, 0) | 1 << number
        self._meeting: dict[Alternatives, int] = {}

    @classmethod
    def read(cls, document: Document) -> Traits:
        """The traits of a document's sentences."""
        stems = frozenset(item.stem for sentence in document.sentences for item in sentence.items)
        return cls([traits_of(sentence) for sentence in document.sentences], stems)

    def meeting(self, condition: Alternatives) -> int:
        """The set of sentences that have one of these traits."""
        if (known := self._meeting.get(condition)) is None:
            known = 0
            for trait in condition:
                if trait in self._where:
                    known |= self._where[trait]
            self._meeting[condition] = known
        return known

    def meeting_all(self, conditions: Iterable[Alternatives]) -> int:
        """The set of sentences that meet every condition."""
        left = (1 << len(self.of)) - 1
        for condition in conditions:
            left &= self.meeting(condition)
            if not left:
                break
        return left

    def are_met(self, conditions: Iterable[Alternatives]) -> bool:
        """Every condition is met by some sentence."""
        return all(map(self.meeting, conditions))


def places(sentences: int) -> Iterator[int]:
    """The numbers of a set of sentences, in reading order."""
    while sentences:
        lowest = sentences & -sentences
        yield lowest.bit_length() - 1
        sentences ^= lowest


class Finder(Protocol):
    """A compiled rule."""

    def find(self, document: Document, traits: Traits, /) -> Iterator[Hit]:
        """The hits of the rule, in reading order."""
        ...


def alternatives(condition: str) -> Alternatives:
    """`a|b` as a set of traits, any of which meets the condition."""
    return frozenset(condition.split("|"))


def traits_of(sentence: Sentence) -> frozenset[str]:
    """What conditions can ask of a sentence: its ideas, its amounts by unit, bounds, and words of the product.

    Empty for sentences that are turned down, put off, said by others or said before.
    """
    if sentence.undone:
        return frozenset()
    found = set(sentence.ideas)
    for item in sentence.live:
        if item.unit is not None:
            found.add(f"<{item.unit}>")
            found.add("<number>")
            if item.limit:
                found.add("<limit>")
    if sentence.product_words:
        found.add("<product>")
    return frozenset(found)


def content_words(sentence: Sentence, but: Collection[int] = ()) -> frozenset[str]:
    """Stems of the longer words of a sentence, leaving out the items numbered in `but`."""
    return frozenset(
        item.stem
        for number, item in enumerate(sentence.items)
        if item.unit is None and len(item.norm) >= _CONTENT and number not in but
    )


def same_thought(document: Document, first: int, last: int) -> bool:
    """Sentences in a row that are not cut by a heading."""
    return all(document.sentences[i].block != "heading" for i in range(first + 1, last + 1))
