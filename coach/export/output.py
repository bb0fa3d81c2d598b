"""Writing an export to the place the user named."""

from __future__ import annotations

from pathlib import Path

from coach.errors import UsageError
from coach.files import write_atomically


def write_text(path: Path, text: str, force: bool = False) -> None:
    """Write `text` as UTF-8; a file that exists is replaced only with `force`, and never left half written.

    Raises `UsageError`, which names the path, if the file exists or cannot be written.
    """
    # Half of a surrogate pair has no UTF-8.
    data = text.encode("utf-8", errors="backslashreplace")
    try:
        # A link keeps pointing where it points: its target is what is written.
        target = path.resolve()
        if target.exists() and not target.is_file() and not target.is_dir():
            target.write_bytes(data)  # A device or a pipe is written through; it cannot be replaced.
        elif target.is_dir():
            raise UsageError(f"{path} is a folder: name a file in it")
        else:
            write_atomically(target, data, replace=force)
    except FileExistsError:
        raise UsageError(f"{path} exists: give another name, or --force to replace it") from None
    except FileNotFoundError:
        raise UsageError(f"cannot write {path}: there is no folder {path.parent}") from None
    except (OSError, RuntimeError) as error:
        reason = (error.strerror or str(error)).lower() if isinstance(error, OSError) else "links in a circle"
        raise UsageError(f"cannot write {path}: {reason}; name another place") from None
