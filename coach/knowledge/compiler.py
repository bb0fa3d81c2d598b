"""Layers of files made into compiled knowledge, or into the list of all their faults."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from coach.knowledge.circles import check_circles
from coach.knowledge.compiled import Record, encode
from coach.knowledge.counters import join_counters
from coach.knowledge.entries import Entries, read_entries
from coach.knowledge.faults import Fault, KnowledgeFaults
from coach.knowledge.layers import Layer
from coach.knowledge.models.metric import Metric
from coach.knowledge.references import check_references
from coach.knowledge.search import name_table


def check_layers(layers: Sequence[Layer], *, links: bool = True) -> tuple[Entries, list[Fault]]:
    """The entries that stand after all layers, and every fault of any layer.

    Links cannot be judged while files are missing; without `links` they are not.
    """
    entries, doubtful, faults = read_entries(layers)
    if not links:
        return entries, faults
    known = {(fault.path, fault.line, fault.column) for fault in faults}
    broken = [
        *check_references(entries, doubtful),
        *check_circles(entries),
        *join_counters(entries, doubtful),
    ]
    # A value that is wrong in itself need not also be called wrong as a link.
    faults += (fault for fault in broken if fault[:3] not in known)
    return entries, faults


def compile_layers(layers: Sequence[Layer], key: str, digest: str) -> bytes:
    """The content of the compiled file. Raises `KnowledgeFaults` with every fault."""
    entries, faults = check_layers(layers)
    if faults:
        raise KnowledgeFaults(faults)
    metrics = [entry.model for entry in entries["metrics"].values() if isinstance(entry.model, Metric)]
    return encode(key, digest, _records(entries), name_table(metrics))


def _records(entries: Entries) -> Iterator[Record]:
    for kind, known in entries.items():
        for entry in known.values():
            assert entry.model is not None, "an entry without a model has a fault"
            # Keys that were not written are left out, so that defaults stay the model's own.
            text = entry.model.model_dump_json(exclude_unset=True)
            source = entry.source
            yield Record(kind, entry.id, text, entry.layer, source.root, source.inside, entry.node.line)
