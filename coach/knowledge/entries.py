"""From files to entries: read, checked one by one, and laid over one another."""

from __future__ import annotations

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


def read_entries(layers: Iterable[Layer], faults: list[Fault]) -> Entries:
    """Every entry of the layers; of those with one id that of the latest layer, at the place of the first."""
    entries: Entries = {key: {} for key in KINDS}
    for number, layer in enumerate(layers):
        of_layer: Entries = {key: {} for key in KINDS}
        for source in layer.sources:
            for entry in _read_source(layer, number, source, faults):
                if entry.id:
                    _enter(of_layer[entry.kind.key], entry, faults)
        for key, known in of_layer.items():
            entries[key].update(known)
    return entries


def _enter(known: dict[str, Written], entry: Written, faults: list[Fault]) -> None:
    first = known.setdefault(entry.id, entry)
    if first is not entry:
        place = f"{first.path}:{first.node.line}"
        message = f"a {entry.kind.name} with this id stands already at {place}"
        faults.append(entry.fault(message, "rename one of the two", at=("id",)))


def _read_source(layer: Layer, number: int, source: Source, faults: list[Fault]) -> Iterator[Written]:
    path = layer.path_of(source)
    document, found = read_yaml(path, source.content)
    faults += found
    if document is None or document.data is None:
        return
    if not isinstance(document.data, dict):
        message = f"the file must hold lists of entries by kind, not {kind_of(document.data)}"
        faults.append(Fault(path, *document.place(), "", message, f"start with one of: {', '.join(KINDS)}"))
        return
    for key, listing in document.children.items():
        kind = KINDS.get(str(key))
        if kind is None:
            hint = did_you_mean(str(key), KINDS) or f"known kinds: {', '.join(KINDS)}"
            faults.append(Fault(path, *document.keys[str(key)], str(key), "is no kind of entry", hint))
        elif not isinstance(listing.data, list):
            if not listing.spoiled:
                message = f"must be a list of entries, not {kind_of(listing.data)}"
                faults.append(Fault(path, *listing.place(), str(key), message))
        else:
            for position, node in listing.children.items():
                name = key_path(document, (kind.key, position))
                model, refused = validate(kind, node, path, name)
                faults += refused
                id_ = node.data.get("id") if isinstance(node.data, dict) else None
                known_id = id_ if isinstance(id_, str) else ""
                yield Written(kind, known_id, name, node, number, source, path, model)
