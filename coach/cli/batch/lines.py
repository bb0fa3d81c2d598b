"""Reading lines of any length and number without holding more than a few of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO, Final, NamedTuple

from coach.errors import UsageError

MAX_LINE_BYTES: Final = 8 * 1024 * 1024
"""Far beyond any answer: whatever is longer is not kept in memory."""
_BOM: Final = b"\xef\xbb\xbf"
_BLANK: Final = b" \t\r\n"


class RawLine(NamedTuple):
    """A line as it stands in the file."""

    number: int
    """From 1."""
    content: bytes | None
    """Without its line end; nothing where it is too long."""
    end: int
    """Bytes of the file up to the end of this line."""


def raw_lines(stream: BinaryIO, name: str, limit: int = MAX_LINE_BYTES) -> Iterator[RawLine]:
    """The lines of a stream; a blank one at its very end is left out.

    Raises `UsageError`, which gives the stream's name, if it cannot be read.
    """
    blank: RawLine | None = None
    for line in _all_lines(stream, name, limit):
        if blank is not None:
            yield blank
        blank = line if line.content is not None and not line.content.strip(_BLANK) else None
        if blank is None:
            yield line


def _all_lines(stream: BinaryIO, name: str, limit: int) -> Iterator[RawLine]:
    end = 0
    try:
        number = 1
        while content := stream.readline(limit + 1):
            end += len(content)
            too_long = len(content) > limit and not content.endswith(b"\n")
            while too_long and not content.endswith(b"\n"):
                # The rest of the line is read in pieces and forgotten.
                content = stream.readline(limit)
                end += len(content)
                if not content:
                    break
            if number == 1:
                content = content.removeprefix(_BOM)
            yield RawLine(number, None if too_long else content.rstrip(b"\r\n"), end)
            number += 1
    except OSError as error:
        raise UsageError(f"cannot read {name}: {(error.strerror or str(error)).lower()}") from None
