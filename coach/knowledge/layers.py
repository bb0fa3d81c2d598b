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
        found = []
        for number, root in enumerate(roots):
            found += [(number, inside, path, size) for inside, path, size in _Walk(root, faults).files()]
        _check_limits(found)
        sources = [Source(number, inside, _read(path)) for number, inside, path, _ in found]
    except _Refused as refusal:
        faults.append(refusal.fault)
    return Layer(tuple(roots), tuple(sources)), faults


class _Refused(Exception):
    """The layer breaks a limit or cannot be read; nothing more of it is looked at."""

    def __init__(self, path: str | Path, message: str) -> None:
        self.fault = Fault(str(path), 0, 0, "", message)
        super().__init__(message)


class _Walk:
    """One pass over a root that never leaves it, whatever its links say."""

    def __init__(self, root: Path, faults: list[Fault]) -> None:
        self._root, self._faults = root, faults
        self._home = os.path.realpath(root)
        self._seen: set[tuple[int, int]] = set()
        self._visited = 0

    def files(self) -> list[tuple[str, Path, int]]:
        """Path inside the root, path to open and size in bytes of each YAML file, sorted."""
        status = _stat(self._root)
        if status is None:
            raise _Refused(self._root, "there is no such folder or file")
        if stat.S_ISREG(status.st_mode):
            return [("", self._root, status.st_size)]
        if not stat.S_ISDIR(status.st_mode):
            raise _Refused(self._root, "is neither a folder nor a regular file")
        return sorted(self._below(self._root, 0))

    def _below(self, folder: Path, depth: int) -> Iterator[tuple[str, Path, int]]:
        try:
            children = sorted(os.scandir(folder), key=lambda child: child.name)
        except OSError as error:
            raise _Refused(folder, f"cannot be read: {_reason(error)}") from None
        self._visited += len(children)
        if self._visited > MAX_VISITED:
            raise _Refused(self._root, f"holds more than {MAX_VISITED:,} files; name the pack's own folder")
        for child in children:
            if child.name.startswith("."):
                continue
            if child.name.lower().endswith(_SUFFIXES):
                yield from self._file(child)
            elif child.is_dir() and self._is_new_and_inside(child):
                if depth >= MAX_DEPTH:
                    self._fault(child, f"lies more than {MAX_DEPTH} folders deep")
                else:
                    yield from self._below(Path(child.path), depth + 1)

    def _file(self, child: os.DirEntry[str]) -> Iterator[tuple[str, Path, int]]:
        if not self._is_new_and_inside(child):
            return
        status = _stat(child.path)
        if status is None:
            self._fault(child, "is a link to nothing")
        elif not stat.S_ISREG(status.st_mode):
            self._fault(child, "is no regular file")
        else:
            path = Path(child.path)
            yield path.relative_to(self._root).as_posix(), path, status.st_size

    def _is_new_and_inside(self, child: os.DirEntry[str]) -> bool:
        if child.is_symlink():
            real = os.path.realpath(child.path)
            if not real.startswith(self._home.rstrip(os.sep) + os.sep):
                self._fault(child, "is a link that leaves the pack; put a copy in its place")
                return False
        status = _stat(child.path)
        identity = (status.st_dev, status.st_ino) if status else (0, 0)
        # A link may lead to what is met again under its own name; each file counts once.
        if identity in self._seen:
            return False
        if status:
            self._seen.add(identity)
        return True

    def _fault(self, child: os.DirEntry[str], message: str) -> None:
        self._faults.append(Fault(child.path, 0, 0, "", message))


def _check_limits(found: list[tuple[int, str, Path, int]]) -> None:
    total = 0
    for count, (_, _, path, size) in enumerate(found, start=1):
        total += size
        if size > MAX_FILE_BYTES:
            raise _Refused(path, f"the file has {size:,} bytes and the limit is {MAX_FILE_BYTES:,}; split it")
        if total > MAX_LAYER_BYTES:
            raise _Refused(
                path, f"with this file the pack passes its limit of {MAX_LAYER_BYTES:,} bytes; split it"
            )
        if count > MAX_FILES:
            raise _Refused(
                path, f"with this file the pack passes its limit of {MAX_FILES:,} files; merge some"
            )


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        raise _Refused(path, f"cannot be read: {_reason(error)}") from None
    # A file may have grown since its size was asked for.
    if len(content) > MAX_FILE_BYTES:
        raise _Refused(path, f"the file has more than {MAX_FILE_BYTES:,} bytes; split it")
    return content


def _stat(path: str | Path) -> os.stat_result | None:
    try:
        return Path(path).stat()
    except OSError:
        return None


def _reason(error: OSError) -> str:
    return (error.strerror or type(error).__name__).lower()
