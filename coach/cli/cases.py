"""`coach cases`: the case bank."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING, Any, get_args

from coach.cli import output
from coach.cli.arguments import Commands, add_command, add_json, add_packs, one_of

if TYPE_CHECKING:
    from coach.knowledge.models.case import Case


def add(commands: Commands) -> None:
    """Add `cases`."""
    parser = add_command(
        commands,
        "cases",
        run,
        help="list the practice cases",
        about="List the practice cases that fit all the filters.",
        example="coach cases --level senior --search email",
    )
    parser.add_argument("--archetype", metavar="KIND", help="only this kind of product, such as support-chatbot")
    parser.add_argument(
        "--round",
        metavar="ROUND",
        help="only this round: metric-design, diagnosis, technical, trade-off, experiment or behavioural",
    )
    parser.add_argument("--level", metavar="LEVEL", help="only this level: associate, senior or lead")
    parser.add_argument("--search", metavar="TEXT", help="only cases that hold all these words, or parts of words")
    add_packs(parser)
    add_json(parser)


def run(args: Namespace) -> int:
    """List the cases."""
    from coach.knowledge.base import load_base
    from coach.knowledge.models.case import CaseLevel, Round

    base = load_base(args.packs)
    round_ = one_of("round", args.round, get_args(Round))
    level = one_of("level", args.level, get_args(CaseLevel))
    if args.archetype is not None:
        _ = base.archetypes[args.archetype]
    words = (args.search or "").casefold().split()
    found = [
        case
        for case in base.cases.values()
        if args.archetype in (None, case.archetype)
        and round_ in (None, case.round)
        and level in (None, case.level)
        and _holds(case, words)
    ]
    if args.json:
        output.print_json([_data(case) for case in found])
    elif found:
        _print(found)
    else:
        output.tell("no case fits; `coach cases` lists all")
    return 0


def _holds(case: Case, words: list[str]) -> bool:
    texts = (case.id, case.title, case.archetype, case.round, case.level, case.prompt, *case.product_terms)
    text = " ".join(texts).casefold()
    return all(word in text for word in words)


def _data(case: Case) -> dict[str, Any]:
    return {
        "id": case.id,
        "title": case.title,
        "archetype": case.archetype,
        "round": case.round,
        "level": case.level,
        "rubric": case.rubric,
        "minutes": case.minutes,
        "prompt": case.prompt,
    }


def _print(cases: list[Case]) -> None:
    from coach.cli.layout.blocks import Column, Grid, Run

    columns = (
        Column("Id"),
        Column("Level"),
        Column("Round", optional=True),
        Column("Min", right=True),
        Column("Kind", optional=True),
        Column("Title", least=28),
    )
    rows = [(Run(c.id, "name"), c.level, c.round, str(c.minutes), Run(c.archetype, "quiet"), c.title) for c in cases]
    output.print_page([Grid(columns, rows)])
