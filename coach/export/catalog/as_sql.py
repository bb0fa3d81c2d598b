"""A query a metric, in a warehouse's own SQL, and an index of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from coach.export.catalog.document import as_text
from coach.export.catalog.losses import FIELDS, aside
from coach.export.catalog.selection import not_from_events
from coach.export.catalog.target import NAMESPACE, Export, Files, Target
from coach.export.prose import one_line
from coach.knowledge.models.metric import Metric
from coach.measuring.dialects import APPROXIMATE, in_dialect
from coach.measuring.sql import query
from coach.scorecards.wording import threshold_in_words

_SLOT = f"index.json metrics[].{NAMESPACE}"


class SqlTarget(Target):
    """What a query does not say stands in the index, the most needed of it in comments too."""

    name = "sql"
    about = "a warehouse: a query a metric in its SQL"
    carries: ClassVar[Mapping[str, str]] = {
        **dict.fromkeys(FIELDS, _SLOT),
        "id": "file name",
        "name": "index.json metrics[].name",
        "question": "index.json metrics[].question",
        "formula": "queries/ID.sql",
        "formula.unit_of_analysis": _SLOT,
    }

    def refuses(self, metric: Metric, export: Export) -> str | None:
        """What events alone cannot give has no query."""
        return not_from_events(metric, export.selection.catalog)

    def render(self, export: Export) -> Files:
        """`queries/ID.sql`, `index.json` for programs and `index.md` for people."""
        metrics = self.exported(export)
        queries = {f"queries/{metric.id}.sql": self._query(metric, export) for metric in metrics}
        listed: list[dict[str, Any]] = [
            {
                "id": metric.id,
                "name": metric.name,
                "question": metric.question,
                "file": f"queries/{metric.id}.sql",
                NAMESPACE: aside(metric, self),
            }
            for metric in metrics
        ]
        index = as_text({"dialect": export.options.dialect, "metrics": listed})
        return {"index.md": _index(metrics, export.options.dialect), "index.json": index, **queries}

    def _query(self, metric: Metric, export: Export) -> str:
        dialect = export.options.dialect
        sql = in_dialect(query(metric, export.options.layout, export.selection.catalog), dialect)
        comments = "".join(f"-- {one_line(line)}\n" for line in _comments(metric, dialect))
        return f"{comments}{sql}"


def _comments(metric: Metric, dialect: str) -> Iterator[str]:
    better = {"up": "higher is better", "down": "lower is better", "band": "both ends are bad"}[metric.direction]
    yield f"{metric.name}: {metric.question}"
    yield f"Unit: {metric.unit}; {better}."
    if metric.countered_by:
        yield f"Read it with {', '.join(metric.countered_by)}."
    for limit in metric.thresholds:
        yield f"Borrowed, not yours: {limit.level} {threshold_in_words(limit, metric)} ({limit.source}; {limit.trust})"
    if dialect in APPROXIMATE and "percentile" in metric.formula.model_dump_json(exclude_none=True):
        yield f"{dialect} estimates the percentile: it has no exact one for groups."


def _index(metrics: tuple[Metric, ...], dialect: str) -> str:
    about = f"SQL as {dialect} reads it; `index.json` has all that is known of each metric."
    lines = [f"# Queries for {len(metrics)} metrics", "", about]
    layers: dict[str, list[Metric]] = {}
    for metric in metrics:
        layers.setdefault(metric.layer, []).append(metric)
    for layer, members in layers.items():
        lines += ["", f"## {layer.capitalize()}", "", "| metric | what it answers | unit |", "| --- | --- | --- |"]
        for metric in members:
            name, question, unit = map(_markdown, (metric.name, metric.question, metric.unit))
            lines.append(f"| [{name}](queries/{metric.id}.sql) | {question} | {unit} |")
    return "\n".join(lines) + "\n"


def _markdown(text: str) -> str:
    return re.sub(r"([\\|\[\]<>*_`])", r"\\\1", one_line(text))


TARGET = SqlTarget()
