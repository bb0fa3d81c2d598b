"""What every target of the catalog's export is."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from coach.export.catalog.selection import Selection
from coach.knowledge.models.metric import Metric
from coach.measuring.layout import Layout

NAMESPACE = "metric_coach"
"""The one key under which a target's free slot holds what the target has no field for."""

Files = Mapping[str, str]
"""Relative path, with `/` between folders, to the text of the file."""


@dataclass(frozen=True)
class Options:
    """What a caller can say about an export; each target reads what concerns it."""

    layout: Layout = field(default_factory=Layout)
    dialect: str = "duckdb"
    """For targets that hold SQL."""
    base_iri: str = "https://example.org/metrics/"
    """Before each id, for targets that name things by address."""
    datasource: str = "ds_yours"
    """The id of the warehouse's connection, for targets that must name it."""
    bom: bool = False
    """Whether CSV begins with a byte-order mark, which Excel needs to read it as UTF-8."""


@dataclass(frozen=True)
class Export:
    """What is to be exported, and how."""

    selection: Selection
    options: Options = field(default_factory=Options)


class Target:
    """A system's format.

    `carries` says for each field of the model that survives where it stands in the format; its keys are those
    of `coach.export.catalog.losses.FIELDS`, and a key stands for all below it: `thresholds` for
    `thresholds.source`. A field that is not there is lost, and the loss report says so.
    """

    name: ClassVar[str]
    """As in `--to NAME`."""
    about: ClassVar[str]
    """Which program reads it, in a few words."""
    carries: ClassVar[Mapping[str, str]]
    """Field to its place in the format."""
    holds_metrics: ClassVar[bool] = True
    """Whether metrics stand in it; a schema only describes them."""

    def refuses(self, metric: Metric, export: Export) -> str | None:
        """Why this metric cannot be exported; None where it can."""

    def exported(self, export: Export) -> tuple[Metric, ...]:
        """The metrics that can be exported."""
        return tuple(metric for metric in export.selection.metrics if self.refuses(metric, export) is None)

    @abstractmethod
    def render(self, export: Export) -> Files:
        """The files, with the metrics of `exported`. Same input, same bytes."""
