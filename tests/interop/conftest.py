"""Tests with the programs that read the exports; each is skipped where its program is not installed."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from coach.knowledge.base import Base, load_base

Program = Callable[..., str]


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
