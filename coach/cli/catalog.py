"""`coach metrics export`, `sql` and `compute`: the metric catalog taken to where a team's events are."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coach.cli import output
from coach.cli.arguments import Parser, add_command, add_force, add_json, add_packs
from coach.errors import UsageError

if TYPE_CHECKING:
    from coach.measuring.cut import Cut
    from coach.measuring.layout import Layout

# As in the modules that know them, which would load the models for a help text; a test compares them.
TARGETS = (
    *("json", "jsonschema", "csv", "sql", "skos", "growthbook", "openmetadata", "datahub"),
    *("dbt", "dbt-legacy", "ossie", "ossie-0.1", "cube", "lookml"),
)
DIALECTS = (
    "duckdb",
    "postgres",
    "bigquery",
    "snowflake",
    "databricks",
    "redshift",
    "spark",
    "trino",
    "athena",
    "presto",
)
_ONLY_FOR = {
    "dialect": ("sql", "growthbook", "openmetadata"),
    "bom": ("csv",),
    "base_iri": ("skos",),
    "datasource": ("growthbook",),
}
"""Options by the targets that read them."""
GRAINS = ("hour", "day", "week", "month", "quarter")


def add(commands: Any) -> None:
    """Add the commands below `metrics`."""
    _add_export(commands)
    _add_sql(commands)
    _add_compute(commands)


def _add_export(commands: Any) -> None:
    parser = add_command(
        commands,
        "export",
        run_export,
        help="export the catalog to another system's format",
        about="Export the catalog, or a part of it, to another system's format, and say what does not survive.",
        example="coach metrics export --to json --out catalog.json\n"
        'coach metrics export --to json --select "layer:agent,computable" --out metrics/\n'
        "coach metrics export --to sql --dialect bigquery --events-table analytics.events --out queries/",
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
    parser.add_argument(
        "--dialect",
        metavar="NAME",
        choices=DIALECTS,
        help=f"for sql, growthbook and openmetadata: {', '.join(DIALECTS)}",
    )
    parser.add_argument("--bom", action="store_true", help="for csv: begin with the mark by which Excel knows UTF-8")
    parser.add_argument("--datasource", metavar="ID", help="for growthbook: the id of the data source there")
    parser.add_argument("--base-iri", metavar="ADDRESS", help="for skos: what stands before each id in its address")
    add_layout(parser)
    add_force(parser)
    add_packs(parser)
    parser.add_argument("--json", action="store_true", help="print the loss report as JSON; needs --out")


def _add_sql(commands: Any) -> None:
    parser = add_command(
        commands,
        "sql",
        run_sql,
        help="print the query for a metric",
        about="Print the query that computes a metric from a team's events.",
        example="coach metrics sql task-success-rate --by plan --per week\n"
        "coach metrics sql task-success-rate --dialect bigquery --events-table analytics.ai_events",
    )
    parser.add_argument("id", metavar="ID", help="a metric")
    parser.add_argument(
        "--dialect", metavar="NAME", choices=DIALECTS, default=DIALECTS[0], help=f"{', '.join(DIALECTS)}"
    )
    _add_cut(parser)
    add_layout(parser)
    add_packs(parser)
    add_json(parser)


def _add_compute(commands: Any) -> None:
    parser = add_command(
        commands,
        "compute",
        run_compute,
        help="compute metrics from a file of events",
        about="Compute the catalog's metrics from a team's own events, with intervals for rates and differences.",
        example="coach metrics compute --events events.parquet\n"
        "coach metrics compute --events events.csv --metrics layer:agent --by plan --versus free",
    )
    parser.add_argument(
        "--events",
        metavar="FILE",
        nargs="+",
        required=True,
        help="Parquet, CSV or JSON lines; of several files each is the table that it is named after",
    )
    parser.add_argument("--metrics", metavar="QUERY", help="ids, layer:X, kind:X, archetype:X; default all")
    _add_cut(parser)
    parser.add_argument("--versus", metavar="VALUE", help="with one --by: compare the other segments with this one")
    add_layout(parser)
    add_packs(parser)
    add_json(parser)


def _add_cut(parser: Parser) -> None:
    parser.add_argument("--by", metavar="FIELD", action="append", default=[], help="split by a field; may be repeated")
    parser.add_argument("--per", metavar="PERIOD", choices=GRAINS, help=f"split by time: {', '.join(GRAINS)}")


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
    options = Options(layout=layout_of(args), **_only_for(args))
    export = Export(select(load_base(args.packs), args.select), options)
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


def _only_for(args: Namespace) -> dict[str, Any]:
    """The options that one target alone reads, where they were given; refused with any other."""
    given = {name: value for name in _ONLY_FOR if (value := getattr(args, name))}
    for name in given:
        *others, last = _ONLY_FOR[name]
        if args.to not in _ONLY_FOR[name]:
            targets = f"{', '.join(others)} and {last}" if others else last
            raise UsageError(f"--{name.replace('_', '-')} goes with --to {targets} only")
    return given


def run_sql(args: Namespace) -> int:
    """Print a metric's query."""
    from coach.knowledge.base import load_base
    from coach.measuring.dialects import APPROXIMATE, in_dialect
    from coach.measuring.sql import query

    layout, cut = layout_of(args), _cut_of(args)
    base = load_base(args.packs)
    metric = base.metrics[args.id]
    sql = in_dialect(query(metric, layout, base.metrics, cut), args.dialect)
    if args.json:
        output.print_json({"metric": metric.id, "dialect": args.dialect, "sql": sql})
    else:
        output.print_bytes(sql.encode())
    if "percentile" in metric.formula.model_dump_json(exclude_none=True) and args.dialect in APPROXIMATE:
        output.tell(f"{args.dialect} estimates the percentile: it has no exact one for groups")
    return 0


def run_compute(args: Namespace) -> int:
    """Compute metrics from files of events."""
    from coach.cli.pages.computed import computed_data, computed_page
    from coach.export.catalog.selection import select
    from coach.knowledge.base import load_base
    from coach.measuring.compute import compute
    from coach.measuring.event_files import read_events

    cut = _cut_of(args)
    if args.versus is not None and len(cut.by) != 1:
        raise UsageError("--versus names a value of the field in --by, so it needs exactly one --by")
    layout = layout_of(args)
    base = load_base(args.packs)
    metrics = select(base, args.metrics).metrics
    data, layout = read_events([Path(name) for name in args.events], layout)
    try:
        outcome = compute(metrics, base.metrics, data, layout, cut, args.versus)
    finally:
        data.close()
    if args.json:
        output.print_json(computed_data(outcome))
    else:
        output.print_page(computed_page(outcome, named=args.metrics is not None))
    asked_in_vain = bool(outcome.refused) and args.metrics is not None
    return 1 if asked_in_vain or not outcome.computed else 0


def _cut_of(args: Namespace) -> Cut:
    import re

    from coach.measuring.cut import Cut

    for field in args.by:
        if not re.fullmatch("[a-z][a-z0-9_]*", field):
            raise UsageError(
                f"--by {field!r} is no field: lower-case letters, digits and underscores, as in the catalog"
            )
    return Cut(tuple(dict.fromkeys(args.by)), args.per)
