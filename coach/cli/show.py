"""`coach show`: one entry of the knowledge base, whatever its kind."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from coach.cli import output
from coach.cli.arguments import Commands, add_command, add_json, add_packs
from coach.errors import UnknownIdError, UsageError

if TYPE_CHECKING:
    from pydantic import BaseModel

    from coach.calculators.registry import AnyCalculator
    from coach.cli.layout.blocks import Page
    from coach.knowledge.base import Base


def add(commands: Commands) -> None:
    """Add `show`."""
    parser = add_command(
        commands,
        "show",
        run,
        help="show a case, kind of product, metric, framework, rubric or calculator",
        about="Show one case, kind of product, metric, framework, rubric or calculator, whatever the id names.",
        example="coach show task-completion-rate\ncoach show crm-writing-assistant --hints 1",
    )
    parser.add_argument("id", metavar="ID", help="its id")
    parser.add_argument("--hints", metavar="N", type=int, default=0, help="of a case: show the first N hints")
    parser.add_argument(
        "--all",
        action="store_true",
        help="of a case: show all hints, what good replies contain, and the weak answer",
    )
    add_packs(parser)
    add_json(parser)


def run(args: Namespace) -> int:
    """Show the entry."""
    from coach.knowledge.base import load_base
    from coach.knowledge.kinds import KINDS

    base = load_base(args.packs)
    try:
        kind, entry = base.find(args.id)
    except UnknownIdError as unknown:
        _show_calculator(_calculator(args.id, unknown), args)
        return 0
    if kind != "cases" and (args.hints or args.all):
        raise UsageError(f"--hints and --all are for cases, and {args.id} is a {KINDS[kind].name}")
    if args.json:
        output.print_json({"type": KINDS[kind].name, **output.data_of(entry)})
        return 0
    output.print_page([*_page(base, entry, args), *_origin(base, kind, args.id)])
    return 0


def _calculator(id_: str, unknown: UnknownIdError) -> AnyCalculator:
    """The calculator of an id that the knowledge base does not have."""
    from coach.calculators.registry import CALCULATORS
    from coach.knowledge.nearest import nearest

    if id_ not in CALCULATORS:
        raise UnknownIdError("id", id_, nearest(id_, (*unknown.nearest, *CALCULATORS)))
    return CALCULATORS[id_]


def _show_calculator(calculator: AnyCalculator, args: Namespace) -> None:
    if args.hints or args.all:
        raise UsageError(f"--hints and --all are for cases, and {calculator.id} is a calculator")
    if args.json:
        from coach.calculators.describe import described

        output.print_json({"type": "calculator", **described(calculator)})
        return
    from coach.cli.pages.calculator import calculator_page

    output.print_page(calculator_page(calculator))


def _page(base: Base, entry: BaseModel, args: Namespace) -> Page:
    from coach.knowledge.models.archetype import Archetype
    from coach.knowledge.models.case import Case
    from coach.knowledge.models.framework import Framework
    from coach.knowledge.models.metric import Metric
    from coach.knowledge.models.rubric import Rubric

    match entry:
        case Case():
            from coach.cli.pages.case import case_page

            return case_page(entry, hints=max(args.hints, 0), everything=args.all)
        case Archetype():
            from coach.cli.pages.archetype import archetype_page

            return archetype_page(entry, base)
        case Metric():
            from coach.cli.pages.metric import metric_page

            return metric_page(entry, base)
        case Framework():
            from coach.cli.pages.framework import framework_page

            return framework_page(entry, base)
        case Rubric():
            from coach.cli.pages.rubric import rubric_page

            return rubric_page(entry)
    raise AssertionError(f"no page for {type(entry).__name__}")


def _origin(base: Base, kind: str, id_: str) -> Page:
    from coach.cli.layout.blocks import Prose, Run

    path, line = base.origin(kind, id_)
    return [Prose(Run(f"From {path}:{line}", "quiet"), 0)]
