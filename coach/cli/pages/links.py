"""Ids with the names they stand for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from coach.cli.layout.blocks import Line, Run

if TYPE_CHECKING:
    from coach.knowledge.base import MetricCatalog


def linked(metrics: MetricCatalog, ids: Iterable[str]) -> list[Line]:
    """Metrics by id and name, one a line."""
    return [(Run(id_, "name"), f": {metrics[id_].name}") if id_ in metrics else Run(id_, "name") for id_ in ids]
