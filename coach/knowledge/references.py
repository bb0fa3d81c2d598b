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
    ("cases", ("rubric",), "rubrics"),
    ("frameworks", ("cells", ANY, "metrics", ANY), "metrics"),
    ("frameworks", ("cells", ANY, "dashboard", ANY), "metrics"),
    ("frameworks", ("related", ANY), "frameworks"),
    ("concepts", ("rubrics", ANY), "rubrics"),
)

# Where ideas of the lexicon are named, among other words or signs.
IDEAS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("concepts", ("phrases", ANY)),
    ("rule_sets", ("rules", ANY, "phrases", ANY)),
)
# Where ideas are named by conditions: `idea|other|<amount>`.
CONDITIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    *(("rule_sets", ("rules", ANY, key, ANY)) for key in ("all", "none", "first", "then", "beside", "of", "links")),
    *(("rule_sets", ("rules", ANY, key)) for key in ("ends", "claim", "named", "again")),
)
AMOUNTS = frozenset({"share", "money", "duration", "count", "multiple", "number"})
"""What stands in angle brackets beside the ideas: an amount of a unit, or of any."""
TRAITS = AMOUNTS | {"limit", "product"}
"""What a condition can ask for in angle brackets."""
_IN_BRACKETS = re.compile(r"<([a-z][a-z0-9-]*)>")


def check_references(entries: Entries, doubtful: Container[str]) -> Iterator[Fault]:
    """A fault for each id that names nothing; doubtful ids may name what could not be read."""
    for entry, steps, target, id_ in _named(entries):
        if id_ not in entries[target] and id_ not in doubtful:
            message = f"there is no {KINDS[target].name} {id_!r}"
            yield entry.fault(message, did_you_mean(id_, entries[target]), at=steps)
    for kind in ("rule_sets", "fits"):
        for entry in entries[kind].values():
            yield from _check_criterion(entry, entries)
    yield from _ideas_out_of_reach(entries)


def _ideas_out_of_reach(entries: Entries) -> Iterator[Fault]:
    """Ideas that serve some rubrics only, named where another rubric reads."""
    serves = {
        id_: {str(node.data) for _, node in reach(entry.node, ("rubrics", ANY))}
        for id_, entry in entries["concepts"].items()
    }
    for entry, steps, target, id_ in _named(entries):
        if target != "concepts" or not serves.get(id_):
            continue
        reading = serves[entry.id] if entry.kind.key == "concepts" else {entry.id.partition("/")[0]}
        if not reading or not reading <= serves[id_]:
            where = ", ".join(sorted(serves[id_]))
            yield entry.fault(f"the idea {id_} serves {where} only", "add the rubric to its rubrics", at=steps)


_Named = tuple[Written, tuple[Step, ...], str, str]
"""An entry, the steps to a value in it, and the kind and the id that the value names."""


def _named(entries: Entries) -> Iterator[_Named]:
    for kind, way, target in REFERENCES:
        for entry, steps, text in _texts(entries, kind, way):
            yield entry, steps, target, text
    for kind, way in IDEAS:
        for entry, steps, text in _texts(entries, kind, way):
            for name in ideas_in(text):
                yield entry, steps, "concepts", name
    for kind, way in CONDITIONS:
        for entry, steps, text in _texts(entries, kind, way):
            for name in text.split("|"):
                if name.strip("<>") not in TRAITS or not name.startswith("<"):
                    yield entry, steps, "concepts", name


def _texts(entries: Entries, kind: str, way: tuple[str, ...]) -> Iterator[tuple[Written, tuple[Step, ...], str]]:
    for entry in entries[kind].values():
        for steps, node in reach(entry.node, way):
            if isinstance(node.data, str):
                yield entry, steps, node.data.strip()


def _check_criterion(entry: Written, entries: Entries) -> Iterator[Fault]:
    """An id `rubric/criterion` names a criterion that its rubric has."""
    rubric_id, _, rest = entry.id.partition("/")
    rubric = entries["rubrics"].get(rubric_id)
    if rubric is None:
        hint = did_you_mean(rubric_id, entries["rubrics"])
        yield entry.fault(f"there is no rubric {rubric_id!r}", hint, at=("id",))
        return
    criteria = [str(node.data) for _, node in reach(rubric.node, ("criteria", ANY, "id"))]
    criterion = rest.partition("/")[0]
    if criterion not in criteria:
        message = f"the rubric {rubric_id} has no criterion {criterion!r}"
        yield entry.fault(message, did_you_mean(criterion, criteria), at=("id",))


def ideas_in(phrase: str) -> list[str]:
    """The ideas that a phrase refers to."""
    return [name for name in _IN_BRACKETS.findall(phrase) if name not in AMOUNTS]


def reach(node: Node, way: tuple[str, ...], steps: tuple[Step, ...] = ()) -> Iterator[tuple[tuple[Step, ...], Node]]:
    """The values that a way leads to, each with its steps; a way that breaks off leads nowhere."""
    if not way:
        yield steps, node
    elif way[0] == ANY:
        for step, child in node.children.items():
            yield from reach(child, way[1:], (*steps, step))
    elif way[0] in node.children:
        yield from reach(node.children[way[0]], way[1:], (*steps, way[0]))
