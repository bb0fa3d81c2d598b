"""A way to organise metrics, as it is and laid over a kind of product."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from coach.cli.layout.blocks import Block, Bullets, Facts, Heading, Line, Page, Prose, Run, Title, names
from coach.knowledge.base import Base
from coach.knowledge.models.framework import Cell, Framework
from coach.scorecards.framework import AppliedCell, AppliedFramework, CellMetric
from coach.scorecards.wording import threshold_in_words

SHAPES: Final = {
    "layers": "layers, one over the other",
    "set": "parts that stand side by side",
    "chain": "links, each leading to the next",
    "stages": "stages, passed in order",
    "tree": "a tree, each branch made up of those below it",
    "pairs": "what is held against what",
    "comparison": "what is usual, and what becomes of it with AI",
}
_HANGS: Final = {"chain": "follows", "stages": "after", "tree": "under", "layers": "carries", "pairs": "follows"}
_DIRECTIONS: Final = {"up": "higher is better", "down": "lower is better", "band": "best within a band"}


def framework_page(framework: Framework, base: Base) -> Page:
    """What it is for, its cells, how to go about it, and where it misleads."""
    facts: list[tuple[str, Line]] = [("id", Run(framework.id, "name"))]
    if framework.aliases:
        facts.append(("also called", ", ".join(framework.aliases)))
    facts += [("use it when", framework.use_when), ("made of", SHAPES[framework.shape])]
    blocks: list[Block] = [
        Title(framework.name, "framework"),
        Prose(framework.summary, 0),
        Facts(facts, 0),
        Heading("Its places"),
    ]
    titles = {cell.id: cell.name for cell in framework.cells}
    for cell in framework.cells:
        blocks += _cell(framework, cell, titles, base)
    if framework.steps:
        numbered = [(f"{number}.", step) for number, step in enumerate(framework.steps, start=1)]
        blocks += [Heading("How to go about it"), Facts(numbered)]
    if framework.example:
        blocks += [Heading("Example"), Prose(framework.example)]
    blocks += [
        Heading("How to read it"),
        Prose(framework.reading),
        Heading("Where it misleads"),
        Prose(framework.limits),
        Heading("Source"),
        Prose(framework.source),
        Heading("See also"),
    ]
    also: list[tuple[str, Line]] = []
    if framework.related:
        also.append(("frameworks", names(framework.related)))
    return [*blocks, Facts([*also, ("laid over a product", f"coach frameworks apply {framework.id} ARCHETYPE")])]


def applied_page(applied: AppliedFramework) -> Page:
    """A framework filled for a kind of product, and what is missing."""
    filled = sum(cell.state == "filled" for cell in applied.cells)
    apply = sum(cell.state != "inapplicable" for cell in applied.cells)
    blocks: list[Block] = [
        Title(f"{applied.framework_name}: {applied.archetype_name}", "framework laid over a kind of product"),
        Facts(
            [
                ("framework", Run(applied.framework, "name")),
                ("kind of product", Run(applied.archetype, "name")),
                ("places with metrics", f"{filled} of {apply}"),
                ("missing", ", ".join(cell.name for cell in applied.missing) or "nothing"),
            ],
            0,
        ),
    ]
    titles = {cell.id: cell.name for cell in applied.cells}
    for cell in applied.cells:
        blocks += [Heading(cell.name), Prose(cell.question), *_applied(applied, cell, titles)]
    if applied.left_over:
        left = [(Run(metric.id, "name"), f": {metric.name}") for metric in applied.left_over]
        blocks += [Heading("Metrics of the product with no place here"), Bullets(left)]
    return [
        *blocks,
        Heading("How to read it"),
        Prose(applied.reading),
        Heading("Where it misleads"),
        Prose(applied.limits),
    ]


def _cell(framework: Framework, cell: Cell, titles: dict[str, str], base: Base) -> Iterator[Block]:
    yield Prose((Run(cell.name, "strong"), f": {cell.question}"))
    rows: list[tuple[str, Line]] = []
    if cell.under and (words := _HANGS.get(framework.shape)):
        rows.append((words, titles[cell.under]))
    if cell.link:
        rows.append(("how", cell.link))
    if cell.usual:
        rows.append(("without AI", cell.usual))
    if cell.model_kinds:
        rows.append(("only for", f"products with a model of the kind {' or '.join(cell.model_kinds)}"))
    if cell.layers:
        rows.append(("layers", ", ".join(cell.layers)))
    if cell.metrics:
        rows.append(("metrics", names(cell.metrics)))
    if cell.dashboard:
        rows.append(("dashboard", names(cell.dashboard)))
    if rows:
        yield Facts(rows, 4)
    if framework.bars:
        bars = [
            f"{threshold.level}: {threshold_in_words(threshold, base.metrics[id_])} — {threshold.context} "
            f"({threshold.trust}; source: {threshold.source})"
            for id_ in cell.metrics
            for threshold in base.metrics[id_].thresholds
        ]
        yield Bullets(bars, 4)
    if cell.practice:
        yield Bullets(cell.practice, 4)


def _applied(applied: AppliedFramework, cell: AppliedCell, titles: dict[str, str]) -> Iterator[Block]:
    if cell.under and (words := _HANGS.get(applied.shape)):
        link = f": {cell.link}" if cell.link else ""
        yield Prose(Run(f"{words.capitalize()} “{titles[cell.under]}”{link}", "quiet"))
    if cell.metrics:
        yield Bullets([_metric(metric) for metric in cell.metrics])
        for metric in cell.metrics:
            if metric.borrowed:
                bars = [f"{bar.level}: {bar.limit} ({bar.trust}; source: {bar.source})" for bar in metric.borrowed]
                yield Bullets([f"{metric.name}, {bar}" for bar in bars], 4)
    if cell.remarks:
        yield Facts([(remark.part, remark.text) for remark in cell.remarks], 2)
    if cell.state == "missing":
        yield Prose(Run("Missing: the archetype names nothing for this place.", "poor"))
    if cell.state == "inapplicable":
        yield Prose(Run("Does not apply: its metrics are for other kinds of product.", "quiet"))
    if cell.offered:
        label = "could fill it" if cell.state == "missing" else "could be added"
        yield Facts([(label, names([metric.id for metric in cell.offered]))], 2)


def _metric(metric: CellMetric) -> Line:
    return (Run(metric.id, "name"), f" ({', '.join(metric.roles)}; {_DIRECTIONS[metric.direction]}): {metric.because}")
