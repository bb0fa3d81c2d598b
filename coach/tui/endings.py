"""Ends that come from outside: a shutdown, a closed terminal, an interrupt."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Callable
from threading import Thread
from time import sleep
from types import FrameType

_ENDINGS = ("SIGINT", "SIGTERM", "SIGHUP")
_LAST_WORDS = 3.0
"""Seconds from a signal to the end, at the latest."""


def end_on_signals(end: Callable[[int], None], save: Callable[[], None]) -> None:
    """Have the signals that end a program call `end` with their number, in the running loop.

    Should the program still be there some seconds later, `save` is called from a thread and the process ended:
    without a terminal, the app's library may wait for ever to write its last words.
    """
    loop = asyncio.get_running_loop()

    def end_anyway(number: int) -> None:
        sleep(_LAST_WORDS)
        save()
        os._exit(128 + number)

    def ended(number: int, _frame: FrameType | None) -> None:
        Thread(target=end_anyway, args=(number,), daemon=True).start()
        loop.call_soon_threadsafe(end, number)

    for name in _ENDINGS:
        if (number := getattr(signal, name, None)) is not None:
            signal.signal(number, ended)
