"""Writing an export to the place the user named."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from coach.errors import UsageError
from coach.files import writing_atomically


def write_text(path: Path, text: str, force: bool = False) -> None:
    """Write `text` as UTF-8; see `writing`."""
    with writing(path, force) as stream:
        # Half of a surrogate pair has no UTF-8.
        stream.write(text.encode("utf-8", errors="backslashreplace"))


@contextmanager
def writing(path: Path, force: bool = False) -> Iterator[BinaryIO]:
    """A stream into `path`, which has the whole content after the block, or is as it was if that fails.

    A file that exists is replaced only with `force`. Raises `UsageError`, which names the path, if the file
    exists or cannot be written; an `OSError` inside the block is taken for one of writing.
    """
    target = _resolved(path)
    try:
        if target.is_dir():
            raise UsageError(f"{path} is a folder: name a file in it")
        if target.exists() and not target.is_file():
            # A device or a pipe is written through; it cannot be replaced.
            with target.open("wb") as stream:
                yield stream
        else:
            with writing_atomically(target, replace=force) as stream:
                yield stream
    except FileExistsError:
        raise UsageError(f"{path} exists: give another name, or --force to replace it") from None
    except FileNotFoundError:
        raise UsageError(f"cannot write {path}: there is no folder {path.parent}") from None
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise UsageError(f"cannot write {path}: {reason}; name another place") from None


def _resolved(path: Path) -> Path:
    """Where a path leads. A link keeps pointing where it points: its target is what is written."""
    try:
        return path.resolve()
    except (OSError, RuntimeError) as error:
        reason = (error.strerror or str(error)).lower() if isinstance(error, OSError) else "links in a circle"
        raise UsageError(f"cannot write {path}: {reason}; name another place") from None
