"""The command line: one module a command, each thin."""

from __future__ import annotations

import sys
from collections.abc import Sequence

__all__ = ["main"]


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command (`sys.argv` by default) and return its exit status; see `coach.cli.program.main`."""
    arguments = sys.argv[1:] if argv is None else list(argv)
    if arguments == ["--version"] and _printed_version():
        return 0
    from coach.cli import program

    return program.main(arguments)


def _printed_version() -> bool:
    """The one call that scripts make at every start needs no parser; false where it cannot be printed."""
    from coach._version import __version__

    try:
        sys.stdout.write(f"coach {__version__}\n")
        sys.stdout.flush()
    except (AttributeError, OSError):
        return False
    return True
