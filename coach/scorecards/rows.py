"""Which metrics of the catalog belong on a scorecard, and the row of each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import get_args

from coach.knowledge.base import Base
from coach.knowledge.models.archetype import Archetype
from coach.knowledge.models.archetype import MainMetric as Candidate
from coach.knowledge.models.formula import Formula as TypedFormula
from coach.knowledge.models.formula import Procedure
from coach.knowledge.models.metric import Layer, Metric, ModelKind
from coach.scorecards.metric_row import Borrowed, Formula, Gaming, MetricRow, Named, Role, Segment
from coach.scorecards.wording import (
    NameOf,
    formula_in_words,
    is_fraction,
    numerator_and_denominator,
    range_in_words,
    threshold_in_words,
    window_in_words,
)

LAYERS: tuple[Layer, ...] = get_args(Layer)
_EXPECTED: tuple[Layer, ...] = ("business", "adoption", "experience", "model", "operations", "responsible")
"""Layers that no scorecard leaves empty as long as the catalog has a metric that fits."""


def metric_rows(base: Base, archetype: Archetype, main: Candidate | None) -> tuple[MetricRow, ...]:
    """The metrics that an archetype names, and one for each expected layer that it leaves empty; by layer.

    `main` is the candidate taken as the main metric; None if it is none of the archetype's.
    """
    reasons: dict[str, list[tuple[Role, str]]] = {}

    def add(metric: str, role: Role, because: str = "") -> None:
        reasons.setdefault(metric, []).append((role, because))

    for candidate in archetype.main_metrics:
        if candidate.metric is not None:
            add(candidate.metric, "main" if candidate is main else "rival", candidate.captures)
    for measure in archetype.quality:
        add(measure.metric, "quality", measure.because)
    for budget in archetype.operations:
        add(budget.metric, "operations", budget.because)
    for metric in counter_ids(archetype, main):
        add(metric, "counter")
    for metric in _for_empty_layers(base, archetype, reasons):
        add(metric, "coverage")
    budgets = {budget.metric: budget.budget for budget in archetype.operations}
    rows = [_row(base, base.metrics[id_], why, budgets.get(id_)) for id_, why in reasons.items()]
    return tuple(sorted(rows, key=lambda row: (LAYERS.index(row.layer), row.roles[0] != "main")))


def counter_ids(archetype: Archetype, main: Candidate | None) -> tuple[str, ...]:
    """What keeps the main metric honest; all that keeps the candidates so if it is none of them."""
    candidates = (main,) if main is not None else archetype.main_metrics
    return tuple(dict.fromkeys(metric for candidate in candidates for metric in candidate.countered_by))


def borrowed(metric: Metric) -> tuple[Borrowed, ...]:
    """The limits that others state for a metric."""
    return tuple(
        Borrowed(
            level=threshold.level,
            limit=threshold_in_words(threshold, metric),
            context=threshold.context,
            source=threshold.source,
            trust=threshold.trust,
        )
        for threshold in metric.thresholds
    )


def named(base: Base, ids: Iterable[str]) -> tuple[Named, ...]:
    """Metrics to be mentioned by name."""
    return tuple(Named(id=id_, name=base.metrics[id_].name) for id_ in ids)


def named_rows(rows: Iterable[MetricRow]) -> tuple[Named, ...]:
    """Rows to be mentioned by name."""
    return tuple(Named(id=row.id, name=row.name) for row in rows)


def formula(typed: TypedFormula, name_of: NameOf) -> Formula:
    """A formula of the catalog in words."""
    parts = numerator_and_denominator(typed) or (None, None)
    procedure = typed if isinstance(typed, Procedure) else None
    return Formula(
        kind=typed.kind,
        words=formula_in_words(typed, name_of),
        numerator=parts[0],
        denominator=parts[1],
        expression=procedure.expression if procedure else None,
        inputs=procedure.inputs if procedure else (),
        from_events=procedure is None,
    )


def _row(base: Base, metric: Metric, why: Iterable[tuple[Role, str]], budget: str | None) -> MetricRow:
    why = tuple(why)
    computed = None if isinstance(metric.formula, Procedure) else metric.formula
    return MetricRow(
        id=metric.id,
        name=metric.name,
        aliases=(*metric.aliases, *metric.abbreviations),
        question=metric.question,
        layer=metric.layer,
        roles=tuple(dict.fromkeys(role for role, _ in why)),
        because=tuple(because for _, because in why if because) or (metric.question,),
        formula=formula(metric.formula, lambda id_: base.metrics[id_].name),
        unit=metric.unit,
        direction=metric.direction,
        values=range_in_words(metric),
        fraction=is_fraction(metric),
        timing=metric.timing,
        cadence=metric.cadence,
        population=computed.unit_of_analysis if computed else None,
        grain=computed.grain if computed else None,
        window=window_in_words(computed.window) if computed and computed.window else None,
        segments=tuple(Segment(by=cut.by, because=cut.because) for cut in metric.segments),
        events=tuple(dict.fromkeys(logged.event for logged in metric.logging)),
        borrowed=borrowed(metric),
        gaming=tuple(Gaming(path=way.path, sign=way.sign) for way in metric.gaming),
        countered_by=named(base, metric.countered_by),
        counters=named(base, metric.counters),
        budget=budget,
    )


def _for_empty_layers(base: Base, archetype: Archetype, taken: Mapping[str, object]) -> list[str]:
    kinds: set[ModelKind] = {archetype.model_kind, *archetype.other_kinds}
    filled = {base.metrics[id_].layer for id_ in taken}
    expected = [*_EXPECTED, *(layer for layer in ("retrieval", "agent") if layer in kinds)]
    best: dict[str, tuple[int, str]] = {}
    for metric in base.metrics.values():
        fit = fitness(metric, archetype, kinds)
        if fit and metric.layer in expected and metric.layer not in filled:
            # The first of the best fitting, in the catalog's order.
            best.setdefault(metric.layer, (fit, metric.id))
            if fit > best[metric.layer][0]:
                best[metric.layer] = (fit, metric.id)
    return [id_ for _, id_ in best.values()]


def fitness(metric: Metric, archetype: Archetype, kinds: set[ModelKind]) -> int:
    """3 for metrics made for the archetype, 2 for its kinds of model, 1 for any product, 0 for others."""
    if metric.archetypes:
        return 3 if archetype.id in metric.archetypes else 0
    if metric.model_kinds:
        return 2 if kinds & set(metric.model_kinds) else 0
    return 1
