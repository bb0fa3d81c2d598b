"""Which metrics are shares of things counted one by one, so that an interval can be given."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from typing import Final

from coach.calculators.intervals import newcombe, wilson
from coach.calculators.result import Interval
from coach.knowledge.models.formula import Conversion, Derived, Measure, Ratio, Share
from coach.knowledge.models.metric import Metric
from coach.measuring.expressions import PREFIX, tree

CONFIDENCE: Final = 0.95
"""The share of all samples in which an interval holds the true value, if every counted thing is independent of the
others. Where one person brings many of them, the true interval is wider."""
_COUNTS = ("count", "count_distinct")
Parts = Mapping[str, float | None]
"""What a value was made of, by the names that the SQL gives the parts."""


def interval(metric: Metric, parts: Parts) -> Interval | str:
    """The value's interval, or in words why there is none."""
    if is_share(metric):
        part, whole = parts["numerator"], parts["denominator"]
        return _checked(part, whole) or wilson(part or 0, whole or 1, CONFIDENCE)
    if shares := _difference(metric):
        (part, whole), (other_part, other_whole) = ((parts[a], parts[b]) for a, b in shares)
        fault = _checked(part, whole) or _checked(other_part, other_whole)
        return fault or newcombe((part or 0, whole or 1), (other_part or 0, other_whole or 1), CONFIDENCE)
    return _why_not(metric)


def is_share(metric: Metric) -> bool:
    """Whether the value is a part of a whole, both counted thing by thing."""
    match metric.formula:
        case Conversion():
            return True
        case Share(whole=whole):
            return whole.agg in _COUNTS
        case Ratio(numerator=part, denominator=whole):
            return metric.range.max == 1 and part.agg == whole.agg and part.agg in _COUNTS and part.field == whole.field
    return False


def _difference(metric: Metric) -> tuple[tuple[str, str], tuple[str, str]] | None:
    """The terms of `a / b - c / d`, where all are counts and the wholes are not the same."""
    if not isinstance(metric.formula, Derived):
        return None
    match tree(metric.formula.expression):
        case ast.BinOp(
            left=ast.BinOp(left=ast.Name(id=a), op=ast.Div(), right=ast.Name(id=b)),
            op=ast.Sub(),
            right=ast.BinOp(left=ast.Name(id=c), op=ast.Div(), right=ast.Name(id=d)),
        ):
            names = [name.removeprefix(PREFIX) for name in (a, b, c, d)]
            terms = [metric.formula.terms[name] for name in names]
            if b != d and all(isinstance(term, Measure) and term.agg in _COUNTS for term in terms):
                return (names[0], names[1]), (names[2], names[3])
    return None


def _checked(part: float | None, whole: float | None) -> str:
    if not whole:
        return "there is nothing to take a share of"
    if part is None or not 0 <= part <= whole:
        return "the numerator is no part of the denominator in these events"
    return ""


def _why_not(metric: Metric) -> str:
    match metric.formula:
        case Share() | Ratio():
            return "amounts were added up, and totals do not tell how they vary"
        case Derived():
            return "it is worked out from several numbers that vary together"
    return "it is no rate and no difference of rates"
