"""One line of a batch, read with suspicion."""

from __future__ import annotations

import json
import re
from typing import Any, Final, NamedTuple, NoReturn

from coach.cli.batch.lines import MAX_LINE_BYTES

_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_TYPES: Final = {
    dict: "an object",
    list: "a list",
    str: "text",
    bool: "true or false",
    int: "a number",
    float: "a number",
    type(None): "null",
}


class Request(NamedTuple):
    """An answer to be scored; exactly one of `case` and `prompt` is given."""

    id: str
    answer: str
    case: str | None
    prompt: str | None
    rubric: str | None


class LineError(Exception):
    """Why a line cannot be scored, and its id if that could be read."""

    def __init__(self, message: str, id_: str | None = None) -> None:
        self.id = id_
        super().__init__(message)


def read_request(content: bytes | None) -> Request:
    """The request of a line. Keys that it need not have are not looked at. Raises `LineError`."""
    if content is None:
        raise LineError(f"the line has more than {MAX_LINE_BYTES:,} bytes; shorten it")
    data = _parsed(content)
    id_ = data.get("id")
    known_id = id_ if isinstance(id_, str) else None
    try:
        case, prompt = _optional(data, "case"), _optional(data, "prompt")
        request = Request(_text(data, "id"), _text(data, "answer"), case, prompt, _optional(data, "rubric"))
    except LineError as error:
        raise LineError(str(error), known_id) from None
    if (case is None) == (prompt is None):
        both = 'gives both "case" and "prompt"; leave one out'
        raise LineError(both if case is not None else 'gives neither "case" nor "prompt"; add one', known_id)
    return request


def _parsed(content: bytes) -> dict[str, Any]:
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        byte = content[error.start]
        raise LineError(f"not UTF-8: byte {byte:#04x} at offset {error.start} of the line") from None
    if not text.strip():
        raise LineError("the line is blank")
    try:
        data = json.loads(text, object_pairs_hook=_without_doubles, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        raise LineError(f"not JSON: {error.msg.lower()} at column {error.colno}") from None
    except RecursionError:
        raise LineError("not usable: lists or objects within one another too deeply") from None
    except ValueError:
        # Numbers with thousands of digits.
        raise LineError("not usable: a number in it has too many digits") from None
    if not isinstance(data, dict):
        raise LineError(f"must be a JSON object, not {_TYPES[type(data)]}")
    return data


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    data = dict(pairs)
    if len(data) < len(pairs):
        keys = [key for key, _ in pairs]
        double = next(key for key in data if keys.count(key) > 1)
        id_ = data.get("id")
        # Of two ids neither is the line's own.
        known_id = id_ if isinstance(id_, str) and keys.count("id") == 1 else None
        raise LineError(f'has the key "{double[:60]}" more than once', known_id)
    return data


def _no_number(name: str) -> NoReturn:
    raise LineError(f"not JSON: {name} is no number")


def _text(data: dict[str, Any], key: str) -> str:
    if key not in data:
        raise LineError(f'lacks the key "{key}"')
    return _must_be_text(data, key)


def _optional(data: dict[str, Any], key: str) -> str | None:
    """A text that may be missing; null counts as missing, since many programs write it so."""
    return None if data.get(key) is None else _must_be_text(data, key)


def _must_be_text(data: dict[str, Any], key: str) -> str:
    value = data[key]
    if not isinstance(value, str):
        raise LineError(f'"{key}" must be text, not {_TYPES[type(value)]}')
    # Half of a surrogate pair is no text. One sign for one keeps the offsets of evidence right.
    return value if key == "id" else _SURROGATE.sub("\ufffd", value)
