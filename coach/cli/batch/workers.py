"""Scoring in this process or in several, with the same lines out in the same order."""

from __future__ import annotations

import os
import signal
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from coach.cli.batch.judge import Judged, judge
from coach.cli.batch.lines import RawLine
from coach.errors import CoachError, UsageError

if TYPE_CHECKING:
    from concurrent.futures import Future

    from coach.facade import KnowledgeBase

MOST_WORKERS: Final = 32
CHUNK_LINES: Final = 8
"""Few, since an interrupted run waits for the chunks that were begun."""
CHUNK_BYTES: Final = 256 * 1024
"""A chunk is closed once it is as large, so that few long lines are in flight."""
CHUNKS_AHEAD: Final = 4
"""Chunks for each worker that are read before the oldest is done."""


def judge_all(lines: Iterable[RawLine], kb: KnowledgeBase, packs: Sequence[str], workers: int) -> Iterator[Judged]:
    """A line out for each line in. With one worker each is given before the next is read."""
    if workers == 1:
        for line in lines:
            yield judge(kb, line)
        return
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context

    count = min(workers, MOST_WORKERS)
    # Spawned on every system, since a forked process would share locks with threads that it does not have.
    pool = ProcessPoolExecutor(count, get_context("spawn"), initializer=_begin, initargs=(tuple(packs),))
    try:
        waiting: deque[Future[list[Judged]]] = deque()
        for chunk in _chunks(lines):
            with _deaf_to_interrupts():
                waiting.append(pool.submit(_judge_chunk, chunk))
            if len(waiting) >= CHUNKS_AHEAD * count:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()
    except BrokenProcessPool:
        raise UsageError(
            "a worker process was ended from outside, perhaps for want of memory; try fewer --workers"
        ) from None
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise UsageError(f"cannot start worker processes: {reason}; try --workers 1") from None
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _chunks(lines: Iterable[RawLine]) -> Iterator[list[RawLine]]:
    chunk: list[RawLine] = []
    size = 0
    for line in lines:
        chunk.append(line)
        size += len(line.content or b"")
        if len(chunk) == CHUNK_LINES or size >= CHUNK_BYTES:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


@contextmanager
def _deaf_to_interrupts() -> Iterator[None]:
    """Processes started inside the block ignore Ctrl-C, which reaches all of a terminal's processes."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


class _Worker:
    """What a worker process has."""

    kb: KnowledgeBase | None = None
    fault: str = ""


def _begin(packs: tuple[str, ...]) -> None:
    from coach.facade import load

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        _Worker.kb = load(packs)
    except CoachError as error:
        # An error in here would be printed with its traceback; it is told with the first chunk instead.
        _Worker.fault = str(error)


def _end_with_parent() -> None:
    """A worker whose parent was killed would wait for work for ever."""
    from multiprocessing import parent_process

    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _judge_chunk(chunk: list[RawLine]) -> list[Judged]:
    if _Worker.kb is None:
        # Of the plain class, since others do not survive the way between processes.
        raise UsageError(_Worker.fault)
    return [judge(_Worker.kb, line) for line in chunk]
