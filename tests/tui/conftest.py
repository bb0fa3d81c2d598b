from __future__ import annotations

import gc
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

import coach
from coach.facade import KnowledgeBase


@pytest.fixture(scope="session", autouse=True)
def rare_garbage_collection() -> Iterator[None]:
    """Widgets refer to one another in circles: collecting them often would take a quarter of the time."""
    before = gc.get_threshold()
    gc.set_threshold(100_000, 50, 50)
    yield
    gc.set_threshold(*before)


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, KnowledgeBase]:
    """The built-in knowledge base, compiled and loaded once."""
    home = tmp_path_factory.mktemp("compiled")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COACH_HOME", str(home))
        return home / "cache", coach.load()


@pytest.fixture(autouse=True)
def home(tmp_path: Path, compiled: tuple[Path, KnowledgeBase], monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A home of its own for every test, in which the knowledge base is compiled already."""
    cache, kb = compiled
    # Other accounts may enter it, since some tests give up the rights of root.
    outside = Path(tempfile.mkdtemp(prefix="coach-test-"))
    outside.chmod(0o755)
    folder = outside / "home"
    folder.mkdir()
    shutil.copytree(cache, folder / "cache")

    def loaded(packs: Iterable[str | Path] = ()) -> KnowledgeBase:
        return coach.load(packs) if packs else kb

    # It cannot change, so that every test may have the same one; packs are loaded for real.
    monkeypatch.setattr("coach.tui.desk.load", loaded)
    monkeypatch.setenv("COACH_HOME", str(folder))
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("HOME", str(outside))
    monkeypatch.chdir(tmp_path)
    yield folder
    shutil.rmtree(outside)


@pytest.fixture
def kb(compiled: tuple[Path, KnowledgeBase]) -> KnowledgeBase:
    """The built-in knowledge base."""
    return compiled[1]
