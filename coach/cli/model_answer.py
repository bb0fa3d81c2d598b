"""`coach model-answer`: what an excellent candidate says, and where each criterion is earned."""

from __future__ import annotations

from argparse import Namespace

from coach.cli import output
from coach.cli.arguments import Commands, add_command, add_export, add_json, add_packs

FORMATS = ("md",)


def add(commands: Commands) -> None:
    """Add `model-answer`."""
    parser = add_command(
        commands,
        "model-answer",
        run,
        help="export the model answer of a case",
        about="Export the model answer of a case, with the passages that earn each criterion its level.",
        example="coach model-answer crm-writing-assistant --out answer.md",
    )
    parser.add_argument("case", metavar="CASE", help="the case's id, from `coach cases`")
    add_export(parser, FORMATS)
    add_packs(parser)
    add_json(parser)


def run(args: Namespace) -> int:
    """Export the model answer."""
    from coach.export.model_answer import model_answer_markdown
    from coach.facade import load

    kb = load(args.packs)
    case = kb.cases[args.case]
    report = kb.score(case.model_answer, case=case.id)
    if args.json:
        keys = {"id", "title", "prompt", "main_metric", "model_answer"}
        text = output.json_document(case.model_dump(include=keys) | {"report": output.data_of(report)})
    else:
        text = model_answer_markdown(case, report)
    output.export(text, args.out, force=args.force)
    return 0
