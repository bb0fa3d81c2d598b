"""Getting text out of the app: onto the clipboard, and into files whose path is shown."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from coach import paths
from coach.errors import StorageError
from coach.files import write_atomically
from coach.practice.rescue import rescue
from coach.practice.task import is_own


def clean(text: str) -> str:
    """Text that can be encoded: lone surrogates become question marks."""
    return text.encode("utf-8", errors="replace").decode("utf-8")


def keep_copy(text: str) -> Path:
    """Write the text to the one file that holds what was last copied. Raises `StorageError`."""
    path = paths.data_dir() / "copied.md"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, clean(text).encode(), mode=0o600)
    except OSError:
        return rescue(text)
    return path


def export(text: str, key: str, now: datetime) -> Path:
    """Write the text to a new file in the working folder. Raises `StorageError` if no folder takes it."""
    name = "own-prompt" if is_own(key) else key
    try:
        path = Path.cwd() / f"coach-{name}-{now:%Y%m%d-%H%M%S}.md"
        write_atomically(path, clean(text).encode(), replace=False)
    except OSError:
        return rescue(text)
    return path


def export_file(content: bytes, name: str, suffix: str, now: datetime) -> Path:
    """Write an export to a new file in the working folder. Raises `StorageError` if it takes none."""
    file = f"coach-{name}-{now:%Y%m%d-%H%M%S}.{suffix}"
    try:
        path = Path.cwd() / file
        write_atomically(path, content, replace=False)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise StorageError(f"cannot write {file}: {reason}. Start coach in a folder that can be written.") from None
    return path
