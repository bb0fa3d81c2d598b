"""The catalog as CSV: a metric a row, for sheets and for tools that make a database of them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Mapping
from typing import ClassVar

from coach.export.catalog.losses import FIELDS
from coach.export.catalog.target import Export, Files, Target
from coach.export.prose import one_line
from coach.knowledge.models.formula import Procedure
from coach.knowledge.models.metric import LoggedEvent, Metric, Threshold
from coach.scorecards.cells import neutral
from coach.scorecards.wording import formula_in_words, threshold_in_words

BYTE_ORDER_MARK = "\ufeff"
"""By which Excel knows UTF-8; other programs pass over it."""
Cell = str | float | None

COLUMNS: Mapping[str, Callable[[Metric], Cell | Iterable[str]]] = {
    "id": lambda metric: metric.id,
    "name": lambda metric: metric.name,
    "aliases": lambda metric: metric.aliases,
    "abbreviations": lambda metric: metric.abbreviations,
    "question": lambda metric: metric.question,
    "layer": lambda metric: metric.layer,
    "kind": lambda metric: metric.kind,
    "formula": lambda metric: formula_in_words(metric.formula),
    "inputs": lambda metric: metric.formula.inputs if isinstance(metric.formula, Procedure) else None,
    "expression": lambda metric: metric.formula.expression if isinstance(metric.formula, Procedure) else None,
    "unit_of_analysis": lambda metric: getattr(metric.formula, "unit_of_analysis", None),
    "grain": lambda metric: getattr(metric.formula, "grain", None),
    "window": lambda metric: getattr(metric.formula, "window", None),
    "unit": lambda metric: metric.unit,
    "direction": lambda metric: metric.direction,
    "lowest": lambda metric: metric.range.min,
    "highest": lambda metric: metric.range.max,
    "timing": lambda metric: metric.timing,
    "cadence": lambda metric: metric.cadence,
    "segments": lambda metric: (f"{cut.by}: {cut.because}" for cut in metric.segments),
    "thresholds": lambda metric: (_threshold(limit, metric) for limit in metric.thresholds),
    "gaming": lambda metric: (f"{way.path} Sign: {way.sign}" for way in metric.gaming),
    "countered_by": lambda metric: metric.countered_by,
    "counters": lambda metric: metric.counters,
    "related": lambda metric: metric.related,
    "archetypes": lambda metric: metric.archetypes,
    "model_kinds": lambda metric: metric.model_kinds,
    "events": lambda metric: map(_event, metric.logging),
}


class CsvTarget(Target):
    """RFC 4180 with a header row; prose in words that people read, so JSON is the one to read back."""

    name = "csv"
    about = "Excel, Google Sheets, Notion: a metric a row"
    carries: ClassVar[Mapping[str, str]] = {
        **{field: field.partition(".")[0] for field in FIELDS},
        **{f"formula.{column}": column for column in ("unit_of_analysis", "grain", "window")},
        "range": "lowest and highest",
        "logging.event": "events",
        "logging.when": "events",
    }

    def render(self, export: Export) -> Files:
        """`metrics.csv`."""
        out = io.StringIO()
        writer = csv.writer(out, quoting=csv.QUOTE_NONNUMERIC)
        writer.writerow(COLUMNS)
        for metric in self.exported(export):
            writer.writerow([_cell(get(metric)) for get in COLUMNS.values()])
        return {"metrics.csv": (BYTE_ORDER_MARK if export.options.bom else "") + out.getvalue()}


def _cell(value: Cell | Iterable[str]) -> str | float:
    if isinstance(value, (float, int)):
        return int(value) if value == int(value) else value
    parts = [value or ""] if isinstance(value, str) or value is None else value
    return "; ".join(map(_harmless, parts))


def _harmless(text: str) -> str:
    """Text that begins no formula, nor where a program that expects semicolons would begin a cell."""
    return neutral(re.sub(r";(?=\s*[=+@-])", ";'", one_line(text)))


def _threshold(limit: Threshold, metric: Metric) -> str:
    said = threshold_in_words(limit, metric)
    return f"{limit.level} {said}: {limit.context} ({limit.trust}, source: {limit.source})"


def _event(event: LoggedEvent) -> str:
    return f"{event.event} ({', '.join(event.fields)}): {event.when}"


TARGET = CsvTarget()
