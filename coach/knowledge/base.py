"""The knowledge base: built-in knowledge with packs laid over it."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from coach.errors import UnknownIdError
from coach.knowledge import cache
from coach.knowledge.builtin import builtin_roots
from coach.knowledge.catalog import Catalog, MetricCatalog
from coach.knowledge.compiled import Compiled, decode
from coach.knowledge.faults import Fault, KnowledgeFaults
from coach.knowledge.fingerprint import compile_key, content_digest, stamp_key
from coach.knowledge.kinds import KINDS
from coach.knowledge.layers import Layer, place, read_layers
from coach.knowledge.nearest import nearest
from coach.knowledge.survey import Survey, survey

if TYPE_CHECKING:
    from pydantic import BaseModel

    from coach.knowledge.models.archetype import Archetype
    from coach.knowledge.models.case import Case
    from coach.knowledge.models.framework import Framework
    from coach.knowledge.models.lexicon import Concept
    from coach.knowledge.models.rubric import Rubric
    from coach.knowledge.models.rule import Fit, RuleSet

__all__ = ["Base", "Catalog", "MetricCatalog", "load_base"]


class Base:
    """Everything that is known, by kind and id. Entries are frozen and read when first asked for."""

    def __init__(self, compiled: Compiled, layers: Sequence[tuple[Path, ...]]) -> None:
        self._compiled, self._layers = compiled, tuple(layers)
        self.metrics = MetricCatalog(compiled, KINDS["metrics"])
        self.archetypes: Catalog[Archetype] = Catalog(compiled, KINDS["archetypes"])
        self.cases: Catalog[Case] = Catalog(compiled, KINDS["cases"])
        self.frameworks: Catalog[Framework] = Catalog(compiled, KINDS["frameworks"])
        self.rubrics: Catalog[Rubric] = Catalog(compiled, KINDS["rubrics"])
        self.rule_sets: Catalog[RuleSet] = Catalog(compiled, KINDS["rule_sets"])
        self.fits: Catalog[Fit] = Catalog(compiled, KINDS["fits"])
        self.concepts: Catalog[Concept] = Catalog(compiled, KINDS["concepts"])

    @property
    def digest(self) -> str:
        """A hash of all files that the knowledge was read from, in hexadecimal."""
        return self._compiled.digest

    def catalog(self, kind: str) -> Catalog[BaseModel]:
        """The catalog of a kind by its key: `metrics`, `cases`, …"""
        catalogs: dict[str, Catalog[BaseModel]] = {
            "metrics": self.metrics,
            "archetypes": self.archetypes,
            "cases": self.cases,
            "frameworks": self.frameworks,
            "rubrics": self.rubrics,
            "rule_sets": self.rule_sets,
            "fits": self.fits,
            "concepts": self.concepts,
        }
        return catalogs[kind]

    def find(self, id_: str) -> tuple[str, BaseModel]:
        """The key of the kind and the entry, whichever public kind has this id.

        Cases are looked at first, then archetypes, metrics, frameworks and rubrics. Raises `UnknownIdError`.
        """
        for kind in KINDS.values():
            if kind.public and id_ in self.catalog(kind.key):
                return kind.key, self.catalog(kind.key)[id_]
        raise UnknownIdError("id", id_, self.nearest(id_))

    def nearest(self, id_: str) -> tuple[str, ...]:
        """Up to three ids of any public kind that may have been meant, best first."""
        return nearest(id_, (known for kind in KINDS.values() if kind.public for known in self.catalog(kind.key)))

    def text(self, kind: str, id_: str) -> bytes:
        """An entry as compiled JSON, for digests. Raises `UnknownIdError`."""
        if id_ not in self.catalog(kind):
            raise UnknownIdError(KINDS[kind].name, id_, self.catalog(kind).nearest(id_))
        return self._compiled.text(kind, id_)

    def origin(self, kind: str, id_: str) -> tuple[str, int]:
        """The file and the line in which an entry was written. Raises `UnknownIdError`."""
        found = self._compiled.index.get(kind, {}).get(id_)
        if found is None:
            raise UnknownIdError(KINDS[kind].name, id_, self.catalog(kind).nearest(id_))
        return place(self._layers[found.layer], found.root, found.inside), found.line


def load_base(packs: Iterable[str | Path] = (), *, roots: Iterable[str | Path] | None = None) -> Base:
    """The built-in knowledge with packs laid over it in order.

    A pack is a folder, read with all folders below it, or one file. An entry replaces the one with the same
    id in an earlier layer. `roots` takes the place of the built-in folders. Raises `KnowledgeFaults`, which
    lists everything that is wrong with any of the files.
    """
    first = builtin_roots() if roots is None else tuple(Path(root) for root in roots)
    folders = [first, *((Path(pack),) for pack in _as_list(packs))]
    now = time.time_ns()
    found = [survey(roots) for roots in folders]
    stamps = stamp_key(found, now)
    return Base(_as_last_seen(found, stamps) or _as_written(found, stamps), folders)


def _as_last_seen(found: Sequence[Survey], stamps: str | None) -> Compiled | None:
    """What was compiled from these very files, if none of them has been touched since."""
    if stamps is None or any(layer.faults for layer in found):
        return None
    digest = cache.recall(stamps)
    return cache.fetch(compile_key(digest)) if digest else None


def _as_written(found: Sequence[Survey], stamps: str | None) -> Compiled:
    """What the files say, each of them read; compiled now unless it was before."""
    layers, faults = read_layers(found)
    if faults:
        raise KnowledgeFaults([*faults, *_faults_of_what_was_read(layers)])
    digest = content_digest(layers)
    key = compile_key(digest)
    compiled = cache.fetch(key) or _compile(layers, key, digest)
    if stamps is not None:
        cache.remember(stamps, digest)
    return compiled


def _compile(layers: Sequence[Layer], key: str, digest: str) -> Compiled:
    # Imported here because later starts need neither YAML nor the checks.
    from coach.knowledge.compiler import compile_layers

    content = compile_layers(layers, key, digest)
    cache.store(key, content)
    compiled = decode(content)
    assert compiled is not None, "what was just encoded can be decoded"
    return compiled


def _faults_of_what_was_read(layers: Sequence[Layer]) -> list[Fault]:
    from coach.knowledge.compiler import check_layers

    return check_layers(layers, links=False)[1]


def _as_list(packs: Iterable[str | Path]) -> list[str | Path]:
    return [packs] if isinstance(packs, (str, Path)) else list(packs)
