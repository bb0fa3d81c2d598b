"""Plain data in which every value and key knows its line and column."""

from __future__ import annotations

from typing import Any

from coach.knowledge.kinds import KINDS

Step = str | int
"""One step down: a key of a mapping or a position in a list."""


class Node:
    """A value with the place where it starts; lines and columns count from 1."""

    __slots__ = ("children", "column", "data", "keys", "line", "spoiled")

    def __init__(self, data: Any, line: int, column: int, *, spoiled: bool = False) -> None:
        self.data = data
        self.line, self.column = line, column
        self.children: dict[Step, Node] = {}
        """The values below, by key or by position."""
        self.keys: dict[str, tuple[int, int]] = {}
        """Line and column of each key."""
        self.spoiled = spoiled
        """Whether this very value is known to be at fault, so that no second fault need be told of it."""

    def add(self, step: Step, node: Node, at: tuple[int, int] | None = None) -> None:
        """Put a value below this mapping or list; `at` is the place of its key."""
        self.children[step] = node
        if isinstance(self.data, list):
            self.data.append(node.data)
        else:
            self.data[step] = node.data
            self.keys[str(step)] = at or (node.line, node.column)

    def place(self) -> tuple[int, int]:
        """Line and column."""
        return self.line, self.column


def key_path(document: Node | None, steps: tuple[Step, ...]) -> str:
    """The steps from the top of a file as people name them: `task-success-rate.segments[0].by`.

    An entry is named by its id where it has one, else by its place: `metrics[3]`.
    """
    named: list[Step] = list(steps)
    if document is not None and len(steps) > 1 and steps[0] in KINDS:
        entry = document.children.get(steps[0], document).children.get(steps[1])
        id_ = entry.data.get("id") if entry is not None and isinstance(entry.data, dict) else None
        if isinstance(id_, str):
            named[:2] = [id_]
    text = ""
    for step in named:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text
