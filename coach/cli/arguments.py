"""The parser that all commands share: short errors with the nearest name, and an example under every help."""

from __future__ import annotations

import sys
from argparse import SUPPRESS, Action, ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, NoReturn, Protocol

from coach.cli import output
from coach.errors import UsageError

if TYPE_CHECKING:
    from _typeshed import SupportsWrite

Run = Callable[[Namespace], int]


class _Help(RawDescriptionHelpFormatter):
    """Leaves enough room that every command stands on one line with what it does."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=28, width=min(output.screen_width(), 100) - 2)


class Parser(ArgumentParser):
    """Takes no abbreviated options, and raises `UsageError` where argparse would print the usage and exit."""

    def __init__(self, **options: Any) -> None:
        super().__init__(allow_abbrev=False, formatter_class=_Help, **options)

    def error(self, message: str) -> NoReturn:
        """Every fault of a call; raises `UsageError`."""
        message = message.replace("the following arguments are required:", "missing:")
        raise UsageError(f"{message}{' See' if message.endswith('?') else '; see'} `{self.prog} --help`")

    def _check_value(self, action: Action, value: Any) -> None:
        if action.choices is not None and value not in action.choices:
            what = action.metavar.lower() if isinstance(action.metavar, str) else action.dest
            self.error(f"unknown {what} {value!r}{near(str(value), map(str, action.choices))}")

    def _print_message(self, message: str, file: SupportsWrite[str] | None = None) -> None:
        # argparse would keep it to itself that a help could not be printed.
        (file or sys.stdout).write(message)

    def options(self) -> list[str]:
        """The options this parser knows, as they are typed."""
        return list(self._option_string_actions)


class Commands(Protocol):
    """Where a command is added: what `ArgumentParser.add_subparsers` returns."""

    def add_parser(self, name: str, **options: Any) -> Parser:
        """A parser for the command."""


def add_command(commands: Commands, name: str, run: Run | None, *, help: str, example: str, about: str = "") -> Parser:
    """A command whose help ends with the example; without `run` it has commands of its own."""
    lines = "\n".join(f"  {line}" for line in example.strip().splitlines())
    title = "examples" if "\n" in lines else "example"
    parser = commands.add_parser(
        name, help=help, description=about or f"{help[:1].upper()}{help[1:]}.", epilog=f"{title}:\n{lines}"
    )
    parser.set_defaults(run=run, parser=parser, packs=[])
    return parser


def add_json(parser: Parser) -> None:
    """`--json`."""
    parser.add_argument("--json", action="store_true", help="print data as one JSON document")


def add_packs(parser: Parser) -> None:
    """`--pack`, any number of times."""
    parser.add_argument(
        "--pack",
        dest="packs",
        metavar="PATH",
        action="append",
        default=SUPPRESS,
        help="lay a pack (a folder or file of YAML) over the built-in knowledge; may be repeated",
    )


def add_export(parser: Parser, formats: Iterable[str]) -> None:
    """`--format`, `--out` and `--force`."""
    names = list(formats)
    parser.add_argument(
        "--format",
        metavar="FORMAT",
        choices=names,
        default=names[0],
        help=f"{', '.join(names)}; default {names[0]}",
    )
    parser.add_argument("--out", metavar="PATH", help="write to this file instead of standard output")
    add_force(parser)


def add_force(parser: Parser) -> None:
    """`--force`."""
    parser.add_argument("--force", action="store_true", help="replace the output file if it exists")


def near(value: str, known: Iterable[str]) -> str:
    """A hint with the nearest known name, to be put behind the message; empty where nothing is close."""
    # Imported here because names are nearly always right.
    from coach.knowledge.nearest import nearest

    found = nearest(value, known, limit=1)
    return f"; did you mean {found[0]}?" if found else ""


def one_of(what: str, value: str | None, known: Iterable[str]) -> str | None:
    """The value, which must be a known one; raises `UsageError` with those that are."""
    names = list(known)
    if value is not None and value not in names:
        raise UsageError(f"unknown {what} {value!r}: it is one of {', '.join(names)}")
    return value
