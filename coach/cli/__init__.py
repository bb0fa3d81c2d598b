"""The command line: one module a command, each thin."""

from __future__ import annotations

from coach.cli.program import main

__all__ = ["main"]
