"""Where the built-in knowledge lies: inside an installed package, or at the top of a checkout."""

from __future__ import annotations

from pathlib import Path

from coach.errors import KnowledgeError

_FOLDERS = ("casebank", "rubrics")


def builtin_roots() -> tuple[Path, ...]:
    """The folders with the built-in knowledge, found from any working directory."""
    package = Path(__file__).resolve().parents[1]
    for home in (package / "_knowledge", package.parent):
        roots = tuple(home / folder for folder in _FOLDERS)
        if all(root.is_dir() for root in roots):
            return roots
    raise KnowledgeError(f"the built-in knowledge is missing from {package}; install metric-coach again")
