"""From where a model refused a value to the line and column of that value.

A validation error names its place by steps that are not all steps in the data: in a union it also names the
member that was tried. Model and data are therefore walked down together.
"""

from __future__ import annotations

from types import UnionType
from typing import Annotated, Any, Literal, NamedTuple, TypeGuard, Union, get_args, get_origin

from pydantic import BaseModel

from coach.knowledge.nodes import Node, Step


class Spot(NamedTuple):
    """Where an error lies."""

    node: Node
    """The value, or the mapping that lacks it."""
    steps: tuple[Step, ...]
    """The steps to it that are steps in the data; of a missing key the last is that key."""
    found: bool
    """Whether the last step leads to a value."""
    key_place: tuple[int, int]
    """Line and column of the last step's key, or of the value where it has none."""
    expected: Any
    """The type that is expected there."""
    parent: type[BaseModel] | None
    """The model of the mapping around it, where it is one."""
    members: tuple[tuple[tuple[Step, ...], str], ...]
    """Each undiscriminated union on the way: the steps to it, and the member that was tried."""


def locate(model: type[BaseModel], node: Node, where: tuple[Step, ...]) -> Spot:
    """Follow an error's steps through an entry."""
    expected: Any = model
    steps: tuple[Step, ...] = ()
    members: tuple[tuple[tuple[Step, ...], str], ...] = ()
    parent: type[BaseModel] | None = None
    found = True
    key_place = node.place()
    for step in where:
        if step == "[key]":
            # The fault is the key's own, not its value's.
            node = Node(steps[-1], *key_place)
            break
        choices = _choices(expected)
        if len(choices) > 1:
            tagged = [choice for choice in choices if _has_tag(choice, step)]
            if not tagged:
                members += ((steps, str(step)),)
                tagged = [choice for choice in choices if _has_name(choice, str(step))]
            expected = tagged[0] if tagged else Any
            continue
        kind = choices[0] if choices else Any
        parent = kind if _is_model(kind) else None
        expected = _below(kind, step)
        steps += (step,)
        child = node.children.get(step)
        found = child is not None
        if child is None:
            break
        key_place = node.keys.get(str(step), child.place())
        node = child
    return Spot(node, steps, found, key_place, expected, parent, members)


def _choices(expected: Any) -> tuple[Any, ...]:
    """What a value may be: the members of a union without null, else the type itself."""
    origin = get_origin(expected)
    if origin is Annotated:
        return _choices(get_args(expected)[0])
    if origin in (Union, UnionType):
        members = [member for member in get_args(expected) if member is not type(None)]
        return tuple(choice for member in members for choice in _choices(member))
    return (expected,)


def _has_tag(choice: Any, step: Step) -> bool:
    return _is_model(choice) and any(
        get_origin(field.annotation) is Literal and step in get_args(field.annotation)
        for field in choice.model_fields.values()
    )


def _has_name(choice: Any, name: str) -> bool:
    """Whether a member of a union goes by this name, `str` or `tuple[int,...]`, in an error."""
    return getattr(get_origin(choice) or choice, "__name__", "") == name.partition("[")[0]


def _below(kind: Any, step: Step) -> Any:
    if _is_model(kind):
        field = kind.model_fields.get(str(step))
        return Any if field is None else field.annotation
    arguments = get_args(kind)
    if get_origin(kind) is dict:
        return arguments[1]
    return arguments[0] if arguments else Any


def _is_model(kind: Any) -> TypeGuard[type[BaseModel]]:
    return isinstance(kind, type) and issubclass(kind, BaseModel)
