"""What every entry of the knowledge base shares."""

from __future__ import annotations

from typing import Annotated, Any, NoReturn, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints


class Entry(BaseModel):
    """A frozen record that refuses keys it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


K = TypeVar("K")
V = TypeVar("V")


class FrozenDict(dict[K, V]):
    """A dictionary that cannot be changed, since freezing a record leaves its dictionaries open."""

    def _refuse(self, *_: Any, **__: Any) -> NoReturn:
        raise TypeError("entries of the knowledge base cannot be changed")

    __setitem__ = __delitem__ = __ior__ = _refuse
    clear = pop = popitem = setdefault = update = _refuse

    def __reduce__(self) -> tuple[type[FrozenDict[K, V]], tuple[dict[K, V]]]:
        return FrozenDict, (dict(self),)


Frozen = AfterValidator(FrozenDict)
"""Makes a dictionary field immutable: `Annotated[dict[str, int], Frozen]`."""

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=64)]
"""A stable identifier: lower-case words and digits joined by single hyphens."""

EventName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$", max_length=64)]
"""An event or field name as a warehouse would hold it: snake_case, no double underscore."""

Text = Annotated[str, StringConstraints(min_length=1)]
"""Prose; never empty."""
