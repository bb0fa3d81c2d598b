"""Metrics that an owner has added to a sheet and the catalog does not know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import cast, get_args

from coach.knowledge.models.metric import Layer
from coach.scorecards.columns import BETTER, SHARE
from coach.scorecards.metric_row import Formula, MetricRow, Owned
from coach.scorecards.model import Scorecard
from coach.scorecards.tables import METRICS

_FIELDS = {column.head: column.field for column in METRICS.columns if column.field}


@dataclass
class OwnMetric:
    """A line of the owner's: the id, where it stands, and what its cells say."""

    id: str
    place: str
    texts: dict[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """What it is called; the id where it has no name."""
        return self.texts.get("Metric", self.id)

    @property
    def without_denominator(self) -> bool:
        """Whether it is a share of something that is not named."""
        said = " ".join(self.texts.get(head, "") for head in ("Metric", "Unit", "Formula or procedure"))
        return "Denominator" not in self.texts and ("Numerator" in self.texts or bool(SHARE.search(said)))


def with_own_metrics(card: Scorecard, own: Sequence[OwnMetric]) -> Scorecard:
    """The scorecard with rows for these metrics, behind those of the catalog."""
    return card.model_copy(update={"rows": (*card.rows, *map(_row, own))}) if own else card


def _row(own: OwnMetric) -> MetricRow:
    texts = own.texts
    layer = texts.get("Layer", "").lower()
    direction = next((key for key, words in BETTER.items() if words == texts.get("Better")), "up")
    return MetricRow.model_validate(
        {
            "id": own.id,
            "name": own.name,
            "aliases": (),
            "question": texts.get("Question") or texts.get("What it asks") or own.name,
            "layer": cast("Layer", layer if layer in get_args(Layer) else "business"),
            "roles": (),
            "because": (),
            "formula": Formula(
                kind="own",
                words=texts.get("Formula or procedure") or texts.get("Numerator") or own.name,
                numerator=texts.get("Numerator"),
                denominator=texts.get("Denominator"),
                from_events=False,
            ),
            "unit": texts.get("Unit", ""),
            "direction": direction,
            "values": texts.get("Values", ""),
            "fraction": bool(SHARE.search(f"{own.name} {texts.get('Unit', '')}")),
            "timing": "lagging" if texts.get("Timing") == "lagging" else "leading",
            "cadence": texts.get("Looked at", ""),
            "population": texts.get("Counted"),
            "grain": texts.get("Grain"),
            "window": texts.get("Window"),
            "segments": (),
            "events": (),
            "borrowed": (),
            "gaming": (),
            "countered_by": (),
            "counters": (),
            "yours": Owned.model_validate({f: texts[head] for head, f in _FIELDS.items() if head in texts}),
        }
    )
