"""Opening the history database: its health, its version, and what to tell the user when either is wrong."""

from __future__ import annotations

import contextlib
import errno
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from coach.errors import StorageError
from coach.files import dated_names
from coach.practice.locking import locked
from coach.practice.schema import APPLICATION_ID, MIGRATIONS, Migration

BUSY_SECONDS = 10.0
"""How long to wait for another instance that is writing."""

_HEADER = b"SQLite format 3\x00"
_ELSEWHERE = "or set COACH_HOME to a folder that can be written"
_ADVICE = {
    sqlite3.SQLITE_FULL: ("the disk is full", f"free some space, {_ELSEWHERE}"),
    sqlite3.SQLITE_READONLY: ("it cannot be written", f"make the file and its folder writable, {_ELSEWHERE}"),
    sqlite3.SQLITE_CANTOPEN: ("it cannot be opened", f"make the folder readable and writable, {_ELSEWHERE}"),
    sqlite3.SQLITE_PERM: ("access is denied", f"make the file and its folder writable, {_ELSEWHERE}"),
    sqlite3.SQLITE_BUSY: ("another program keeps it locked", "close that program and try again"),
    sqlite3.SQLITE_LOCKED: ("another program keeps it locked", "close that program and try again"),
    sqlite3.SQLITE_CORRUPT: ("it is damaged", "start again: it will be set aside and a fresh one made"),
    sqlite3.SQLITE_NOTADB: ("it is damaged", "start again: it will be set aside and a fresh one made"),
    sqlite3.SQLITE_IOERR: ("reading or writing failed", f"check the disk and its free space, {_ELSEWHERE}"),
}


class _DamagedError(Exception):
    """No database, one with broken pages, or somebody else's."""


