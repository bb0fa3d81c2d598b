"""How strongly words and phrases tell one kind of product from the others."""

from __future__ import annotations

import string
from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import chain
from math import log
from typing import Final, NamedTuple

from coach.knowledge.models.archetype import Archetype
from coach.reading.tokens import stem, word_set

NAME, PHRASE, AGAINST = 1.0, 2.0, 1.0
"""What a name or phrase adds to, or takes from, what its single words weigh, in nats."""
DOUBT: Final = 1.0
"""A word weighs half as much as its rarity would let it when it was met this often in a kind's own texts."""
SMOOTHING: Final = 20.0
"""Words of all kinds together that are lent to each kind's own, so that short texts promise less."""
_MARKS: Final = str.maketrans(
    {mark: " " for mark in string.punctuation + string.digits + "“”‘–—…€£" if mark != "'"} | {"’": "'"}
)

_FRAME: Final = frozenset(
    stem(word)
    for word in word_set(
        """
        a an the and or but of to in on for with from by at as into over under about than that this these those
        it its their they them he she his her him we us our you your i me my who whom whose which what when
        where why how there here is are was were be been being am do does did done has have had having can could
        would should shall may might must not no nor so if then else also just only very more most less least
        any all some each every other another one two three four five six seven eight nine ten second third up
        down out off such same few across after against because before between both during via whether while
        within without per through like you're we're we've it's don't that's what's they're who's i'm you've
        he's she's there's isn't doesn't can't own new now time really always never again although too even
        instead enough something somebody nobody someone anybody use used user people person want need make get
        give take go come let say tell know see look find help work way thing well good better best today
        measure measurement metric success successful succeed define definition product feature goal kpi
        indicator north star pm track judge imagine suppose assume dashboard guardrail ai ml model llm system
        app tool software
        """
    )
)
"""Stems of the words in which any product is asked about, and which tell none from another."""


class KindWords(NamedTuple):
    """What speaks for each kind and against it; weights in nats, so that they add up."""

    words: Mapping[str, Mapping[str, float]]
    """By stem, then by kind."""
    phrases: Mapping[tuple[str, ...], Mapping[str, float]]
    """By the stems of a row of telling words, then by kind."""
    against: Mapping[tuple[str, ...], frozenset[str]]
    longest: int
    """The most telling words in a phrase."""


def tells(stem_: str) -> bool:
    """Whether a stem is part of what is asked about, and not of how one asks."""
    return stem_ not in _FRAME


class _Reader(dict[str, str]):
    """The telling stem of each word, and nothing for a word of the frame; kept, since kinds share most words."""

    def __missing__(self, word: str) -> str:
        plain = word.strip("'")
        found = stem(plain) if plain.isascii() or plain.isalpha() else ""
        stem_ = self[word] = "" if found in _FRAME else found
        return stem_

    def read(self, texts: Iterable[str]) -> list[tuple[str, ...]]:
        """The telling stems of each text, in order."""
        # One pass over all of them costs a third of what tokens with their places do.
        one_line_each = "\n".join([text.replace("\n", " ") for text in texts])
        lines = one_line_each.lower().translate(_MARKS).split("\n")
        return [tuple([one for one in map(self.__getitem__, line.split()) if one]) for line in lines]


def kind_words(archetypes: Iterable[Archetype]) -> KindWords:
    """The weights of all words that some kind's own texts hold.

    A word weighs the logarithm of how much more often a kind's texts hold it than those of all kinds together do.
    """
    reader = _Reader()
    phrases: dict[tuple[str, ...], dict[str, float]] = {}
    against: dict[tuple[str, ...], set[str]] = {}
    held: dict[str, Counter[str]] = {}
    everywhere: Counter[str] = Counter()
    for kind in archetypes:
        held[kind.id] = Counter(_words_of(kind, reader, phrases))
        everywhere.update(held[kind.id])
        others = kind.recognise.not_when
        for text, row in zip(others, reader.read(others), strict=False):
            # "Same language" leaves but "language", which says something else.
            if row and (len(row) > 1 or " " not in text):
                against.setdefault(row, set()).add(kind.id)
    shared = {row: {kind: weight / len(by) for kind, weight in by.items()} for row, by in phrases.items()}
    return KindWords(
        _weigh(held, everywhere),
        shared,
        {row: frozenset(kinds) for row, kinds in against.items()},
        max(map(len, [*shared, *against]), default=0),
    )


def _weigh(held: Mapping[str, Counter[str]], everywhere: Counter[str]) -> dict[str, dict[str, float]]:
    total = everywhere.total()
    words: dict[str, dict[str, float]] = {}
    for kind, counts in held.items():
        size = counts.total() + SMOOTHING
        for word, times in counts.items():
            expected = everywhere[word] / total
            if times <= expected * (size - SMOOTHING):
                continue
            weight = log((times + SMOOTHING * expected) / (size * expected)) * times / (times + DOUBT)
            words.setdefault(word, {})[kind] = weight
    return words


def _words_of(kind: Archetype, reader: _Reader, phrases: dict[tuple[str, ...], dict[str, float]]) -> list[str]:
    """A kind's telling words, those twice that its author chose to recognise it by; its phrases are taken in."""
    told_by, talk = kind.recognise, kind.vocabulary
    words: list[str] = []
    for texts, weight, least, times in (
        ((kind.name, kind.noun, *told_by.names), NAME, 1, 2),
        (told_by.phrases, PHRASE, 2, 1),
        (told_by.terms, PHRASE, 2, 2),
    ):
        for row in reader.read(texts):
            words += row * times
            if len(row) >= least:
                by_kind = phrases.setdefault(row, {})
                by_kind[kind.id] = max(weight, by_kind.get(kind.id, 0.0))
    prose = [
        *(*talk.people, *talk.things, *talk.actions, *talk.outcomes, kind.summary, kind.job, *kind.users),
        *(kind.payer, *kind.affected, *(error.error for error in kind.errors)),
    ]
    return words + list(chain.from_iterable(reader.read(prose)))
