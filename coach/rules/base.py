"""What all rule kinds share: conditions on sentences, and the hits they give."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
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


class Traits(NamedTuple):
    """What conditions can ask of a document."""

    of: tuple[frozenset[str], ...]
    """Of each sentence."""
    anywhere: frozenset[str]
    """Of any sentence: a condition that nothing here meets is met nowhere."""
    where: Mapping[str, Sequence[int]]
    """The sentences that have each trait."""
    stems: frozenset[str] = frozenset()
    """Of all words."""

    @classmethod
    def read(cls, document: Document) -> Traits:
        """The traits of a document's sentences."""
        stems = frozenset(item.stem for sentence in document.sentences for item in sentence.items)
        return cls.made_of(tuple(traits_of(sentence) for sentence in document.sentences), stems)

    @classmethod
    def made_of(cls, rows: tuple[frozenset[str], ...], stems: frozenset[str]) -> Traits:
        """The traits of sentences, filed both ways."""
        where: dict[str, list[int]] = {}
        for number, row in enumerate(rows):
            for trait in row:
                where.setdefault(trait, []).append(number)
        return cls(rows, frozenset(where), where, stems)

    def meeting(self, conditions: Sequence[Alternatives]) -> list[int]:
        """The sentences that meet the condition which the fewest can meet: no other can meet them all."""
        rarest = min(conditions, key=lambda condition: sum(len(self.where.get(trait, ())) for trait in condition))
        return sorted({number for trait in rarest for number in self.where.get(trait, ())})


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


def holds(conditions: Iterable[Alternatives], traits: frozenset[str]) -> bool:
    """Every condition is met by one of the traits."""
    return not any(map(traits.isdisjoint, conditions))


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
