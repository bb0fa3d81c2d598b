"""A batch from its input to its output."""

from __future__ import annotations

import os
import signal
import stat
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, BinaryIO, Final

from coach.cli import output
from coach.cli.batch.lines import raw_lines
from coach.cli.batch.progress import Progress, on_terminal, tell_outcome
from coach.cli.batch.workers import judge_all
from coach.cli.text_input import binary_input

if TYPE_CHECKING:
    from coach.facade import KnowledgeBase

WORTH_WORKERS: Final = 1024 * 1024
"""Bytes of input from which on starting further processes pays."""


def run_batch(source: str, target: str | None, *, packs: Sequence[str], workers: int | None, force: bool) -> int:
    """Score the lines of `source` (`-` for standard input). Returns the exit status, 1 if any was refused."""
    from coach.export.output import writing
    from coach.facade import load

    with binary_input(source) as (stream, name), _ended_tidily():
        size = _size(stream)
        progress = Progress(size, visible=on_terminal(results_on_screen=target is None and sys.stdout.isatty()))
        kb: KnowledgeBase = load(packs)
        judged = judge_all(raw_lines(stream, name), kb, packs, workers or _fitting(size))
        if target is None:
            for line in progress.watch(judged):
                output.print_bytes(line.content)
                sys.stdout.buffer.flush()
        else:
            with writing(Path(target), force) as out:
                for line in progress.watch(judged):
                    out.write(line.content)
    tell_outcome(progress)
    return 1 if progress.refused else 0


def _size(stream: BinaryIO) -> int | None:
    """The size of a regular file; None for anything else."""
    status = os.fstat(stream.fileno())
    return status.st_size if stat.S_ISREG(status.st_mode) else None


def _fitting(size: int | None) -> int:
    """One worker unless the input is known to be large: a stream may wait for each answer."""
    return 1 if size is None or size < WORTH_WORKERS else os.cpu_count() or 1


@contextmanager
def _ended_tidily() -> Iterator[None]:
    """A request to end, such as a scheduler's, removes what is unfinished like Ctrl-C does."""

    def end(number: int, _: FrameType | None) -> None:
        raise SystemExit(128 + number)

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
