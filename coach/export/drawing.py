"""Charts as inline SVG, drawn without a script and readable without colour."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from markupsafe import Markup, escape

from coach.export.prose import one_line

if TYPE_CHECKING:
    from coach.scorecards.model import TreeNode

SANS = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"
INK, QUIET, LINE, PAPER = "#18212f", "#566273", "#c3ccd8", "#ffffff"
ACCENT, ACCENT_PALE, AMBER, AMBER_PALE = "#0b5d66", "#e3f1f2", "#9a5b00", "#fdf1dc"
ARROWS = {"up": " ↑", "down": " ↓", "band": " ↔", None: ""}
_SIZE, _LEADING, _PAD = 12.5, 16, 9
_LETTER = 0.545
"""The mean width of a letter, of its height, in the widest of the usual typefaces."""

State = Literal["yours", "borrowed", "blank"]
"""Whose number a metric has: a baseline of the owner's, only limits of others, or none."""


@dataclass
class _Box:
    lines: list[str]
    x: float
    y: float
    width: float
    look: Literal["main", "group", "leaf", "part"]
    sign: str = ""
    """What joins it to its neighbour above."""

    @property
    def height(self) -> float:
        return len(self.lines) * _LEADING + 2 * _PAD - 3


def tree_svg(tree: TreeNode, width: int = 860, font: str = SANS) -> Markup:
    """A metric tree from left to right; where there is little width, from top to bottom with indents."""
    boxes: list[_Box] = []
    lines: list[str] = []
    height = (_across if width >= 600 else _down)(tree, width, boxes, lines)
    drawn = "".join([*lines, *(_drawn(box) for box in boxes)])
    return _svg(drawn, width, height, font, f"Metric tree of {tree.name}", _told(tree))


def coverage_svg(
    layers: Iterable[tuple[str, Sequence[tuple[str, State]]]], width: int = 420, font: str = SANS
) -> Markup:
    """For each layer its metrics as squares: full with an own baseline, striped while limits are borrowed."""
    rows, label, step, side = list(layers), 132, 30, 17
    parts = [_PATTERN]
    for number, (name, metrics) in enumerate(rows):
        y = number * step + 6
        parts.append(_text(name, 0, y + 13, weight="600" if metrics else "400", fill=INK if metrics else QUIET))
        for place, (metric, state) in enumerate(metrics):
            left = label + place * (side + 5)
            fill = {"yours": ACCENT, "borrowed": "url(#stripes)", "blank": PAPER}[state]
            edge = {"yours": ACCENT, "borrowed": AMBER, "blank": QUIET}[state]
            dash = ' stroke-dasharray="3 2.5"' if state == "blank" else ""
            parts.append(
                f'<rect x="{left}" y="{y}" width="{side}" height="{side}" rx="3" fill="{fill}" stroke="{edge}"{dash}>'
                f"<title>{escape(one_line(metric))}: {_STATES[state]}</title></rect>"
            )
        if not metrics:
            parts.append(_text("none", label, y + 13, fill=QUIET))
    y = len(rows) * step + 16
    x = 0.0
    for state, words in _STATES.items():
        fill = {"yours": ACCENT, "borrowed": "url(#stripes)", "blank": PAPER}[state]
        edge = {"yours": ACCENT, "borrowed": AMBER, "blank": QUIET}[state]
        dash = ' stroke-dasharray="3 2.5"' if state == "blank" else ""
        parts.append(f'<rect x="{x:g}" y="{y}" width="11" height="11" rx="2" fill="{fill}" stroke="{edge}"{dash}/>')
        parts.append(_text(words, x + 16, y + 9.5, size=11, fill=QUIET))
        x += 30 + len(words) * 11 * _LETTER
    told = "; ".join(f"{name}: {len(metrics)}" for name, metrics in rows)
    return _svg("".join(parts), width, y + 18, font, "Metrics by layer", told)


_STATES: dict[State, str] = {"yours": "own baseline", "borrowed": "borrowed limits only", "blank": "no number yet"}
_PATTERN = (
    '<defs><pattern id="stripes" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    f'<rect width="5" height="5" fill="{AMBER_PALE}"/><rect width="2" height="5" fill="{AMBER}"/></pattern></defs>'
)


