"""How verdicts and rounds read and look."""

from __future__ import annotations

_COLOURS = {
    "strong_hire": "$success",
    "hire": "$success",
    "borderline": "$warning",
    "no_hire": "$error",
}


def verdict_words(verdict: str) -> str:
    """`strong_hire` as `strong hire`."""
    return verdict.replace("_", " ")


def verdict_colour(verdict: str) -> str:
    """The theme's colour for a verdict, which always stands beside its words."""
    return _COLOURS.get(verdict, "$foreground")


def round_words(round_: str) -> str:
    """`metric-design` as `metric design`; `trade-off` is one word."""
    return round_ if round_ == "trade-off" else round_.replace("-", " ")
