from __future__ import annotations

import os
from pathlib import Path

import pytest

from coach.errors import UsageError
from coach.export.output import write_text


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_new_file_holds_the_text_as_utf_8(tmp_path: Path) -> None:
    write_text(tmp_path / "card.md", "Räume ☐\nline\n")
    assert (tmp_path / "card.md").read_bytes() == "Räume ☐\nline\n".encode()
    assert names(tmp_path) == ["card.md"]


def test_others_may_read_an_export_as_the_umask_allows(tmp_path: Path) -> None:
    mask = os.umask(0o022)
    try:
        write_text(tmp_path / "card.md", "x")
    finally:
        os.umask(mask)
    assert (tmp_path / "card.md").stat().st_mode & 0o777 == 0o644


def test_an_existing_file_is_replaced_only_by_force(tmp_path: Path) -> None:
    path = tmp_path / "card.md"
    path.write_text("mine")
    with pytest.raises(UsageError, match=r"card\.md exists: .*--force"):
        write_text(path, "theirs")
    assert path.read_text() == "mine"
    write_text(path, "theirs", force=True)
    assert path.read_text() == "theirs"
    assert names(tmp_path) == ["card.md"]


def test_a_link_keeps_pointing_where_it_points(tmp_path: Path) -> None:
    (tmp_path / "real.md").write_text("old")
    (tmp_path / "link.md").symlink_to("real.md")
    with pytest.raises(UsageError, match=r"link\.md exists"):
        write_text(tmp_path / "link.md", "new")
    write_text(tmp_path / "link.md", "new", force=True)
    assert (tmp_path / "link.md").is_symlink()
    assert (tmp_path / "real.md").read_text() == "new"


def test_a_device_is_written_through_and_stays_a_device() -> None:
    write_text(Path("/dev/null"), "gone")
    assert not Path("/dev/null").is_file()


def test_a_pipe_gets_the_text(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    reader = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    write_text(tmp_path / "pipe", "through")
    assert os.read(reader, 100) == b"through"
    os.close(reader)


def test_places_that_cannot_be_written_are_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match=f"there is no folder {tmp_path / 'none'}"):
        write_text(tmp_path / "none" / "card.md", "x")
    with pytest.raises(UsageError, match="is a folder: name a file in it"):
        write_text(tmp_path, "x", force=True)
    with pytest.raises(UsageError, match=f"cannot write {tmp_path / 'file' / 'card.md'}: not a directory"):
        write_text(tmp_path / "file" / "card.md", "x")
    with pytest.raises(UsageError, match="file name too long"):
        write_text(tmp_path / ("x" * 300), "x")
    (tmp_path / "loop").symlink_to("loop")
    with pytest.raises(UsageError, match="cannot write"):
        write_text(tmp_path / "loop", "x", force=True)
    assert names(tmp_path) == ["file", "loop"]


def test_half_a_surrogate_pair_does_not_stop_an_export(tmp_path: Path) -> None:
    write_text(tmp_path / "card.md", "odd \ud83d")
    assert (tmp_path / "card.md").read_text() == "odd \\ud83d"
