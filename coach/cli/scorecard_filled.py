"""`coach scorecard lint` and `read`: what a filled-in scorecard lacks, and what it says."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coach.cli import output
from coach.cli.arguments import Parser, add_command, add_json, add_packs

if TYPE_CHECKING:
    from coach.knowledge.base import Base
    from coach.scorecards.filled.compare import Change, Difference
    from coach.scorecards.filled.read import Reading


def add(commands: Any) -> None:
    """Add both below `scorecard`."""
    lint = add_command(
        commands,
        "lint",
        run_lint,
        help="say what a filled-in scorecard lacks, with a completeness score",
        about="Say what a filled-in scorecard lacks, with a completeness score; exit status 1 if anything.",
        example="coach scorecard lint scorecard.xlsx",
    )
    _add_common(lint)
    read = add_command(
        commands,
        "read",
        run_read,
        help="read a filled-in scorecard and compare it with the catalog and an earlier one",
        about="Read a filled-in scorecard (.xlsx, .csv or .json) and compare it with the catalog and an earlier\n"
        "version. What cannot be read is named by sheet and cell, the rest is read; exit status 1 then.",
        example="coach scorecard read scorecard.xlsx --earlier last-quarter.xlsx\n"
        "coach scorecard read scorecard.xlsx --format pdf --out scorecard.pdf",
    )
    _add_common(read)
    read.add_argument("--earlier", metavar="FILE", help="an earlier version to compare with")
    formats = ("md", "html", "csv", "json", "xlsx", "pdf", "docx")
    read.add_argument(
        "--format", metavar="FORMAT", choices=formats, help=f"export what was read instead: {', '.join(formats)}"
    )
    read.add_argument("--out", metavar="PATH", help="write the export to this file")
    read.add_argument("--force", action="store_true", help="replace the output file if it exists")


def _add_common(parser: Parser) -> None:
    parser.add_argument("file", metavar="FILE", help="a filled-in scorecard: .xlsx, .csv or .json")
    parser.add_argument("--of", metavar="ID", help="what it was made for, if the file does not say")
    add_packs(parser)
    add_json(parser)


def run_lint(args: Namespace) -> int:
    """Check a filled-in scorecard."""
    from coach.scorecards.filled.lint import lint

    _, reading = _read(args, args.file)
    found = lint(reading)
    if args.json:
        output.print_json(
            {
                "score": found.score,
                "findings": [finding._asdict() for finding in found.findings],
                "faults": [fault._asdict() for fault in reading.faults],
            }
        )
    else:
        _tell_faults(reading)
        output.print_lines(f"{finding.place}: {finding.message} [{finding.rule}]" for finding in found.findings)
        output.print_lines([f"complete to {found.score} of 100"])
    return 1 if found.findings or reading.faults else 0


def run_read(args: Namespace) -> int:
    """Read a filled-in scorecard."""
    from coach.errors import UsageError
    from coach.scorecards.filled.compare import against_catalog, against_earlier

    if (args.out or args.force) and args.format is None:
        raise UsageError("--out and --force go with --format")
    base, reading = _read(args, args.file)
    status = 1 if reading.faults else 0
    if args.format is not None:
        from coach.export.scorecard.formats import BINARY, render

        _tell_faults(reading)
        content = render(reading.card, args.format)
        output.export_bytes(content, args.out, force=args.force, binary=args.format in BINARY)
        return status
    differences = against_catalog(base, reading)
    changes = None
    if args.earlier is not None:
        changes = against_earlier(reading, _read(args, args.earlier)[1])
    if args.json:
        data = {
            "scorecard": output.data_of(reading.card),
            "faults": [fault._asdict() for fault in reading.faults],
            "catalog": [difference._asdict() for difference in differences],
            "changes": None if changes is None else [change._asdict() for change in changes],
        }
        output.print_json(data)
        return status
    _tell_faults(reading)
    _print(base, reading, differences, changes)
    return status


def _read(args: Namespace, file: str) -> tuple[Base, Reading]:
    from coach.knowledge.base import load_base
    from coach.scorecards.filled.read import read

    base = load_base(args.packs)
    return base, read(base, Path(file), args.of)


def _tell_faults(reading: Reading) -> None:
    for fault in reading.faults:
        output.tell(str(fault))


def _print(base: Base, reading: Reading, differences: list[Difference], changes: list[Change] | None) -> None:
    from coach.cli.layout.blocks import Bullets, Column, Grid, Heading, Prose, Run
    from coach.scorecards.columns import measured
    from coach.scorecards.status import status

    columns = (
        Column("Metric", least=20),
        Column("Baseline"),
        Column("Target"),
        Column("Floor"),
        Column("Now"),
        Column("Status"),
        Column("Owner", optional=True),
    )
    rows = []
    for line in measured(reading.card):
        yours = line.yours
        cells = [text or "–" for text in (yours.baseline, yours.target, yours.floor, yours.actual)]
        rows.append((Run(line.name, "name"), *cells, status(yours, line.direction), yours.owner or "–"))
    page: list[Any] = [Heading(reading.card.title), Grid(columns, rows), Heading("Against the catalog")]
    if reading.knowledge and not base.digest.startswith(reading.knowledge):
        page.append(Prose("The file was made from another state of the knowledge than is loaded here."))
    page.append(Bullets([_difference(one) for one in differences]) if differences else Prose("No definition differs."))
    if changes is not None:
        page.append(Heading("Since the earlier version"))
        page.append(Bullets([_change(one) for one in changes]) if changes else Prose("Nothing has changed."))
    output.print_page(page)


def _difference(one: Difference) -> str:
    place = f"{one.place}: " if one.place else ""
    if not one.here:
        return f"{place}{one.metric} ({one.catalog}) is on the scorecard's kind of product and not in the file"
    if one.what == "metric":
        return f"{place}{one.metric} is not in the catalog; {one.catalog}"
    return f"{place}{one.metric}, {one.what}: “{one.here}” here, “{one.catalog}” in the catalog"


def _change(one: Change) -> str:
    if one.what in ("added", "removed"):
        return f"{one.table}: {one.line or one.after or one.before} {one.what}"
    return f"{one.table}: {one.line}, {one.what}: {one.before or '–'} → {one.after or '–'}"
