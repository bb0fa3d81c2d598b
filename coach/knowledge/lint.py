"""Checking knowledge files: everything that would keep them from loading, and what makes content bad."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from coach.knowledge.builtin import builtin_roots
from coach.knowledge.checks import cases, metrics, products, rubrics
from coach.knowledge.checks.corpus import Check, Corpus
from coach.knowledge.compiler import check_layers
from coach.knowledge.faults import Fault
from coach.knowledge.layers import read_layers
from coach.knowledge.survey import survey

CHECKS: tuple[Check, ...] = (*metrics.CHECKS, *cases.CHECKS, *products.CHECKS, *rubrics.CHECKS)


def lint(
    paths: Iterable[str | Path],
    *,
    roots: Iterable[str | Path] | None = None,
    checks: Iterable[Check] = CHECKS,
) -> list[Fault]:
    """Every fault of the packs, laid over the built-in knowledge in the order given; sorted by place.

    A path to the built-in knowledge or into it checks that itself. `roots` takes the place of the built-in
    folders. Nothing is raised for what the files hold.
    """
    given = [Path(path) for path in paths]
    first = builtin_roots() if roots is None else tuple(Path(root) for root in roots)
    built_in = [path for path in given if any(_lies_in(path, root) for root in first)]
    packs = [path for path in given if path not in built_in]
    layers, faults = read_layers([survey(folder) for folder in (first, *((pack,) for pack in packs))])
    entries, found = check_layers(layers, links=not faults)
    checked = frozenset(range(0 if built_in else 1, len(layers)))
    corpus = Corpus(entries, checked)
    faults += found
    faults += (fault for check in checks for fault in check(corpus))
    if built_in and not packs:
        faults = [fault for fault in faults if any(_lies_in(Path(fault.path), path) for path in built_in)]
    return sorted({_as_given(fault, given) for fault in faults})


def _lies_in(path: Path, folder: Path) -> bool:
    return path.resolve().is_relative_to(folder.resolve())


def _as_given(fault: Fault, given: Iterable[Path]) -> Fault:
    """The fault with its path starting as the user wrote it."""
    for path in given:
        if _lies_in(Path(fault.path), path):
            inside = Path(fault.path).resolve().relative_to(path.resolve())
            return fault._replace(path=str(path / inside))
    return fault
