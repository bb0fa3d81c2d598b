"""`coach metrics`: the metric catalog, searched and filtered."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, get_args

from coach.cli import catalog, output
from coach.cli.arguments import Commands, Parser, add_command, add_json, add_packs, one_of
from coach.errors import UsageError

if TYPE_CHECKING:
    from coach.knowledge.models.metric import Metric


def add(commands: Commands) -> None:
    """Add `metrics` with its own commands."""
    parser = add_command(
        commands,
        "metrics",
        None,
        help="search, list and export the metric catalog",
        example="coach metrics search halucination\ncoach metrics list --layer retrieval\n"
        "coach metrics export --to json --out catalog.json",
    )
    below = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _add_search(below)
    _add_list(below)
    catalog.add(below)


def _add_search(commands: Any) -> None:
    parser = add_command(
        commands,
        "search",
        run_search,
        help="find metrics by name, other name or abbreviation",
        about="Find metrics by name, other name or abbreviation, misspelt or half typed; best first.",
        example="coach metrics search halucination",
    )
    parser.add_argument("text", metavar="TEXT", nargs="+", help="what to look for")
    parser.add_argument("--limit", metavar="N", type=int, default=10, help="at most so many; default 10")
    _add_common(parser)


def _add_list(commands: Any) -> None:
    parser = add_command(
        commands,
        "list",
        run_list,
        help="list metrics, all or those that fit",
        about="List the metrics that fit all the filters.",
        example="coach metrics list --layer agent --kind rate",
    )
    parser.add_argument(
        "--layer",
        metavar="LAYER",
        help="business, adoption, experience, model, retrieval, agent, operations, responsible or experiment",
    )
    parser.add_argument("--kind", metavar="KIND", help="such as rate, ratio, mean, percentile, score or money")
    parser.add_argument("--archetype", metavar="ID", help="that fit this kind of product")
    _add_common(parser)


def _add_common(parser: Parser) -> None:
    add_packs(parser)
    add_json(parser)


def run_search(args: Namespace) -> int:
    """Search the catalog."""
    from coach.knowledge.base import load_base

    if args.limit < 1:
        raise UsageError("--limit must be at least 1")
    text = " ".join(args.text)
    found = load_base(args.packs).metrics.search(text, limit=args.limit)
    return _print(found, args, f"no metric is called anything like {text!r}; `coach metrics list` lists all")


def run_list(args: Namespace) -> int:
    """Filter the catalog."""
    from coach.knowledge.base import load_base
    from coach.knowledge.models.metric import Layer, Metric

    base = load_base(args.packs)
    layer = one_of("layer", args.layer, get_args(Layer))
    kind = one_of("kind", args.kind, get_args(Metric.model_fields["kind"].annotation))
    if args.archetype is not None:
        _ = base.archetypes[args.archetype]
    found = [
        metric
        for metric in base.metrics.values()
        if layer in (None, metric.layer)
        and kind in (None, metric.kind)
        # A metric that names no kind of product fits any.
        and (args.archetype is None or not metric.archetypes or args.archetype in metric.archetypes)
    ]
    return _print(found, args, "no metric fits; `coach metrics list` lists all")


def _print(metrics: Iterable[Metric], args: Namespace, nothing: str) -> int:
    found = list(metrics)
    if args.json:
        output.print_json([output.data_of(metric) for metric in found])
    elif not found:
        output.tell(nothing)
    else:
        from coach.cli.layout.blocks import Column, Grid, Run

        columns = (
            Column("Id"),
            Column("Layer", optional=True),
            Column("Kind", optional=True),
            Column("Name", least=16),
            Column("Answers", least=24),
        )
        rows = [(Run(m.id, "name"), m.layer, m.kind, m.name, Run(m.question, "quiet")) for m in found]
        output.print_page([Grid(columns, rows)])
    return 0
