"""Words, numbers and signs of a text, each with its place in the original."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from Stemmer import Stemmer

_TOKEN: Final = re.compile(
    r"(?P<tag></?[a-zA-Z!][^<>\n]{0,80}>)"
    r"|(?P<sign>-+>|=+>|[<>!]=|\+/-)"
    r"|(?P<number>\d+(?:[.,]\d+)*)"
    r"|(?P<word>[^\W\d_]+(?:['’ʼ`´][^\W\d_]{1,8})*)"
    r"|(?P<other>[^\w\s]|_)"
)
_STEMMER: Final = Stemmer("english", 20_000)
_APOSTROPHES: Final = str.maketrans({"’": "'", "ʼ": "'", "`": "'", "´": "'"})
_LONGEST_STEMMED: Final = 40
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
    """A word, number or sign: `start` and `end` in code points of the text, end exclusive."""

    start: int
    end: int
    norm: str
    """Lower case, straight apostrophes."""
    stem: str
    """What word forms share; for numbers and signs the same as `norm`."""
    kind: str
    """`word`, `number` or `sign`."""


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


@lru_cache(maxsize=20_000)
def _read(written: str, kind: str) -> tuple[str, str, str]:
    """(norm, stem, kind) of a piece of text."""
    if kind == "word":
        norm = written.lower()
        if not norm.isalpha():
            norm = norm.translate(_APOSTROPHES)
        return norm, stem(norm), kind
    norm = _SIGNS.get(written, written)
    return norm, norm, "number" if kind == "number" else "sign"


def tokenize(text: str, start: int = 0, end: int | None = None) -> Iterator[Token]:
    """The tokens of `text[start:end]`, in order; white space separates, HTML tags are passed over."""
    for match in _TOKEN.finditer(text, start, len(text) if end is None else end):
        kind = match.lastgroup
        if kind is not None and kind != "tag":
            yield Token(*match.span(), *_read(match.group(), kind))
