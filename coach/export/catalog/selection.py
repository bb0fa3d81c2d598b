"""Which metrics an export holds: `--select "layer:model,layer:agent,computable"`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import get_args

from coach.errors import UsageError
from coach.knowledge.base import Base
from coach.knowledge.models.formula import Derived, MetricRef, Procedure
from coach.knowledge.models.metric import Layer, Metric

_KINDS = get_args(Metric.model_fields["kind"].annotation)


@dataclass(frozen=True)
class Selection:
    """The metrics to export, in the catalog's order, and the knowledge that they were taken from."""

    metrics: tuple[Metric, ...]
    base: Base

    def __contains__(self, id_: object) -> bool:
        return any(metric.id == id_ for metric in self.metrics)

    @property
    def catalog(self) -> Mapping[str, Metric]:
        """All metrics by id, those too that were not selected: links may lead to them."""
        return self.base.metrics


def is_computable(metric: Metric, catalog: Mapping[str, Metric]) -> bool:
    """Whether events alone give the number: it is no procedure, nor derived from one."""
    if isinstance(metric.formula, Procedure):
        return False
    return all(is_computable(catalog[id_], catalog) for id_ in terms_of(metric))


def not_from_events(metric: Metric, catalog: Mapping[str, Metric]) -> str | None:
    """Why events alone cannot give the number; None where they can."""
    if is_computable(metric, catalog):
        return None
    kind = "a procedure" if isinstance(metric.formula, Procedure) else "derived from a procedure"
    return f"{kind}: events alone cannot give it"


def terms_of(metric: Metric) -> tuple[str, ...]:
    """The ids of the metrics that a derived one is made of."""
    if not isinstance(metric.formula, Derived):
        return ()
    return tuple(term.metric for term in metric.formula.terms.values() if isinstance(term, MetricRef))


def select(base: Base, query: str | None) -> Selection:
    """The metrics that a query names: ids, `layer:X`, `kind:X`, `archetype:X` and `computable`, by commas or spaces.

    Conditions of one sort widen the choice, those of different sorts narrow it; ids are added to what the
    conditions choose. Without a query, all. Raises `UsageError` for a word that means nothing and where
    nothing is chosen; `UnknownIdError` for an id that names no metric or archetype.
    """
    words = (query or "").replace(",", " ").split()
    named: set[str] = set()
    wanted: dict[str, set[str]] = {}
    for word in words:
        sort, colon, value = word.partition(":")
        if word == "computable":
            wanted.setdefault(word, set())
        elif not colon:
            named.add(base.metrics[word].id)
        else:
            wanted.setdefault(sort, set()).add(_known(base, sort, value))
    chosen = tuple(
        metric
        for metric in base.metrics.values()
        if metric.id in named or ((wanted or not words) and _fits(metric, wanted, base))
    )
    if not chosen:
        raise UsageError(f"--select {query!r} chooses no metric; `coach metrics list` lists all")
    return Selection(chosen, base)


def _known(base: Base, sort: str, value: str) -> str:
    known: dict[str, Iterable[str]] = {"layer": get_args(Layer), "kind": _KINDS, "archetype": base.archetypes}
    if sort not in known:
        raise UsageError(f"--select: unknown {sort!r}: write ids, layer:X, kind:X, archetype:X or computable")
    if sort == "archetype":
        return base.archetypes[value].id
    if value not in known[sort]:
        raise UsageError(f"--select: unknown {sort} {value!r}: it is one of {', '.join(known[sort])}")
    return value


def _fits(metric: Metric, wanted: Mapping[str, set[str]], base: Base) -> bool:
    def within(sort: str, *values: str) -> bool:
        return sort not in wanted or not wanted[sort].isdisjoint(values)

    return (
        within("layer", metric.layer)
        and within("kind", metric.kind)
        # A metric that names no kind of product fits any.
        and (not metric.archetypes or within("archetype", *metric.archetypes))
        and ("computable" not in wanted or is_computable(metric, base.metrics))
    )
