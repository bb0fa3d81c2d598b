"""The words by which the points of a good reply are recognised, and how telling each is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import log
from typing import Final

from coach.knowledge.models.case import Case, FollowUp
from coach.reading.numbers import quantities
from coach.reading.phrases import items
from coach.reading.spelling import Speller
from coach.reading.tokens import Token, tokenize, word_set

NEGATED: Final = "¬"
"""The key of every word that says no."""
_NEGATORS: Final = word_set("not no never cannot none nothing nobody neither nor without")
_JOINTS: Final = word_set(
    "a an the of to is are be was were been it its their his her our your my and or for with by from at as that this "
    "those these them they he she we you i has have had do does did will would can could may might should"
)
"""Words that hold others together; no sign is missed for want of one."""
_PLAIN: Final = word_set(
    "now still yes until unless there then here also even just once again back both either whether rather instead yet "
    "alreadi alway perhap veri too so well onli ani all some such itself themselv like"
)
"""Words that say nothing by themselves."""
_FIGURES: Final = re.compile(r"\d[\d.,]*")
_IN_QUESTION: Final = 0.3
"""Worth of a word that the question says already, in a sentence that is no echo of it."""
_OF_THE_CASE: Final = 0.5
"""Worth of a word that any reply about this product would use."""
_RARE: Final = 0.75
_GENERAL: Final = 0.35
"""Worth of a word that tells no product from another, where it is part of a sign."""


def key_of(item: Token, text: str) -> str:
    """What makes two items the same: the stem of a word, the figures of an amount; one key for every negation."""
    if item.unit is not None:
        said = text[item.start : item.end].lower()
        # However the unit is written: "£18,000" and "18,000 pounds" are one amount.
        return f"{figures.replace(',', '')} {item.unit}" if (figures := _figures(said)) else "".join(said.split())
    if item.norm in _NEGATORS or item.norm.endswith("n't"):
        return NEGATED
    return item.stem


def keys(text: str) -> list[str]:
    """The keys of a text, in order."""
    tokens = list(tokenize(text))
    return [key_of(item, text) for item in items(tokens, quantities(tokens)) if item.unit or item.norm[-1].isalnum()]


def _figures(said: str) -> str:
    found = _FIGURES.findall(said)
    return found[0] if len(found) == 1 else ""


@dataclass(frozen=True, slots=True)
class Sign:
    """A word or short phrase that shows a point; its words may stand apart and in any order."""

    text: str
    keys: tuple[str, ...]
    telling: float


@dataclass(frozen=True, slots=True)
class PointWords:
    """What shows one point."""

    point: str
    signs: tuple[Sign, ...]
    words: Mapping[str, float]
    """Every telling key of the point's text and signs, with its worth."""
    negative: bool
    """The point itself is that something is not done."""
    waits: bool
    """The point itself is that something waits."""


def sign_keys(sign: str) -> tuple[str, ...]:
    """The keys that a sign needs; empty where no word of it says anything."""
    return tuple(key for key in dict.fromkeys(keys(sign)) if key not in _JOINTS)


class ReplyWords:
    """The words of all follow-ups of a case bank, weighed by how few points share them."""

    def __init__(self, cases: Iterable[Case], general: Collection[str]) -> None:
        self._general = frozenset(general)
        self._points = 0
        self._sharing: Counter[str] = Counter()
        self._spelled: set[str] = set()
        for case in cases:
            for follow_up in case.follow_ups:
                for point in follow_up.good_reply:
                    self._points += 1
                    self._sharing.update({key for text in (point.point, *point.signs) for key in keys(text)})
                    self._spelled.update(_words((point.point, *point.signs)))

    @cached_property
    def speller(self) -> Speller:
        """Reads the words of all points with a slip in them."""
        return Speller(self._spelled)

    def worth(self, key: str) -> float:
        """How telling a word is, 0 to 1: a word of one point alone 1, a word of every point 0."""
        return 1 - log(max(1, self._sharing[key])) / log(max(2, self._points))

    def of(self, case: Case, follow_up: FollowUp) -> tuple[PointWords, ...]:
        """What shows each point of a follow-up."""
        asked = set(keys(follow_up.question))
        known = set(keys(f"{case.title} {case.prompt}"))
        texts = [(point.point, *point.signs) for point in follow_up.good_reply]
        vocabulary = [{key for text in of_point for key in keys(text)} for of_point in texts]
        shared = Counter(key for words in vocabulary for key in words)

        def worth(key: str) -> float:
            value = self.worth(key) / shared[key]
            if key in asked:
                return value * _IN_QUESTION
            return value * _OF_THE_CASE if key in known else value

        found = []
        for point, words in zip(follow_up.good_reply, vocabulary, strict=True):
            telling = {key: worth(key) for key in sorted(words - self._general - _JOINTS - _PLAIN - {NEGATED})}
            signs = []
            for text in point.signs:
                needed = sign_keys(text)
                value = sum(telling.get(key, _GENERAL * worth(key)) for key in needed)
                if needed and value > 0:
                    signs.append(Sign(text, needed, value))
            found.append(
                PointWords(
                    point.point,
                    tuple(signs),
                    {key: value for key, value in telling.items() if value > 0},
                    negative=NEGATED in words or "refus" in words,
                    waits=not words.isdisjoint(_WAITING),
                )
            )
        return tuple(found)

    def rare(self, follow_up: FollowUp) -> frozenset[str]:
        """The words of a follow-up's points that hardly any other point has."""
        texts = [text for point in follow_up.good_reply for text in (point.point, *point.signs)]
        return frozenset(key for text in texts for key in keys(text) if self.worth(key) >= _RARE) - self._general


_WAITING: Final = word_set("wait postpon later until hold held delay freez frozen stop paus befor")


def _words(texts: Sequence[str]) -> Iterable[str]:
    return (token.norm for text in texts for token in tokenize(text) if token.kind == "word")
