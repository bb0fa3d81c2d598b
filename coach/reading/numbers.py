"""Numbers with their units: 45%, under 2 seconds, £12k, six of seven, from 30 to 45 per cent."""

from __future__ import annotations

import re
from collections.abc import Sequence
from operator import attrgetter
from typing import Final, Literal, NamedTuple

from coach.reading.tokens import Token, word_set

Unit = Literal["share", "money", "duration", "multiple", "count"]


def _valued(text: str, start: float = 0.0, step: float = 1.0) -> dict[str, float]:
    return {word: start + step * place for place, word in enumerate(text.split())}


_SMALL: Final = _valued("zero one two three four five six seven eight nine ten eleven twelve") | _valued(
    "thirteen fourteen fifteen sixteen seventeen eighteen nineteen", 13.0
)
_TENS: Final = _valued("twenty thirty forty fifty sixty seventy eighty ninety", 20.0, 10.0)
_SCALES: Final = {"dozen": 12.0, "hundred": 100.0, "thousand": 1e3, "million": 1e6, "billion": 1e9}
_SUFFIXES: Final = {"k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9, "b": 1e9}
_FRACTIONS: Final = {
    "half": 0.5,
    "third": 1 / 3,
    "thirds": 1 / 3,
    "quarter": 0.25,
    "quarters": 0.25,
    "fifth": 0.2,
    "tenth": 0.1,
    "tenths": 0.1,
    "twentieth": 0.05,
    "hundredth": 0.01,
}
_SHARE: Final = word_set("% percent pct percentage pp pts pt bps bp ‰ point points")
_MONEY_BEFORE: Final = frozenset("£$€¥₹")
_MONEY_AFTER: Final = word_set(
    "£ $ € ¥ ₹ dollar dollars euro euros pound pounds cent cents pence p ct usd eur gbp quid bucks"
)
_DURATION: Final = word_set(
    "ms millisecond milliseconds s sec secs second seconds min mins minute minutes h hr hrs hour hours day days d "
    "night nights week weeks wk wks fortnight month months mo quarter quarters year years yr yrs season seasons"
)
_MULTIPLE: Final = frozenset({"x", "×", "fold", "times"})
_OF: Final = frozenset({"in", "of", "out", "per", "/"})
_COUNTED: Final = re.compile(r"[^\W\d_]{2,}")
_NOT_AMOUNTS: Final = word_set("p top version phase step level stage tier round week day month year q h v gpt")
_LIMITS: Final = word_set(
    "under below less fewer beneath most max maximum exceed exceeds exceeded exceeding over above more least "
    "min minimum within up down fall falls drop drops rise rises reach reaches hit hits stay stays hold cap capped "
    "floor ceiling target goal budget limit threshold < > ≤ ≥ = ~ between than"
)
_BEGINS: Final = frozenset({"once", "twice", *_SMALL, *_TENS, *_SCALES, *_FRACTIONS})
"""The words that a number may begin with; figures aside."""
_KIND, _NORM = attrgetter("kind"), attrgetter("norm")
_REACH: Final = 4
"""How many words before an amount its bound may stand."""


class Quantity(NamedTuple):
    """An amount: `first` and `last` are token indices (last exclusive); `value` in the unit's plain form."""

    first: int
    last: int
    unit: Unit
    value: float
    limit: bool
    """A comparison, target or bound is said with it: under, at least, within, ≥, from … to."""


def quantities(tokens: Sequence[Token]) -> list[Quantity]:
    """All amounts in reading order; ordinals, list numbers and version names are left out."""
    if "number" not in map(_KIND, tokens) and _BEGINS.isdisjoint(map(_NORM, tokens)):
        return []
    found: list[Quantity] = []
    i, n = 0, len(tokens)
    while i < n:
        read = _number(tokens, i) if tokens[i].kind == "number" or tokens[i].norm in _BEGINS else None
        if read is None:
            i += 1
            continue
        value, last, spelled = read
        unit, last, bare = _unit(tokens, i, last)
        first = i - 1 if i and tokens[i - 1].norm in _MONEY_BEFORE else i
        name = i > 0 and tokens[i - 1].norm in _NOT_AMOUNTS and tokens[i - 1].end >= tokens[i].start - 1
        glued = i > 0 and tokens[i - 1].kind == "word" and tokens[i - 1].end == tokens[i].start
        year = bare and not spelled and 1980 <= value <= 2060 and tokens[i].norm.isdigit() and len(tokens[i].norm) == 4
        lone_one = unit == "count" and spelled and value == 1
        at_k = i > 0 and tokens[i - 1].norm == "@"
        if not ((name and bare) or glued or year or lone_one or at_k):
            before = max(first - _REACH, found[-1].last if found else 0)
            near = {t.norm for t in tokens[before:first]}
            found.append(Quantity(first, last, unit, value, bool(near & _LIMITS)))
        i = max(last, i + 1)
    return found


def _number(tokens: Sequence[Token], i: int) -> tuple[float, int, bool] | None:
    """(value, index after it, spelled out) of the number that starts at token `i`."""
    token = tokens[i]
    if token.kind == "number":
        value = _digits(token.norm)
        last = i + 1
        while last < len(tokens) and (scale := _SCALES.get(tokens[last].norm) or _SUFFIXES.get(tokens[last].norm)):
            if tokens[last].norm in _SUFFIXES and tokens[last].start != tokens[last - 1].end:
                break
            value *= scale
            last += 1
        return value, last, False
    if token.norm in ("once", "twice"):
        return (1.0 if token.norm == "once" else 2.0), i + 1, True
    if token.norm in _FRACTIONS and token.norm not in ("quarter", "quarters", "third", "thirds", "fifth"):
        return _FRACTIONS[token.norm], i + 1, True
    value, last = 0.0, i
    while last < len(tokens):
        norm = tokens[last].norm
        if norm in _SMALL or norm in _TENS:
            value += _SMALL.get(norm, 0.0) + _TENS.get(norm, 0.0)
        elif norm in _SCALES and (last > i or norm in ("hundred", "thousand", "dozen")):
            value = max(value, 1.0) * _SCALES[norm]
        elif last > i and norm in _FRACTIONS:
            value *= _FRACTIONS[norm]
        elif not (norm == "-" and last > i and last + 1 < len(tokens) and tokens[last + 1].norm in _SMALL):
            break
        last += 1
    return (value, last, True) if last > i else None


def _digits(norm: str) -> float:
    """A number as written in either habit: 1,200.5 or 0,5."""
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", norm):
        norm = norm.replace(",", "")
    try:
        return float(norm.replace(",", "."))
    except ValueError:
        return float(norm.replace(",", "").split(".")[0] or 0)


def _unit(tokens: Sequence[Token], i: int, last: int) -> tuple[Unit, int, bool]:
    """(unit, index after it, whether no unit was said) for the number in `tokens[i:last]`."""
    if i and tokens[i - 1].norm in _MONEY_BEFORE:
        return "money", last, False
    after = tokens[last].norm if last < len(tokens) else ""
    if after == "-" and last + 1 < len(tokens):
        last_word = tokens[last + 1].norm
        if last_word in _DURATION:
            return "duration", last + 2, False
    if after == "per" and last + 1 < len(tokens) and tokens[last + 1].norm in ("cent", "mille"):
        return "share", last + 2, False
    if after == "basis":
        return "share", min(last + 2, len(tokens)), False
    if after in _SHARE:
        return "share", last + 1, False
    if after in _MONEY_AFTER:
        return "money", last + 1, False
    if after in _DURATION:
        return "duration", last + 1, False
    if after in _MULTIPLE:
        return "multiple", last + 1, False
    if after in _OF:
        j = last + 1
        while j < len(tokens) and tokens[j].norm in ("of", "the", "every", "each"):
            j += 1
        if j < len(tokens) and (second := _number(tokens, j)) is not None:
            return "share", second[1], False
    return "count", last, not (after and _COUNTED.fullmatch(after))
