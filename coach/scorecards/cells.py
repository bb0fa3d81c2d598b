"""What stands in a cell of a sheet: text that no program takes for a formula, and amounts as numbers."""

from __future__ import annotations

import re
from datetime import date, datetime

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(
    r"([+−-]?)\s*([0-9]{1,3}(?:[, ][0-9]{3})+|[0-9]+)?(\.[0-9]+)?\s*(%|percent|points?|pp)?", re.IGNORECASE
)
# With one or two digits behind it, a comma is no mark of thousands.
_DECIMAL_COMMA = re.compile(r"(?<=^\d),(?=\d{1,2}(?:\D|$))|(?<=^\d\d),(?=\d{1,2}(?:\D|$))")
LONGEST = 32_000
"""Characters that a cell holds in every program."""


def neutral(text: str) -> str:
    """The text, with an apostrophe before a sign that would make it a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def original(text: str) -> str:
    """What `neutral` was given."""
    return text[1:] if text[:1] == "'" and text[1:].startswith(_FORMULA) else text


def amount(text: str | None) -> float | None:
    """A text that is nothing but a number: 0.35 for "35%", 1200 for "1,200"; None for any other."""
    found = _NUMBER.fullmatch(_DECIMAL_COMMA.sub(".", (text or "").strip()))
    if found is None or not (found[2] or found[3]):
        return None
    number = float(re.sub(r"[, ]", "", found[2] or "0") + (found[3] or ""))
    signed = -number if found[1] in ("-", "−") else number
    return signed / 100 if found[4] else signed


def amount_in_words(value: float, *, fraction: bool) -> str:
    """A number as the owner would write it: "35%" for 0.35 of a metric whose values are parts of one."""
    return f"{value * 100:.6g}%" if fraction else f"{value:,.10g}"


def text_of(value: object) -> str | None:
    """A cell's value as text: dates as 2026-11-22, whole numbers without a point; None where it is empty."""
    match value:
        case None:
            return None
        case bool():
            return "yes" if value else "no"
        case datetime():
            return value.date().isoformat()
        case date():
            return value.isoformat()
        case float() | int():
            return f"{value:.10g}"
    return original(" ".join(str(value).split())) or None
