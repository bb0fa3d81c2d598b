"""Reading the files of a layer."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from coach.knowledge.faults import Fault
from coach.knowledge.survey import MAX_FILE_BYTES, Refused, Survey, reason


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


def read_layer(found: Survey) -> tuple[Layer, list[Fault]]:
    """The files that were found, with their content, and whatever kept any from being found or read."""
    faults = list(found.faults)
    sources: list[Source] = []
    try:
        sources = [Source(file.root, file.inside, _read(file.path)) for file in found.files]
    except Refused as refusal:
        faults.append(refusal.fault)
    return Layer(found.roots, tuple(sources)), faults


def read_layers(found: Sequence[Survey]) -> tuple[list[Layer], list[Fault]]:
    """Each layer's files, and what kept any from being found or read."""
    read = [read_layer(each) for each in found]
    return [layer for layer, _ in read], [fault for _, faults in read for fault in faults]


def _read(path: str) -> bytes:
    try:
        with Path(path).open("rb") as file:
            content = file.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        raise Refused(path, f"cannot be read: {reason(error)}") from None
    # A file may have grown since its size was asked for.
    if len(content) > MAX_FILE_BYTES:
        raise Refused(path, f"the file has more than {MAX_FILE_BYTES:,} bytes; split it")
    return content
