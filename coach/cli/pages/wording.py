"""Small turns of phrase."""

from __future__ import annotations

from collections.abc import Sequence


def joined(texts: Sequence[str]) -> str:
    """Several texts as one: sentences follow each other, phrases are set apart by semicolons."""
    return (" " if all(text.endswith(".") for text in texts) else "; ").join(texts)


def count(number: int, what: str) -> str:
    """A number of things: `1 day`, `1,200 days`."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"
