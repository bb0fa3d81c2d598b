"""The program: finds the command, runs it, and turns whatever goes wrong into a line and an exit status."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Sequence

from coach._version import __version__
from coach.cli import (
    agreement,
    calculate,
    calibrate,
    cases,
    follow_up,
    frameworks,
    history,
    lint,
    metrics,
    model_answer,
    output,
    paths,
    practice,
    report,
    score,
    scorecard,
    show,
)
from coach.cli.arguments import Parser, near
from coach.errors import CoachError

COMMANDS = (
    practice,
    cases,
    show,
    score,
    follow_up,
    agreement,
    calibrate,
    model_answer,
    scorecard,
    metrics,
    frameworks,
    calculate,
    lint,
    history,
    report,
    paths,
)
UNUSABLE = 2
INTERRUPTED = 130
READER_GONE = 141
"""As a shell reports a program that the end of a pipe has stopped."""

_EXAMPLE = """
example:
  coach                                          open the terminal app
  coach cases --search email                     find a case
  coach score answer.md --case crm-writing-assistant
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command and return its exit status: 0 done, 1 done in part or a check failed, 2 unusable."""
    try:
        output.prepare()
        args = parse(argv)
        status = int(args.run(args)) if args is not None else 0
        sys.stdout.flush()
    except CoachError as error:
        output.tell_error(error)
        return UNUSABLE
    except KeyboardInterrupt:
        output.tell("interrupted")
        return INTERRUPTED
    except BrokenPipeError:
        output.settle()
        return READER_GONE
    except OSError as error:
        output.settle()
        output.tell(output.os_error(error))
        return UNUSABLE
    except Exception as error:
        if os.environ.get("COACH_TRACEBACK"):
            raise
        output.tell(
            f"internal error: {type(error).__name__}: {str(error)[:300]}\n"
            "This is a fault of the program; COACH_TRACEBACK=1 shows where, please report it."
        )
        return UNUSABLE
    return status


def parse(argv: Sequence[str] | None) -> Namespace | None:
    """The call as the command takes it; None where help or the version was all that was asked for."""
    parser = build_parser()
    try:
        args, extra = parser.parse_known_args(argv)
    except SystemExit:
        return None
    command: Parser = args.parser
    if extra:
        wrong = next((item for item in extra if item.startswith("-")), extra[0])
        option = wrong.partition("=")[0]
        if not option.startswith("-"):
            command.error(f"unexpected argument {option!r}")
        command.error(f"unknown option {option}{_near_option(option, command, parser)}")
    args.packs = [*args.first_packs, *args.packs]
    return args


def _near_option(option: str, *parsers: Parser) -> str:
    # Dashes, which all options begin with, would make any two of them alike.
    known = {name.lstrip("-"): name for parser in parsers for name in parser.options()}
    return near(option.lstrip("-"), known).replace("did you mean ", "did you mean --")


def build_parser() -> Parser:
    """The parser with all commands; nothing heavy is imported for it."""
    parser = Parser(
        prog="coach",
        description="Learn to define and measure the success of AI products. Alone, opens the terminal app.",
        epilog=_EXAMPLE.strip(),
    )
    parser.add_argument("--version", action="version", version=f"coach {__version__}")
    parser.add_argument(
        "--pack",
        dest="first_packs",
        metavar="PATH",
        action="append",
        default=[],
        help="lay a pack over the built-in knowledge; may be repeated, and stand after the command too",
    )
    parser.set_defaults(run=practice.run_app, parser=parser, packs=[])
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", dest="command")
    for command in COMMANDS:
        command.add(commands)
    return parser
