"""Writing and moving files so that nothing is ever half written or replaced unasked."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
from collections.abc import Iterator
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import BinaryIO

from coach.errors import UsageError


def read_limited(path: Path, most: int, what: str) -> bytes:
    """A file that the user named, of `most` bytes at most; `what` says in the message what it would be.

    Raises `UsageError` if it cannot be read or is larger.
    """
    try:
        with path.open("rb") as stream:
            content = stream.read(most + 1)
    except OSError as error:
        raise UsageError(f"cannot read {path}: {(error.strerror or str(error)).lower()}") from None
    if len(content) > most:
        raise UsageError(f"{path} is larger than {most:,} bytes, the limit for a {what}")
    return content


def write_atomically(path: Path, data: bytes, *, replace: bool = True, mode: int = 0o666) -> None:
    """Write `data` to `path`; see `writing_atomically`."""
    with writing_atomically(path, replace=replace, mode=mode) as stream:
        stream.write(data)


@contextlib.contextmanager
def writing_atomically(path: Path, *, replace: bool = True, mode: int = 0o666) -> Iterator[BinaryIO]:
    """A stream into a temporary file beside `path`; after the block it is on the disk and takes the name.

    After a crash or an error in the block the old content or the new is there, never half of one. With
    `replace=False` an existing file raises `FileExistsError`, at once or at the end, and stays as it is.
    Other faults raise `OSError`; the temporary file is removed in every case. The folder must exist. The
    umask is taken from `mode`.
    """
    if not replace and path.exists():
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
    temporary = path.with_name(f".{path.name[:40]}.{secrets.token_hex(6)}.tmp")
    try:
        with os.fdopen(os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY, mode), "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        if replace:
            temporary.replace(path)
        else:
            move_to_free_name(temporary, path)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
    _flush_folder(path.parent)


def move_to_free_name(source: Path, target: Path) -> None:
    """Rename `source`; raises `FileExistsError` rather than replace anything, `OSError` for other faults."""
    # A reserved empty file makes the check and the move one step for every other process.
    os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        source.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            target.unlink()
        raise


def set_aside(path: Path, label: str, now: datetime, folder: Path | None = None) -> Path:
    """Move a file to a dated name beside it or in `folder`, numbered where that is taken; returns the name.

    `history.sqlite3` becomes `history.damaged-20261122-101500.sqlite3`. Raises `OSError`.
    """
    for target in dated_names((folder or path.parent) / path.name, label, now):
        with contextlib.suppress(FileExistsError):
            move_to_free_name(path, target)
            return target
    raise AssertionError("dated_names never ends")


def dated_names(path: Path, label: str, now: datetime) -> Iterator[Path]:
    """Names for a copy of `path`, in the order in which to try them, without end."""
    dated = f"{path.stem}.{label}-{now:%Y%m%d-%H%M%S}"
    yield path.with_name(dated + path.suffix)
    for number in count(2):
        yield path.with_name(f"{dated}-{number}{path.suffix}")


def _flush_folder(folder: Path) -> None:
    # Windows cannot open folders, and some filesystems cannot flush them; the file itself is safe.
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
