"""The history database's schema, step by step. A released step is never edited; a new one is appended."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

Migration = Callable[[sqlite3.Connection], None]

APPLICATION_ID = 0x6D636F61
"""Marks the file as ours ("mcoa")."""


def _attempts(connection: sqlite3.Connection) -> None:
    connection.execute(
        """
        CREATE TABLE attempts (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            uuid TEXT NOT NULL UNIQUE,
            case_id TEXT NOT NULL,
            case_digest TEXT NOT NULL,
            rubric TEXT NOT NULL,
            rubric_version TEXT NOT NULL,
            started_at TEXT NOT NULL,
            finished_at TEXT NOT NULL,
            seconds_spent INTEGER NOT NULL,
            hints_used INTEGER NOT NULL,
            answer TEXT NOT NULL,
            overall INTEGER NOT NULL,
            verdict TEXT NOT NULL,
            levels_json TEXT NOT NULL,
            report_json TEXT NOT NULL
        )
        """
    )
    connection.execute("CREATE INDEX attempts_by_case ON attempts (case_id, finished_at)")
    for action in ("UPDATE", "DELETE"):
        connection.execute(
            f"CREATE TRIGGER attempts_no_{action.lower()} BEFORE {action} ON attempts "
            "BEGIN SELECT RAISE(ABORT, 'attempts are only ever added'); END"
        )
    # INSERT OR REPLACE deletes without asking the trigger above.
    connection.execute(
        "CREATE TRIGGER attempts_no_replace BEFORE INSERT ON attempts "
        "WHEN EXISTS (SELECT 1 FROM attempts WHERE id = NEW.id OR uuid = NEW.uuid) "
        "BEGIN SELECT RAISE(ABORT, 'attempts are only ever added'); END"
    )


MIGRATIONS: tuple[Migration, ...] = (_attempts,)
"""The n-th brings a database from version n to n + 1."""
