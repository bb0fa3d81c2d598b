"""One process at a time: a lock that the system releases when its holder dies."""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PATIENCE = 10.0
"""Seconds to wait for another holder, who needs milliseconds unless it is suspended."""

_PAUSE = 0.005
_HELD = (errno.EACCES, errno.EAGAIN, errno.EDEADLK)
_NO_LOCKS = (errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.EINVAL)

if sys.platform == "win32":
    import msvcrt

    def _acquire(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _acquire(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def locked(path: Path, patience: float | None = None) -> Iterator[None]:
    """Hold the lock file `path`, made if missing, never removed.

    Raises `TimeoutError` if another program holds it for longer than `patience` seconds, by default PATIENCE,
    and `OSError` for other faults. Where the filesystem knows no locks, nothing is held.
    """
    descriptor = os.open(path, os.O_CREAT | os.O_RDWR, 0o600)
    try:
        _wait_for(descriptor, path, PATIENCE if patience is None else patience)
        yield
    finally:
        # Closing gives the lock back.
        os.close(descriptor)


def _wait_for(descriptor: int, path: Path, patience: float) -> None:
    end = time.monotonic() + patience
    while True:
        try:
            return _acquire(descriptor)
        except OSError as error:
            if error.errno in _NO_LOCKS:
                return None
            if error.errno not in _HELD:
                raise
            if time.monotonic() >= end:
                held = "another program, perhaps a suspended one, keeps it locked"
                raise TimeoutError(errno.ETIMEDOUT, held, str(path)) from None
        time.sleep(_PAUSE)