def _across(tree: TreeNode, width: int, boxes: list[_Box], lines: list[str]) -> float:
    """Three columns: the main metric, what it hangs on, and their metrics."""
    columns = (0.24 * width, 0.24 * width, 0.42 * width)
    gap = (width - sum(columns) - 2) / 2
    places = (1.0, 1 + columns[0] + gap, 1 + columns[0] + columns[1] + 2 * gap)
    y = 1.0
    groups: list[_Box] = []
    for child in tree.children:
        leaves: list[_Box] = []
        for number, leaf in enumerate(child.children):
            part = child.operation is not None
            box = _box(leaf, places[2], y, columns[2], "part" if part else "leaf")
            box.sign = "÷" if part and number else ""
            leaves.append(box)
            y += box.height + 7
        group = _box(child, places[1], 0, columns[1], "group")
        if leaves:
            group.y = (leaves[0].y + leaves[-1].y + leaves[-1].height - group.height) / 2
        else:
            group.y = y
            y += group.height + 7
        lines += [_curve(group, leaf) for leaf in leaves]
        groups.append(group)
        boxes += [group, *leaves]
        y += 13
    root = _box(tree, places[0], 0, columns[0], "main")
    if groups:
        root.y = max(1.0, (groups[0].y + groups[-1].y + groups[-1].height - root.height) / 2)
    lines += [_curve(root, group) for group in groups]
    boxes.append(root)
    return max(y - 20, root.y + root.height) + 2


def _down(tree: TreeNode, width: int, boxes: list[_Box], lines: list[str]) -> float:
    y = 1.0

    def lay(node: TreeNode, depth: int, look: Literal["main", "group", "leaf", "part"], sign: str) -> _Box:
        nonlocal y
        x = 1 + depth * 20
        box = _box(node, x, y, width - x - 2, look)
        box.sign = sign
        boxes.append(box)
        y += box.height + (9 if node.children else 6)
        for number, child in enumerate(node.children):
            part = node.operation is not None
            below = lay(
                child, depth + 1, "group" if depth == 0 else "part" if part else "leaf", "÷" if part and number else ""
            )
            middle = below.y + below.height / 2
            lines.append(
                f'<path d="M{x + 9:g} {box.y + box.height:g}V{middle:g}H{below.x:g}" fill="none" stroke="{LINE}"/>'
            )
        return box

    lay(tree, 0, "main", "")
    return y


def _box(node: TreeNode, x: float, y: float, width: float, look: Literal["main", "group", "leaf", "part"]) -> _Box:
    letters = max(8, int((width - 2 * _PAD) / (_SIZE * _LETTER)))
    text = one_line(node.name) + ARROWS[node.direction]
    return _Box(textwrap.wrap(text, letters) or [""], x, y, width, look)


def _drawn(box: _Box) -> str:
    fill, edge, ink, weight = {
        "main": (ACCENT, ACCENT, PAPER, "600"),
        "group": (ACCENT_PALE, ACCENT_PALE, INK, "600"),
        "leaf": (PAPER, LINE, INK, "400"),
        "part": (PAPER, LINE, QUIET, "400"),
    }[box.look]
    parts = [
        f'<rect x="{box.x:g}" y="{box.y:g}" width="{box.width:g}" height="{box.height:g}" rx="6" '
        f'fill="{fill}" stroke="{edge}"/>'
    ]
    for number, line in enumerate(box.lines):
        parts.append(_text(line, box.x + _PAD, box.y + _PAD + 10 + number * _LEADING, weight=weight, fill=ink))
    if box.sign:
        x, y = box.x + box.width - 14, box.y - 3.5
        parts.append(f'<circle cx="{x:g}" cy="{y:g}" r="8.5" fill="{PAPER}" stroke="{LINE}"/>')
        parts.append(_text(box.sign, x - 3.6, y + 4.4, fill=INK))
    return "".join(parts)


def _curve(left: _Box, right: _Box) -> str:
    x1, y1 = left.x + left.width, left.y + left.height / 2
    x2, y2 = right.x, right.y + right.height / 2
    middle = (x1 + x2) / 2
    return (
        f'<path d="M{x1:g} {y1:g}C{middle:g} {y1:g} {middle:g} {y2:g} {x2:g} {y2:g}" '
        f'fill="none" stroke="{LINE}" stroke-width="1.5"/>'
    )


def _text(text: str, x: float, y: float, *, size: float = _SIZE, weight: str = "400", fill: str = INK) -> str:
    return f'<text x="{x:g}" y="{y:g}" font-size="{size:g}" font-weight="{weight}" fill="{fill}">{escape(text)}</text>'


def _told(node: TreeNode) -> str:
    """A tree in one sentence, for readers who do not see it."""
    if not node.children:
        return node.name
    return f"{node.name} ({'; '.join(map(_told, node.children))})"


def _svg(inside: str, width: float, height: float, font: str, title: str, told: str) -> Markup:
    label = escape(one_line(f"{title}. {told}"))
    return Markup(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" width="{width:g}" '
        f'height="{height:g}" role="img" aria-label="{label}" font-family="{escape(font)}">{inside}</svg>'
    )
