"""Levels, shares and series drawn with block characters, so that nothing is told by colour alone."""

from __future__ import annotations

from collections.abc import Sequence

_EIGHTHS = " ▏▎▍▌▋▊▉"
# Not up to the full block, so that lines of blocks stay apart.
_RISING = "▁▂▃▄▅▆"
TOP_LEVEL = 3


def level_blocks(value: float) -> tuple[str, str]:
    """A level from 0 to 3 as three cells that rise in turn, `▆▆▁` for 2: what is filled, and what is not."""
    shares = [max(0.0, min(1.0, value - place)) for place in range(TOP_LEVEL)]
    cells = "".join(_RISING[round(share * (len(_RISING) - 1))] for share in shares)
    filled = len(cells.rstrip(_RISING[0]))
    return cells[:filled], cells[filled:]


def bar(share: float, width: int) -> tuple[str, str]:
    """The filled and the empty part of a bar `width` cells wide; `share` is 0 to 1."""
    share = max(0.0, min(1.0, share))
    full, rest = divmod(round(share * width * 8), 8)
    filled = "█" * full + (_EIGHTHS[rest] if rest else "")
    return filled, "░" * (width - len(filled))


def sparkline(values: Sequence[float], low: float, high: float, width: int) -> str:
    """The last `width` values, each as a block whose height lies between `low` and `high`."""
    span = (high - low) or 1.0
    shares = [max(0.0, min(1.0, (value - low) / span)) for value in values[-width:]] if width > 0 else []
    return "".join(_RISING[round(share * (len(_RISING) - 1))] for share in shares)
