"""What checks look at: all entries, with those singled out that are being checked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple, TypeVar

from pydantic import BaseModel

from coach.knowledge.entries import Entries, Written
from coach.knowledge.faults import Fault

M = TypeVar("M", bound=BaseModel)


class Corpus(NamedTuple):
    """The entries after all layers, and the layers whose content is checked."""

    entries: Entries
    checked: frozenset[int]

    def all(self, model: type[M]) -> Iterator[tuple[Written, M]]:
        """Every entry of a kind that fits its model."""
        for known in self.entries.values():
            for entry in known.values():
                if isinstance(entry.model, model):
                    yield entry, entry.model

    def chosen(self, model: type[M]) -> Iterator[tuple[Written, M]]:
        """Those of them that are being checked."""
        return ((entry, value) for entry, value in self.all(model) if entry.layer in self.checked)


Check = Callable[[Corpus], Iterable[Fault]]
"""One thing to ask; its docstring says what."""
