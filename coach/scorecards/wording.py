"""Typed formulas, windows and thresholds said in words, without markup, in one sentence each."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from coach.knowledge.models.formula import (
    Conversion,
    Cumulative,
    Derived,
    Filter,
    Formula,
    Measure,
    MetricRef,
    Procedure,
    Ratio,
    Scalar,
    Share,
    Simple,
    Step,
)
from coach.knowledge.models.metric import Metric, Threshold

NameOf = Callable[[str], str]
"""From a metric's id to the name to call it by."""

_WINDOW = re.compile(r"([0-9]+)(min|h|d|w|mo)")
_SPANS = {"min": "minute", "h": "hour", "d": "day", "w": "week", "mo": "month"}
_OPERATORS = {"eq": "=", "ne": "≠", "gt": ">", "ge": "≥", "lt": "<", "le": "≤"}
_LIMITS = {"<": "below", "<=": "at most", ">": "above", ">=": "at least"}
_AGGREGATES = {"sum": "sum of", "avg": "mean", "min": "smallest", "max": "largest"}


def formula_in_words(formula: Formula, name_of: NameOf = str) -> str:
    """What is computed, for a reader who knows the events: "distinct task_id of task_completed, over …"."""
    match formula:
        case Procedure(procedure=procedure):
            return procedure
        case Derived(expression=expression, terms=terms):
            said = "; ".join(f"{name} = {_term(term, name_of)}" for name, term in terms.items())
            return f"{_spaced(expression)}, where {said}{_within(formula.window)}"
        case Cumulative(measure=measure, window=window):
            return f"{measure_in_words(measure)}, over the trailing {window_in_words(window)}"
        case Simple(measure=measure):
            return measure_in_words(measure) + _within(formula.window)
        case Conversion(base=base, target=target, entity=entity, window=window):
            return f"distinct {entity} of {_step(target)}, over distinct {entity} of {_step(base)}" + _within(window)
    top, bottom = numerator_and_denominator(formula) or ("", "")
    return f"{top}, over {bottom}{_within(formula.window)}"


def numerator_and_denominator(formula: Formula) -> tuple[str, str] | None:
    """Both parts of a ratio, share or conversion in words; None for the other kinds."""
    match formula:
        case Ratio(numerator=numerator, denominator=denominator):
            return measure_in_words(numerator), measure_in_words(denominator)
        case Share(whole=whole, part=part):
            narrowed = whole.model_copy(update={"where": (*whole.where, *part)})
            return measure_in_words(narrowed), measure_in_words(whole)
        case Conversion(base=base, target=target, entity=entity, window=window):
            reached = f"distinct {entity} that reach {_step(target)} within {window_in_words(window)}"
            return reached, f"distinct {entity} of {_step(base)}"
    return None


def measure_in_words(measure: Measure) -> str:
    """An aggregation: "distinct user_id of session_started where plan = pro"."""
    where = _where(measure.where)
    match measure.agg:
        case "count":
            return f"count of {measure.event}{where}"
        case "count_distinct":
            return f"distinct {measure.field} of {measure.event}{where}"
        case "percentile":
            return f"{_percentile(measure.percentile or 0)} {measure.field} of {measure.event}{where}"
    return f"{_AGGREGATES[measure.agg]} {measure.field} of {measure.event}{where}"


def filter_in_words(condition: Filter) -> str:
    """A condition: "edit_share ≤ 0.2", "first_handler is bot or help_centre"."""
    field, value = condition.field, condition.value
    match condition.op:
        case "is_null":
            return f"{field} is missing"
        case "not_null":
            return f"{field} is present"
        case "in" | "not_in":
            values = value if isinstance(value, tuple) else (value,)
            said = _listed((_scalar(item) for item in values if item is not None), "or")
            return f"{field} is {'not ' if condition.op == 'not_in' else ''}{said}"
    assert value is not None
    assert not isinstance(value, tuple)
    return f"{field} {_OPERATORS[condition.op]} {_scalar(value)}"


def window_in_words(window: str) -> str:
    """A span of time: "48 hours", "1 day". Raises `ValueError` for what is no window."""
    found = _WINDOW.fullmatch(window)
    if found is None:
        raise ValueError(f"{window!r} is no window")
    count, unit = int(found[1]), _SPANS[found[2]]
    return f"{count} {unit}{'s' if count != 1 else ''}"


def threshold_in_words(threshold: Threshold, metric: Metric) -> str:
    """A limit in the metric's unit: "at least 85%", "300 to 500 ms"."""
    if threshold.upper is not None:
        low, high = value_in_words(threshold.value, metric), value_in_words(threshold.upper, metric)
        return f"{low.split(' ')[0]} to {high}"
    return f"{_LIMITS[threshold.op]} {value_in_words(threshold.value, metric)}"


def value_in_words(value: float, metric: Metric) -> str:
    """A value in the metric's unit; shares and other fractions as percentages."""
    if is_fraction(metric):
        return f"{value * 100:.6g}%"
    # What stands in brackets explains the unit and is no part of it.
    return f"{value:,.10g} {re.sub(r' *[(].*[)]', '', metric.unit)}".strip()


def is_fraction(metric: Metric) -> bool:
    """Whether the metric's values are parts of one."""
    return metric.range.max == 1 or metric.unit.startswith(("share", "fraction"))


def range_in_words(metric: Metric) -> str:
    """The values that the metric can take: "0% to 100%", "0 and more", "any"."""
    low, high = metric.range.min, metric.range.max
    if low is not None and high is not None:
        return f"{_bare(low, metric)} to {_bare(high, metric)}"
    if low is not None:
        return f"{_bare(low, metric)} and more"
    return f"up to {_bare(high, metric)}" if high is not None else "any"


def _bare(value: float, metric: Metric) -> str:
    return f"{value * 100:.6g}%" if is_fraction(metric) else f"{value:,.10g}"


def _term(term: Measure | MetricRef, name_of: NameOf) -> str:
    return measure_in_words(term) if isinstance(term, Measure) else name_of(term.metric)


def _step(step: Step) -> str:
    return step.event + _where(step.where)


def _where(conditions: Iterable[Filter]) -> str:
    said = " and ".join(filter_in_words(condition) for condition in conditions)
    return f" where {said}" if said else ""


def _within(window: str | None) -> str:
    return f", within {window_in_words(window)}" if window else ""


def _scalar(value: Scalar) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:.10g}" if isinstance(value, float) else str(value)


def _listed(words: Iterable[str], last: str) -> str:
    *first, end = words
    return f"{', '.join(first)} {last} {end}" if first else end


def _percentile(fraction: float) -> str:
    if fraction == 0.5:
        return "median"
    number = f"{fraction * 100:.6g}"
    # 11th, 12th and 13th are the exceptions; fractions of a percent read as "99.9th".
    ending = {"1": "st", "2": "nd", "3": "rd"}.get(number[-1], "th")
    return f"{number}{'th' if number[-2:] in ('11', '12', '13') or '.' in number else ending} percentile of"


def _spaced(expression: str) -> str:
    """Signs of arithmetic set apart and in print, which underscores in names are not."""
    spaced = re.sub(r"\s*([*/+-])\s*", r" \1 ", expression).strip()
    return spaced.replace(" * ", " × ").replace(" / ", " ÷ ").replace(" - ", " − ")
