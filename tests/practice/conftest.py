from __future__ import annotations

import os
import resource
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from coach.practice.models import NewAttempt

MORNING = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
NOBODY = 65534


def new_attempt(**changes: Any) -> NewAttempt:
    fields: dict[str, Any] = {
        "case": "crm-writing-assistant",
        "case_digest": "c0ffee",
        "rubric": "metric-design",
        "rubric_version": "beef",
        "started_at": MORNING,
        "finished_at": MORNING.replace(minute=25),
        "seconds_spent": 1320,
        "hints_used": 1,
        "answer": "The job is a reply, not a draft.",
        "overall": 63,
        "verdict": "hire",
        "levels": {"framing": 2, "north_star": 3, "counter_metric": 1},
        "report_json": '{"overall": 63}',
    }
    return NewAttempt(**fields | changes)


@pytest.fixture(autouse=True)
def home(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A home of its own for every test, in a folder that other accounts may enter."""
    folder = Path(tempfile.mkdtemp(prefix="coach-test-"))
    folder.chmod(0o755)
    monkeypatch.setenv("COACH_HOME", str(folder / "home"))
    yield folder / "home"
    shutil.rmtree(folder)


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Nothing under `folder` can be written inside the block, not even when the tests are run by root."""
    modes = {path: path.stat().st_mode for path in (folder, *folder.rglob("*"))}
    for path, mode in modes.items():
        path.chmod((mode | 0o444) & ~0o222 | (0o111 if path.is_dir() else 0))
    account = os.geteuid()
    if account == 0:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(account)
        for path, mode in modes.items():
            path.chmod(mode)


@contextmanager
def file_size_limit(size: int) -> Iterator[None]:
    """Writing beyond `size` bytes of any file fails inside the block, as it does on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
