"""The metric tree, the chain to money, and the events that everything rests on."""

from __future__ import annotations

from collections.abc import Iterable

from coach.knowledge.base import Base
from coach.knowledge.models.archetype import Archetype
from coach.scorecards.metric_row import MetricRow, Role
from coach.scorecards.model import Chain, ChainStep, MainMetric, TreeNode
from coach.scorecards.plan_parts import EventSpec
from coach.scorecards.rows import named

_GROUPS: tuple[tuple[Role, str], ...] = (
    ("quality", "Driven by the quality of the output"),
    ("operations", "Within operational limits"),
)


def metric_tree(main: MainMetric, rows: tuple[MetricRow, ...]) -> TreeNode:
    """The main metric, the arithmetic that it is made of, what drives it and what keeps it honest."""
    row = next((row for row in rows if main.metric is not None and row.id == main.metric), None)
    branches = [_group(name, (r for r in rows if role in r.roles)) for role, name in _GROUPS]
    counters = [
        TreeNode(name=counter.name, metric=counter.metric, direction=counter.direction) for counter in main.counters
    ]
    return TreeNode(
        name=main.name,
        metric=main.metric,
        direction=row.direction if row else None,
        children=(
            *_arithmetic(row),
            *(branch for branch in branches if branch.children),
            TreeNode(name="Kept honest by", children=tuple(counters)),
        ),
    )


def value_chain(archetype: Archetype) -> Chain:
    """From the metric to money, as the archetype tells it."""
    chain = archetype.value_chain
    return Chain(
        steps=(
            ChainStep(step="metric", text=chain.metric),
            ChainStep(step="behaviour", text=chain.behaviour),
            ChainStep(step="operation", text=chain.operation),
            ChainStep(step="money", text=chain.money),
        ),
        assumptions=chain.assumptions,
        calculation=chain.calculation,
    )


def event_specs(base: Base, rows: tuple[MetricRow, ...]) -> tuple[EventSpec, ...]:
    """Every event that a metric of the scorecard needs, once, with all properties asked of it."""
    fields: dict[str, dict[str, None]] = {}
    moments: dict[str, dict[str, None]] = {}
    users: dict[str, dict[str, None]] = {}
    for row in rows:
        for logged in base.metrics[row.id].logging:
            fields.setdefault(logged.event, {}).update(dict.fromkeys(logged.fields))
            moments.setdefault(logged.event, {}).update({logged.when: None})
            users.setdefault(logged.event, {}).update({row.id: None})
    return tuple(
        EventSpec(
            event=event,
            fields=tuple(fields[event]),
            when=tuple(moments[event]),
            metrics=named(base, users[event]),
        )
        for event in fields
    )


def _arithmetic(row: MetricRow | None) -> tuple[TreeNode, ...]:
    if row is None or row.formula.numerator is None or row.formula.denominator is None:
        return ()
    parts = (TreeNode(name=row.formula.numerator), TreeNode(name=row.formula.denominator))
    return (TreeNode(name="Made of", operation="divided by", children=parts),)


def _group(name: str, rows: Iterable[MetricRow]) -> TreeNode:
    return TreeNode(
        name=name,
        children=tuple(TreeNode(name=row.name, metric=row.id, direction=row.direction) for row in rows),
    )
