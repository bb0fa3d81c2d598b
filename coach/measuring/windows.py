"""Spans of time such as `30min`, `72h` or `3mo`, as SQL and as Python have them."""

from __future__ import annotations

import calendar
import re
from datetime import datetime, timedelta

_PARTS = re.compile(r"([1-9][0-9]*)(min|h|d|w|mo)")
_WORDS = {"min": "minute", "h": "hour", "d": "day", "w": "week", "mo": "month"}


def span(window: str) -> tuple[int, str]:
    """Count and unit: `72h` is 72 and `hour`; the unit is minute, hour, day, week or month.

    Raises `ValueError` for what is no window.
    """
    found = _PARTS.fullmatch(window)
    if found is None:
        raise ValueError(f"{window!r} is no window")
    return int(found[1]), _WORDS[found[2]]


def interval(window: str) -> str:
    """As SQL writes it; weeks in days, since not every system counts in weeks."""
    count, unit = span(window)
    if unit == "week":
        count, unit = count * 7, "day"
    return f"INTERVAL '{count}' {unit.upper()}"


def counts_days(window: str) -> bool:
    """Whether the span is made of whole days."""
    return span(window)[1] in ("day", "week", "month")


def before(moment: datetime, window: str) -> datetime:
    """The moment that lies one span earlier; of a month that is too short, its last day."""
    count, unit = span(window)
    if unit != "month":
        return moment - timedelta(**{f"{unit}s": count})
    months = moment.year * 12 + moment.month - 1 - count
    year, month = divmod(months, 12)
    return moment.replace(year=year, month=month + 1, day=min(moment.day, calendar.monthrange(year, month + 1)[1]))
