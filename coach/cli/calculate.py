"""`coach calculate`: returns, costs, sample sizes, reliability and agreement, each with its limits."""

from __future__ import annotations

from argparse import REMAINDER, Namespace
from typing import TYPE_CHECKING, Any

from coach.cli import output
from coach.cli.arguments import Commands, Parser, add_command, add_json, near
from coach.errors import UsageError

if TYPE_CHECKING:
    from coach.calculators.registry import AnyCalculator

_EXAMPLES = """
coach calculate
coach calculate ab-proportions --baseline 35% --difference 3% --per-day 900
coach calculate roi --benefit 480,000 --cost 300,000 --json
coach calculate pass-at-k-from-runs --good 10,8,6,10,0,9 --runs 10 --k 3
coach calculate ab-proportions --help
"""


def add(commands: Commands) -> None:
    """Add `calculate`."""
    parser = add_command(
        commands,
        "calculate",
        run,
        help="work out a return, a cost, a sample size or an agreement",
        about="Work out a figure, with its formula, interval and limits; without ID, list the calculators.\n"
        "Each has arguments of its own, which coach calculate ID --help tells.",
        example=_EXAMPLES,
    )
    parser.add_argument("id", metavar="ID", nargs="?", help="a calculator, or a metric that one computes")
    parser.add_argument("rest", metavar="--argument VALUE", nargs=REMAINDER, help="its arguments")
    add_json(parser)


def run(args: Namespace) -> int:
    """List the calculators, or calculate."""
    from coach.calculators.registry import CALCULATORS, find

    if args.id is None:
        _list(args.json)
        return 0
    calculator = find(args.id)
    if calculator is None:
        names = [*CALCULATORS, *(metric for known in CALCULATORS.values() for metric in known.metrics)]
        hint = near(args.id, names) or "; `coach calculate` lists them"
        raise UsageError(f"unknown calculator {args.id!r}{hint}")
    parser = _parser(calculator)
    try:
        given, extra = parser.parse_known_args(_joined(args.rest))
    except SystemExit:
        # Its help was all that was asked for.
        return 0
    if extra:
        word = extra[0].partition("=")[0]
        hint = near(word.lstrip("-"), (name.lstrip("-") for name in parser.options()))
        parser.error(f"unexpected argument {word!r}{hint.replace('mean ', 'mean --')}")
    texts = {name: text for name, text in vars(given).items() if isinstance(text, str)}
    _calculate(calculator, texts, args.json or given.json)
    return 0


def _parser(calculator: AnyCalculator) -> Parser:
    """The options of one calculator; its help tells all that is known of it."""
    from textwrap import fill

    width = min(output.screen_width(), 100) - 2
    about = (f"{calculator.name}. {calculator.about}", calculator.formula)
    lines = [*calculator.assumptions, *calculator.limits]
    mind = [fill(line, width, initial_indent="  - ", subsequent_indent="    ") for line in lines]
    parser = Parser(
        prog=f"coach calculate {calculator.id}",
        description="\n\n".join(fill(line, width) for line in about),
        epilog="\n".join(["mind that:", *mind, "", "example:", f"  {calculator.call}"]),
    )
    for argument in calculator.arguments:
        default = "" if argument.required else " (optional)" if argument.default is None else _default(argument)
        parser.add_argument(
            argument.option,
            dest=argument.name,
            metavar=argument.kind.upper(),
            help=f"{argument.meaning}{default}".replace("%", "%%"),
        )
    add_json(parser)
    return parser


def _default(argument: Any) -> str:
    from coach.calculators.wording import value_in_words

    return f"; default {value_in_words(argument, argument.default)}"


def _joined(words: list[str]) -> list[str]:
    """The call with each option and its value in one word, so that -3% is a value and not an option."""
    joined: list[str] = []
    waiting = False
    for word in words:
        if waiting and not word.startswith("--"):
            joined[-1] += f"={word}"
            waiting = False
        else:
            joined.append(word)
            waiting = word.startswith("--") and "=" not in word and word not in ("--json", "--help")
    return joined


def _calculate(calculator: AnyCalculator, texts: dict[str, str], as_json: bool) -> None:
    see = f"see `coach calculate {calculator.id} --help`"
    missing = [a.option for a in calculator.arguments if a.required and not texts.get(a.name, "").strip()]
    if missing:
        raise UsageError(f"missing: {', '.join(missing)}; {see}")
    values, errors = calculator.read(texts)
    if errors:
        raise errors[0]
    result = calculator.calculate(values)
    if as_json:
        from dataclasses import asdict

        data = asdict(result)
        first = data["figures"][0]
        answer = {"value": first["value"], "unit": first["unit"], "interval": first["interval"]}
        inputs = {"calculator": data.pop("calculator"), "name": calculator.name, "inputs": values}
        output.print_json({**inputs, **answer, **data, "source": calculator.source})
        return
    from coach.cli.pages.calculator import result_page

    output.print_page(result_page(calculator, values, result))


def _list(as_json: bool) -> None:
    from coach.calculators.registry import CALCULATORS

    if as_json:
        from coach.calculators.describe import described

        output.print_json([described(calculator) for calculator in CALCULATORS.values()])
        return
    from coach.cli.layout.blocks import Column, Grid, Run

    rows = [(Run(known.id, "name"), known.name) for known in CALCULATORS.values()]
    output.print_page([Grid([Column("Id"), Column("Works out", least=20)], rows)])
