"""Which metric keeps which honest: one relation that is stated from both ends."""

from __future__ import annotations

from collections.abc import Container, Iterator

from coach.knowledge.entries import Entries, Written
from coach.knowledge.faults import Fault
from coach.knowledge.references import ANY, reach

_ENDS = (("countered_by", "counters"), ("counters", "countered_by"))


def join_counters(entries: Entries, doubtful: Container[str]) -> Iterator[Fault]:
    """A fault for each link that only one of its metrics states; of doubtful ids nothing is known.

    A pack cannot edit the metrics below it, so of a link between two layers the later layer's word stands:
    the earlier metric is given the links that the later one states, and loses those that it does not.
    """
    metrics = entries["metrics"]
    stated = {
        (end, entry.id): [node.data for _, node in reach(entry.node, (end, ANY)) if isinstance(node.data, str)]
        for entry in metrics.values()
        for end, _ in _ENDS
    }
    settled = {key: list(ids) for key, ids in stated.items()}
    for end, other_end in _ENDS:
        for entry in metrics.values():
            for position, id_ in enumerate(stated[end, entry.id]):
                other = metrics.get(id_)
                if other is None or other is entry or entry.id in stated[other_end, id_]:
                    continue
                if id_ in doubtful or entry.id in doubtful:
                    continue
                if other.layer == entry.layer:
                    message = f"{id_} does not name {entry.id} under {other_end}"
                    yield entry.fault(message, f"add it at {other.path}:{other.node.line}", at=(end, position))
                elif other.layer < entry.layer:
                    settled[other_end, id_].append(entry.id)
                else:
                    settled[end, entry.id].remove(id_)
    for entry in metrics.values():
        changed = {
            end: tuple(settled[end, entry.id]) for end, _ in _ENDS if settled[end, entry.id] != stated[end, entry.id]
        }
        if changed and entry.model is not None:
            metrics[entry.id] = _with(entry, changed)


def _with(entry: Written, changed: dict[str, tuple[str, ...]]) -> Written:
    assert entry.model is not None
    return entry._replace(model=entry.model.model_copy(update=changed))
