"""`coach model-answer`: what an excellent candidate says, and where each criterion is earned."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from pathlib import Path

from coach.cli import output
from coach.cli.arguments import Commands, Parser, add_command, add_export, add_json, add_packs
from coach.errors import UsageError

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
        "coach model-answer crm-writing-assistant --format pdf --out answer.pdf\n"
        "coach model-answer --print-template --format docx --out ours.docx",
    )
    parser.add_argument("case", metavar="CASE", nargs="?", help="the case's id, from `coach cases`")
    add_export(parser, FORMATS)
    add_template(parser)
    add_packs(parser)
    add_json(parser)


def run(args: Namespace) -> int:
    """Export the model answer."""
    if args.print_template:
        from coach.export.judged.word_templates import model_answer_template

        return print_template(args, args.case, "model_answer", model_answer_template)
    need_named(args, args.case, "CASE")
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
    """`--template` and `--print-template`."""
    parser.add_argument(
        "--template",
        metavar="FILE",
        help="your own template: Jinja for md, html and pdf (Typst), a Word file with Jinja tags for docx",
    )
    parser.add_argument(
        "--print-template", action="store_true", help="write out the format's built-in template, to make it your own"
    )


def own_template(args: Namespace) -> Path | None:
    """The file that `--template` names."""
    return None if args.template is None else Path(args.template)


def print_template(args: Namespace, named: str | None, name: str, word: Callable[[], bytes]) -> int:
    """Write out a built-in template. Raises `UsageError` if something to export is named as well."""
    from coach.export.judged.documents import template

    if named is not None or args.template is not None:
        raise UsageError(f"--print-template stands alone with --format and --out; see `{args.parser.prog} --help`")
    format_ = "json" if args.json else args.format
    output.export_bytes(template(name, word, format_), args.out, force=args.force, binary=format_ == "docx")
    return 0


def need_named(args: Namespace, named: str | None, what: str) -> None:
    """What is exported must be named, unless a template is asked for. Raises `UsageError`."""
    if named is None:
        args.parser.error(f"the following arguments are required: {what}")
