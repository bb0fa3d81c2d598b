"""A way to organise metrics."""

from __future__ import annotations

from coach.cli.layout.blocks import Block, Facts, Heading, Line, Page, Prose, Run, Title, names
from coach.knowledge.models.framework import Cell, Framework


def framework_page(framework: Framework) -> Page:
    """What it is for, its cells, and where it misleads."""
    blocks: list[Block] = [
        Title(framework.name, "framework"),
        Prose(framework.summary, 0),
        Facts(
            [
                ("id", Run(framework.id, "name")),
                *([("also called", ", ".join(framework.aliases))] if framework.aliases else []),
                ("use it when", framework.use_when),
            ],
            0,
        ),
        Heading("Its places"),
    ]
    for cell in framework.cells:
        blocks += [Prose((Run(cell.name, "strong"), f": {cell.question}")), *_metrics(cell)]
    return [
        *blocks,
        Heading("How to read it"),
        Prose(framework.reading),
        Heading("Where it misleads"),
        Prose(framework.limits),
        Heading("Source"),
        Prose(framework.source),
    ]


def _metrics(cell: Cell) -> list[Block]:
    rows: list[tuple[str, Line]] = []
    if cell.layers:
        rows.append(("layers", ", ".join(cell.layers)))
    if cell.metrics:
        rows.append(("metrics", names(cell.metrics)))
    return [Facts(rows, 4)] if rows else []
