from __future__ import annotations

import errno
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from coach.files import dated_names, move_to_free_name, set_aside, write_atomically

NOON = datetime(2026, 11, 22, 12, 0, 5, tzinfo=UTC)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_file_is_written_and_replaced_whole(tmp_path: Path) -> None:
    write_atomically(tmp_path / "a", b"one")
    write_atomically(tmp_path / "a", b"two")
    assert contents(tmp_path) == {"a": b"two"}


def test_an_existing_file_can_be_protected(tmp_path: Path) -> None:
    write_atomically(tmp_path / "a", b"one", replace=False)
    with pytest.raises(FileExistsError):
        write_atomically(tmp_path / "a", b"two", replace=False)
    assert contents(tmp_path) == {"a": b"one"}


def test_a_failure_leaves_the_old_file_and_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    write_atomically(tmp_path / "a", b"one")
    monkeypatch.setattr("coach.files.os.fsync", full)
    with pytest.raises(OSError, match="No space left"):
        write_atomically(tmp_path / "a", b"two")
    with pytest.raises(OSError, match="No space left"):
        write_atomically(tmp_path / "b", b"two", replace=False)
    assert contents(tmp_path) == {"a": b"one"}


def test_private_files_are_the_users_alone(tmp_path: Path) -> None:
    write_atomically(tmp_path / "a", b"", mode=0o600)
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o600


def test_long_names_are_no_trouble(tmp_path: Path) -> None:
    name = "n" * 255
    write_atomically(tmp_path / name, b"x")
    assert contents(tmp_path) == {name: b"x"}


def test_a_move_never_replaces(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("a")
    (tmp_path / "b").write_text("b")
    with pytest.raises(FileExistsError):
        move_to_free_name(tmp_path / "a", tmp_path / "b")
    assert contents(tmp_path) == {"a": b"a", "b": b"b"}


def test_a_move_of_nothing_reserves_no_name(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        move_to_free_name(tmp_path / "none", tmp_path / "b")
    assert contents(tmp_path) == {}


def test_files_set_aside_get_dated_names_that_are_free(tmp_path: Path) -> None:
    for text in ("one", "two", "three"):
        (tmp_path / "a.json").write_text(text)
        set_aside(tmp_path / "a.json", "damaged", NOON)
    assert contents(tmp_path) == {
        "a.damaged-20261122-120005.json": b"one",
        "a.damaged-20261122-120005-2.json": b"two",
        "a.damaged-20261122-120005-3.json": b"three",
    }


def test_files_can_be_set_aside_in_another_folder(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("one")
    (tmp_path / "archive").mkdir()
    moved = set_aside(tmp_path / "a.json", "discarded", NOON, folder=tmp_path / "archive")
    assert moved == tmp_path / "archive" / "a.discarded-20261122-120005.json"
    assert moved.read_text() == "one"
    assert next(dated_names(tmp_path / "b", "x", NOON)).name == "b.x-20261122-120005"
