"""Ids that entries name, held against the entries that exist after all layers."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator

from coach.knowledge.entries import Entries, Written
from coach.knowledge.faults import Fault
from coach.knowledge.kinds import KINDS
from coach.knowledge.nearest import did_you_mean
from coach.knowledge.nodes import Node, Step

ANY = "*"
"""Every entry of a list, every value of a mapping."""

# Where ids of other entries stand: the kind, the way down to the id, and the kind that the id is of.
REFERENCES: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("metrics", ("countered_by", ANY), "metrics"),
    ("metrics", ("counters", ANY), "metrics"),
    ("metrics", ("related", ANY), "metrics"),
    ("metrics", ("archetypes", ANY), "archetypes"),
    ("metrics", ("formula", "terms", ANY, "metric"), "metrics"),
    ("archetypes", ("main_metrics", ANY, "metric"), "metrics"),
    ("archetypes", ("main_metrics", ANY, "countered_by", ANY), "metrics"),
    ("archetypes", ("quality", ANY, "metric"), "metrics"),
    ("archetypes", ("operations", ANY, "metric"), "metrics"),
    ("cases", ("archetype",), "archetypes"),
    ("frameworks", ("cells", ANY, "metrics", ANY), "metrics"),
)

# Amounts that a phrase may ask for; any other name in angle brackets is a concept's.
AMOUNTS = frozenset({"share", "money", "duration", "count", "multiple", "number"})
_IN_BRACKETS = re.compile(r"<([a-z][a-z0-9-]*)>")


def check_references(entries: Entries, doubtful: Container[str]) -> Iterator[Fault]:
    """A fault for each id that names nothing; doubtful ids may name what could not be read."""
    for kind, way, target in REFERENCES:
        for entry in entries[kind].values():
            for steps, node in reach(entry.node, way):
                if isinstance(node.data, str) and not (node.data in entries[target] or node.data in doubtful):
                    yield _unknown(entry, steps, target, node.data, entries)
    for entry in entries["concepts"].values():
        for steps, node in reach(entry.node, ("phrases", ANY)):
            for name in _IN_BRACKETS.findall(str(node.data)):
                if not (name in AMOUNTS or name in entries["concepts"] or name in doubtful):
                    yield _unknown(entry, steps, "concepts", name, entries)


def reach(
    node: Node, way: tuple[str, ...], steps: tuple[Step, ...] = ()
) -> Iterator[tuple[tuple[Step, ...], Node]]:
    """The values that a way leads to, each with its steps; a way that breaks off leads nowhere."""
    if not way:
        yield steps, node
    elif way[0] == ANY:
        for step, child in node.children.items():
            yield from reach(child, way[1:], (*steps, step))
    elif way[0] in node.children:
        yield from reach(node.children[way[0]], way[1:], (*steps, way[0]))


def _unknown(entry: Written, steps: tuple[Step, ...], target: str, id_: str, entries: Entries) -> Fault:
    message = f"there is no {KINDS[target].name} {id_!r}"
    return entry.fault(message, did_you_mean(id_, entries[target]), at=steps)
