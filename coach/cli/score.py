"""`coach score`: one answer, or many."""

from __future__ import annotations

from argparse import ArgumentTypeError, Namespace

from coach.cli import output
from coach.cli.arguments import Commands, add_command, add_force, add_json, add_packs
from coach.errors import UsageError


def add(commands: Commands) -> None:
    """Add `score`."""
    parser = add_command(
        commands,
        "score",
        run,
        help="score an answer, or a stream of them",
        about=(
            "Score one answer to a case or to any interview prompt, or many from JSON lines:\n"
            '{"id": "…", "answer": "…"} with "case" or "prompt", and "rubric" if not the usual one.'
        ),
        example=(
            "coach score answer.md --case crm-writing-assistant\n"
            'coach score - --prompt "How would you measure success for a support bot?"\n'
            "coach score --batch answers.jsonl --out scores.jsonl --workers 4"
        ),
    )
    parser.add_argument("file", metavar="FILE", nargs="?", help="the answer, in UTF-8; - for standard input")
    parser.add_argument("--case", metavar="ID", help="the case it answers, from `coach cases`")
    parser.add_argument("--prompt", metavar="TEXT", help="the question it answers, where that is no case")
    parser.add_argument(
        "--rubric", metavar="ID", help="judge by this rubric instead of the case's own or metric-design"
    )
    parser.add_argument("--batch", metavar="IN.jsonl", help="score every line of this file; - for standard input")
    parser.add_argument(
        "--out", metavar="OUT.jsonl", help="of a batch: write to this file, which appears when all is done"
    )
    parser.add_argument("--workers", metavar="N", type=_positive, help="of a batch: processes; default by input size")
    add_force(parser)
    add_packs(parser)
    add_json(parser)


def run(args: Namespace) -> int:
    """Score one answer or a batch."""
    if args.batch is not None:
        return _batch(args)
    if args.file is None:
        raise UsageError("name the file with the answer, - for standard input, or --batch for many")
    for option in ("out", "workers", "force"):
        if getattr(args, option):
            raise UsageError(f"--{option} goes with --batch; send a single report to a file with > instead")
    if (args.case is None) == (args.prompt is None):
        need = "give --case or --prompt, not both" if args.case else "say what it answers: --case ID or --prompt TEXT"
        raise UsageError(need)
    return _single(args)


def _batch(args: Namespace) -> int:
    from coach.cli.batch.run import run_batch

    for option in ("file", "case", "prompt", "rubric"):
        if getattr(args, option) is not None:
            name = "FILE" if option == "file" else f"--{option}"
            raise UsageError(f"{name} does not go with --batch, where each line says what it is")
    return run_batch(args.batch, args.out, packs=args.packs, workers=args.workers, force=args.force)


def _single(args: Namespace) -> int:
    from coach.cli.text_input import read_text
    from coach.facade import load

    kb = load(args.packs)
    # Looked up first, so that nobody types an answer for a case that does not exist.
    if args.case is not None:
        _ = kb.cases[args.case]
    if args.rubric is not None:
        _ = kb.rubrics[args.rubric]
    answer = read_text(args.file)
    report = kb.score(answer, case=args.case, prompt=args.prompt, rubric=args.rubric)
    if args.json:
        output.print_json(output.data_of(report))
        return 0
    from coach.cli.pages.report import report_page

    output.print_page(report_page(report, answer))
    return 0


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise ArgumentTypeError(f"{text!r} is no whole number from 1")
    return int(text)
