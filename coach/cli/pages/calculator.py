"""A calculator, and what it found."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from coach.calculators.arguments import Argument
from coach.calculators.registry import AnyCalculator
from coach.calculators.result import Figure, Result
from coach.calculators.wording import figure_in_words, interval_in_words, value_in_words
from coach.cli.layout.blocks import Block, Bullets, Facts, Heading, Line, Page, Prose, Run, Title, Verbatim, names


def calculator_page(calculator: AnyCalculator) -> Page:
    """What it answers, what it takes, and where it holds."""
    rows: list[tuple[str, Line]] = [("id", Run(calculator.id, "name"))]
    if calculator.metrics:
        rows.append(("metrics", names(calculator.metrics)))
    return [
        Title(calculator.name, "calculator"),
        Prose(calculator.about, 0),
        Facts(rows, 0),
        Heading("Formula"),
        Prose(calculator.formula),
        Heading("Arguments"),
        *(block for argument in calculator.arguments for block in _argument(argument)),
        *_beware(calculator),
        Heading("Source"),
        Prose(calculator.source),
        Heading("Example"),
        Verbatim(calculator.call),
    ]


def result_page(calculator: AnyCalculator, values: Mapping[str, Any], result: Result) -> Page:
    """The figures, how they came about, and what to beware of."""
    blocks: list[Block] = [
        Title(f"{result.figures[0].name}: {figure_in_words(result.figures[0])}", calculator.name),
        Facts([*_between(result), *((figure.name, _said(figure)) for figure in result.figures[1:])], 0),
    ]
    if result.notes:
        blocks += [Heading("Mind"), Bullets(result.notes)]
    given = [
        (argument.name, value_in_words(argument, values[argument.name]))
        for argument in calculator.arguments
        if values[argument.name] is not None
    ]
    return [
        *blocks,
        Heading("How it was worked out"),
        Prose(result.formula),
        Prose(result.working),
        Heading("From"),
        Facts(given),
        *_beware(calculator),
        Heading("Source"),
        Prose(calculator.source),
    ]


def _argument(argument: Argument) -> Page:
    must = "" if argument.required else "optional; " if argument.default is None else ""
    default = ""
    if not argument.required and argument.default is not None:
        default = f"; default {value_in_words(argument, argument.default)}"
    return [
        Prose((Run(argument.option, "strong"), f" ({argument.unit}): {argument.meaning}")),
        Prose(Run(f"{must}{argument.allowed}{default}", "quiet"), 4),
    ]


def _between(result: Result) -> list[tuple[str, Line]]:
    return [("Between", interval_in_words(result.interval, result.unit))] if result.interval is not None else []


def _said(figure: Figure) -> Line:
    value = figure_in_words(figure)
    if figure.interval is None:
        return value
    return (value, Run(f"  between {interval_in_words(figure.interval, figure.unit)}", "quiet"))


def _beware(calculator: AnyCalculator) -> Page:
    return [
        Heading("Holds where"),
        Bullets(calculator.assumptions),
        Heading("Limits"),
        Bullets(calculator.limits),
    ]
