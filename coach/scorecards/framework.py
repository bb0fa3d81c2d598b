"""A framework laid over a kind of product: which metrics fill which cell, and what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, TypeAlias

from coach.knowledge.base import Base
from coach.knowledge.models.archetype import Archetype
from coach.knowledge.models.base import Entry
from coach.knowledge.models.framework import Cell, Framework, Part, Shape
from coach.knowledge.models.metric import Metric, ModelKind
from coach.scorecards.metric_row import Borrowed, Named
from coach.scorecards.rows import borrowed, fitness

Role = Literal["main", "quality", "operations", "counter"]
"""What the archetype uses a metric for."""
State = Literal["filled", "described", "missing", "inapplicable"]
"""`described` is a cell for which the archetype has words and no metric of the catalog; `inapplicable` one whose
metrics are for other kinds of product or model."""

_MOST_OFFERED = 4
_Reasons: TypeAlias = dict[str, list[tuple[Role, str]]]


class CellMetric(Entry):
    """A metric of the archetype in its cell."""

    id: str
    name: str
    direction: Literal["up", "down", "band"]
    roles: tuple[Role, ...]
    because: str
    borrowed: tuple[Borrowed, ...] = ()
    """The catalog's thresholds, where the framework sets bars."""


class Remark(Entry):
    """What the archetype says on a cell in words."""

    part: str
    text: str


class AppliedCell(Entry):
    """A cell with what fills it."""

    id: str
    name: str
    question: str
    under: str | None
    link: str | None
    state: State
    metrics: tuple[CellMetric, ...]
    remarks: tuple[Remark, ...]
    offered: tuple[Named, ...]
    """Metrics of the catalog that fit the product and this cell, and that the archetype does not use."""


class AppliedFramework(Entry):
    """A framework filled for a kind of product."""

    framework: str
    framework_name: str
    shape: Shape
    archetype: str
    archetype_name: str
    knowledge: str
    """The digest of the knowledge that it was filled from."""
    cells: tuple[AppliedCell, ...]
    missing: tuple[Named, ...]
    """Cells that apply and that nothing fills."""
    left_over: tuple[Named, ...]
    """Metrics of the archetype for which the framework has no place."""
    reading: str
    limits: str


def apply_framework(base: Base, framework_id: str, archetype_id: str) -> AppliedFramework:
    """Fill a framework with what is known of a kind of product. Raises `UnknownIdError`."""
    framework, archetype = base.frameworks[framework_id], base.archetypes[archetype_id]
    reasons = _reasons(archetype)
    offers = _Offers(base, framework, archetype, reasons)
    cells = tuple(_cell(base, framework, cell, archetype, reasons, offers) for cell in framework.cells)
    placed = {metric.id for cell in cells for metric in cell.metrics}
    return AppliedFramework(
        framework=framework.id,
        framework_name=framework.name,
        shape=framework.shape,
        archetype=archetype.id,
        archetype_name=archetype.name,
        knowledge=base.digest,
        cells=cells,
        missing=tuple(Named(id=cell.id, name=cell.name) for cell in cells if cell.state == "missing"),
        left_over=_named(base, (id_ for id_ in reasons if id_ not in placed)),
        reading=framework.reading,
        limits=framework.limits,
    )


def _reasons(archetype: Archetype) -> _Reasons:
    """The metrics that an archetype uses, with what for and why, the most important first."""
    reasons: _Reasons = {}
    for main in archetype.main_metrics:
        if main.metric is not None:
            reasons.setdefault(main.metric, []).append(("main", main.captures))
    for measure in archetype.quality:
        reasons.setdefault(measure.metric, []).append(("quality", measure.because))
    for budget in archetype.operations:
        reasons.setdefault(budget.metric, []).append(("operations", f"{budget.budget.rstrip('.')}. {budget.because}"))
    kept_honest: dict[str, list[str]] = {}
    for main in archetype.main_metrics:
        for counter in main.countered_by:
            kept_honest.setdefault(counter, []).append(main.name)
    for counter, mains in kept_honest.items():
        reasons.setdefault(counter, []).append(("counter", f"Keeps honest: {'; '.join(mains)}."))
    return reasons


def _cell(
    base: Base, framework: Framework, cell: Cell, archetype: Archetype, reasons: _Reasons, offers: _Offers
) -> AppliedCell:
    metrics = tuple(
        _metric(base.metrics[id_], why, framework.bars)
        for id_, why in reasons.items()
        if _belongs(base.metrics[id_], cell, why)
    )
    remarks = tuple(remark for part in cell.parts for remark in _remarks(archetype, part))
    return AppliedCell(
        id=cell.id,
        name=cell.name,
        question=cell.question,
        under=cell.under,
        link=cell.link,
        state=_state(metrics, remarks, offers.apply(cell)),
        metrics=metrics,
        remarks=remarks,
        offered=_named(base, offers.of(cell)),
    )


