"""A product of the user's own, described in a small YAML file or by options."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import Field

from coach.errors import UsageError
from coach.files import read_limited
from coach.knowledge.faults import KnowledgeFaults
from coach.knowledge.kinds import Kind
from coach.knowledge.models.base import Entry, Id, Text
from coach.knowledge.validate import validate
from coach.knowledge.yaml_reader import read_yaml

MOST_BYTES = 200_000
_Fraction = Annotated[float, Field(ge=-1, le=1)]


class Product(Entry):
    """What its owner says of a product; whatever is left out comes from its kind."""

    name: Text
    kind: Id | None = None
    """The archetype; told from the description where it is left out."""
    summary: Text | None = None
    job: Text | None = None
    users: tuple[Text, ...] = ()
    payer: Text | None = None
    affected: tuple[Text, ...] = ()
    segment: Text | None = None
    stage: Text | None = None
    why_ai: Text | None = None
    without_it: Text | None = None
    owner: Text | None = None
    """Who answers for the main metric."""
    baseline: Annotated[float, Field(ge=0, le=1)] | None = None
    """The main metric today, as a fraction: 0.35 for 35%."""
    smallest_effect: _Fraction | None = None
    """The smallest change of the main metric worth having, as a fraction: 0.03 for 3 points."""
    unit: Text | None = None
    """What is assigned to an arm: a user, an account, a ticket."""
    per_week: Annotated[int, Field(ge=1)] | None = None
    """Units that come by in a week, both arms together."""

    @property
    def description(self) -> str:
        """All that is said of it in one text, for telling its kind."""
        return ". ".join(text for text in (self.name, self.summary, self.job, *self.users) if text)


class _ProductKind(Kind):
    """A kind whose model lives here, above the knowledge."""

    def model(self) -> type[Product]:
        """The model that the file must fit."""
        return Product


_KIND = _ProductKind("product", "product", "", "")


def read_product(path: Path) -> Product:
    """A product from a YAML file. Raises `UsageError`, or `KnowledgeFaults` with every fault and its line."""
    content = read_limited(path, MOST_BYTES, "product")
    node, faults, _ = read_yaml(str(path), content)
    if faults:
        raise KnowledgeFaults(faults)
    if node is None or not isinstance(node.data, dict):
        raise UsageError(f"{path} describes no product: write `name:`, `users:` and `job:`, one a line")
    product, faults = validate(_KIND, node, str(path), "product")
    if product is None:
        raise KnowledgeFaults(faults)
    assert isinstance(product, Product)
    return product
