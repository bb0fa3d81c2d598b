"""Settings are remembered, and a damaged file never keeps the app from starting."""

from __future__ import annotations

from pathlib import Path

import pytest

from coach.errors import StorageError
from coach.tui.settings import LIMIT, Settings, load_settings, save_settings, settings_path
from tests.practice.conftest import read_only


def test_without_a_file_the_defaults_hold_and_nothing_is_made(home: Path) -> None:
    assert load_settings() == (Settings(), None)
    assert not (home / "config").exists()


def test_what_is_saved_is_loaded() -> None:
    settings = Settings(theme="light", coverage=False, clock=False, keys={"practice.hint": "f12"})
    save_settings(settings)
    assert load_settings() == (settings, None)


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b'{"theme": 3}', b'{"keys": {"a": 1}}', b"\xff\xfe", b"[" * 5000, b" " * (LIMIT + 1)],
    ids=["empty", "cut", "list", "type", "keys", "bytes", "deep", "large"],
)
def test_a_damaged_file_is_set_aside_and_told(content: bytes) -> None:
    path = settings_path()
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    settings, notice = load_settings()
    assert settings == Settings()
    assert notice is not None
    [aside] = path.parent.glob("settings.damaged-*.json")
    assert str(aside) in notice
    assert aside.read_bytes() == content
    assert not path.exists()


def test_unknown_settings_are_left_alone() -> None:
    path = settings_path()
    path.parent.mkdir(parents=True)
    path.write_text('{"theme": "light", "of_a_later_version": true}')
    assert load_settings() == (Settings(theme="light"), None)


def test_a_folder_that_cannot_be_written_is_told(home: Path) -> None:
    with read_only(home), pytest.raises(StorageError, match="cannot remember this choice"):
        save_settings(Settings(theme="light"))
