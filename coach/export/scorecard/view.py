"""What all formats say of a scorecard: names of layers, arrows, the tree in lines, and the values templates get."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from coach.export.drawing import State
    from coach.scorecards.metric_row import MetricRow
    from coach.scorecards.model import Scorecard, TreeNode

LAYER_NAMES = {
    "business": "Business",
    "adoption": "Adoption",
    "experience": "User experience",
    "model": "Model quality",
    "retrieval": "Retrieval",
    "agent": "Agent",
    "operations": "Operations",
    "responsible": "Responsible AI",
    "experiment": "Experiment",
}
ALWAYS = ("business", "adoption", "experience", "model", "operations", "responsible")
"""Layers that are worth showing even where they are empty."""
GOOD = {"up": "↑ higher", "down": "↓ lower", "band": "↔ within a band"}
ARROWS = {"up": " ↑", "down": " ↓", "band": " ↔", None: ""}


def values(card: Scorecard) -> dict[str, Any]:
    """What every template is given."""
    return {
        "card": card,
        "layers": layers(card),
        "layer_names": LAYER_NAMES,
        "good": GOOD,
        "blank": None,
        "tree": "\n".join(tree_lines(card.tree)),
        "coverage": coverage(card),
        "main_row": card.row(card.main.metric) if card.main.metric else None,
    }


def layers(card: Scorecard) -> dict[str, list[MetricRow]]:
    """The metrics by the name of their layer."""
    found: dict[str, list[MetricRow]] = {}
    for row in card.rows:
        found.setdefault(LAYER_NAMES[row.layer], []).append(row)
    return found


def coverage(card: Scorecard) -> list[tuple[str, list[tuple[str, State]]]]:
    """Each layer with its metrics and whose numbers they have."""
    return [
        (name, [(row.name, state(row)) for row in card.rows if row.layer == layer])
        for layer, name in LAYER_NAMES.items()
        if layer in ALWAYS or any(row.layer == layer for row in card.rows)
    ]


def state(row: MetricRow) -> State:
    """Whose numbers a metric has."""
    if row.yours.baseline is not None:
        return "yours"
    return "borrowed" if row.borrowed or row.budget else "blank"


def tree_lines(node: TreeNode) -> list[str]:
    """A tree drawn with lines, one node a line; an arrow says which way is better."""
    lines = [node.name + ARROWS[node.direction]]
    for number, child in enumerate(node.children):
        last = number == len(node.children) - 1
        branch, below = ("└─ ", "   ") if last else ("├─ ", "│  ")
        sign = "÷ " if node.operation == "divided by" and number else ""
        first, *rest = tree_lines(child)
        lines.append(f"{branch}{sign}{first}")
        lines += [below + line for line in rest]
    return lines
