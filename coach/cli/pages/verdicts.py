"""Verdicts and levels in words and colours."""

from __future__ import annotations

from typing import Final

from coach.cli.layout.blocks import Run, Style
from coach.scoring.report import LEVEL_NAMES, VERDICT_NAMES

_STYLES: Final[dict[str, Style]] = {
    "strong_hire": "good",
    "hire": "good",
    "borderline": "fair",
    "no_hire": "poor",
}
_NAMES: Final[dict[str, str]] = {str(name): words for name, words in VERDICT_NAMES.items()}
_LEVEL_STYLES: Final[tuple[Style, ...]] = ("poor", "fair", "good", "good")


def verdict(name: str) -> str:
    """A verdict in words; one that this version does not know, as it stands."""
    return _NAMES.get(name, name)


def verdict_run(name: str) -> Run:
    """A verdict in its colour."""
    return Run(verdict(name), _STYLES.get(name, ""))


def level_run(level: int) -> Run:
    """A level as a bar, a number and a word, such as `##. 2 applied`."""
    return Run(f"{'#' * level}{'.' * (3 - level)} {level} {LEVEL_NAMES[level]:<7}", _LEVEL_STYLES[level])
