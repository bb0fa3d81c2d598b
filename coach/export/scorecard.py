"""A scorecard as a Markdown page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.export.markdown import render

if TYPE_CHECKING:
    from coach.scorecards.metric_row import MetricRow
    from coach.scorecards.model import Scorecard, TreeNode

_LAYER_NAMES = {
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
_GOOD = {"up": "↑ higher", "down": "↓ lower", "band": "↔ within a band"}
_ARROWS = {"up": " ↑", "down": " ↓", "band": " ↔", None: ""}


def scorecard_markdown(scorecard: Scorecard) -> str:
    """The whole scorecard as one page of GitHub Markdown; ☐ marks what the owner has to fill in."""
    layers: dict[str, list[MetricRow]] = {}
    for row in scorecard.rows:
        layers.setdefault(_LAYER_NAMES[row.layer], []).append(row)
    return render(
        "scorecard.md.jinja",
        card=scorecard,
        layers=layers,
        layer_names=_LAYER_NAMES,
        good=_GOOD,
        blank=None,
        tree="\n".join(tree_lines(scorecard.tree)),
    )


def tree_lines(node: TreeNode) -> list[str]:
    """A tree drawn with lines, one node a line; an arrow says which way is better."""
    lines = [node.name + _ARROWS[node.direction]]
    for number, child in enumerate(node.children):
        last = number == len(node.children) - 1
        branch, below = ("└─ ", "   ") if last else ("├─ ", "│  ")
        sign = "÷ " if node.operation == "divided by" and number else ""
        first, *rest = tree_lines(child)
        lines.append(f"{branch}{sign}{first}")
        lines += [below + line for line in rest]
    return lines
