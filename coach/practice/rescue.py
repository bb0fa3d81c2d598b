"""Where to put an answer when its own place cannot be written."""

from __future__ import annotations

import contextlib
import secrets
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from coach import paths
from coach.errors import StorageError
from coach.files import write_atomically


def rescue(text: str) -> Path:
    """Write an answer to the first place that takes it and return the file, which is always a new one.

    The user's data folder, the home folder, the working folder and the system's temporary folder are tried.
    Raises `StorageError` if none takes it.
    """
    # A lone surrogate has no UTF-8; its escape is better than a file that editors refuse.
    data = text.encode("utf-8", errors="backslashreplace")
    for path in _names():
        with contextlib.suppress(OSError):
            write_atomically(path, data, replace=False, mode=0o600)
            return path
    raise StorageError("no folder takes the answer, not even the temporary one: copy it from the screen")


def writable_folder() -> Path | None:
    """The first folder outside the user's data that takes a file; None if none does."""
    for folder in _other_folders():
        with contextlib.suppress(OSError), tempfile.TemporaryFile(dir=folder, buffering=0) as file:
            # Making a file can succeed on a full disk; only writing tells.
            file.write(bytes(4096))
            return folder
    return None


def _other_folders() -> Iterator[Path]:
    with contextlib.suppress(RuntimeError):
        yield Path.home()
    with contextlib.suppress(OSError):
        yield Path.cwd()
    # Raises where no temporary folder can be written.
    with contextlib.suppress(OSError):
        yield Path(tempfile.gettempdir())


def _names() -> Iterator[Path]:
    stamp = f"{datetime.now():%Y%m%d-%H%M%S}"
    for folder in (paths.data_dir(), *_other_folders()):
        yield folder / f"coach-answer-{stamp}-{secrets.token_hex(3)}.txt"
