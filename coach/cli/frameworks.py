"""`coach frameworks`: ways to organise metrics, listed, exported and laid over a kind of product."""

from __future__ import annotations

from argparse import Namespace

from coach.cli import output
from coach.cli.arguments import Commands, add_command, add_force, add_json, add_packs

_FORMATS = ("text", "md", "json")


def add(commands: Commands) -> None:
    """Add `frameworks` with its own commands."""
    parser = add_command(
        commands,
        "frameworks",
        None,
        help="list frameworks, and lay one over a kind of product",
        example="coach frameworks list\ncoach frameworks apply two-axes support-chatbot\n"
        "coach frameworks export kpi-tree --out kpi-tree.md",
    )
    below = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    listing = add_command(below, "list", run_list, help="all frameworks", example="coach frameworks list")
    add_packs(listing)
    add_json(listing)
    apply = add_command(
        below,
        "apply",
        run_apply,
        help="which metrics of a kind of product fill which place, and what is missing",
        about="Lay a framework over a kind of product: which of its metrics fill which place, and what is missing.",
        example="coach frameworks apply six-product-outcomes support-chatbot\n"
        "coach frameworks apply layered-scorecard code-assistant --format md --out scorecard.md",
    )
    apply.add_argument("framework", metavar="FRAMEWORK", help="its id; `coach frameworks list` has them")
    apply.add_argument("archetype", metavar="ARCHETYPE", help="a kind of product, such as support-chatbot")
    apply.add_argument("--format", metavar="FORMAT", choices=_FORMATS, help="text, md or json; default text")
    apply.add_argument("--out", metavar="PATH", help="write to this file instead; the default format is then md")
    add_force(apply)
    add_packs(apply)
    add_json(apply)
    export = add_command(
        below,
        "export",
        run_export,
        help="a framework as a page of Markdown",
        example="coach frameworks export two-axes --out two-axes.md",
    )
    export.add_argument("framework", metavar="FRAMEWORK", help="its id")
    export.add_argument("--out", metavar="PATH", help="write to this file instead of standard output")
    add_force(export)
    add_packs(export)


def run_list(args: Namespace) -> int:
    """List the frameworks."""
    from coach.cli.layout.blocks import Column, Grid, Run
    from coach.knowledge.base import load_base

    known = list(load_base(args.packs).frameworks.values())
    if args.json:
        keys = ("id", "name", "aliases", "shape", "summary", "use_when")
        output.print_json([{key: output.data_of(framework)[key] for key in keys} for framework in known])
        return 0
    rows = [(Run(f.id, "name"), str(len(f.cells)), f.name) for f in known]
    output.print_page([Grid([Column("Id"), Column("Places", right=True), Column("Name", least=30)], rows)])
    return 0


def run_apply(args: Namespace) -> int:
    """Lay a framework over a kind of product."""
    from coach.knowledge.base import load_base
    from coach.scorecards.framework import apply_framework

    applied = apply_framework(load_base(args.packs), args.framework, args.archetype)
    format_ = "json" if args.json else args.format or ("md" if args.out else "text")
    if format_ == "text" and args.out is None:
        from coach.cli.pages.framework import applied_page

        output.print_page(applied_page(applied))
        return 0
    if format_ == "json":
        text = output.json_document(output.data_of(applied))
    elif format_ == "md":
        from coach.export.framework import applied_markdown

        text = applied_markdown(applied)
    else:
        from coach.cli.layout.plain import plain_lines
        from coach.cli.pages.framework import applied_page

        text = "".join(f"{line}\n" for line in plain_lines(applied_page(applied), output.PIPE_WIDTH, None))
    output.export(text, args.out, force=args.force)
    return 0


def run_export(args: Namespace) -> int:
    """Export a framework."""
    from coach.export.framework import framework_markdown
    from coach.knowledge.base import load_base

    base = load_base(args.packs)
    output.export(framework_markdown(base.frameworks[args.framework], base), args.out, force=args.force)
    return 0
