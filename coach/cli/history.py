"""`coach history`: what was practised, and how it went."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from coach.cli import output
from coach.cli.arguments import Commands, add_command, add_json, add_packs
from coach.errors import UsageError

if TYPE_CHECKING:
    from coach.practice.history import History


def add(commands: Commands) -> None:
    """Add `history`."""
    parser = add_command(
        commands,
        "history",
        run,
        help="list what was practised, and how it went",
        about="List the attempts, newest first, and how each criterion goes.",
        example="coach history --case crm-writing-assistant\ncoach history --attempt 12",
    )
    parser.add_argument("--case", metavar="ID", help="only attempts at this case")
    parser.add_argument("--limit", metavar="N", type=int, help="only the newest N")
    parser.add_argument("--attempt", metavar="NO", type=int, help="show the report of this attempt, by its number")
    add_packs(parser)
    add_json(parser)


def run(args: Namespace) -> int:
    """List the attempts."""
    from coach.practice.history import History

    if args.limit is not None and args.limit < 1:
        raise UsageError("--limit must be at least 1")
    with History.open() as history:
        if history.notice:
            output.tell(history.notice)
        if args.attempt is not None:
            return _show_one(history, args)
        return _list(history, args)


def _list(history: History, args: Namespace) -> int:
    attempts = history.attempts(args.case, args.limit)
    if args.case is not None and not attempts:
        from coach.knowledge.base import load_base

        # Raises for a case that does not exist; one that does has only not been tried.
        _ = load_base(args.packs).cases[args.case]
    if args.json:
        output.print_json([attempt.as_dict() for attempt in attempts])
    elif attempts:
        from coach.cli.pages.attempts import attempts_page

        output.print_page(attempts_page(attempts))
    elif args.case is not None:
        output.tell(f"this case was not practised yet; `coach practice {args.case}` opens it")
    else:
        output.tell("nothing was practised yet; `coach practice` opens a case")
    return 0


def _show_one(history: History, args: Namespace) -> int:
    attempt = history.attempt(args.attempt)
    if args.json:
        output.print_json(attempt.as_dict())
        return 0
    from pydantic import ValidationError

    from coach.cli.layout.blocks import Heading, Verbatim
    from coach.cli.pages.report import report_page
    from coach.scoring.report import Report

    try:
        report = Report.model_validate_json(attempt.report_json)
    except ValidationError:
        raise UsageError(
            f"the report of attempt {attempt.id} has a shape that this version does not know; "
            "`--json` prints it as it was kept"
        ) from None
    page = report_page(report, attempt.answer)
    output.print_page([*page, Heading("The answer"), Verbatim(attempt.answer)])
    return 0
