"""The compiled knowledge: one file of JSON lines that needs neither YAML nor checking again.

The first line is the header, then comes one entry a line, then a seal over everything before it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import NamedTuple, TypedDict
from zlib import crc32

FORMAT = 2
NameTable = dict[str, list[str]]
"""A metric's names in normal form by its id."""


class Place(NamedTuple):
    """Where an entry's text lies in the body, and where the entry was written."""

    start: int
    length: int
    layer: int
    root: int
    inside: str
    line: int


class Record(NamedTuple):
    """An entry to be compiled."""

    kind: str
    id: str
    text: str
    layer: int
    root: int
    inside: str
    line: int


class Header(TypedDict):
    """The first line."""

    format: int
    key: str
    digest: str
    index: dict[str, dict[str, Place]]
    names: NameTable


class Compiled:
    """Compiled knowledge in memory, entries still as text."""

    def __init__(self, header: Header, body: memoryview) -> None:
        self._body = body
        self.digest = header["digest"]
        self.names = header["names"]
        self.index = {
            kind: {id_: Place(*place) for id_, place in places.items()} for kind, places in header["index"].items()
        }

    def text(self, kind: str, id_: str) -> bytes:
        """An entry as JSON."""
        place = self.index[kind][id_]
        return bytes(self._body[place.start : place.start + place.length])


def encode(key: str, digest: str, records: Iterable[Record], names: NameTable) -> bytes:
    """The file's content."""
    index: dict[str, dict[str, Place]] = {}
    lines: list[bytes] = []
    start = 0
    for record in records:
        line = record.text.encode()
        place = Place(start, len(line), record.layer, record.root, record.inside, record.line)
        index.setdefault(record.kind, {})[record.id] = place
        lines.append(line)
        start += len(line) + 1
    header = Header(format=FORMAT, key=key, digest=digest, index=index, names=names)
    content = b"\n".join([json.dumps(header, separators=(",", ":")).encode(), *lines, b""])
    return content + _seal(content)


def decode(content: bytes, key: str | None = None) -> Compiled | None:
    """What the file holds; nothing where it is damaged, cut short, or made for another key."""
    end = content.rfind(b"\n", 0, -1) + 1
    head = content.find(b"\n")
    # A view, since the file is large and a copy would take as long as reading it.
    view = memoryview(content)
    if end == 0 or content[end:] != _seal(view[:end]):
        return None
    # The seal holds, so this is what was once written and its shape is known.
    header: Header = json.loads(content[:head])
    if header["format"] != FORMAT or key not in (None, header["key"]):
        return None
    return Compiled(header, view[head + 1 : end])


def _seal(content: bytes | memoryview) -> bytes:
    # Against damage, not against forgers: whoever can write here can write the knowledge itself.
    return json.dumps({"bytes": len(content), "seal": crc32(content)}).encode() + b"\n"
