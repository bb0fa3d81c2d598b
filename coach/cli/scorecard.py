"""`coach scorecard`: templates filled from what is known, and filled-in ones checked and read back."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coach.cli import output, scorecard_filled
from coach.cli.arguments import Commands, Parser, add_command, add_export, add_force, add_json, add_packs
from coach.errors import UsageError

if TYPE_CHECKING:
    from coach.scorecards.product import Product

FORMATS = ("md", "html", "csv", "json", "xlsx", "pdf", "docx")


def add(commands: Commands) -> None:
    """Add `scorecard` with its own commands."""
    parser = add_command(
        commands,
        "scorecard",
        None,
        help="export a scorecard template, check and read filled-in ones",
        example="coach scorecard new support-chatbot --out scorecard.md\ncoach scorecard lint scorecard.xlsx",
    )
    below = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _add_new(below)
    scorecard_filled.add(below)
    _add_template(below)


def _add_new(commands: Any) -> None:
    new = add_command(
        commands,
        "new",
        run,
        help="a new scorecard for a kind of product, a case, or a product of your own",
        example="coach scorecard new support-chatbot --out scorecard.md\n"
        "coach scorecard new --product product.yaml --format xlsx --out scorecard.xlsx\n"
        'coach scorecard new --name Replyer --users "Account managers" --job "Answer renewal mails"',
    )
    new.add_argument(
        "id", metavar="ID", nargs="?", help="a kind of product, or a case; told from the product if left out"
    )
    add_export(new, FORMATS)
    _add_templates(new)
    new.add_argument("--excel", action="store_true", help="put the mark before CSV by which Excel knows UTF-8")
    own = new.add_argument_group("a product of your own")
    own.add_argument("--product", metavar="FILE", help="its description: YAML with name, users, job and more")
    own.add_argument("--name", metavar="NAME", help="its name")
    own.add_argument("--users", metavar="WHO", action="append", help="who uses it; may be repeated")
    own.add_argument("--job", metavar="JOB", help="the job it is hired for")
    add_packs(new)
    add_json(new)


def _add_templates(parser: Parser) -> None:
    parser.add_argument(
        "--template",
        metavar="FILE",
        help="your own Jinja template for md, html or pdf (Typst); see `scorecard template`",
    )
    parser.add_argument("--docx-template", metavar="FILE", help="your own Word file with Jinja tags, for docx")


def _add_template(commands: Any) -> None:
    parser = add_command(
        commands,
        "template",
        run_template,
        help="write out a built-in template, for one of your own",
        about="Write out the built-in template of a format, as a start for one of your own.",
        example="coach scorecard template docx --out ours.docx\n"
        "coach scorecard new support-chatbot --format docx --docx-template ours.docx --out scorecard.docx",
    )
    parser.add_argument("format", metavar="FORMAT", choices=["md", "html", "pdf", "docx"], help="md, html, pdf or docx")
    parser.add_argument("--out", metavar="PATH", help="write to this file instead of standard output")
    add_force(parser)


def run(args: Namespace) -> int:
    """Export a new scorecard."""
    from coach.export.scorecard.formats import BINARY, render
    from coach.facade import load

    kb = load(args.packs)
    product = _product(args)
    id_ = args.id or (product.kind if product else None)
    if id_ is None:
        if product is None:
            raise UsageError("name a kind of product or a case, or describe a product with --name or --product")
        id_ = kb.workshop.router.route(product.description).archetype
        output.tell(f"taken for a product of the kind {id_}; name another as `coach scorecard new ID …`")
    format_ = "json" if args.json else args.format
    card = kb.scorecard(id_, product)
    content = render(card, format_, own_template(args, format_), mark=args.excel)
    output.export_bytes(content, args.out, force=args.force, binary=format_ in BINARY)
    return 0


def run_template(args: Namespace) -> int:
    """Write out a built-in template."""
    from coach.export.scorecard.formats import BINARY, template

    output.export_bytes(template(args.format), args.out, force=args.force, binary=args.format in BINARY - {"pdf"})
    return 0


def own_template(args: Namespace, format_: str) -> Path | None:
    """The user's template for a format. Raises `UsageError` for one of another format."""
    if args.docx_template is not None and format_ != "docx":
        raise UsageError(f"--docx-template goes with --format docx, not {format_}")
    if args.docx_template is not None and args.template is not None:
        raise UsageError("give either --template or --docx-template, and not both")
    name = args.docx_template or args.template
    return None if name is None else Path(name)


def _product(args: Namespace) -> Product | None:
    """What the file and the options say of a product; options go before the file."""
    given = {"name": args.name, "users": tuple(args.users or ()), "job": args.job}
    given = {key: value for key, value in given.items() if value}
    if args.product is None and not given:
        return None
    from coach.scorecards.product import Product, read_product

    if args.product is not None:
        return read_product(Path(args.product)).model_copy(update=given)
    if "name" not in given:
        raise UsageError("a product of your own needs a name: --name")
    return Product.model_validate(given)
