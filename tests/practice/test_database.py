"""Versions, backups, and databases that are not what they should be."""

from __future__ import annotations

import shutil
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from coach import paths
from coach.errors import StorageError
from coach.practice.database import open_database
from coach.practice.history import History
from coach.practice.schema import MIGRATIONS
from tests.practice.conftest import MORNING, new_attempt, read_only


def add_mood(connection: sqlite3.Connection) -> None:
    connection.execute("ALTER TABLE attempts ADD COLUMN mood TEXT")


def add_mood_and_fail(connection: sqlite3.Connection) -> None:
    add_mood(connection)
    connection.execute("INSERT INTO no_such_table VALUES (1)")


@pytest.fixture
def database() -> Path:
    """The user's database with two attempts."""
    with History.open() as history:
        history.add(new_attempt(case="one"))
        history.add(new_attempt(case="two"))
    return paths.database()


def cases_in(path: Path) -> set[str]:
    connection = sqlite3.connect(path)
    try:
        return {row[0] for row in connection.execute("SELECT case_id FROM attempts")}
    finally:
        connection.close()


def neighbours(path: Path, part: str, suffix: str = ".sqlite3") -> list[Path]:
    return sorted(name for name in path.parent.iterdir() if part in name.name and name.suffix == suffix)


def test_a_migration_is_preceded_by_a_dated_backup_and_keeps_everything(database: Path) -> None:
    connection, notice = open_database(database, MORNING, (*MIGRATIONS, add_mood))
    assert connection.execute("SELECT case_id, mood FROM attempts").fetchall()[0]["mood"] is None
    assert connection.execute("PRAGMA user_version").fetchone()[0] == 2
    connection.close()
    assert notice is None
    backup = database.with_name("history.backup-v1-20261122-090000.sqlite3")
    assert cases_in(backup) == cases_in(database) == {"one", "two"}
    assert sqlite3.connect(backup).execute("PRAGMA user_version").fetchone()[0] == 1


def test_a_backup_never_replaces_another(database: Path) -> None:
    taken = database.with_name("history.backup-v1-20261122-090000.sqlite3")
    taken.write_text("an older backup")
    open_database(database, MORNING, (*MIGRATIONS, add_mood))[0].close()
    assert taken.read_text() == "an older backup"
    assert cases_in(database.with_name("history.backup-v1-20261122-090000-2.sqlite3")) == {"one", "two"}


def test_a_failed_migration_changes_nothing(database: Path) -> None:
    with pytest.raises(StorageError, match="no_such_table"):
        open_database(database, MORNING, (*MIGRATIONS, add_mood_and_fail))
    with History.open() as history:
        assert len(history.attempts()) == 2
    connection = sqlite3.connect(database)
    assert "mood" not in {row[1] for row in connection.execute("PRAGMA table_info(attempts)")}
    connection.close()


def test_a_new_database_gets_all_steps_and_needs_no_backup(home: Path) -> None:
    connection, _ = open_database(paths.database(), MORNING, (*MIGRATIONS, add_mood))
    assert connection.execute("SELECT mood FROM attempts").fetchall() == []
    connection.close()
    assert neighbours(paths.database(), "backup") == []


def test_a_newer_database_is_refused_and_untouched(database: Path) -> None:
    connection = sqlite3.connect(database)
    connection.execute("PRAGMA user_version = 99")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    before = {path: path.read_bytes() for path in database.parent.iterdir()}
    with pytest.raises(StorageError, match=r"newer metric-coach \(schema 99, this one knows 1\)\nupgrade"):
        History.open()
    assert {path: path.read_bytes() for path in database.parent.iterdir()} == before


def test_a_newer_version_that_is_only_in_the_log_is_refused_too(database: Path) -> None:
    other = sqlite3.connect(database, isolation_level=None)
    other.execute("PRAGMA user_version = 99")
    assert int.from_bytes(database.read_bytes()[60:64], "big") == 1
    with pytest.raises(StorageError, match="newer"):
        History.open()
    other.close()
    assert cases_in(database) == {"one", "two"}


