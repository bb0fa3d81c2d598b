"""What is defined through itself: nothing could ever be made of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from coach.knowledge.entries import Entries
from coach.knowledge.faults import Fault
from coach.knowledge.references import ANY, ideas_in, reach

Graph = Mapping[str, frozenset[str]]
"""Each id with the ids that it is directly defined through."""


def check_circles(entries: Entries) -> Iterator[Fault]:
    """A fault for each metric derived from itself and each idea expressed through itself."""
    derived = _graph(entries, "metrics", ("formula", "terms", ANY, "metric"))
    for id_ in _in_circles(derived):
        yield entries["metrics"][id_].fault("is derived from itself", at=("formula",))
    expressed = _graph(entries, "concepts", ("phrases", ANY))
    for id_ in _in_circles(expressed):
        yield entries["concepts"][id_].fault("is expressed through itself", at=("phrases",))


def _graph(entries: Entries, kind: str, way: tuple[str, ...]) -> Graph:
    graph = {}
    for entry in entries[kind].values():
        texts = [str(node.data) for _, node in reach(entry.node, way)]
        graph[entry.id] = frozenset(texts if kind == "metrics" else (name for text in texts for name in ideas_in(text)))
    return graph


def _in_circles(graph: Graph) -> Iterator[str]:
    for id_, direct in graph.items():
        reached: set[str] = set()
        pending = list(direct)
        while pending:
            part = pending.pop()
            if part not in reached:
                reached.add(part)
                pending += graph.get(part, ())
        if id_ in reached:
            yield id_
