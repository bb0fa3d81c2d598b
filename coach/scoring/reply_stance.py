"""Which words of a reply do not count: turned down, put off, said by others, or only listed."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final, NamedTuple

from coach.reading.document import Sentence
from coach.reading.tokens import Token, word_set

_SPEAKERS: Final = word_set("i we you i'd we'd i'll we'll let's one us me")
_NOT: Final = word_set("not never")
_NOT_A_DENIAL: Final = word_set("only just merely simply sure know tell see have say yet necessarily be always")
"""After a "not": "not only", "I don't know"."""
_POINTLESS: Final = word_set("unnecessary pointless needless overkill superfluous redundant")
_OPENS: Final = word_set("but instead because until unless since so before however yet")
"""Begins a clause that an earlier "not" does not reach."""
_OPENS_AFTER_COMMA: Final = word_set("i i'd i'll we we'd we'll it that this they and then as which who if") | _OPENS
_BREAK: Final = re.compile(r"[;:—–]|\s-\s")
_TOGETHER: Final = word_set("of than")
_SHORT_REACH: Final = 4
"""Words that "without" and "no" reach over."""
_REACH: Final = 12
_FUNCTION: Final = word_set(
    "a an the of to is are be was were it its their his her our your my and or for with by from at as that this those "
    "these them they he she we you i has have had do does did will would can could may might should who which what "
    "when if so because than then there on in not no but until while where how since whether into out over after"
)
_PIECES: Final = re.compile(r"[,;/•·|&+→\n]|\s[-–—]\s|\band\b|\bor\b|\.\s|:\s")
_LISTED: Final = 3.4
_SPOKEN: Final = 0.25
"""The share of words that hold others together from which a sentence says something."""
_ALL_SIGNS: Final = 0.65
"""The share of words that belong to signs from which a sentence is made of signs alone."""
_MANY_SIGNS: Final = 4
_MANY_PIECES: Final = 5
_MANY_PIECES_DENSE: Final = 0.4


class Uncounted(NamedTuple):
    """Places of items in a sentence that do not count, by the reason."""

    denied: frozenset[int]
    postponed: frozenset[int]
    others: frozenset[int]


def uncounted(sentence: Sentence, text: str) -> Uncounted:
    """What the speaker does not say as an own claim."""
    undone = range(sentence.live_from) if sentence.live_from else range(0)
    by: dict[str, set[int]] = {"denied": set(), "postponed": set(), "others": set()}
    for stance in sentence.stances:
        if stance in ("denied", "postponed"):
            by[stance].update(undone)
        elif stance in ("by_others", "repeated"):
            by["others"].update(undone)
    by["denied"] |= _turned_down(sentence.items, text)
    return Uncounted(*(frozenset(by[name]) for name in ("denied", "postponed", "others")))


def _turned_down(items: tuple[Token, ...], text: str) -> set[int]:
    found: set[int] = set()
    for i, item in enumerate(items):
        word, following = item.norm, items[i + 1].norm if i + 1 < len(items) else ""
        if word in _POINTLESS:
            found.update(range(_clause_start(items, text, i), _clause_end(items, text, i, _REACH)))
        elif word in ("instead", "rather") and following in _TOGETHER:
            found.update(range(i, _clause_end(items, text, i + 1, _REACH, comma=True)))
        elif word in ("without", "no"):
            found.update(range(i, _clause_end(items, text, i, _SHORT_REACH if word == "without" else 2)))
        elif (word in _NOT or word == "cannot" or word.endswith("n't")) and following not in _NOT_A_DENIAL:
            before = {other.norm for other in items[max(0, i - 3) : i]}
            if before & _SPEAKERS or i == _clause_start(items, text, i):
                found.update(range(i, _clause_end(items, text, i, _REACH)))
    return found


def _breaks(items: tuple[Token, ...], text: str, i: int, comma: bool = False) -> bool:
    """A clause begins with item `i`."""
    between = text[items[i - 1].end : items[i].start]
    if _BREAK.search(between) or items[i].norm in _OPENS:
        return True
    return "," in between and (comma or items[i].norm in _OPENS_AFTER_COMMA)


def _clause_end(items: tuple[Token, ...], text: str, i: int, reach: int, comma: bool = False) -> int:
    for j in range(i + 1, min(len(items), i + 1 + reach)):
        if _breaks(items, text, j, comma):
            return j
    return min(len(items), i + 1 + reach)


def _clause_start(items: tuple[Token, ...], text: str, i: int) -> int:
    for j in range(i, 0, -1):
        if _breaks(items, text, j):
            return j
    return 0


def only_listed(sentence: Sentence, text: str, signs: Collection[int], distinct: int) -> bool:
    """Words in a row with nothing said about them. `signs` are the places of words that belong to a sign."""
    words = [item for item in sentence.items if item.unit is None and item.norm[-1].isalnum()]
    if not words:
        return True
    spoken = sum(item.norm in _FUNCTION for item in words) / len(words)
    if "bare_list" in sentence.stances or (len(words) <= 3 and not spoken):
        return True
    dense = len(signs) / len(sentence.items)
    if distinct >= _MANY_SIGNS and dense >= _ALL_SIGNS:
        return True
    pieces = [piece.split() for piece in _PIECES.split(text[sentence.start : sentence.end]) if piece.strip()]
    if len(pieces) < 2 or sum(map(len, pieces)) / len(pieces) > _LISTED:
        return False
    return spoken < _SPOKEN or (len(pieces) >= _MANY_PIECES and dense >= _MANY_PIECES_DENSE)
