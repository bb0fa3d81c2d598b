"""Metrics computed from a team's events: values with their intervals, and why some have none."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from coach.calculators.result import Interval
from coach.cli.layout.blocks import Bullets, Column, Grid, Heading, Line, Page, Prose, Run
from coach.knowledge.models.metric import Metric
from coach.measuring.compute import Answer, Computed, Difference, Outcome
from coach.measuring.proportions import CONFIDENCE
from coach.scorecards.wording import is_fraction

_MOST_REASONS = 12


def computed_page(outcome: Outcome, *, named: bool) -> Page:
    """The values as a table; the reasons of all metrics that were `named`, else of the first few."""
    blocks: list[Any] = []
    if outcome.computed:
        split = any(answer.segment for each in outcome.computed for answer in each.answers)
        columns = [Column("Metric"), *([Column("Segment")] if split else []), Column("Value", right=True)]
        columns += [
            Column(f"{CONFIDENCE:.0%} interval"),
            Column("Of", right=True, optional=True),
            Column("Unit", least=16, optional=True),
        ]
        rows = [_row(each, answer, split) for each in outcome.computed for answer in each.answers]
        blocks.append(Grid(columns, rows))
    else:
        blocks.append(Prose("No metric can be computed from these events.", 0))
    if differences := [(each, gap) for each in outcome.computed for gap in each.differences]:
        blocks += [Heading("Differences"), Bullets([_difference(each.metric, gap) for each, gap in differences])]
    remarks: list[Line] = [
        (Run(each.metric.id, "name"), f": {note}") for each in outcome.computed for note in each.notes
    ]
    if remarks:
        blocks += [Heading("Read with care"), Bullets(remarks)]
    if outcome.refused:
        reasons: list[Line] = [(Run(id_, "name"), f": {reason}") for id_, reason in outcome.refused.items()]
        hidden = 0 if named else len(reasons) - _MOST_REASONS
        blocks.append(Heading(f"Not computed: {len(reasons)} of {len(reasons) + len(outcome.computed)}"))
        blocks.append(Bullets(reasons if hidden <= 0 else reasons[:_MOST_REASONS]))
        if hidden > 0:
            blocks.append(Prose(f"… and {hidden} more; --json lists all, --metrics asks for some"))
    return blocks


def computed_data(outcome: Outcome) -> dict[str, Any]:
    """The same as data."""
    return {
        "computed": [
            {
                "metric": each.metric.id,
                "name": each.metric.name,
                "unit": each.metric.unit,
                "values": [_answer_data(answer) for answer in each.answers],
                "differences": [
                    {"segment": _plain(gap.segment), "value": gap.value, "interval": _interval_data(gap.interval)}
                    for gap in each.differences
                ],
                "notes": list(each.notes),
            }
            for each in outcome.computed
        ],
        "not_computed": [{"metric": id_, "reason": reason} for id_, reason in outcome.refused.items()],
    }


def _answer_data(answer: Answer) -> dict[str, Any]:
    return {
        "segment": _plain(answer.segment),
        "value": answer.value,
        "parts": dict(answer.parts),
        "interval": _interval_data(answer.interval) if answer.interval else None,
        "no_interval": answer.without or None,
    }


def _interval_data(found: Interval) -> dict[str, Any]:
    return {"low": found.low, "high": found.high, "method": found.method, "level": found.confidence}


def _plain(segment: Mapping[str, Any]) -> dict[str, Any]:
    return {
        key: value if value is None or isinstance(value, (bool, int, float, str)) else _said(value)
        for key, value in segment.items()
    }


def _row(computed: Computed, answer: Answer, split: bool) -> list[Line]:
    metric = computed.metric
    segment: list[Line] = [", ".join(_said(value) for value in answer.segment.values())] if split else []
    unit = "" if is_fraction(metric) else metric.unit.partition(" (")[0]
    value = Run(_figure(answer.value, metric), "strong")
    spread = Run("none", "quiet") if answer.interval is None else _between(answer.interval, metric)
    return [Run(metric.id, "name"), *segment, value, spread, _of(answer), unit]


def _of(answer: Answer) -> str:
    whole = answer.parts.get("denominator", answer.parts.get("n"))
    return "" if whole is None else f"{whole:,.6g}"


def _figure(value: float | None, metric: Metric) -> str:
    if value is None:
        return "none"
    return f"{value * 100:.1f}%" if is_fraction(metric) else f"{value:,.4g}" if abs(value) < 1000 else f"{value:,.0f}"


def _between(found: Interval, metric: Metric) -> str:
    return f"{_figure(found.low, metric)} to {_figure(found.high, metric)}"


def _difference(metric: Metric, gap: Difference) -> Line:
    low, high = gap.interval.low * 100, gap.interval.high * 100
    clear = "" if low > 0 or high < 0 else ", so it may be none"
    segment = ", ".join(_said(value) for value in gap.segment.values())
    said = f" {segment}: {gap.value * 100:+.1f} points ({low:+.1f} to {high:+.1f}, {gap.interval.method}){clear}"
    return (Run(metric.id, "name"), said)


def _said(value: Any) -> str:
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}" if value == value.replace(hour=0, minute=0, second=0) else f"{value:%Y-%m-%d %H:%M}"
    return "none" if value is None else str(value)
