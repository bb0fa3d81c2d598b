"""Typing slips in the words that rules look for: "latancy" is read as "latency"."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from rapidfuzz.distance import OSA

from coach.reading.tokens import Token, stem

_SHORTEST: Final = 7
"""Shorter words are one slip away from too many others."""
_LONGEST: Final = 30
_MOST_KEPT: Final = 20_000


class Speller:
    """Reads a word that is one slip (a letter too many, too few, wrong, or two swapped) from a wanted one.

    `known` are other words that need no correction. The first letter must stand. What a word is read as is kept, so
    that a text costs only the words not met before.
    """

    def __init__(self, wanted: Iterable[str], known: Iterable[str] = ()) -> None:
        words = sorted({word for word in wanted if len(word) >= _SHORTEST and word.isalpha()})
        self._right_stems = {stem(word) for word in (*words, *known)}
        self._alike: dict[tuple[str, int], list[str]] = {}
        for word in words:
            self._alike.setdefault((word[0], len(word)), []).append(word)
        self._read_as: dict[str, str | None] = {}

    def corrected(self, tokens: list[Token]) -> list[Token]:
        """The tokens, with the stems of misspelt words replaced; places are those of the original."""
        return [
            token._replace(stem=right)
            if token.kind == "word" and len(token.norm) >= _SHORTEST and (right := self._right(token))
            else token
            for token in tokens
        ]

    def _right(self, token: Token) -> str | None:
        """The stem that was meant, where it is not the one written."""
        if token.norm not in self._read_as:
            if len(self._read_as) >= _MOST_KEPT:
                self._read_as.clear()
            self._read_as[token.norm] = self._meant(token)
        return self._read_as[token.norm]

    def _meant(self, token: Token) -> str | None:
        word = token.norm
        if token.stem in self._right_stems or not word.isalpha() or len(word) > _LONGEST:
            return None
        # In a fixed order, since of two words as near the same one must be taken on every run.
        for length in (len(word), len(word) - 1, len(word) + 1):
            for candidate in self._alike.get((word[0], length), ()):
                if OSA.distance(word, candidate, score_cutoff=1) <= 1:
                    return stem(candidate)
        return None
