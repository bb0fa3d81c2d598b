"""Every attempt ever made: added, read, never changed."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import RLock
from types import TracebackType
from typing import Self
from uuid import uuid4

from coach import paths
from coach.errors import StorageError, UnknownIdError
from coach.practice.database import explained, open_database
from coach.practice.models import Attempt, NewAttempt

_SURROGATE = re.compile("[\ud800-\udfff]")
_COLUMNS = (
    "uuid, case_id, case_digest, rubric, rubric_version, started_at, finished_at, seconds_spent, hints_used, "
    "answer, overall, verdict, levels_json, report_json"
)


class History:
    """The attempts of one user. Safe to use from several threads and by several programs at once.

    As long as nothing was ever kept, reading makes no file. Every method raises `StorageError`, which says
    what to do, if the database cannot be read or written.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.notice: str | None = None
        """Something the user should be told: that a damaged database was set aside, and where it is."""
        self._lock = RLock()
        self._connection: sqlite3.Connection | None = None
        self._identity: tuple[int, int] | None = None
        self._closed = False

    @classmethod
    def open(cls, path: Path | None = None) -> Self:
        """The history at `path`, by default the user's own; nothing is made until an attempt is added."""
        history = cls(path or paths.database())
        history._connect(make=False)
        return history

    def add(self, new: NewAttempt) -> Attempt:
        """Keep an attempt; it is on the disk when this returns."""
        answer, report = _storable(new.answer), _storable(new.report_json)
        row = (
            str(uuid4()),
            new.case,
            new.case_digest,
            new.rubric,
            new.rubric_version,
            _to_text(new.started_at),
            _to_text(new.finished_at),
            new.seconds_spent,
            new.hints_used,
            answer,
            new.overall,
            new.verdict,
            json.dumps(dict(new.levels)),
            report,
        )
        marks = ", ".join("?" * len(row))
        with self._using(make=True) as connection:
            assert connection is not None
            cursor = connection.execute(f"INSERT INTO attempts ({_COLUMNS}) VALUES ({marks})", row)
            kept = connection.execute("SELECT * FROM attempts WHERE id = ?", (cursor.lastrowid,)).fetchone()
        return _from_row(kept)

    def attempts(self, case: str | None = None, limit: int | None = None) -> tuple[Attempt, ...]:
        """Attempts, newest first: all, or those at one case; at most `limit`."""
        where, values = ("WHERE case_id = ?", [case]) if case is not None else ("", [])
        query = f"SELECT * FROM attempts {where} ORDER BY finished_at DESC, id DESC LIMIT ?"
        return self._read(query, (*values, -1 if limit is None else max(limit, 0)))

    def attempt(self, id_: int) -> Attempt:
        """One attempt; raises `UnknownIdError` if there is none by that number."""
        for found in self._read("SELECT * FROM attempts WHERE id = ?", (id_,)):
            return found
        raise UnknownIdError("attempt", str(id_))

    def best(self, case: str) -> Attempt | None:
        """The attempt at a case with the highest score, the newest of equals; None if it was never tried."""
        order = "ORDER BY overall DESC, finished_at DESC, id DESC LIMIT 1"
        return next(iter(self._read(f"SELECT * FROM attempts WHERE case_id = ? {order}", (case,))), None)

    def close(self) -> None:
        """Let go of the database; harmless when done twice."""
        with self._lock:
            self._closed = True
            self._disconnect()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _read(self, query: str, values: tuple[object, ...]) -> tuple[Attempt, ...]:
        with self._using(make=False) as connection:
            rows = connection.execute(query, values).fetchall() if connection is not None else []
        return tuple(_from_row(row) for row in rows)

    @contextmanager
    def _using(self, *, make: bool) -> Iterator[sqlite3.Connection | None]:
        with self._lock:
            self._connect(make=make)
            with explained(self.path):
                yield self._connection

    def _connect(self, *, make: bool) -> None:
        """Have a connection to the file at the path; None if there is no file and none is to be made."""
        if self._closed:
            raise StorageError("the history is closed; open it again")
        if self._connection is not None and self._identity == _identity(self.path):
            return
        # Another program has set the file aside or removed it: what is added must not go where nobody looks.
        self._disconnect()
        if make or self.path.exists():
            self._connection, notice = open_database(self.path, datetime.now(UTC))
            self.notice = notice or self.notice
            self._identity = _identity(self.path)

    def _disconnect(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        stat = path.stat()
    except OSError:
        return None
    return stat.st_dev, stat.st_ino


def _storable(text: str) -> str:
    # SQLite keeps UTF-8, which has no lone surrogates. One sign for one keeps the evidence's offsets right.
    return _SURROGATE.sub("\ufffd", text)


def _to_text(moment: datetime) -> str:
    # A fixed width makes the order of the texts the order in time.
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def _from_row(row: sqlite3.Row) -> Attempt:
    return Attempt(
        id=row["id"],
        uuid=row["uuid"],
        case=row["case_id"],
        case_digest=row["case_digest"],
        rubric=row["rubric"],
        rubric_version=row["rubric_version"],
        started_at=datetime.fromisoformat(row["started_at"]),
        finished_at=datetime.fromisoformat(row["finished_at"]),
        seconds_spent=row["seconds_spent"],
        hints_used=row["hints_used"],
        answer=row["answer"],
        overall=row["overall"],
        verdict=row["verdict"],
        levels=json.loads(row["levels_json"]),
        report_json=row["report_json"],
    )
