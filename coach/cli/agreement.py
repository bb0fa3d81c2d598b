"""`coach agreement`: how far the scorer agrees with labelled answers."""

from __future__ import annotations

from argparse import Namespace

from coach.cli import output
from coach.cli.arguments import Commands, add_command, add_json, add_packs


def add(commands: Commands) -> None:
    """Add `agreement`."""
    parser = add_command(
        commands,
        "agreement",
        run,
        help="score labelled answers and report the agreement with the labels",
        about="Score labelled answers (JSON lines) and report how far the levels agree with the labels.",
        example="coach agreement labelled.jsonl --by topic",
    )
    parser.add_argument("file", metavar="FILE", help='lines as for `coach score --batch`, with "labels"')
    parser.add_argument("--by", metavar="KEY", choices=["topic"], help="report each topic as well")
    add_packs(parser)
    add_json(parser)


def run(args: Namespace) -> int:
    """Measure the agreement."""
    from coach.scoring.agreement import measure

    output.print_json(measure(args.file, packs=args.packs, by=args.by))
    return 0
