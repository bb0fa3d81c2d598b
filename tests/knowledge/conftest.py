from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from coach.knowledge.base import Base, load_base
from coach.knowledge.faults import KnowledgeFaults

SMALL_BASE = Path(__file__).parent / "small_base"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own for each test, so that no compiled knowledge is shared."""
    home = tmp_path / "home"
    monkeypatch.setenv("COACH_HOME", str(home))
    return home


@pytest.fixture
def roots(tmp_path: Path) -> tuple[Path, Path]:
    """A small, faultless base that the test may change."""
    copy = tmp_path / "base"
    shutil.copytree(SMALL_BASE, copy)
    return copy / "casebank", copy / "rubrics"


Load = Callable[..., Base]


@pytest.fixture
def load(roots: tuple[Path, Path]) -> Load:
    """Loads packs over the small base."""
    return lambda *packs: load_base(packs, roots=roots)


Refused = Callable[..., list[str]]


@pytest.fixture
def refused(load: Load, tmp_path: Path) -> Refused:
    """Loads one pack file with the text given and returns its faults, each from the line number on."""

    def lines(text: str | bytes) -> list[str]:
        pack = tmp_path / "pack.yaml"
        pack.write_bytes(text if isinstance(text, bytes) else text.encode())
        with pytest.raises(KnowledgeFaults) as caught:
            load(pack)
        rendered = str(caught.value).splitlines()
        assert rendered == [str(fault) for fault in caught.value.faults]
        return [line.removeprefix(f"{pack}:") for line in rendered]

    return lines
