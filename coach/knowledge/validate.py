"""Entries held against their models."""

from __future__ import annotations

import json

from pydantic import BaseModel, ValidationError

from coach.knowledge.complaints import Complaint, merge_unions
from coach.knowledge.faults import Fault
from coach.knowledge.kinds import Kind
from coach.knowledge.locate import Spot, locate
from coach.knowledge.nodes import Node, key_path
from coach.knowledge.wording import either, unknown_key, words, wrong_type

MAX_COMPLAINTS = 100


def validate(kind: Kind, node: Node, path: str, name: str) -> tuple[BaseModel | None, list[Fault]]:
    """The entry as its model, or what is wrong with it; `name` is how faults name the entry.

    Validation is strict and goes through JSON: the same road that a compiled entry takes later.
    """
    model = kind.model()
    try:
        return model.model_validate_json(json.dumps(node.data), strict=True), []
    except ValidationError as refusal:
        errors = refusal.errors(include_url=False, include_input=False)[:MAX_COMPLAINTS]
        found = [Complaint(error, locate(model, node, error["loc"])) for error in errors]
    # A spoiled value has its fault told already.
    meant = [complaint for complaint in merge_unions(found) if not complaint.spot.node.spoiled]
    return None, [_fault(path, name, kind, complaint) for complaint in meant if not _is_echo(complaint)]


def _is_echo(complaint: Complaint) -> bool:
    """Whether a list is called too short only because some of its items were refused."""
    error, data = complaint.error, complaint.spot.node.data
    return bool(error["type"] == "too_short" and len(data) >= error["ctx"]["min_length"])


def _fault(path: str, name: str, kind: Kind, complaint: Complaint) -> Fault:
    error, spot = complaint.error, complaint.spot
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
    if complaint.accepted:
        message, hint = wrong_type(either(complaint.accepted), spot.node.data)
    else:
        message, hint = words(error, spot.node.data)
    return Fault(path, line, column, key, message, hint)


def _unknown(path: str, key: str, kind: Kind, spot: Spot) -> Fault:
    *above, last = spot.steps
    valid = sorted(spot.parent.model_fields) if spot.parent else []
    owner = key_path(None, tuple(above)) if above else f"a {kind.name}"
    message, hint = unknown_key(str(last), valid, owner)
    return Fault(path, *spot.key_place, key, message, hint)
