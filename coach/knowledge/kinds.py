"""The kinds of entry: the one table that says which top-level key holds what."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple, cast

if TYPE_CHECKING:
    from pydantic import BaseModel

_MODELS = "coach.knowledge.models"


class Kind(NamedTuple):
    """A top-level key of the YAML files, and what its list holds."""

    key: str
    """The top-level key: `metrics`."""
    name: str
    """One of them, for messages: `metric`."""
    module: str
    model_name: str
    public: bool = True
    """Whether people look such entries up by id; the others serve the scorer."""

    def model(self) -> type[BaseModel]:
        """The model that an entry must fit; imported when first asked for, since pydantic is slow to load."""
        return cast("type[BaseModel]", getattr(import_module(f"{_MODELS}.{self.module}"), self.model_name))


# Public kinds stand in the order in which an id is looked for when only the id is known.
KINDS: dict[str, Kind] = {
    kind.key: kind
    for kind in (
        Kind("cases", "case", "case", "Case"),
        Kind("archetypes", "archetype", "archetype", "Archetype"),
        Kind("metrics", "metric", "metric", "Metric"),
        Kind("frameworks", "framework", "framework", "Framework"),
        Kind("rubrics", "rubric", "rubric", "Rubric"),
        Kind("rule_sets", "rule set", "rule", "RuleSet", public=False),
        Kind("fits", "fit", "rule", "Fit", public=False),
        Kind("concepts", "concept", "lexicon", "Concept", public=False),
    )
}
