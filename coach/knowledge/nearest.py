"""The valid names nearest to one that is not."""

from __future__ import annotations

from collections.abc import Iterable

_CLOSE_ENOUGH = 60.0


def nearest(name: str, valid: Iterable[str], limit: int = 3) -> tuple[str, ...]:
    """Up to `limit` valid names that `name` may have meant, best first; empty where nothing is close."""
    # Imported here because names are nearly always right and the library takes 20 ms to load.
    from rapidfuzz import fuzz, process

    found = process.extract(name[:200], sorted(set(valid)), scorer=fuzz.ratio, score_cutoff=_CLOSE_ENOUGH, limit=limit)
    return tuple(valid_name for valid_name, _, _ in found)


def did_you_mean(name: str, valid: Iterable[str]) -> str:
    """A hint with the nearest valid name, or nothing."""
    found = nearest(name, valid, limit=1)
    return f"did you mean {found[0]}?" if found else ""
