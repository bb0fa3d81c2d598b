"""`coach model-answer`: what an excellent candidate says, and where each criterion is earned."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from coach.cli import output
from coach.cli.arguments import Commands, Parser, add_command, add_export, add_json, add_packs

FORMATS = ("md", "html", "pdf", "docx", "json")


def add(commands: Commands) -> None:
    """Add `model-answer`."""
    parser = add_command(
        commands,
        "model-answer",
        run,
        help="export the model answer of a case",
        about="Export the model answer of a case, with the passages that earn each criterion its level.",
        example="coach model-answer crm-writing-assistant --out answer.md\n"
        "coach model-answer crm-writing-assistant --format pdf --out answer.pdf",
    )
    parser.add_argument("case", metavar="CASE", help="the case's id, from `coach cases`")
    add_export(parser, FORMATS)
    add_template(parser)
    add_packs(parser)
    add_json(parser)


def run(args: Namespace) -> int:
    """Export the model answer."""
    from coach.export.judged.documents import BINARY, render
    from coach.export.judged.model_answer import model_answer
    from coach.facade import load

    kb = load(args.packs)
    case = kb.cases[args.case]
    document = model_answer(case, kb.score(case.model_answer, case=case.id))
    format_ = "json" if args.json else args.format
    content = render(document, format_, own_template(args))
    output.export_bytes(content, args.out, force=args.force, binary=format_ in BINARY)
    return 0


def add_template(parser: Parser) -> None:
    """`--template`."""
    parser.add_argument(
        "--template",
        metavar="FILE",
        help="your own template: Jinja for md, html and pdf (Typst), a Word file with Jinja tags for docx",
    )


def own_template(args: Namespace) -> Path | None:
    """The file that `--template` names."""
    return None if args.template is None else Path(args.template)
