"""Tests with the programs that read the exports; each is skipped where its program is not installed.

What a program has read is told behind the tests' results. `--quick` keeps dbt, the slowest by far, to a few metrics.
"""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

import pytest

from coach.knowledge.base import Base, load_base

Program = Callable[..., str]
_READ = pytest.StashKey[list[str]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--quick", action="store_true", help="let dbt build some metrics of each sort instead of all")


class Read(Protocol):
    """Takes what a program has read, in a few words, and in how many seconds: by default those of the test so far."""

    def __call__(self, words: str, seconds: float | None = None) -> None: ...


@pytest.fixture
def read(request: pytest.FixtureRequest) -> Read:
    lines = request.config.stash.setdefault(_READ, [])
    begun = time.monotonic()

    def noted(words: str, seconds: float | None = None) -> None:
        lines.append(f"{words}; {time.monotonic() - begun if seconds is None else seconds:.0f} s")

    return noted


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if lines := config.stash.get(_READ, []):
        terminalreporter.section("what the programs have read")
        for line in lines:
            terminalreporter.write_line(line)


@pytest.fixture(scope="session")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Base]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COACH_HOME", str(tmp_path_factory.mktemp("home")))
        yield load_base()


def program(environment: str, name: str, folder: Path) -> Program:
    """A program of an environment, run in a folder; it must end well, and its output comes back."""
    path = Path(os.environ.get("INTEROP_ENVS", "/nowhere")) / environment / "bin" / name
    if not path.exists():
        pytest.skip(f"{name} is not installed: bash tests/interop/run")

    def run(*arguments: str) -> str:
        quiet = {"DBT_SEND_ANONYMOUS_USAGE_STATS": "false", "DO_NOT_TRACK": "1", "DBT_PROFILES_DIR": "."}
        quiet |= {"DATAHUB_TELEMETRY_ENABLED": "false"}
        done = subprocess.run(
            [str(path), *arguments], cwd=folder, capture_output=True, text=True, env={**os.environ, **quiet}
        )
        assert done.returncode == 0, f"{name} {' '.join(arguments)}\n{done.stdout[-3000:]}\n{done.stderr[-2000:]}"
        return done.stdout + done.stderr

    return run
