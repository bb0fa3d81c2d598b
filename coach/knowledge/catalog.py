"""Entries by id, read when first asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast, overload

from coach.errors import UnknownIdError
from coach.knowledge.compiled import Compiled
from coach.knowledge.kinds import Kind
from coach.knowledge.nearest import nearest

if TYPE_CHECKING:
    from coach.knowledge.models.metric import Metric

T = TypeVar("T", covariant=True)
D = TypeVar("D")


class Catalog(Mapping[str, T], Generic[T]):
    """The entries of one kind by id, in the order of the files.

    An entry is validated into its frozen model when it is first asked for; iterating over ids, `len` and `in`
    cost nothing. An id that is not there raises `UnknownIdError`, which names the nearest.
    """

    def __init__(self, compiled: Compiled, kind: Kind) -> None:
        self._compiled, self._kind = compiled, kind
        self._ids = compiled.index.get(kind.key, {})
        self._read: dict[str, Any] = {}

    def __getitem__(self, id_: str) -> T:
        if id_ not in self._read:
            if id_ not in self._ids:
                raise UnknownIdError(self._kind.name, str(id_), self.nearest(str(id_)))
            text = self._compiled.text(self._kind.key, id_)
            self._read[id_] = self._kind.model().model_validate_json(text, strict=True)
        return cast(T, self._read[id_])

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)

    def __contains__(self, id_: object) -> bool:
        return id_ in self._ids

    @overload
    def get(self, id_: str, /) -> T | None: ...

    @overload
    def get(self, id_: str, /, default: D) -> T | D: ...

    def get(self, id_: str, /, default: D | None = None) -> T | D | None:
        """The entry, or the default where there is none; nothing near is looked for."""
        return self[id_] if id_ in self._ids else default

    def nearest(self, id_: str) -> tuple[str, ...]:
        """Up to three ids that may have been meant, best first."""
        return nearest(id_, self._ids)

    def __repr__(self) -> str:
        return f"<{self._kind.key}: {len(self)}>"


class MetricCatalog(Catalog["Metric"]):
    """The metrics, which can be searched."""

    def search(self, text: str, limit: int = 10) -> tuple[Metric, ...]:
        """Metrics whose id, name, alias or abbreviation the text is, begins or nearly is; best first."""
        from coach.knowledge.search import search

        return tuple(self[id_] for id_ in search(self._compiled.names, text, limit))
