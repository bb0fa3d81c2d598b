"""Words, numbers and signs of a text, each with its place in the original."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from Stemmer import Stemmer

_TOKEN: Final = re.compile(
    r"(</?[a-zA-Z!][^<>\n]{0,80}>)"  # an HTML tag
    r"|-+>|=+>|[<>!]=|\+/-"
    r"|\d+(?:[.,]\d+)*"
    r"|[^\W\d_]+(?:['’ʼ`´][^\W\d_]{1,8})*"
    r"|[^\w\s]|_"
)
_STEMMER: Final = Stemmer("english", 20_000)
_APOSTROPHES: Final = str.maketrans({"’": "'", "ʼ": "'", "`": "'", "´": "'"})
_LONGEST_STEMMED: Final = 40
_MOST_KEPT: Final = 20_000
_SIGNS: Final = {
    **dict.fromkeys(("->", "-->", "=>", "==>", "➜", "➔", "⇒", "⟶", "➝"), "→"),
    ">=": "≥", "<=": "≤", "⩾": "≥", "⩽": "≤", "✕": "×",
}  # fmt: skip

# British and American spellings that the stemmer keeps apart.
_SPELLINGS: Final = (
    ("isation", "ization"),
    ("ising", "izing"),
    ("ised", "ized"),
    ("ise", "ize"),
    ("our", "or"),
)


class Token(NamedTuple):
    """A word, number, sign or whole amount; `start` and `end` in code points of the text, end exclusive."""

    start: int
    end: int
    norm: str
    """Lower case, straight apostrophes."""
    stem: str
    """What word forms share; for numbers and signs the same as `norm`."""
    kind: str
    """`word`, `number` or `sign`."""
    unit: str | None = None
    """Of an amount, once amounts have been read."""
    limit: bool = False
    """The amount is a bound or a target."""


def word_set(text: str) -> frozenset[str]:
    """Words written in a row, as a set: how this package holds its small closed lists."""
    return frozenset(text.split())


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """The stem of a lower-case word: Porter's second stemmer ("english" of Snowball), possessives dropped."""
    if word.endswith("'s"):
        word = word[:-2]
    if len(word) > _LONGEST_STEMMED:
        return word
    if len(word) > 6:
        for british, american in _SPELLINGS:
            if word.endswith(british):
                word = word[: -len(british)] + american
                break
    return str(_STEMMER.stemWord(word))


class _Read(dict[str, tuple[str, str, str]]):
    """(norm, stem, kind) of what stands in a text, kept for the next time."""

    def __missing__(self, written: str) -> tuple[str, str, str]:
        if len(self) >= _MOST_KEPT:
            self.clear()
        read = self[written] = self._of(written)
        return read

    @staticmethod
    def _of(written: str) -> tuple[str, str, str]:
        if written[0].isdecimal():
            return written, written, "number"
        if written[0].isalnum():
            norm = written.lower()
            if not norm.isalpha():
                norm = norm.translate(_APOSTROPHES)
            return norm, stem(norm), "word"
        norm = _SIGNS.get(written, written)
        return norm, norm, "sign"


_READ: Final = _Read()
_new: Final = tuple.__new__
"""Makes a named tuple without a call of its own: half the time of reading a text would go there."""


def tokenize(text: str, start: int = 0, end: int | None = None) -> Iterator[Token]:
    """The tokens of `text[start:end]`, in order; white space separates, HTML tags are passed over."""
    for match in _TOKEN.finditer(text, start, len(text) if end is None else end):
        if match.lastindex is None:
            yield _new(Token, (*match.span(), *_READ[match[0]], None, False))
