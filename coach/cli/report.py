"""`coach report`: a practised answer as a document, to be sent to a mentor."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from coach.cli import judged_document, output
from coach.cli.arguments import Commands, add_command
from coach.errors import UsageError

if TYPE_CHECKING:
    from coach.practice.history import History
    from coach.practice.models import Attempt

LAST = "last"


def add(commands: Commands) -> None:
    """Add `report`."""
    parser = add_command(
        commands,
        "report",
        run,
        help="export the report of a practised answer",
        about="Export the report of an attempt: verdict, criteria, the answer with what earned and cost points,\n"
        "what was missing, the model answer, and progress since earlier attempts at the same question.",
        example="coach report last --format html --out report.html\ncoach report 12 --format pdf --out report.pdf\n"
        "coach report --print-template --format html --out ours.html.jinja\n"
        "coach report last --format html --template ours.html.jinja --out report.html",
    )
    parser.add_argument("attempt", metavar="ATTEMPT", nargs="?", help=f"its number, from `coach history`, or `{LAST}`")
    judged_document.add_options(parser)


def run(args: Namespace) -> int:
    """Export the report."""
    if args.print_template:
        from coach.export.judged.word_templates import report_template

        judged_document.print_template(args, args.attempt, "report", report_template)
        return 0
    judged_document.need_named(args, args.attempt, "ATTEMPT")
    from coach.export.judged.report import practice_report
    from coach.facade import load
    from coach.practice.history import History
    from coach.practice.task import question

    with History.open() as history:
        if history.notice:
            output.tell(history.notice)
        attempt = _attempt(history, args.attempt)
        attempts = history.attempts(attempt.case)
    kb = load(args.packs)
    judged_document.export(args, practice_report(kb, attempt, attempts, *question(attempt.case, kb.cases)))
    return 0


def _attempt(history: History, named: str) -> Attempt:
    if named == LAST:
        for newest in history.attempts(limit=1):
            return newest
        raise UsageError("nothing was practised yet; `coach practice` opens a case")
    if not (named.isascii() and named.isdecimal() and len(named) < 19):
        raise UsageError(f"no attempt {named!r}: give its number, which `coach history` lists, or `{LAST}`")
    return history.attempt(int(named))
