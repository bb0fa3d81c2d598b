"""`coach lint`: every fault of a pack."""

from __future__ import annotations

from argparse import Namespace

from coach.cli import output
from coach.cli.arguments import Commands, add_command, add_json
from coach.errors import UsageError


def add(commands: Commands) -> None:
    """Add `lint`."""
    parser = add_command(
        commands,
        "lint",
        run,
        help="check a pack and report every fault with its line",
        about="Check packs (folders or files of YAML) over the built-in knowledge; exit status 1 if faulty.",
        example="coach lint our-pack/",
    )
    parser.add_argument("paths", metavar="PATH", nargs="+", help="a folder, read with all folders below it, or a file")
    add_json(parser)


def run(args: Namespace) -> int:
    """Check the packs."""
    from pathlib import Path

    from coach.cli.pages.wording import count
    from coach.scoring.lint import lint

    for path in args.paths:
        if not Path(path).exists():
            raise UsageError(f"{path}: there is no such file or folder")
    faults = lint(args.paths)
    if args.json:
        output.print_json([fault._asdict() for fault in faults])
    else:
        output.print_lines(str(fault) for fault in faults)
        files = len({fault.path for fault in faults})
        output.tell(f"{count(len(faults), 'fault')} in {count(files, 'file')}" if faults else "no faults")
    return 1 if faults else 0
