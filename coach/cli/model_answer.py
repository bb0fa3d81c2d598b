"""`coach model-answer`: what an excellent candidate says, and where each criterion is earned."""

from __future__ import annotations

from argparse import Namespace

from coach.cli import judged_document
from coach.cli.arguments import Commands, add_command


def add(commands: Commands) -> None:
    """Add `model-answer`."""
    parser = add_command(
        commands,
        "model-answer",
        run,
        help="export the model answer of a case",
        about="Export the model answer of a case, with the passages that earn each criterion its level.",
        example="coach model-answer crm-writing-assistant --out answer.md\n"
        "coach model-answer crm-writing-assistant --format pdf --out answer.pdf\n"
        "coach model-answer --print-template --format docx --out ours.docx",
    )
    parser.add_argument("case", metavar="CASE", nargs="?", help="the case's id, from `coach cases`")
    judged_document.add_options(parser)


def run(args: Namespace) -> int:
    """Export the model answer."""
    if args.print_template:
        from coach.export.judged.word_templates import model_answer_template

        judged_document.print_template(args, args.case, "model_answer", model_answer_template)
        return 0
    judged_document.need_named(args, args.case, "CASE")
    from coach.export.judged.model_answer import model_answer
    from coach.facade import load

    kb = load(args.packs)
    case = kb.cases[args.case]
    judged_document.export(args, model_answer(case, kb.score(case.model_answer, case=case.id)))
    return 0
