"""`coach follow-up`: a reply to one of the questions asked after the answer."""

from __future__ import annotations

from argparse import ArgumentTypeError, Namespace

from coach.cli import output
from coach.cli.arguments import Commands, add_command, add_json, add_packs


def add(commands: Commands) -> None:
    """Add `follow-up`."""
    parser = add_command(
        commands,
        "follow-up",
        run,
        help="score a reply to a follow-up question",
        about=(
            "Score a reply to one of the questions that are asked after the answer to a case: which points of a\n"
            "good reply it makes, by which words. `coach show CASE` prints the questions."
        ),
        example=("coach follow-up card-payment-fraud 1 reply.txt\ncoach follow-up card-payment-fraud 3 - --json"),
    )
    parser.add_argument("case", metavar="CASE", help="the case, from `coach cases`")
    parser.add_argument("number", metavar="N", type=_number, help="which of its questions, 1 to 3")
    parser.add_argument("file", metavar="FILE", help="the reply, in UTF-8; - for standard input")
    add_packs(parser)
    add_json(parser)


def run(args: Namespace) -> int:
    """Score the reply."""
    from coach.cli.text_input import read_text
    from coach.facade import load

    kb = load(args.packs)
    # Asked first, so that nobody types a reply to a question that does not exist.
    kb.follow_up(args.case, args.number)
    reply = read_text(args.file)
    report = kb.score_follow_up(args.case, args.number, reply)
    if args.json:
        output.print_json(output.data_of(report))
        return 0
    from coach.cli.pages.follow_up import follow_up_page

    output.print_page(follow_up_page(report, reply))
    return 0


def _number(text: str) -> int:
    if not text.isdecimal() or not text.isascii() or not 1 <= int(text[:4]) <= 3:
        raise ArgumentTypeError(f"{text!r} is no number from 1 to 3")
    return int(text)
