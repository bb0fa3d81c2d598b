"""Figures as they are said: shares as per cent, money to the cent, never more digits than mean something."""

from __future__ import annotations

from typing import Any

from coach.calculators.arguments import Argument
from coach.calculators.result import Figure, Interval, Unit

_UNITS = {
    "seconds": "second",
    "days": "day",
    "weeks": "week",
    "years": "year",
}


def figure_in_words(figure: Figure) -> str:
    """The value with its unit: "12.5%", "+8.0 points", "1,234 currency"."""
    return said(figure.value, figure.unit)


def interval_in_words(interval: Interval, unit: Unit) -> str:
    """Both ends, how sure, and by which method."""
    return f"{ends_in_words(interval, unit)} ({interval.confidence * 100:g}% confidence; {interval.method})"


def ends_in_words(interval: Interval, unit: Unit) -> str:
    """Both ends of an interval."""
    low, high = said(interval.low, unit), said(interval.high, unit)
    # The unit is said once: "+5.1 to +12.9 points".
    _, space, last = high.partition(" ")
    low = low.removesuffix(space + last) if space else low
    return f"{low} to {high}"


def said(value: float, unit: Unit) -> str:
    """A value with its unit."""
    match unit:
        case "share":
            return f"{_digits(value * 100)}%"
        case "points":
            return f"{value * 100:+,.1f} points" if abs(value) >= 0.01 else f"{value * 100:+,.2f} points"
        case "money":
            return money(value)
        case "count":
            return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.1f}"
        case "score":
            return f"{value:.3f}"
        case "ratio":
            return f"{_digits(value)} times"
        case "per hundred":
            return f"{_digits(value)} per 100"
    number = _digits(value)
    return f"{number} {_UNITS[unit]}{'' if number == '1' else 's'}"


def money(value: float) -> str:
    """An amount in whatever currency the inputs were in; small ones keep three digits that count."""
    if abs(value) >= 1000:
        return f"{value:,.0f}"
    return f"{value:,.2f}" if abs(value) >= 0.1 or value == 0 else f"{value:.3g}"


def percent(share: float) -> str:
    """A share as per cent."""
    return f"{_digits(share * 100)}%"


def value_in_words(argument: Argument, value: Any) -> str:
    """An argument's value, as one would type it."""
    if argument.kind == "table":
        return "; ".join(", ".join(map(str, row)) for row in value)
    if isinstance(value, tuple):
        # Without thousands, since a comma would part two numbers.
        return " ".join(_typed(argument, item).replace(",", "") for item in value)
    return _typed(argument, value)


def _typed(argument: Argument, value: float) -> str:
    return f"{value * 100:.12g}%" if argument.kind in ("share", "shares", "points") else f"{value:,.15g}"


def _digits(value: float) -> str:
    size = abs(value)
    if size >= 1000:
        return f"{value:,.0f}"
    text = f"{value:.2f}" if size >= 0.1 else f"{value:.3g}"
    return text.rstrip("0").rstrip(".") if "." in text and "e" not in text else text
