"""What is asked of archetypes and frameworks, and of ids across kinds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from coach.knowledge.checks.corpus import Check, Corpus
from coach.knowledge.entries import Written
from coach.knowledge.faults import Fault
from coach.knowledge.kinds import KINDS
from coach.knowledge.models.archetype import Archetype
from coach.knowledge.models.framework import Cell, Framework
from coach.knowledge.models.metric import Metric
from coach.knowledge.nearest import did_you_mean
from coach.knowledge.nodes import Step

GENERIC = "generic"


def main_metrics_are_rivals(corpus: Corpus) -> Iterator[Fault]:
    """The candidates for an archetype's main metric are different metrics, and none keeps itself honest."""
    for entry, archetype in corpus.chosen(Archetype):
        seen: set[str] = set()
        for position, candidate in enumerate(archetype.main_metrics):
            for key, name in (("metric", candidate.metric), ("name", candidate.name.casefold())):
                if name is not None and f"{key} {name}" in seen:
                    yield entry.fault(f"{name} stands twice", at=("main_metrics", position, key))
                seen.add(f"{key} {name}")
            if candidate.metric is not None and candidate.metric in candidate.countered_by:
                yield entry.fault("holds the metric itself", at=("main_metrics", position, "countered_by"))


def metrics_fit_archetypes(corpus: Corpus) -> Iterator[Fault]:
    """No metric that an archetype names, be it as a counterweight, says that it fits other archetypes only."""
    metrics = {metric.id: metric for _, metric in corpus.all(Metric)}
    for entry, archetype in corpus.chosen(Archetype):
        # The fallback stands for every kind, so every metric may serve there.
        if archetype.id == GENERIC:
            continue
        for at, id_ in _named(archetype):
            metric = metrics.get(id_)
            if metric is not None and metric.archetypes and archetype.id not in metric.archetypes:
                message = f"{id_} says that it fits other archetypes only"
                yield entry.fault(message, f"add {archetype.id} to its archetypes", at=at)


def metrics_fit_models(corpus: Corpus) -> Iterator[Fault]:
    """No metric says that it fits an archetype none of whose kinds of model it can be taken of."""
    archetypes = {archetype.id: archetype for _, archetype in corpus.all(Archetype)}
    for entry, metric in corpus.chosen(Metric):
        for position, id_ in enumerate(metric.archetypes):
            archetype = archetypes.get(id_)
            if archetype is None or archetype.id == GENERIC or not metric.model_kinds:
                continue
            kinds = (archetype.model_kind, *archetype.other_kinds)
            if not set(kinds) & set(metric.model_kinds):
                message = f"{id_} has models of the kinds {', '.join(kinds)}, and the metric is for others"
                yield entry.fault(message, "take it out, or add a kind to model_kinds", at=("archetypes", position))


def _named(archetype: Archetype) -> Iterator[tuple[tuple[Step, ...], str]]:
    for key in ("main_metrics", "quality", "operations"):
        for position, use in enumerate(getattr(archetype, key)):
            if use.metric is not None:
                yield (key, position, "metric"), use.metric
    for position, candidate in enumerate(archetype.main_metrics):
        for place, id_ in enumerate(candidate.countered_by):
            yield ("main_metrics", position, "countered_by", place), id_


def cells_differ(corpus: Corpus) -> Iterator[Fault]:
    """No cell id stands twice in a framework, and no metric twice in a cell."""
    for entry, framework in corpus.chosen(Framework):
        seen: set[str] = set()
        for position, cell in enumerate(framework.cells):
            if cell.id in seen:
                yield entry.fault(f"{cell.id} stands twice", at=("cells", position, "id"))
            seen.add(cell.id)
            if len(set(cell.metrics)) < len(cell.metrics):
                yield entry.fault("a metric stands twice", at=("cells", position, "metrics"))


def cells_hang_together(corpus: Corpus) -> Iterator[Fault]:
    """Cells hang from cells of the same framework and never in a circle; a dashboard shows metrics of its cell."""
    for entry, framework in corpus.chosen(Framework):
        cells = {cell.id: cell for cell in framework.cells}
        for position, cell in enumerate(framework.cells):
            if cell.under is not None and cell.under not in cells:
                hint = did_you_mean(cell.under, cells)
                yield entry.fault(f"there is no cell {cell.under!r}", hint, at=("cells", position, "under"))
            elif cell.id in _above(cell, cells):
                yield entry.fault("hangs from itself", at=("cells", position, "under"))
            for place, metric in enumerate(cell.dashboard):
                if metric not in cell.metrics:
                    message = f"{metric} is no metric of this cell"
                    yield entry.fault(message, at=("cells", position, "dashboard", place))


def _above(cell: Cell, cells: Mapping[str, Cell]) -> set[str]:
    """The ids of the cells that a cell hangs from, near and far."""
    above: set[str] = set()
    under = cell.under
    while under is not None and under not in above and under in cells:
        above.add(under)
        under = cells[under].under
    return above


def ids_name_one_thing(corpus: Corpus) -> Iterator[Fault]:
    """No id is used by two kinds that people look up by id alone."""
    owners: dict[str, Written] = {}
    public = [known for key, known in corpus.entries.items() if KINDS[key].public]
    everything = [entry for known in public for entry in known.values()]
    for entry in sorted(everything, key=lambda entry: entry.layer in corpus.checked):
        first = owners.setdefault(entry.id, entry)
        if first is not entry and entry.layer in corpus.checked:
            message = f"a {first.kind.name} has this id too ({first.path}:{first.node.line})"
            yield entry.fault(message, "rename one of the two", at=("id",))


CHECKS: tuple[Check, ...] = (
    main_metrics_are_rivals,
    metrics_fit_archetypes,
    metrics_fit_models,
    cells_differ,
    cells_hang_together,
    ids_name_one_thing,
)
