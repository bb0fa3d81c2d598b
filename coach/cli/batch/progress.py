"""How far a batch is: a line on a terminal that is written over, and a remark at the end."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from typing import Final

from coach.cli import output
from coach.cli.batch.judge import Judged

_EVERY_SECONDS: Final = 0.2
_BAR: Final = 24


class Progress:
    """Counts lines as they pass; draws on standard error if `visible`."""

    def __init__(self, total_bytes: int | None, *, visible: bool) -> None:
        self.lines = self.refused = 0
        self._total, self._visible = total_bytes, visible
        self._begun = self._drawn = time.monotonic()
        self._width = 0

    def watch(self, judged: Iterable[Judged]) -> Iterator[Judged]:
        """The same lines, counted."""
        try:
            for line in judged:
                yield line
                self.lines += 1
                self.refused += line.refused
                if self._visible and time.monotonic() - self._drawn >= _EVERY_SECONDS:
                    self._draw(line.end)
        finally:
            self._write("")

    def summary(self) -> str:
        """What was done, in one line."""
        seconds = time.monotonic() - self._begun
        speed = f", {self.lines / seconds:,.0f} a second" if seconds > 0 else ""
        return f"{self.lines:,} lines in {seconds:,.1f} s{speed}"

    def _draw(self, done_bytes: int) -> None:
        self._drawn = time.monotonic()
        text = self.summary() + (f", {self.refused:,} refused" if self.refused else "")
        if self._total:
            share = min(1.0, done_bytes / self._total)
            filled = int(share * _BAR)
            text = f"[{'#' * filled}{'.' * (_BAR - filled)}] {share:4.0%}  {text}"
        self._write(text)

    def _write(self, text: str) -> None:
        """Put the text over what stood there; an empty one clears the line."""
        if not self._visible or not (text or self._width):
            return
        sys.stderr.write(f"\r{text:<{self._width}}" + ("" if text else "\r"))
        sys.stderr.flush()
        self._width = len(text)


def on_terminal(*, results_on_screen: bool) -> bool:
    """Whether a moving line can be drawn without disturbing anything."""
    return sys.stderr is not None and sys.stderr.isatty() and not results_on_screen


def tell_outcome(progress: Progress) -> None:
    """Say what was refused; how long it took is of interest to people only."""
    if progress.refused:
        of = f"{progress.refused:,} of {progress.lines:,} lines"
        output.tell(f'{of} could not be scored; each such line out says why under "error"')
    elif on_terminal(results_on_screen=False):
        output.tell(progress.summary())
