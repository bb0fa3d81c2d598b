"""Reading what the user names: a file, or `-` for standard input."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final

from coach.cli import output
from coach.errors import UsageError

MAX_BYTES: Final = 32 * 1024 * 1024
"""Of a single text; the scorer's own limit, in characters, is lower."""
_UTF16: Final = (b"\xff\xfe", b"\xfe\xff")
_BOM: Final = b"\xef\xbb\xbf"


@contextmanager
def binary_input(source: str) -> Iterator[tuple[BinaryIO, str]]:
    """The stream and the name to call it by in messages. Raises `UsageError` where it cannot be opened."""
    if source == "-":
        if sys.stdin is None:
            raise UsageError("standard input is closed")
        if sys.stdin.isatty():
            output.tell("reading from the keyboard; end with Ctrl-D on an empty line")
        yield sys.stdin.buffer, "standard input"
        return
    path = Path(source)
    if path.is_dir():
        raise UsageError(f"{source} is a folder: name a file in it")
    try:
        stream = path.open("rb")
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", None) or str(error)).lower()
        raise UsageError(f"cannot read {source}: {reason}") from None
    with stream:
        yield stream, source


def read_text(source: str) -> str:
    """A whole text in UTF-8, line ends as they are. Raises `UsageError`, which names the first bad byte."""
    with binary_input(source) as (stream, name):
        try:
            content = stream.read(MAX_BYTES + 1)
        except OSError as error:
            raise UsageError(f"cannot read {name}: {(error.strerror or str(error)).lower()}") from None
    if len(content) > MAX_BYTES:
        raise UsageError(f"{name} has more than {MAX_BYTES:,} bytes; score a shorter text or a part of it")
    if content.startswith(_UTF16):
        raise UsageError(f"{name} is UTF-16, not UTF-8: byte {content[0]:#04x} at offset 0; save it as UTF-8")
    try:
        return content.removeprefix(_BOM).decode()
    except UnicodeDecodeError as error:
        offset = error.start + len(content) - len(error.object)
        raise UsageError(
            f"{name} is not UTF-8: byte {content[offset]:#04x} at offset {offset}; save it as UTF-8"
        ) from None
