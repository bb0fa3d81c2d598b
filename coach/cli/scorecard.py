"""`coach scorecard`: a scorecard template filled from what is known about a kind of product."""

from __future__ import annotations

from argparse import Namespace

from coach.cli import output
from coach.cli.arguments import Commands, add_command, add_export, add_json, add_packs

FORMATS = ("md",)


def add(commands: Commands) -> None:
    """Add `scorecard` with its own commands."""
    parser = add_command(
        commands,
        "scorecard",
        None,
        help="export a scorecard template",
        example="coach scorecard new support-chatbot --out scorecard.md",
    )
    below = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    new = add_command(
        below,
        "new",
        run,
        help="a new scorecard for a kind of product or for a case",
        example="coach scorecard new support-chatbot --out scorecard.md",
    )
    new.add_argument("id", metavar="ID", help="a kind of product, or a case")
    add_export(new, FORMATS)
    add_packs(new)
    add_json(new)


def run(args: Namespace) -> int:
    """Export a new scorecard."""
    from coach.export.scorecard.pages import scorecard_markdown
    from coach.knowledge.base import load_base
    from coach.scorecards.build import build

    card = build(load_base(args.packs), args.id)
    text = output.json_document(output.data_of(card)) if args.json else scorecard_markdown(card)
    output.export(text, args.out, force=args.force)
    return 0
