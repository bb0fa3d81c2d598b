"""An answer as the rules see it: sentences with their words, amounts, ideas and stance, all placed in the text."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import Final

from coach.reading.blocks import BlockKind, blocks
from coach.reading.numbers import quantities
from coach.reading.phrases import Found, Lexicon, items
from coach.reading.sentences import sentences
from coach.reading.spelling import Speller
from coach.reading.stance import Stance, stances
from coach.reading.tokens import Token, tokenize

_NORM, _STEM = attrgetter("norm"), attrgetter("stem")

MOST_SENTENCES: Final = 4_000
TAKES_BACK: Final = "takes-back"
"""The idea that undoes what was said before it."""
TAKEN_BACK: Final = 9
"""How many sentences it undoes, itself among them."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence; `start` and `end` in code points of the answer, end exclusive."""

    index: int
    start: int
    end: int
    block: BlockKind
    opens: bool
    """It is the first of a paragraph, list or section."""
    items: tuple[Token, ...]
    found: tuple[Found, ...]
    """Ideas in words that count: nothing from a part that is denied."""
    ideas: frozenset[str]
    said: frozenset[str]
    """Ideas in any of its words, counted or not: what a denial denies."""
    stances: frozenset[Stance]
    live_from: int
    """The item from which on the stances no longer hold; equal to the number of items where they hold to the end."""
    product_words: int
    """How many different words of the product it uses."""

    @property
    def live(self) -> tuple[Token, ...]:
        """The items that count: those after "but" where what stands before is denied, else all."""
        return self.items[self.live_from :] if self.live_from < len(self.items) else self.items

    @property
    def undone(self) -> bool:
        """Nothing of it counts as the speaker's own claim."""
        return self.live_from >= len(self.items) and bool(self.stances & _UNDOING)


_UNDOING: Final[frozenset[Stance]] = frozenset({"denied", "postponed", "by_others", "repeated"})


@dataclass(frozen=True, slots=True)
class Document:
    """An answer that has been read."""

    text: str
    sentences: tuple[Sentence, ...]
    words: int
    truncated: bool = False
    """There were more than `MOST_SENTENCES`; the rest was not read."""

    @property
    def words_once(self) -> int:
        """Words of sentences that were not said before."""
        return sum(len(sentence.items) for sentence in self.sentences if "repeated" not in sentence.stances)

    @property
    def blank(self) -> bool:
        """There is not one word in it."""
        return not self.words


def read(text: str, lexicon: Lexicon, product: Collection[str] = (), speller: Speller | None = None) -> Document:
    """Read an answer.

    `product` holds stems of words that belong to the product asked about. An interviewer's turns are left out.
    """
    terms = product if isinstance(product, frozenset) else frozenset(product)
    result: list[Sentence] = []
    seen: set[tuple[str, ...]] = set()
    words = 0
    truncated = False
    for block in blocks(text):
        if block.others:
            continue
        first = True
        for start, end in sentences(text, block.start, block.end):
            if len(result) >= MOST_SENTENCES:
                truncated = True
                break
            tokens = list(tokenize(text, start, end))
            if speller is not None:
                tokens = speller.corrected(tokens)
            row = items(tokens, quantities(tokens))
            if not row:
                continue
            words += len(row)
            found = lexicon.find(row)
            stance, live_from = stances(row, found, text[start:end])
            key = tuple(map(_NORM, row))
            if len(key) > 4 and key in seen:
                stance, live_from = stance | {"repeated"}, len(row)
            seen.add(key)
            live = tuple(f for f in found if f.first >= live_from) if stance & _UNDOING else tuple(found)
            result.append(
                Sentence(
                    index=len(result),
                    start=start,
                    end=end,
                    block=block.kind,
                    opens=first and block.gap,
                    items=tuple(row),
                    found=live,
                    ideas=frozenset(f.concept for f in live),
                    said=frozenset(f.concept for f in found),
                    stances=stance,
                    live_from=live_from,
                    product_words=len(terms.intersection(map(_STEM, row))),
                )
            )
            first = False
            if any(f.concept == TAKES_BACK for f in found):
                _take_back(result)
    return Document(text, tuple(result), words, truncated)


def _take_back(read_so_far: list[Sentence]) -> None:
    """Undo the last of the sentences and those shortly before it: "I don't subscribe to any of it"."""
    for place in range(max(0, len(read_so_far) - TAKEN_BACK), len(read_so_far)):
        sentence = read_so_far[place]
        read_so_far[place] = replace(
            sentence,
            found=(),
            ideas=frozenset(),
            stances=sentence.stances | {"by_others"},
            live_from=len(sentence.items),
        )
