"""What does not survive an export, counted in metrics."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from coach.export.catalog.target import NAMESPACE, Export, Target
from coach.knowledge.models.metric import Metric

FIELDS: tuple[str, ...] = (
    *("id", "name", "aliases", "abbreviations", "question", "layer", "kind"),
    *("formula", "formula.unit_of_analysis", "formula.grain", "formula.window", "formula.procedure"),
    *("unit", "direction", "range", "timing", "cadence"),
    *("segments.by", "segments.because"),
    *("thresholds.level", "thresholds.value", "thresholds.context", "thresholds.source", "thresholds.trust"),
    *("gaming.path", "gaming.sign", "countered_by", "counters", "archetypes", "model_kinds"),
    *("logging.event", "logging.when", "related"),
)
"""The fields that a target may carry or lose, each on its own.

`formula` is the computation; `thresholds.value` stands for operator, value and upper end; `logging.event` for
the events and their fields.
"""


@dataclass(frozen=True)
class Loss:
    """A field that does not survive."""

    field: str
    metrics: int
    """How many of the exported metrics have it."""


@dataclass(frozen=True)
class LossReport:
    """What an export holds and what it does not."""

    target: str
    exported: int
    left_out: Mapping[str, str]
    """Metrics that are not in it at all, each with the reason."""
    lost: tuple[Loss, ...]
    carried: Mapping[str, str]
    """Fields that survive, each with its place in the format."""

    def as_data(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)

    def lines(self) -> Iterator[str]:
        """For people, one fact a line."""
        if not self.exported and not self.left_out:
            yield f"{self.target} describes metrics and holds none"
            return
        yield f"{self.exported} metrics exported to {self.target}, {len(self.left_out)} left out"
        reasons: dict[str, list[str]] = {}
        for id_, reason in self.left_out.items():
            reasons.setdefault(reason, []).append(id_)
        for reason, ids in reasons.items():
            yield f"left out: {', '.join(ids)}: {reason}"
        if self.lost:
            yield "does not survive: " + ", ".join(f"{loss.field} ({loss.metrics})" for loss in self.lost)
        else:
            yield "every field of them survives"
        aside = [field for field, place in self.carried.items() if NAMESPACE in place]
        if aside:
            yield f"under {NAMESPACE}, since the format has no field for it: {', '.join(aside)}"


def losses(target: Target, export: Export) -> LossReport:
    """What an export loses."""
    if not target.holds_metrics:
        return LossReport(target.name, 0, {}, (), {})
    left_out: dict[str, str] = {}
    exported: list[Metric] = []
    for metric in export.selection.metrics:
        reason = target.refuses(metric, export)
        if reason is None:
            exported.append(metric)
        else:
            left_out[metric.id] = reason
    counts = {field: sum(has(metric, field) for metric in exported) for field in FIELDS}
    return LossReport(
        target.name,
        len(exported),
        left_out,
        tuple(Loss(field, n) for field, n in counts.items() if n and place(target, field) is None),
        {field: where for field, n in counts.items() if n and (where := place(target, field)) is not None},
    )


def place(target: Target, field: str) -> str | None:
    """Where a target keeps a field; None where it loses it."""
    if field in target.carries:
        return target.carries[field]
    head = field.partition(".")[0]
    # What is said of the computation is a fact of its own; the parts of the other fields go with the whole.
    return target.carries.get(head) if head != "formula" else None


def has(metric: Metric, field: str) -> bool:
    """Whether a metric says anything in this field."""
    head, _, part = field.partition(".")
    value = getattr(metric, head)
    if head == "formula":
        return not part or getattr(value, part, None) is not None
    if head == "range":
        return value.min is not None or value.max is not None
    return bool(value)


def aside(metric: Metric, target: Target) -> dict[str, Any]:
    """What a target's free slot holds of a metric: all fields that it keeps under the namespaced key, as data."""
    data: dict[str, Any] = json.loads(metric.model_dump_json(exclude_defaults=True))
    heads = {field.partition(".")[0] for field, where in target.carries.items() if NAMESPACE in where}
    return {key: value for key, value in data.items() if key in heads}
