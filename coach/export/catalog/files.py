"""Writing the files of an export into a folder."""

from __future__ import annotations

from pathlib import Path

from coach.errors import UsageError
from coach.export.catalog.target import Files
from coach.export.output import write_text


def write_files(folder: Path, files: Files, force: bool = False) -> None:
    """Write all files into a folder, which is made where it is missing.

    Without `force` nothing is written if any of the files exists. Raises `UsageError`, which names the path.
    """
    paths = {folder / Path(*name.split("/")): text for name, text in files.items()}
    taken = [path for path in paths if path.exists()]
    if taken and not force:
        more = f" and {len(taken) - 1} more" if len(taken) > 1 else ""
        raise UsageError(f"{taken[0]} exists{more}: name another folder, or --force to replace what is in this one")
    for path, text in paths.items():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise UsageError(f"cannot make the folder {path.parent}: {reason}; name another place") from None
        write_text(path, text, force)


def as_one_file(path: Path, files: Files) -> bool:
    """Whether `--out PATH` means the one file of an export and not a folder to put it in."""
    return len(files) == 1 and bool(path.suffix) and not path.is_dir()
