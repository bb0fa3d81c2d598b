"""Entries held against their models."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel, ValidationError

from coach.knowledge.faults import Fault
from coach.knowledge.kinds import Kind
from coach.knowledge.locate import Spot, locate
from coach.knowledge.nodes import Node, key_path
from coach.knowledge.wording import expected_type, unknown_key, words, wrong_type


def validate(kind: Kind, node: Node, path: str, name: str) -> tuple[BaseModel | None, list[Fault]]:
    """The entry as its model, or what is wrong with it; `name` is how faults name the entry.

    Validation is strict and goes through JSON: the same road that a compiled entry takes later.
    """
    model = kind.model()
    try:
        return model.model_validate_json(json.dumps(node.data), strict=True), []
    except ValidationError as refusal:
        errors = [(error, locate(model, node, error["loc"])) for error in refusal.errors(include_url=False)]
    faults = []
    for error, spot, also in _merge_union_members(errors):
        if spot.found and spot.node.spoiled:
            continue
        faults.append(_fault(path, name, kind, error, spot, also))
    # An entry with nothing but spoiled values has its faults told already.
    return None, faults


def _fault(path: str, name: str, kind: Kind, error: Any, spot: Spot, also: list[str]) -> Fault:
    key = key_path(None, (name, *spot.steps))
    line, column = spot.node.place()
    match error["type"]:
        case "missing":
            return Fault(path, line, column, key, "is missing")
        case "extra_forbidden":
            return _unknown(path, key, kind, spot)
        case "union_tag_not_found":
            tag = str(error["ctx"]["discriminator"]).strip("'")
            return Fault(path, line, column, f"{key}.{tag}", "is missing")
        case "union_tag_invalid":
            tag = str(error["ctx"]["discriminator"]).strip("'")
            child = spot.node.children.get(tag, spot.node)
            message, hint = words(error, child.data)
            return Fault(path, child.line, child.column, f"{key}.{tag}", message, hint)
    if also:
        message, hint = wrong_type(" or ".join(also), spot.node.data)
    else:
        message, hint = words(error, spot.node.data)
    return Fault(path, line, column, key, message, hint)


def _unknown(path: str, key: str, kind: Kind, spot: Spot) -> Fault:
    *above, last = spot.steps
    valid = sorted(spot.parent.model_fields) if spot.parent else []
    owner = key_path(None, tuple(above)) if above else f"a {kind.name}"
    message, hint = unknown_key(str(last), valid, owner)
    return Fault(path, *spot.key_place, key, message, hint)


def _merge_union_members(errors: Iterable[tuple[Any, Spot]]) -> list[tuple[Any, Spot, list[str]]]:
    """One complaint where a value fits no member of a union, in place of one for each member.

    Of members that are records, the one with the fewest complaints is taken to be meant.
    """
    merged: list[tuple[Any, Spot, list[str]]] = []
    unions: dict[Any, dict[str, list[tuple[Any, Spot]]]] = {}
    for error, spot in errors:
        if spot.members:
            steps, member = spot.members[0]
            unions.setdefault(steps, {}).setdefault(member, []).append((error, spot))
        else:
            merged.append((error, spot, []))
    for steps, members in unions.items():
        at_value = [
            expected_type(error["type"])
            for found in members.values()
            for error, spot in found
            if spot.steps == steps
        ]
        if len(at_value) >= len(members) and all(at_value):
            error, spot = next(iter(members.values()))[0]
            merged.append((error, spot, list(dict.fromkeys(at_value))))
        else:
            deeper = [found for found in members.values() if any(spot.steps != steps for _, spot in found)]
            best = min(deeper or members.values(), key=len)
            merged += [(error, spot, []) for error, spot in best]
    return merged
