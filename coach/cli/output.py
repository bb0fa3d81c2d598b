"""What reaches the user: data on standard output, everything else on standard error, all of it harmless.

Answers, packs and ids come from outside and may hold sequences that command a terminal or reorder a line.
"""

from __future__ import annotations

import contextlib
import os
import re
import sys
from typing import TYPE_CHECKING, Any

from coach.errors import CoachError, KnowledgeError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pydantic import BaseModel

    from coach.cli.layout.blocks import Page

PIPE_WIDTH = 80
_NARROWEST = 20
_MOST_FAULTS = 100

# C0 but line feed and tab, DEL, C1, controls of direction, line separators, byte-order marks, half pairs.
_HARMFUL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)


def safe(text: str) -> str:
    """The text with every control character but line feed and tab shown as an escape such as `\\x1b`."""
    return _HARMFUL.sub(lambda found: ascii(found.group())[1:-1], text.replace("\r\n", "\n"))


def json_text(data: Any, indent: int | None = None) -> str:
    """Data as JSON: letters as they are, harmful signs as JSON's own escapes, so the data stays the same."""
    import json

    text = json.dumps(data, ensure_ascii=False, indent=indent, allow_nan=False)
    return _HARMFUL.sub(lambda found: f"\\u{ord(found.group()):04x}", text)


def json_document(data: Any) -> str:
    """Data as a whole JSON document."""
    return json_text(data, indent=2) + "\n"


def print_json(data: Any) -> None:
    """One JSON document on standard output."""
    print_bytes(json_document(data).encode())


def data_of(entry: BaseModel) -> dict[str, Any]:
    """An entry as plain data; numbers that JSON has not, such as infinity, are null."""
    import json

    data: dict[str, Any] = json.loads(entry.model_dump_json())
    return data


def print_bytes(content: bytes) -> None:
    """Bytes on standard output, after what was printed before; flushed by `main`."""
    sys.stdout.flush()
    sys.stdout.buffer.write(content)


def print_lines(lines: Iterable[str]) -> None:
    """Lines of data on standard output, not wrapped."""
    for line in lines:
        sys.stdout.write(f"{safe(line)}\n")


def export(text: str, path: str | None, *, force: bool) -> None:
    """An export, to a file or to standard output. Raises `UsageError` where the file cannot be written."""
    if path is None:
        print_bytes(text.encode("utf-8", errors="backslashreplace"))
        return
    from pathlib import Path

    from coach.export.output import write_text

    write_text(Path(path), text, force)
    tell(f"written to {path}")


def export_bytes(content: bytes, path: str | None, *, force: bool, binary: bool = False) -> None:
    """An export of any format, to a file or to standard output.

    Raises `UsageError` where the file cannot be written, and for `binary` content on a terminal.
    """
    if path is None:
        if binary and sys.stdout.isatty():
            raise UsageError("this format is not for a terminal: name a file with --out")
        print_bytes(content)
        return
    from pathlib import Path

    from coach.export.output import writing

    with writing(Path(path), force) as stream:
        stream.write(content)
    tell(f"written to {path}")


def print_page(page: Page) -> None:
    """A page on standard output: with colours on a terminal that takes them, else as plain text."""
    from coach.cli.layout.plain import plain_lines

    if not sys.stdout.isatty():
        # A table keeps one line a row, so that other programs can read it.
        text = "".join(f"{line}\n" for line in plain_lines(page, screen_width(), None))
    elif _colourless():
        width = screen_width()
        text = "".join(f"{line}\n" for line in plain_lines(page, width, width))
    else:
        from coach.cli.layout.coloured import coloured

        text = coloured(page, screen_width())
    sys.stdout.write(text)


def tell(text: str) -> None:
    """A remark or an error on standard error; silent where that is closed."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        sys.stderr.write(f"coach: {safe(text)}\n")
        sys.stderr.flush()


def tell_error(error: CoachError) -> None:
    """An error on standard error; faults of knowledge files one a line."""
    lines = str(error).splitlines()
    if isinstance(error, KnowledgeError) and len(lines) > 1:
        more = len(lines) - _MOST_FAULTS
        rest = [f"… and {more} more; `coach lint PATH` lists all"] if more > 0 else []
        lines = [f"the knowledge files have {len(lines)} faults:", *lines[:_MOST_FAULTS], *rest]
    tell("\n".join(lines))


def os_error(error: OSError) -> str:
    """What the system refused, and on which file."""
    reason = (error.strerror or type(error).__name__).lower()
    return f"{error.filename}: {reason}" if error.filename else f"cannot write the output: {reason}"


def prepare() -> None:
    """Let standard output take any character, whatever its encoding. Raises `UsageError` if it is closed."""
    if sys.stdout is None:
        raise UsageError("standard output is closed")
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="backslashreplace")


def settle() -> None:
    """After a failure: print what can still be printed, and forget the rest.

    Otherwise the interpreter would complain at its end of what it could not write.
    """
    try:
        sys.stdout.flush()
    except (OSError, ValueError):
        with contextlib.suppress(OSError, ValueError):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, sys.stdout.fileno())
            os.close(nowhere)


def _colourless() -> bool:
    return bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"


def screen_width() -> int:
    """The width of the screen, or of a page in a pipe; `COLUMNS` wins, as everywhere."""
    told = os.environ.get("COLUMNS", "")
    if told.isdecimal() and int(told):
        return max(_NARROWEST, int(told))
    # `shutil` has this too, and brings compressors with it that cost more than the rest of a start.
    with contextlib.suppress(OSError, ValueError, AttributeError):
        return max(_NARROWEST, os.get_terminal_size(sys.stdout.fileno()).columns or PIPE_WIDTH)
    return PIPE_WIDTH
