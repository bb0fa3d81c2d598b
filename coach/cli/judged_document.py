"""What the commands that export a judged document have in common: options, templates, and writing it out."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from coach.cli import output
from coach.cli.arguments import Parser, add_export, add_json, add_packs
from coach.errors import UsageError

if TYPE_CHECKING:
    from coach.export.judged.documents import Document

FORMATS = ("md", "html", "pdf", "docx", "json")


def add_options(parser: Parser) -> None:
    """The format, where to write, a template of one's own, packs, and `--json`."""
    add_export(parser, FORMATS)
    parser.add_argument(
        "--template",
        metavar="FILE",
        help="your own template: Jinja for md, html and pdf (Typst), a Word file with Jinja tags for docx",
    )
    parser.add_argument(
        "--print-template", action="store_true", help="write out the format's built-in template, to make it your own"
    )
    add_packs(parser)
    add_json(parser)


def export(args: Namespace, document: Document) -> None:
    """Write the document in the format that was asked for, by the user's own template if one is named."""
    from coach.export.judged.documents import BINARY, render

    format_ = _format(args)
    content = render(document, format_, None if args.template is None else Path(args.template))
    output.export_bytes(content, args.out, force=args.force, binary=format_ in BINARY)


def print_template(args: Namespace, named: str | None, name: str, word: Callable[[], bytes]) -> None:
    """Write out a built-in template. Raises `UsageError` if something to export is named as well."""
    from coach.export.judged.documents import template

    if named is not None or args.template is not None:
        raise UsageError(f"--print-template stands alone with --format and --out; see `{args.parser.prog} --help`")
    format_ = _format(args)
    output.export_bytes(template(name, word, format_), args.out, force=args.force, binary=format_ == "docx")


def need_named(args: Namespace, named: str | None, what: str) -> None:
    """What is exported must be named, unless a template is asked for. Raises `UsageError`."""
    if named is None:
        args.parser.error(f"the following arguments are required: {what}")


def _format(args: Namespace) -> str:
    return "json" if args.json else str(args.format)
