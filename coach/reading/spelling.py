"""Typing slips in the words that rules look for: "latancy" is read as "latency"."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from rapidfuzz.distance import OSA

from coach.reading.tokens import Token, stem

_SHORTEST: Final = 7
"""Shorter words are one slip away from too many others."""


class Speller:
    """Reads a word that is one slip (a letter too many, too few, wrong, or two swapped) from a known one.

    `known` are words that need no correction, `wanted` those worth correcting to. The first letter must stand.
    Candidates are found by the words that remain when one letter is left out, so that a look-up costs a few
    microseconds however many words are known.
    """

    def __init__(self, wanted: Iterable[str], known: Iterable[str] = ()) -> None:
        self._wanted = {word for word in wanted if len(word) >= _SHORTEST and word.isalpha()}
        self._known = {*known, *self._wanted}
        self._by_rest: dict[str, list[str]] = {}
        for word in sorted(self._wanted):
            for rest in _rests(word):
                self._by_rest.setdefault(rest, []).append(word)

    def corrected(self, tokens: list[Token]) -> list[Token]:
        """The tokens, with the stems of misspelt words replaced; places are those of the original."""
        return [
            token._replace(stem=stem(right))
            if token.kind == "word" and len(token.norm) >= _SHORTEST and (right := self._right(token.norm))
            else token
            for token in tokens
        ]

    @lru_cache(maxsize=20_000)  # noqa: B019 - one speller lives as long as the knowledge base
    def _right(self, word: str) -> str | None:
        if word in self._known or not word.isalpha():
            return None
        if stem(word) in self._known:
            return None
        # In a fixed order, since of two words as near the same one must be taken on every run.
        for rest in sorted(_rests(word)):
            for candidate in self._by_rest.get(rest, ()):
                if candidate[0] == word[0] and OSA.distance(word, candidate, score_cutoff=1) <= 1:
                    return candidate
        return None


def _rests(word: str) -> set[str]:
    """The word itself and what is left of it without one of its letters."""
    return {word, *(word[:i] + word[i + 1 :] for i in range(1, len(word)))}
