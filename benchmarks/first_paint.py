"""How long until the app's first screen is painted, beside the smallest Textual app there can be.

    python benchmarks/first_paint.py [--runs 11] [--limit 1.5]

Both are started in turn in a pseudo-terminal of 80 by 24, each as a fresh process, and timed from the start
of the process to the arrival of the first text of their first screen. Prints the medians in milliseconds and
their ratio; the exit status is 1 if the ratio is above the limit.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import pty
import select
import signal
import statistics
import struct
import sys
import tempfile
import termios
import time

MINIMAL = """
from textual.app import App
from textual.widgets import Static
class Minimal(App):
    def compose(self):
        yield Static("first words")
Minimal().run()
"""
COACH = "import sys; from coach.cli import main; sys.argv = ['coach']; sys.exit(main())"
SUBJECTS = {"minimal Textual app": (MINIMAL, b"first words"), "coach": (COACH, b"metric coach")}
TIMEOUT = 20.0
"""Seconds after which a start counts as failed."""


def main() -> int:
    arguments = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    arguments.add_argument("--runs", type=int, default=11)
    arguments.add_argument("--limit", type=float, default=1.5)
    options = arguments.parse_args()
    times: dict[str, list[float]] = {name: [] for name in SUBJECTS}
    with tempfile.TemporaryDirectory() as home:
        # The first start of each compiles modules and knowledge; it is not counted.
        for run in range(options.runs + 1):
            for name, (program, words) in SUBJECTS.items():
                seconds = first_paint(program, words, home)
                if run:
                    times[name].append(seconds)
    for name, seconds_taken in times.items():
        median, best = statistics.median(seconds_taken), min(seconds_taken)
        print(f"{name}: {median * 1000:.0f} ms, best {best * 1000:.0f} ms")
    minimal, coach = (statistics.median(times[name]) for name in SUBJECTS)
    print(f"ratio: {coach / minimal:.2f} (limit {options.limit})")
    return 0 if coach / minimal <= options.limit else 1


def first_paint(program: str, words: bytes, home: str) -> float:
    """Seconds from the start of the process until the words arrive. Raises `TimeoutError`."""
    began = time.perf_counter()
    process, terminal = pty.fork()
    if process == 0:
        environment = {**os.environ, "COACH_HOME": home, "TERM": "xterm-256color"}
        environment.pop("NO_COLOR", None)
        os.execve(sys.executable, [sys.executable, "-c", program], environment)
    try:
        fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        seen = b""
        while words not in seen:
            if time.perf_counter() - began > TIMEOUT:
                raise TimeoutError(seen[-500:].decode(errors="replace"))
            if select.select([terminal], [], [], 0.1)[0]:
                seen += os.read(terminal, 65536)
        return time.perf_counter() - began
    finally:
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        os.close(terminal)


if __name__ == "__main__":
    sys.exit(main())
