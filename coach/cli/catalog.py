"""`coach metrics export`, `sql` and `compute`: the metric catalog taken to where a team's events are."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coach.cli import output
from coach.cli.arguments import Parser, add_command, add_force, add_packs
from coach.errors import UsageError

if TYPE_CHECKING:
    from coach.measuring.layout import Layout

# As in `coach.export.catalog.registry`, which would load the models for a help text; a test compares the two.
TARGETS = ("json", "jsonschema")


def add(commands: Any) -> None:
    """Add the commands below `metrics`."""
    _add_export(commands)


def _add_export(commands: Any) -> None:
    parser = add_command(
        commands,
        "export",
        run_export,
        help="export the catalog to another system's format",
        about="Export the catalog, or a part of it, to another system's format, and say what does not survive.",
        example="coach metrics export --to json --out catalog.json\n"
        'coach metrics export --to json --select "layer:agent,computable" --out metrics/',
    )
    parser.add_argument(
        "--to", metavar="TARGET", choices=TARGETS, required=True, help=f"the format: {', '.join(TARGETS)}"
    )
    parser.add_argument("--out", metavar="PATH", help="the folder to write to, or the file where there is only one")
    parser.add_argument(
        "--select",
        metavar="QUERY",
        help="which metrics: ids, layer:X, kind:X, archetype:X, computable, joined by commas; default all",
    )
    add_layout(parser)
    add_force(parser)
    add_packs(parser)
    parser.add_argument("--json", action="store_true", help="print the loss report as JSON; needs --out")


def add_layout(parser: Parser) -> None:
    """The options that say where a team's events lie."""
    parser.add_argument("--map", metavar="FILE", help="a YAML file that says which table and column holds what")
    parser.add_argument(
        "--events-table", metavar="TABLE", help="the table with the events; with {event} in it, one table for each"
    )
    parser.add_argument("--event-column", metavar="COLUMN", help="the column with the event's name")
    parser.add_argument("--time-column", metavar="COLUMN", help="the column with the event's time")
    parser.add_argument("--user-column", metavar="COLUMN", help="the column that names the person")


def layout_of(args: Namespace) -> Layout:
    """The layout that a call describes."""
    from coach.measuring.layout import Layout, read_map, with_options

    return with_options(
        read_map(Path(args.map)) if args.map is not None else Layout(),
        events_table=args.events_table,
        event_column=args.event_column,
        time_column=args.time_column,
        user_column=args.user_column,
    )


def run_export(args: Namespace) -> int:
    """Export the catalog; the loss report goes to standard error."""
    from coach.export.catalog.files import as_one_file, write_files
    from coach.export.catalog.losses import losses
    from coach.export.catalog.registry import target
    from coach.export.catalog.selection import select
    from coach.export.catalog.target import Export, Options
    from coach.knowledge.base import load_base

    if args.json and args.out is None:
        raise UsageError("--json prints the loss report, so the export itself needs --out PATH")
    export = Export(select(load_base(args.packs), args.select), Options(layout=layout_of(args)))
    chosen = target(args.to)
    report = losses(chosen, export)
    if report.left_out and not report.exported:
        raise UsageError("\n".join(["nothing can be exported", *list(report.lines())[1:]]))
    files = chosen.render(export)
    if args.out is None:
        if len(files) > 1:
            raise UsageError(f"{args.to} makes {len(files)} files: name a folder with --out DIR")
        output.print_bytes(next(iter(files.values())).encode())
    elif as_one_file(Path(args.out), files):
        output.export(next(iter(files.values())), args.out, force=args.force)
    else:
        write_files(Path(args.out), files, args.force)
        output.tell(f"{len(files)} {'file' if len(files) == 1 else 'files'} written to {args.out}")
    if args.json:
        output.print_json(report.as_data())
    else:
        output.tell("\n".join(report.lines()))
    return 0
