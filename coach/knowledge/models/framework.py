"""A way to organise metrics that can be read and laid over a kind of product."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from coach.knowledge.models.base import Entry, Id, Text
from coach.knowledge.models.metric import Layer, ModelKind

Shape = Literal["layers", "set", "chain", "stages", "tree", "pairs", "comparison"]
"""How its cells stand to one another: one over the other, side by side, one leading to the next, passed in order,
one made up of others, one held against another, or each against what is usual elsewhere."""

Part = Literal[
    "main",
    "counter",
    "quality",
    "operations",
    "gaming",
    "job",
    "errors",
    "variation",
    "adoption",
    "reliance",
    "behaviour",
    "operation",
    "money",
    "before",
    "after",
    "risks",
    "tradeoffs",
    "traps",
]
"""What an archetype says that can fill a cell: metrics in a role (the first four), else passages of its description."""


class Cell(Entry):
    """One place of the framework that metrics fill."""

    id: Id
    name: Text
    question: Text
    layers: tuple[Layer, ...] = ()
    """Every metric of these layers belongs here."""
    metrics: tuple[Id, ...] = ()
    parts: tuple[Part, ...] = ()
    """What an archetype says that belongs here too."""
    model_kinds: tuple[ModelKind, ...] = ()
    """Kinds of model for which the place exists; empty for any."""
    under: Id | None = None
    """The cell of the same framework that this one makes up, leads to, or answers for."""
    link: Text | None = None
    """How it does so."""
    usual: Text | None = None
    """How the same thing is done for products without AI, where the framework compares."""
    practice: tuple[Text, ...] = ()
    """What is done here, step by step: who, how many, how often, what passes."""
    dashboard: tuple[Id, ...] = ()
    """Those of its metrics that an executive sees."""


class Framework(Entry):
    """What it is for, its cells, and where it misleads."""

    id: Id
    name: Text
    aliases: tuple[Text, ...] = ()
    shape: Shape = "set"
    summary: Text
    use_when: Text
    cells: Annotated[tuple[Cell, ...], Field(min_length=2)]
    bars: bool = False
    """Whether the catalog's thresholds of its metrics are part of it."""
    steps: tuple[Text, ...] = ()
    """How to go about it, in order."""
    example: Text | None = None
    """One product run through it; its figures are assumptions."""
    reading: Text
    limits: Text
    related: tuple[Id, ...] = ()
    """Frameworks that it goes well with, or that are used in its place."""
    source: Text
