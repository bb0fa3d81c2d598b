"""What is typed survives every end: quitting, signals, and being killed."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from coach.practice.drafts import Drafts
from tests.tui.driving import CASE

PATIENCE = 30.0
"""Seconds for a start on a busy machine."""
PROGRAM = f"import sys; from coach.tui.app import run; sys.exit(run(case={CASE!r}))"


class Terminal:
    """The app in a pseudo-terminal of its own."""

    def __init__(self, home: Path) -> None:
        environment = {**os.environ, "COACH_HOME": str(home), "TERM": "xterm-256color"}
        self.process, self.file = pty.fork()
        if self.process == 0:
            os.execve(sys.executable, [sys.executable, "-c", PROGRAM], environment)
        fcntl.ioctl(self.file, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        self.seen = b""
        self.status: int | None = None

    def wait_for(self, words: bytes) -> None:
        end = time.monotonic() + PATIENCE
        while words not in self.seen:
            assert time.monotonic() < end, self.seen[-2000:].decode(errors="replace")
            self.drain()

    def drain(self) -> None:
        if select.select([self.file], [], [], 0.02)[0]:
            try:
                self.seen += os.read(self.file, 65536)
            except OSError:
                time.sleep(0.02)

    def type(self, text: bytes) -> None:
        os.write(self.file, text)

    def ended(self) -> int:
        """The exit status, once the process has ended."""
        end = time.monotonic() + PATIENCE
        while self.status is None:
            assert time.monotonic() < end, "the app did not end"
            self.drain()
            process, status = os.waitpid(self.process, os.WNOHANG)
            if process:
                self.status = os.waitstatus_to_exitcode(status)
        return self.status

    def close(self) -> None:
        if self.status is None:
            os.kill(self.process, signal.SIGKILL)
            os.waitpid(self.process, 0)
        os.close(self.file)


@pytest.fixture
def terminal(home: Path) -> Iterator[Terminal]:
    terminal = Terminal(home)
    terminal.wait_for(b"Submit")
    yield terminal
    terminal.close()


def kept() -> str:
    draft = Drafts().load(CASE)
    return draft.text if draft else ""


def test_kill_9_loses_no_more_than_the_last_second_even_while_typing_goes_on(terminal: Terminal) -> None:
    typed: list[tuple[float, int]] = []
    end = time.monotonic() + 2.5
    count = 0
    while time.monotonic() < end:
        terminal.type(b"x")
        count += 1
        typed.append((time.monotonic(), count))
        # Only what has come back to the screen has been taken by the app.
        terminal.drain()
        time.sleep(0.02)
    os.kill(terminal.process, signal.SIGKILL)
    killed = time.monotonic()
    terminal.ended()
    a_second_before = max((n for moment, n in typed if moment < killed - 1), default=0)
    assert a_second_before > 10
    assert a_second_before <= len(kept()) <= count


def test_kill_9_a_second_after_the_last_key_loses_nothing(terminal: Terminal) -> None:
    terminal.type(b"Every word stays")
    terminal.wait_for(b"stays")
    time.sleep(1.0)
    os.kill(terminal.process, signal.SIGKILL)
    terminal.ended()
    assert kept() == "Every word stays"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT], ids=lambda s: s.name)
def test_signals_end_the_app_in_order_with_everything_kept(terminal: Terminal, number: signal.Signals) -> None:
    terminal.type(b"almost done")
    terminal.wait_for(b"done")
    os.kill(terminal.process, number)
    assert terminal.ended() == 128 + number
    assert kept() == "almost done"
    assert b"Traceback" not in terminal.seen


def test_ctrl_q_keeps_everything_and_ctrl_c_does_not_end_the_app(terminal: Terminal) -> None:
    terminal.type(b"almost done")
    terminal.wait_for(b"done")
    terminal.type(b"\x03")
    terminal.type(b" now")
    terminal.wait_for(b"now")
    terminal.type(b"\x11")
    assert terminal.ended() == 0
    assert kept() == "almost done now"
    assert b"Your draft is kept" in terminal.seen


def test_a_closed_terminal_keeps_everything(home: Path) -> None:
    terminal = Terminal(home)
    terminal.wait_for(b"Submit")
    terminal.type(b"almost done")
    terminal.wait_for(b"done")
    os.close(terminal.file)
    end = time.monotonic() + PATIENCE
    process = status = 0
    while not process:
        assert time.monotonic() < end, "the app did not end"
        process, status = os.waitpid(terminal.process, os.WNOHANG)
        time.sleep(0.02)
    assert os.waitstatus_to_exitcode(status) == 128 + signal.SIGHUP
    assert kept() == "almost done"
