"""Finding and reading the files of a layer, within limits that are checked before anything is read."""

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


class Source(NamedTuple):
    """One file of a layer, as read."""

    root: int
    """Which of the layer's roots it lies under."""
    inside: str
    """Its path inside the root with forward slashes; empty where the root is the file itself."""
    content: bytes


class Layer(NamedTuple):
    """Folders or files whose entries are checked together; a later layer replaces entries of earlier ones."""

    roots: tuple[Path, ...]
    sources: tuple[Source, ...]

    def path_of(self, source: Source) -> str:
        """The file's path as the user would name it."""
        return place(self.roots, source.root, source.inside)


def place(roots: Sequence[Path], root: int, inside: str) -> str:
    """The path of a file inside one of the roots, for messages."""
    return str(roots[root] / inside if inside else roots[root])


def read_layer(roots: Sequence[Path]) -> tuple[Layer, list[Fault]]:
    """The YAML files under the roots, in order of their paths, and whatever kept others from being read."""
    faults: list[Fault] = []
    sources: list[Source] = []
    try:
        found = [(number, file) for number, root in enumerate(roots) for file in _Walk(root, faults).files()]
        _check_limits([file for _, file in found])
        sources = [Source(number, file.inside, _read(file.path)) for number, file in found]
    except _Refused as refusal:
        faults.append(refusal.fault)
    return Layer(tuple(roots), tuple(sources)), faults


class _Refused(Exception):
    """The layer breaks a limit or cannot be read; nothing more of it is looked at."""

    def __init__(self, path: str, message: str) -> None:
        self.fault = Fault(path, 0, 0, "", message)
        super().__init__(message)


class _File(NamedTuple):
    inside: str
    path: str
    size: int


class _Walk:
    """One pass over a root that never leaves it, whatever its links say.

    Paths are plain text here, since objects for them would take longer than the reading.
    """

    def __init__(self, root: Path, faults: list[Fault]) -> None:
        self._root, self._faults = str(root), faults
        self._home = os.path.realpath(root) + os.sep
        self._seen: set[tuple[int, int]] = set()
        self._visited = 0

    def files(self) -> list[_File]:
        """Each YAML file, sorted by its path inside the root."""
        try:
            status = Path(self._root).stat()
        except OSError as error:
            raise _Refused(self._root, f"cannot be read: {_reason(error)}") from None
        if stat.S_ISREG(status.st_mode):
            return [_File("", self._root, status.st_size)]
        if not stat.S_ISDIR(status.st_mode):
            raise _Refused(self._root, "is neither a folder nor a regular file")
        self._seen.add((status.st_dev, status.st_ino))
        return sorted(self._below(self._root, "", 0))

    def _below(self, folder: str, inside: str, depth: int) -> Iterator[_File]:
        try:
            with os.scandir(folder) as found:
                children = sorted(found, key=lambda child: child.name)
        except OSError as error:
            raise _Refused(folder, f"cannot be read: {_reason(error)}") from None
        self._visited += len(children)
        if self._visited > MAX_VISITED:
            raise _Refused(self._root, f"holds more than {MAX_VISITED:,} files; name the pack's own folder")
        for child in children:
            is_yaml = child.name.lower().endswith(_SUFFIXES)
            if child.name.startswith(".") or not (is_yaml or child.is_dir()) or not self._is_inside(child):
                continue
            status = self._status(child)
            if status is None:
                continue
            if child.is_dir():
                if depth == MAX_DEPTH:
                    raise _Refused(child.path, f"lies more than {MAX_DEPTH} folders deep")
                yield from self._below(child.path, f"{inside}{child.name}/", depth + 1)
            elif stat.S_ISREG(status.st_mode):
                yield _File(f"{inside}{child.name}", child.path, status.st_size)
            else:
                self._fault(child, "is not a regular file")

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
            self._fault(child, f"cannot be read: {_reason(error)}")
            return None
        identity = (status.st_dev, status.st_ino)
        # Systems without file numbers give 0 for all of them.
        if identity in self._seen and status.st_ino:
            return None
        self._seen.add(identity)
        return status

    def _fault(self, child: os.DirEntry[str], message: str) -> None:
        self._faults.append(Fault(child.path, 0, 0, "", message))


def _check_limits(files: Sequence[_File]) -> None:
    total = 0
    for count, file in enumerate(files, start=1):
        total += file.size
        if file.size > MAX_FILE_BYTES:
            message = f"the file has {file.size:,} bytes and the limit is {MAX_FILE_BYTES:,}; split it"
            raise _Refused(file.path, message)
        if total > MAX_LAYER_BYTES:
            message = f"with this file the pack passes its limit of {MAX_LAYER_BYTES:,} bytes; split it"
            raise _Refused(file.path, message)
        if count > MAX_FILES:
            message = f"with this file the pack passes its limit of {MAX_FILES:,} files; merge some"
            raise _Refused(file.path, message)


def _read(path: str) -> bytes:
    try:
        with Path(path).open("rb") as file:
            content = file.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        raise _Refused(path, f"cannot be read: {_reason(error)}") from None
    # A file may have grown since its size was asked for.
    if len(content) > MAX_FILE_BYTES:
        raise _Refused(path, f"the file has more than {MAX_FILE_BYTES:,} bytes; split it")
    return content


def _reason(error: OSError) -> str:
    return (error.strerror or type(error).__name__).lower()
