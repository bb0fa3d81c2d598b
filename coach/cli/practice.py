"""`coach` and `coach practice`: open the terminal app."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable
from importlib import import_module

from coach.cli.arguments import Commands, add_command, add_packs
from coach.errors import UsageError

# Named in words, because no other command may come to import the app's library.
_APP = "coach.tui.app"


def add(commands: Commands) -> None:
    """Add `practice`."""
    parser = add_command(
        commands,
        "practice",
        run,
        help="open the terminal app on a case",
        about="Open the terminal app on a case; without one, on the case recommended next.",
        example="coach practice\ncoach practice crm-writing-assistant",
    )
    parser.add_argument("case", metavar="CASE", nargs="?", help="the case's id, from `coach cases`")
    add_packs(parser)


def run(args: Namespace) -> int:
    """Open the app on a case."""
    return _open(case=args.case, recommended=args.case is None, packs=args.packs)


def run_app(args: Namespace) -> int:
    """Open the app on its first screen."""
    return _open(case=None, recommended=False, packs=args.packs)


def _open(*, case: str | None, recommended: bool, packs: list[str]) -> int:
    if not (_is_terminal(sys.stdin) and _is_terminal(sys.stdout)):
        raise UsageError("the app needs a terminal; without one use `coach cases`, `coach show` and `coach score`")
    app_run: Callable[..., int] = import_module(_APP).run
    return app_run(case=case, recommended=recommended, packs=packs)


def _is_terminal(stream: object) -> bool:
    return bool(getattr(stream, "isatty", lambda: False)())
