"""One draft as a file: how it is written, read, and pieced together when it is broken."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar

from coach.practice.models import Draft

_T = TypeVar("_T")

VERSION = 1
_WRITER = re.compile(r"[0-9a-f]{1,16}")
_PLAIN_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+){0,63}")
_STRING_PART = re.compile(r'[^"\\]+|\\u[0-9a-fA-F]{4}|\\["\\/bfnrt]')


@dataclass(frozen=True)
class Stored:
    """A draft with what tells two writers apart."""

    draft: Draft
    writer: str
    """Which open program wrote it."""
    revision: str
    """Different for every save."""


def file_stem(case: str) -> str:
    """A file name for a case: its id, or a digest of what is no plain id."""
    if len(case) <= 64 and _PLAIN_NAME.fullmatch(case):
        return case
    return "x_" + hashlib.sha256(case.encode("utf-8", errors="surrogatepass")).hexdigest()[:32]


def encode(stored: Stored) -> bytes:
    """The file's content. The text stands last, so that a file cut short loses the end of the text alone."""
    draft = stored.draft
    fields = {
        "version": VERSION,
        "case": draft.case,
        "seconds_spent": draft.seconds_spent,
        "hints_used": draft.hints_used,
        "saved_at": draft.saved_at.isoformat(),
        "writer": stored.writer,
        "revision": stored.revision,
        "text": draft.text,
    }
    # ASCII escapes carry lone surrogates, which UTF-8 cannot.
    return (json.dumps(fields, indent=1) + "\n").encode("ascii")


def decode(data: bytes) -> Stored | None:
    """The draft in a file's content; None if it is damaged."""
    try:
        fields = json.loads(data)
        draft = Draft(
            case=_typed(fields["case"], str),
            text=_typed(fields["text"], str),
            seconds_spent=_typed(fields["seconds_spent"], int),
            hints_used=_typed(fields["hints_used"], int),
            saved_at=datetime.fromisoformat(fields["saved_at"]).astimezone(UTC),
        )
        writer = _typed(fields["writer"], str)
        return Stored(draft, writer if _WRITER.fullmatch(writer) else "0", _typed(fields["revision"], str))
    except (ValueError, TypeError, KeyError, RecursionError):
        return None


def salvage(data: bytes) -> str:
    """What can still be read of the text in a damaged file; empty if nothing can."""
    content = data.decode("utf-8", errors="ignore").replace("\x00", "")
    if (start := re.search(r'"text"\s*:\s*"', content)) is not None:
        return _json_string(content, start.end()).strip()
    # Not our JSON at all: perhaps a text that somebody put there by hand.
    return "" if content.lstrip().startswith(("{", "[")) else content.strip()


def _typed(value: object, kind: type[_T]) -> _T:
    if not isinstance(value, kind):
        raise TypeError(kind.__name__)
    return value


def _json_string(content: str, start: int) -> str:
    parts: list[str] = []
    while (match := _STRING_PART.match(content, start)) is not None:
        parts.append(match.group())
        start = match.end()
    return str(json.loads('"' + "".join(parts) + '"', strict=False))