def _state(metrics: tuple[CellMetric, ...], remarks: tuple[Remark, ...], applies: bool) -> State:
    if metrics:
        return "filled"
    if not applies:
        return "inapplicable"
    return "described" if remarks else "missing"


def _belongs(metric: Metric, cell: Cell, why: Iterable[tuple[Role, str]]) -> bool:
    return metric.id in cell.metrics or metric.layer in cell.layers or any(role in cell.parts for role, _ in why)


def _metric(metric: Metric, why: list[tuple[Role, str]], bars: bool) -> CellMetric:
    return CellMetric(
        id=metric.id,
        name=metric.name,
        direction=metric.direction,
        roles=tuple(dict.fromkeys(role for role, _ in why)),
        because=" ".join(dict.fromkeys(text for _, text in why)),
        borrowed=borrowed(metric) if bars else (),
    )


class _Offers:
    """Metrics that an archetype could use and does not, each offered in one cell only."""

    def __init__(self, base: Base, framework: Framework, archetype: Archetype, reasons: _Reasons) -> None:
        self._kinds: set[ModelKind] = {archetype.model_kind, *archetype.other_kinds}
        self._base, self._archetype, self._reasons = base, archetype, reasons
        self._taken: set[str] = set()
        self._explicit = {metric for cell in framework.cells for metric in cell.metrics}

    def apply(self, cell: Cell) -> bool:
        """Whether the cell is for products of this kind."""
        if cell.model_kinds and not self._kinds & set(cell.model_kinds):
            return False
        return bool(cell.layers or cell.parts) or any(self._fitness(id_) for id_ in cell.metrics)

    def of(self, cell: Cell) -> list[str]:
        """The best fitting few: those that the cell names, else those made for the archetype."""
        if not self.apply(cell):
            return []
        named = [id_ for id_ in (*cell.dashboard, *cell.metrics) if self._fits(id_, 1)]
        found = sorted(named, key=lambda id_: -self._fitness(id_))
        if not cell.metrics:
            found = [
                id_
                for id_, metric in self._base.metrics.items()
                if metric.layer in cell.layers and id_ not in self._explicit and self._fits(id_, 3)
            ]
        offered = list(dict.fromkeys(found))[:_MOST_OFFERED]
        self._taken.update(offered)
        return offered

    def _fits(self, id_: str, least: int) -> bool:
        if id_ in self._reasons or id_ in self._taken:
            return False
        return self._fitness(id_) >= least

    def _fitness(self, id_: str) -> int:
        return fitness(self._base.metrics[id_], self._archetype, self._kinds)


def _named(base: Base, ids: Iterable[str]) -> tuple[Named, ...]:
    return tuple(Named(id=id_, name=base.metrics[id_].name) for id_ in ids)


def _remarks(archetype: Archetype, part: Part) -> Iterator[Remark]:
    for name, text in _passages(archetype, part):
        yield Remark(part=name, text=text)


def _passages(archetype: Archetype, part: Part) -> Iterator[tuple[str, str]]:
    """What an archetype says on a part, each passage with a heading."""
    chain = archetype.value_chain
    match part:
        case "gaming":
            yield from ((main.name, main.gamed_by) for main in archetype.main_metrics)
        case "job":
            yield "the job", archetype.job
        case "errors":
            yield from (("error", f"{e.error} Cost: {e.cost} Borne by: {e.bearer}") for e in archetype.errors)
            yield "worse", archetype.worse_error
        case "variation":
            yield "variation", archetype.variation.how
            yield from (("practice", text) for text in archetype.variation.practice)
        case "adoption":
            yield from (("signal", f"{s.signal.rstrip('.')}: {s.reading}") for s in archetype.adoption)
        case "reliance":
            yield "too much reliance", archetype.over_reliance
            yield "too little", archetype.under_reliance
        case "behaviour":
            yield "behaviour", chain.behaviour
        case "operation":
            yield "operation", chain.operation
        case "money":
            yield "money", chain.money
            yield "example", chain.calculation
        case "before":
            yield from (("before launch", text) for text in archetype.evaluation.before)
        case "after":
            yield from (("after launch", text) for text in archetype.evaluation.after)
        case "risks":
            yield from (("risk", f"{r.risk} Seen by: {r.measure} Then: {r.response}") for r in archetype.risks)
        case "tradeoffs":
            yield from (("rule", f"{t.between.rstrip('.')}: {t.rule}") for t in archetype.tradeoffs)
        case "traps":
            yield from (("trap", f"{t.metric.rstrip('.')}: {t.why}") for t in archetype.traps)
