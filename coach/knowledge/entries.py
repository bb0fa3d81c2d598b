"""From files to entries: read, checked one by one, and laid over one another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pydantic import BaseModel

from coach.knowledge.faults import Fault
from coach.knowledge.kinds import KINDS, Kind
from coach.knowledge.layers import Layer, Source
from coach.knowledge.nearest import did_you_mean
from coach.knowledge.nodes import Node, Step, key_path
from coach.knowledge.validate import validate
from coach.knowledge.wording import kind_of
from coach.knowledge.yaml_reader import read_yaml


class Written(NamedTuple):
    """An entry as it stands in a file."""

    kind: Kind
    id: str
    """Empty where it has none."""
    name: str
    """How faults name it: its id, else its place."""
    node: Node
    layer: int
    source: Source
    path: str
    model: BaseModel | None
    """Nothing where it does not fit its model."""

    def fault(self, message: str, hint: str = "", *, at: tuple[Step, ...] = ()) -> Fault:
        """A fault in the entry, at the value that the steps lead to or at the nearest above that exists."""
        node = self.node
        for step in at:
            node = node.children.get(step, node)
        return Fault(self.path, node.line, node.column, key_path(None, (self.name, *at)), message, hint)


Entries = dict[str, dict[str, Written]]
"""Entries by the key of their kind and by id."""

MAX_FAULTS = 100
_ID_LINE = re.compile(rb"^[ {-]*id: *[\"']?([a-z0-9_/-]+)", re.MULTILINE)


class Collection(NamedTuple):
    """What the files of all layers hold."""

    entries: Entries
    """Of entries with one id that of the latest layer, at the place of the first."""
    doubtful: set[str]
    """Ids that stand in files which could not be read to the end."""
    faults: list[Fault]


def read_entries(layers: Iterable[Layer]) -> Collection:
    """Every entry of the layers, each held against its model."""
    entries: Entries = {key: {} for key in KINDS}
    doubtful: set[str] = set()
    faults: list[Fault] = []
    for number, layer in enumerate(layers):
        of_layer: Entries = {key: {} for key in KINDS}
        for source in layer.sources:
            path = layer.path_of(source)
            reading = read_yaml(path, source.content)
            faults += reading.faults
            if not reading.whole:
                doubtful.update(found.decode() for found in _ID_LINE.findall(source.content))
            file = _File(number, source, path, reading.document)
            for entry in file.entries():
                _enter(of_layer[entry.kind.key], entry, faults)
            faults += file.faults
        for key, known in of_layer.items():
            entries[key].update(known)
    return Collection(entries, doubtful, faults)


def _enter(known: dict[str, Written], entry: Written, faults: list[Fault]) -> None:
    first = known.setdefault(entry.id, entry) if entry.id else entry
    if first is not entry:
        place = f"{first.path}:{first.node.line}"
        message = f"a {entry.kind.name} with this id stands already at {place}"
        faults.append(entry.fault(message, "rename one of the two", at=("id",)))


class _File:
    """A file on its way from a tree of nodes to entries."""

    def __init__(self, layer: int, source: Source, path: str, document: Node | None) -> None:
        self._layer, self._source, self._path, self._document = layer, source, path, document
        self.faults: list[Fault] = []

    def entries(self) -> Iterator[Written]:
        """What stands in its lists, whether it fits or not."""
        document = self._document
        if document is None or document.data is None or (document.spoiled and not document.keys):
            return
        if not isinstance(document.data, dict):
            message = f"the file must hold lists of entries by kind, not {kind_of(document.data)}"
            self._fault(document.place(), "", message, f"start with one of: {', '.join(KINDS)}")
            return
        for key, place in document.keys.items():
            listing = document.children[key]
            if len(self.faults) > MAX_FAULTS:
                self._fault(place, key, "too many faults; the rest of the file was not checked")
                return
            if key not in KINDS:
                hint = did_you_mean(key, KINDS) or f"known kinds: {', '.join(KINDS)}"
                self._fault(place, key, "is no kind of entry", hint)
            elif isinstance(listing.data, list):
                yield from self._listed(KINDS[key], listing)
            elif not listing.spoiled:
                self._fault(listing.place(), key, f"must be a list of entries, not {kind_of(listing.data)}")

    def _listed(self, kind: Kind, listing: Node) -> Iterator[Written]:
        for position, node in listing.children.items():
            name = key_path(self._document, (kind.key, position))
            if len(self.faults) > MAX_FAULTS:
                self._fault(node.place(), name, f"too many faults; the {kind.key} from here on were not checked")
                return
            model, faults = validate(kind, node, self._path, name)
            self.faults += faults
            id_ = node.data.get("id") if isinstance(node.data, dict) else None
            known_id = id_ if isinstance(id_, str) else ""
            yield Written(kind, known_id, name, node, self._layer, self._source, self._path, model)

    def _fault(self, place: tuple[int, int], key: str, message: str, hint: str = "") -> None:
        self.faults.append(Fault(self._path, *place, key, message, hint))
