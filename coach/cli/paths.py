"""`coach paths`: where the user's files lie."""

from __future__ import annotations

from argparse import Namespace

from coach.cli import output
from coach.cli.arguments import Commands, add_command, add_json


def add(commands: Commands) -> None:
    """Add `paths`."""
    parser = add_command(
        commands,
        "paths",
        run,
        help="print where your files lie",
        about="Print where your attempts, drafts and settings lie. COACH_HOME moves them all to one folder.",
        example="coach paths",
    )
    add_json(parser)


def run(args: Namespace) -> int:
    """Print the paths."""
    from coach.paths import all_paths

    found = {name: str(path) for name, path in all_paths().items()}
    if args.json:
        output.print_json(found)
    else:
        width = max(map(len, found))
        # Never wrapped, since a path may be copied from here.
        output.print_lines(f"{name:<{width}}  {path}" for name, path in found.items())
    return 0