def garbage(path: Path) -> None:
    path.write_bytes(b"\x00\xffnonsense" * 500)


def cut_in_half(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])


def cut_to_the_header(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:60])


def broken_page(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[4096 + 5 : 2 * 4096] = b"\x5a" * (4096 - 5)
    path.write_bytes(content)


def somebody_elses(path: Path) -> None:
    path.unlink()
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE recipes (name TEXT)")
    connection.commit()
    connection.close()


@pytest.mark.parametrize(
    "damage", [garbage, cut_in_half, cut_to_the_header, broken_page, somebody_elses], ids=lambda f: f.__name__
)
def test_a_damaged_database_is_set_aside_and_a_fresh_one_made(database: Path, damage: object) -> None:
    assert callable(damage)
    damage(database)
    broken = database.read_bytes()
    with History.open() as history:
        (aside,) = neighbours(database, "damaged")
        assert history.notice is not None
        assert str(aside) in history.notice
        assert str(database) in history.notice
        assert aside.read_bytes() == broken
        assert history.attempts() == ()
        history.add(new_attempt(case="fresh"))
    with History.open() as history:
        assert [attempt.case for attempt in history.attempts()] == ["fresh"]
        assert history.notice is None


def test_the_log_goes_with_the_database_it_belongs_to(database: Path) -> None:
    garbage(database)
    database.with_name("history.sqlite3-wal").write_bytes(b"a log")
    database.with_name("history.sqlite3-shm").write_bytes(b"its index")
    History.open().close()
    (aside,) = neighbours(database, "damaged")
    assert aside.with_name(aside.name + "-wal").read_bytes() == b"a log"
    assert aside.with_name(aside.name + "-shm").read_bytes() == b"its index"


def test_a_log_whose_database_was_emptied_is_kept(database: Path) -> None:
    with History.open() as history:
        history.add(new_attempt(case="only in the log"))
        log = database.with_name("history.sqlite3-wal").read_bytes()
        assert log
    database.write_bytes(b"")
    database.with_name("history.sqlite3-wal").write_bytes(log)
    with History.open() as history:
        assert history.notice is not None
    assert [path.read_bytes() for path in neighbours(database, "damaged", ".sqlite3-wal")] == [log]


def test_databases_damaged_one_after_the_other_are_all_kept(database: Path) -> None:
    now = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
    for content in (b"first", b"second", b"third"):
        database.write_bytes(content)
        open_database(database, now)[0].close()
    assert sorted(path.read_bytes() for path in neighbours(database, "damaged")) == [
        b"first",
        b"second",
        b"third",
    ]


def test_an_empty_file_is_a_new_database(home: Path) -> None:
    paths.data_dir().mkdir(parents=True)
    paths.database().touch()
    with History.open() as history:
        assert history.notice is None
        history.add(new_attempt())


def test_a_damaged_database_that_cannot_be_moved_stays_and_is_named(database: Path) -> None:
    garbage(database)
    before = database.read_bytes()
    with read_only(paths.data_dir()), pytest.raises(StorageError, match=str(database)):
        History.open()
    assert database.read_bytes() == before


def test_a_database_that_is_locked_for_long_says_so(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("coach.practice.database.BUSY_SECONDS", 0.05)
    other = sqlite3.connect(database, isolation_level=None)
    with History.open() as history:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageError, match="another program keeps it locked"):
            history.add(new_attempt())
        other.execute("ROLLBACK")
        history.add(new_attempt())
    other.close()


def test_a_folder_with_odd_signs_in_its_name_works(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    odd = home / "50% off? #1 ümlaut"
    monkeypatch.setenv("COACH_HOME", str(odd))
    with History.open() as history:
        history.add(new_attempt())
    assert paths.database().is_file()
    shutil.rmtree(odd)
