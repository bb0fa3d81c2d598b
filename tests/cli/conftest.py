from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from coach.cli import main
from coach.knowledge.base import Base, load_base

ESCAPE = "\x1b"
GOOD_PROMPT = "How would you measure success for an AI writing assistant for sales emails?"


class Outcome(NamedTuple):
    status: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        return json.loads(self.out)


Coach = Callable[..., Outcome]


@pytest.fixture(scope="session")
def compiled_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home in which the built-in knowledge is compiled already."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COACH_HOME", str(home))
        load_base()
    return home


@pytest.fixture(autouse=True)
def home(compiled_home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Every test sees the same screen, whatever terminal it is run from."""
    monkeypatch.setenv("COACH_HOME", str(compiled_home))
    monkeypatch.setenv("TERM", "xterm-256color")
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "COACH_TRACEBACK"):
        monkeypatch.delenv(name, raising=False)
    return compiled_home


@pytest.fixture(scope="session")
def base(compiled_home: Path) -> Base:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COACH_HOME", str(compiled_home))
        return load_base()


@pytest.fixture
def coach(capsys: pytest.CaptureFixture[str]) -> Coach:
    """Runs a command in this process."""

    def run(*argv: str) -> Outcome:
        capsys.readouterr()
        status = main(list(argv))
        captured = capsys.readouterr()
        return Outcome(status, captured.out, captured.err)

    return run


@pytest.fixture
def on_terminal(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Makes standard output pass for a terminal of some width."""

    def pretend(width: int) -> None:
        monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
        monkeypatch.setenv("COLUMNS", str(width))

    return pretend


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Callable[[bytes], None]:
    """Puts bytes on standard input."""

    def put(content: bytes) -> None:
        # A real descriptor, since the size of what is read is asked of the system.
        reader, writer = os.pipe()
        with os.fdopen(writer, "wb") as stream:
            stream.write(content)
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(os.fdopen(reader, "rb")))

    return put
