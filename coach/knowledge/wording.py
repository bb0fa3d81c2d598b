"""A model's complaints in plain words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from coach.knowledge.faults import printable
from coach.knowledge.models.base import EventName, Id
from coach.knowledge.models.formula import Window
from coach.knowledge.nearest import did_you_mean, nearest

_SHOWN = 60

_TYPES = {
    "string_type": "text",
    "int_type": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false",
    "tuple_type": "a list",
    "list_type": "a list",
    "set_type": "a list",
    "frozen_set_type": "a list",
    "dict_type": "keys with values",
    "mapping_type": "keys with values",
    "model_type": "keys with values",
    "model_attributes_type": "keys with values",
    "dataclass_type": "keys with values",
    "none_required": "nothing",
}

_BOUNDS = {
    "greater_than": ("gt", "above"),
    "greater_than_equal": ("ge", "at least"),
    "less_than": ("lt", "below"),
    "less_than_equal": ("le", "at most"),
}


def _pattern(annotated: Any) -> str:
    return next(str(part.pattern) for part in annotated.__metadata__ if getattr(part, "pattern", None))


_PATTERNS = {
    _pattern(Id): "must be lower-case words and digits joined by single hyphens",
    _pattern(EventName): "must be lower-case words and digits joined by single underscores",
    _pattern(Window): "must be a span of time such as 30min, 48h, 7d, 4w or 3mo",
}


def kind_of(value: Any) -> str:
    """What a value is, in words."""
    match value:
        case None:
            return "nothing"
        case bool():
            return "true or false"
        case int() | float():
            return "a number"
        case str():
            return "text"
        case list():
            return "a list"
        case dict():
            return "keys with values"
    return "something else"


def quoted(value: Any) -> str:
    """A value as it may be shown in a message: short and harmless."""
    if isinstance(value, (dict, list)) or value is None:
        return kind_of(value)
    text = printable(str(value))
    return f"{text[:_SHOWN]}…" if len(text) > _SHOWN else text


def wrong_type(expected: str, value: Any) -> tuple[str, str]:
    """What to say of a value of the wrong type, and what to do."""
    if value is None:
        return f"is empty; expected {expected}", ""
    if expected == "text" and isinstance(value, (bool, int, float)):
        return f"must be text, but is read as {kind_of(value)}", "put it in quotes"
    if isinstance(value, str) and expected != "text":
        hint = "remove its quotes" if expected in ("a number", "a whole number", "true or false") else ""
        return f"must be {expected}, not text", hint
    return f"must be {expected}, not {kind_of(value)}", ""


def either(types: Sequence[str]) -> str:
    """Several types in words; a number includes a whole one."""
    named = [name for name in types if name != "a whole number" or "a number" not in types]
    return " or ".join([", ".join(named[:-1]), named[-1]]) if len(named) > 1 else named[0]


def expected_type(error_type: str) -> str:
    """What a type error asked for, in words; empty for errors of another sort."""
    return _TYPES.get(error_type, "")


def words(error: dict[str, Any], value: Any) -> tuple[str, str]:
    """Message and hint for one complaint about a value."""
    type_, context = str(error["type"]), error.get("ctx", {})
    if expected := expected_type(type_):
        return wrong_type(expected, value)
    if type_ in _BOUNDS:
        name, phrase = _BOUNDS[type_]
        return f"must be {phrase} {context[name]:g}, but is {quoted(value)}", ""
    special = _SPECIAL.get(type_)
    return special(context, value) if special else (_fallback(str(error["msg"])), "")


def _literal(context: dict[str, Any], value: Any) -> tuple[str, str]:
    expected = context.get("expected") or context.get("expected_tags") or ""
    names = [name.strip().strip("'") for name in str(expected).replace("' or '", "', '").split(", ")]
    if isinstance(value, (dict, list)) or value is None:
        return f"must be one of {', '.join(names)}, not {kind_of(value)}", ""
    hint = did_you_mean(str(value), names)
    return f"must be one of {', '.join(names)}, but is {quoted(value)}", hint


def _pattern_mismatch(context: dict[str, Any], value: Any) -> tuple[str, str]:
    pattern = str(context["pattern"])
    return f"{_PATTERNS.get(pattern, f'must match {pattern}')}, but is {quoted(value)}", ""


def _too_short(context: dict[str, Any], _: Any) -> tuple[str, str]:
    return f"needs at least {_entries(context['min_length'])}, has {context['actual_length']}", ""


def _too_long(context: dict[str, Any], _: Any) -> tuple[str, str]:
    return f"may have at most {_entries(context['max_length'])}, has {context['actual_length'] or 'more'}", ""


def _text_too_short(context: dict[str, Any], _: Any) -> tuple[str, str]:
    least = context["min_length"]
    return ("must not be empty" if least == 1 else f"must have at least {least} characters"), ""


def _text_too_long(context: dict[str, Any], _: Any) -> tuple[str, str]:
    return f"may have at most {context['max_length']} characters", ""


def _own_words(context: dict[str, Any], _: Any) -> tuple[str, str]:
    return _sentence(str(context.get("error", ""))), ""


_SPECIAL: dict[str, Callable[[dict[str, Any], Any], tuple[str, str]]] = {
    "literal_error": _literal,
    "enum": _literal,
    "union_tag_invalid": _literal,
    "string_pattern_mismatch": _pattern_mismatch,
    "too_short": _too_short,
    "too_long": _too_long,
    "string_too_short": _text_too_short,
    "string_too_long": _text_too_long,
    "value_error": _own_words,
    "assertion_error": _own_words,
    "int_from_float": lambda _, value: (f"must be a whole number, but is {quoted(value)}", ""),
}


def _entries(count: int) -> str:
    return "1 entry" if count == 1 else f"{count} entries"


def _sentence(text: str) -> str:
    return printable(text.strip()) or "is not valid"


def _fallback(message: str) -> str:
    return _sentence(message.removeprefix("Input ").removeprefix("Value "))


def unknown_key(key: str, valid: list[str], owner: str) -> tuple[str, str]:
    """Message and hint for a key that nothing knows."""
    near = nearest(key, valid, limit=1)
    hint = f"did you mean {near[0]}?" if near else f"known keys: {', '.join(valid)}" if valid else ""
    return f"is no key of {owner}", hint
