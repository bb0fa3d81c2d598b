"""What a speaker does with a thought: says it, turns it down, puts it off, leaves it to others, or only lists words."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Final, Literal

from coach.reading.phrases import Found
from coach.reading.tokens import Token, word_set

Stance = Literal["denied", "postponed", "by_others", "handed_off", "asked", "textbook", "bare_list", "repeated"]

_BY_IDEA: Final[dict[str, Stance]] = {
    "denied": "denied",
    "refused": "denied",
    "postponed": "postponed",
    "by-others": "by_others",
    "of-another-place": "by_others",
    "handed-off": "handed_off",
    "textbook": "textbook",
}
_TURN: Final = frozenset({"but", "instead", "however", "yet", "except", "still"})
_LEAST_AFTER_TURN: Final = 5
_SPLIT: Final = re.compile(r"[,;/•·|&+→]|\s[-–—]\s|\band\b|\bor\b|\.\s|:\s")
_PIECES: Final = 3
_LONGEST_PIECE: Final = 3.4
_LEAST_TERMS: Final = 2
_SENTENCE_WORDS: Final = word_set(
    "is are was were be been am do does did has have had will would should must can could may might if when because so "
    "then unless until i we you he she they it'd i'd we'd which who whose whom want wants need needs"
)


def stances(sentence: Sequence[Token], found: Collection[Found], text: str) -> tuple[frozenset[Stance], int]:
    """The stances of a sentence, and the item from which on they no longer hold.

    "I don't bother with repeat runs, but no build ships that is worse than the last" is denied up to "but" only.
    """
    taken: set[Stance] = set()
    undone_at = 0
    for first, _, concept in found:
        if (stance := _BY_IDEA.get(concept)) is None:
            continue
        taken.add(stance)
        if stance in ("denied", "postponed", "by_others"):
            undone_at = max(undone_at, first)
    live_from = 0
    if taken:
        for i in range(undone_at + 1, len(sentence) - _LEAST_AFTER_TURN):
            if sentence[i].norm in _TURN:
                live_from = i
                break
        else:
            live_from = len(sentence)
    if text.rstrip(" \"'”’)*_").endswith("?"):
        taken.add("asked")
    if _is_bare_list(sentence, found, text):
        taken.add("bare_list")
    return frozenset(taken), live_from


def _is_bare_list(sentence: Sequence[Token], found: Collection[Found], text: str) -> bool:
    """Terms in a row with nothing said of them: short pieces, no verb to speak of, no amount, mostly terms of art."""
    terms = {f.first for f in found if f.concept == "term-of-art"}
    if len(terms) < _LEAST_TERMS or any(item.limit or item.unit not in (None, "count") for item in sentence):
        return False
    words = [item.norm for item in sentence if item.unit is None]
    spoken = sum(word in _SENTENCE_WORDS for word in words)
    if spoken > 1 + len(words) // 25:
        return False
    pieces = [piece.split() for piece in _SPLIT.split(text) if piece.strip()]
    if len(pieces) < _PIECES or sum(map(len, pieces)) / len(pieces) > _LONGEST_PIECE:
        return False
    return len(terms) * 2 >= len(pieces)
