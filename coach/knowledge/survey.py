"""Finding the files of a layer, within limits that are checked before anything is read."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from coach.knowledge.faults import Fault

MAX_FILE_BYTES = 2 * 1024 * 1024
MAX_LAYER_BYTES = 32 * 1024 * 1024
MAX_FILES = 5_000
MAX_VISITED = 50_000
MAX_DEPTH = 32
_SUFFIXES = (".yaml", ".yml")


class Found(NamedTuple):
    """A YAML file that was found and not yet read."""

    root: int
    """Which of the layer's roots it lies under."""
    inside: str
    """Its path inside the root with forward slashes; empty where the root is the file itself."""
    path: str
    size: int
    stamp: tuple[int, int, int, int]
    """Device, file number, and the times of the last change to content and to status, in nanoseconds."""


class Survey(NamedTuple):
    """The files of a layer, and what kept others from being found."""

    roots: tuple[Path, ...]
    files: tuple[Found, ...]
    faults: tuple[Fault, ...]


def survey(roots: Sequence[Path]) -> Survey:
    """The YAML files under the roots, in order of their paths; none where the layer breaks a limit."""
    faults: list[Fault] = []
    files: list[Found] = []
    try:
        found = [file for number, root in enumerate(roots) for file in _Walk(number, root, faults).files()]
        _check_limits(found)
        files = found
    except Refused as refusal:
        faults.append(refusal.fault)
    return Survey(tuple(roots), tuple(files), tuple(faults))


class Refused(Exception):
    """The layer breaks a limit or cannot be read; nothing more of it is looked at."""

    def __init__(self, path: str, message: str) -> None:
        self.fault = Fault(path, 0, 0, "", message)
        super().__init__(message)


class _Walk:
    """One pass over a root that never leaves it, whatever its links say.

    Paths are plain text here, since objects for them would take longer than the reading.
    """

    def __init__(self, number: int, root: Path, faults: list[Fault]) -> None:
        self._number, self._root, self._faults = number, str(root), faults
        self._home = os.path.realpath(root) + os.sep
        self._seen: set[tuple[int, int]] = set()
        self._visited = 0

    def files(self) -> list[Found]:
        """Each YAML file, sorted by its path inside the root."""
        try:
            status = Path(self._root).stat()
        except OSError as error:
            raise Refused(self._root, f"cannot be read: {reason(error)}") from None
        if stat.S_ISREG(status.st_mode):
            return [self._found("", self._root, status)]
        if not stat.S_ISDIR(status.st_mode):
            raise Refused(self._root, "is neither a folder nor a regular file")
        self._seen.add((status.st_dev, status.st_ino))
        return sorted(self._below(self._root, "", 0))

    def _below(self, folder: str, inside: str, depth: int) -> Iterator[Found]:
        try:
            with os.scandir(folder) as found:
                children = sorted(found, key=lambda child: child.name)
        except OSError as error:
            raise Refused(folder, f"cannot be read: {reason(error)}") from None
        self._visited += len(children)
        if self._visited > MAX_VISITED:
            raise Refused(self._root, f"holds more than {MAX_VISITED:,} files; name the pack's own folder")
        for child in children:
            is_yaml = child.name.lower().endswith(_SUFFIXES)
            if child.name.startswith(".") or not (is_yaml or child.is_dir()) or not self._is_inside(child):
                continue
            status = self._status(child)
            if status is None:
                continue
            if child.is_dir():
                if depth == MAX_DEPTH:
                    raise Refused(child.path, f"lies more than {MAX_DEPTH} folders deep")
                yield from self._below(child.path, f"{inside}{child.name}/", depth + 1)
            elif stat.S_ISREG(status.st_mode):
                yield self._found(f"{inside}{child.name}", child.path, status)
            else:
                self._fault(child, "is not a regular file")

    def _found(self, inside: str, path: str, status: os.stat_result) -> Found:
        stamp = (status.st_dev, status.st_ino, status.st_mtime_ns, status.st_ctime_ns)
        return Found(self._number, inside, path, status.st_size, stamp)

    def _is_inside(self, child: os.DirEntry[str]) -> bool:
        if child.is_symlink() and not f"{os.path.realpath(child.path)}{os.sep}".startswith(self._home):
            self._fault(child, "is a link that leaves the pack; put a copy in its place")
            return False
        return True

    def _status(self, child: os.DirEntry[str]) -> os.stat_result | None:
        """What the child is; nothing where it leads nowhere or was met before under another name."""
        try:
            status = child.stat()
        except OSError as error:
            self._fault(child, f"cannot be read: {reason(error)}")
            return None
        identity = (status.st_dev, status.st_ino)
        # Systems without file numbers give 0 for all of them.
        if identity in self._seen and status.st_ino:
            return None
        self._seen.add(identity)
        return status

    def _fault(self, child: os.DirEntry[str], message: str) -> None:
        self._faults.append(Fault(child.path, 0, 0, "", message))


def _check_limits(files: Sequence[Found]) -> None:
    total = 0
    for count, file in enumerate(files, start=1):
        total += file.size
        if file.size > MAX_FILE_BYTES:
            message = f"the file has {file.size:,} bytes and the limit is {MAX_FILE_BYTES:,}; split it"
            raise Refused(file.path, message)
        if total > MAX_LAYER_BYTES:
            message = f"with this file the pack passes its limit of {MAX_LAYER_BYTES:,} bytes; split it"
            raise Refused(file.path, message)
        if count > MAX_FILES:
            message = f"with this file the pack passes its limit of {MAX_FILES:,} files; merge some"
            raise Refused(file.path, message)


def reason(error: OSError) -> str:
    """What the system says is wrong, in a few words."""
    return (error.strerror or type(error).__name__).lower()