def open_database(
    path: Path, now: datetime, migrations: Sequence[Migration] = MIGRATIONS
) -> tuple[sqlite3.Connection, str | None]:
    """A connection to a healthy database of the newest schema, and a notice if a damaged one was set aside.

    Makes folder and file where missing; backs an older schema up before migrating it. Raises `StorageError`
    if the file cannot be used, or was written by a newer version; it is left untouched then.
    """
    with explained(path):
        # A damaged file is looked at again under the lock: another instance may be setting it aside just now.
        with contextlib.suppress(_DamagedError):
            if (connection := _open_current(path, len(migrations))) is not None:
                return connection, None
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with locked(path.with_name(path.name + ".lock")):
            notice = None
            try:
                current = _open_current(path, len(migrations))
            except _DamagedError as damage:
                notice, current = _set_aside(path, now, str(damage)), None
            return current or _migrate(path, now, migrations), notice


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn database and system errors into a `StorageError` that names the path and says what to do."""
    try:
        yield
    except sqlite3.Error as error:
        what, advice = _ADVICE.get(_code(error), (str(error), f"check the file, {_ELSEWHERE}"))
        raise StorageError(f"cannot use the history {path}: {what}\n{advice}") from error
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        advice = "free some space" if full else "make its folder readable and writable"
        reason = (error.strerror or str(error)).lower()
        raise StorageError(f"cannot use the history {path}: {reason}\n{advice}, {_ELSEWHERE}") from error


def _code(error: sqlite3.Error) -> int:
    # The low byte is the primary code; errors that Python raises itself carry none.
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


def _open_current(path: Path, known: int) -> sqlite3.Connection | None:
    """A connection to a healthy database at version `known`; None if it has yet to be made or migrated."""
    if not _looks_like_database(path, known):
        return None
    connection = None
    try:
        connection = _connect(path, "rw")
        version = _check(connection)
    except sqlite3.DatabaseError as error:
        if connection is not None:
            connection.close()
        if _code(error) in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
            raise _DamagedError(str(error)) from error
        if _code(error) in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY):
            return _read_only(path, known, error)
        raise
    except _DamagedError:
        if connection is not None:
            connection.close()
        raise
    if version == known:
        return connection
    connection.close()
    if version > known:
        raise _newer(path, version, known)
    return None


def _looks_like_database(path: Path, known: int) -> bool:
    """Whether there is a file to open; judged by its first bytes, so that a newer one is not even opened."""
    log = path.with_name(path.name + "-wal")
    header = b""
    with contextlib.suppress(FileNotFoundError), path.open("rb") as stream:
        header = stream.read(100)
    if not header:
        # SQLite would delete a log without its database, and with it what the log holds.
        if log.exists() and log.stat().st_size:
            raise _DamagedError("its main file is empty and its log is not")
        return False
    if not header.startswith(_HEADER) or len(header) < 100:
        raise _DamagedError("it is not a database")
    if (version := int.from_bytes(header[60:64], "big")) > known:
        raise _newer(path, version, known)
    return True


def _newer(path: Path, version: int, known: int) -> StorageError:
    return StorageError(
        f"the history {path} was written by a newer metric-coach (schema {version}, this one knows {known})\n"
        "upgrade metric-coach, or set COACH_HOME to another folder; the file is untouched"
    )


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?{mode if '=' in mode else f'mode={mode}'}",
        uri=True,
        timeout=BUSY_SECONDS,
        isolation_level=None,
        # `History` holds its own lock, so that a worker thread may read while the app paints.
        check_same_thread=False,
    )
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA synchronous = FULL")
    return connection


def _check(connection: sqlite3.Connection) -> int:
    """The schema version of a healthy database of ours; 0 for one without tables."""
    result = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if result != "ok":
        raise _DamagedError(result)
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if (version or tables) and (application != APPLICATION_ID or "attempts" not in tables):
        raise _DamagedError("it is not a history of metric-coach")
    return version


def _read_only(path: Path, known: int, error: sqlite3.Error) -> sqlite3.Connection:
    """A connection that only reads, for a folder in which SQLite cannot make its helper files."""
    log = path.with_name(path.name + "-wal")
    if log.exists() and log.stat().st_size:
        raise error
    connection = _connect(path, "immutable=1")
    if _check(connection) != known:
        connection.close()
        raise error
    return connection


def _migrate(path: Path, now: datetime, migrations: Sequence[Migration]) -> sqlite3.Connection:
    """Bring a new or older database to the newest schema, all steps or none. The caller holds the lock."""
    connection = _connect(path, "rwc")
    try:
        version = int(connection.execute("PRAGMA user_version").fetchone()[0])
        if version:
            _back_up(connection, path, version, now)
        # Not every filesystem can share the log's memory; the rollback journal is safe too, only slower.
        with contextlib.suppress(sqlite3.OperationalError):
            connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("BEGIN IMMEDIATE")
        for step in migrations[version:]:
            step(connection)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {len(migrations)}")
        connection.execute("COMMIT")
    except BaseException:
        # Closing rolls an unfinished transaction back.
        connection.close()
        raise
    return connection


def _back_up(connection: sqlite3.Connection, path: Path, version: int, now: datetime) -> Path:
    target = next(name for name in dated_names(path, f"backup-v{version}", now) if not name.exists())
    partial = target.with_name(target.name + ".partial")
    with contextlib.suppress(FileNotFoundError):
        partial.unlink()
    with contextlib.closing(sqlite3.connect(partial)) as copy:
        connection.backup(copy)
    return partial.replace(target)


def _set_aside(path: Path, now: datetime, why: str) -> str:
    """Move the database and its helper files to one dated name; returns what to tell the user."""
    target = next(name for name in dated_names(path, "damaged", now) if not _family(name))
    for part in _family(path):
        part.rename(target.with_name(target.name + part.name.removeprefix(path.name)))
    return (
        f"The history {path} was damaged ({why}) and has been set aside as {target}. "
        "A fresh one was started; keep that file if you want to have it repaired."
    )


def _family(path: Path) -> list[Path]:
    candidates = (path.with_name(path.name + end) for end in ("", "-wal", "-shm", "-journal"))
    return [name for name in candidates if name.exists()]
