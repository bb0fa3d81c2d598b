"""A way to organise metrics that can be read and laid over a kind of product."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from coach.knowledge.models.base import Entry, Id, Text
from coach.knowledge.models.metric import Layer


class Cell(Entry):
    """One place of the framework that metrics fill."""

    id: Id
    name: Text
    question: Text
    layers: tuple[Layer, ...] = ()
    metrics: tuple[Id, ...] = ()


class Framework(Entry):
    """What it is for, its cells, and where it misleads."""

    id: Id
    name: Text
    aliases: tuple[Text, ...] = ()
    summary: Text
    use_when: Text
    cells: Annotated[tuple[Cell, ...], Field(min_length=2)]
    reading: Text
    limits: Text
    source: Text
