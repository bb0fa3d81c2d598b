from __future__ import annotations

from typing import Any

import pytest
from pydantic import TypeAdapter

from coach.knowledge.base import Base
from coach.knowledge.models.formula import Filter, Formula, Measure
from coach.knowledge.models.metric import Metric, Threshold
from coach.scorecards.wording import (
    filter_in_words,
    formula_in_words,
    measure_in_words,
    numerator_and_denominator,
    range_in_words,
    threshold_in_words,
    window_in_words,
)

TASK = {"unit_of_analysis": "a task"}


def formula(**fields: Any) -> Formula:
    parsed: Formula = TypeAdapter(Formula).validate_python(TASK | fields)
    return parsed


DONE = {"event": "task_completed", "where": [{"field": "outcome", "op": "eq", "value": "done"}]}
COST = {"agg": "sum", "event": "cost_booked", "field": "amount"}


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        (
            {
                "kind": "conversion",
                "base": {"event": "task_started"},
                "target": DONE,
                "entity": "task_id",
                "window": "7d",
            },
            "distinct task_id of task_completed where outcome = done, over distinct task_id of task_started, "
            "within 7 days",
        ),
        (
            {
                "kind": "simple",
                "measure": {"agg": "percentile", "percentile": 0.95, "event": "e", "field": "ms"},
            },
            "95th percentile of ms of e",
        ),
        (
            {
                "kind": "simple",
                "measure": {"agg": "percentile", "percentile": 0.5, "event": "e", "field": "ms"},
            },
            "median ms of e",
        ),
        (
            {"kind": "simple", "measure": {"agg": "avg", "event": "e", "field": "x"}, "window": "30min"},
            "mean x of e, within 30 minutes",
        ),
        (
            {
                "kind": "cumulative",
                "measure": {"agg": "count_distinct", "event": "e", "field": "user_id"},
                "window": "1w",
            },
            "distinct user_id of e, over the trailing 1 week",
        ),
        (
            {"kind": "ratio", "numerator": COST, "denominator": {"agg": "count", "event": "ticket_resolved"}},
            "sum of amount of cost_booked, over count of ticket_resolved",
        ),
        (
            {
                "kind": "share",
                "whole": {
                    "agg": "count",
                    "event": "e",
                    "where": [{"field": "survey", "op": "eq", "value": "csat"}],
                },
                "part": [{"field": "score", "op": "ge", "value": 4}],
            },
            "count of e where survey = csat and score ≥ 4, over count of e where survey = csat",
        ),
        (
            {
                "kind": "derived",
                "expression": "(benefit_value-cost)/cost",
                "terms": {"benefit_value": {"metric": "time-saved-per-task"}, "cost": COST},
            },
            "(benefit_value − cost) ÷ cost, where benefit_value = Time saved; cost = sum of amount of cost_booked",
        ),
    ],
    ids=["conversion", "percentile", "median", "mean", "cumulative", "ratio", "share", "derived"],
)
def test_a_formula_is_said_in_one_sentence(fields: dict[str, Any], words: str) -> None:
    names = {"time-saved-per-task": "Time saved"}
    assert formula_in_words(formula(**fields), names.__getitem__) == words


def test_a_procedure_speaks_for_itself() -> None:
    procedure = TypeAdapter(Formula).validate_python(
        {"kind": "procedure", "procedure": "Two raters mark 100 answers.", "inputs": ["100 answers"]}
    )
    assert formula_in_words(procedure) == "Two raters mark 100 answers."
    assert numerator_and_denominator(procedure) is None


def test_both_parts_of_a_conversion_can_be_read_alone() -> None:
    conversion = formula(kind="conversion", base={"event": "task_started"}, target=DONE, entity="task_id", window="24h")
    assert numerator_and_denominator(conversion) == (
        "distinct task_id that reach task_completed where outcome = done within 24 hours",
        "distinct task_id of task_started",
    )


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ({"op": "eq", "value": True}, "f = true"),
        ({"op": "ne", "value": "x"}, "f ≠ x"),
        ({"op": "gt", "value": 3}, "f > 3"),
        ({"op": "le", "value": 0.2}, "f ≤ 0.2"),
        ({"op": "lt", "value": 10000}, "f < 10000"),
        ({"op": "in", "value": ["a", "b", "c"]}, "f is a, b or c"),
        ({"op": "not_in", "value": ["a"]}, "f is not a"),
        ({"op": "is_null"}, "f is missing"),
        ({"op": "not_null"}, "f is present"),
    ],
    ids=lambda value: value["op"] if isinstance(value, dict) else "",
)
def test_every_condition_has_words(condition: dict[str, Any], words: str) -> None:
    assert filter_in_words(Filter.model_validate({"field": "f"} | condition)) == words


@pytest.mark.parametrize(
    ("fraction", "words"),
    [
        (0.9, "90th"),
        (0.01, "1st"),
        (0.02, "2nd"),
        (0.53, "53rd"),
        (0.11, "11th"),
        (0.999, "99.9th"),
        (0.991, "99.1th"),
    ],
)
def test_percentiles_have_their_endings(fraction: float, words: str) -> None:
    measure = Measure(agg="percentile", event="e", field="ms", percentile=fraction)
    assert measure_in_words(measure) == f"{words} percentile of ms of e"


def test_windows() -> None:
    said = [window_in_words(window) for window in ("1min", "48h", "1d", "4w", "3mo")]
    assert said == ["1 minute", "48 hours", "1 day", "4 weeks", "3 months"]
    with pytest.raises(ValueError, match="'soon' is no window"):
        window_in_words("soon")


def limit(metric: Metric, op: str, value: float, upper: float | None = None) -> str:
    fields = {"level": "target", "op": op, "value": value, "upper": upper}
    rest = {"context": "c", "source": "s", "trust": "claimed"}
    return threshold_in_words(Threshold.model_validate(fields | rest), metric)


def test_limits_are_said_in_the_metrics_unit(base: Base) -> None:
    share, wait = base.metrics["task-completion-rate"], base.metrics["latency-percentile"]
    assert limit(share, ">=", 0.85) == "at least 85%"
    assert limit(share, "<", 0.0009) == "below 0.09%"
    assert limit(share, "between", 0.285, 0.7) == "28.5% to 70%"
    assert limit(wait, "<=", 1000) == "at most 1,000 ms"
    assert limit(wait, "between", 300, 500) == "300 to 500 ms"
    assert limit(base.metrics["return-on-investment"], ">", 0.5) == "above 50%"


def test_ranges(base: Base) -> None:
    assert range_in_words(base.metrics["task-completion-rate"]) == "0% to 100%"
    assert range_in_words(base.metrics["latency-percentile"]) == "0 and more"


def test_every_metric_of_the_catalog_can_be_said(base: Base) -> None:
    for metric in base.metrics.values():
        words = formula_in_words(metric.formula, lambda id_: base.metrics[id_].name)
        assert words
        assert not {"{", "None", "=="} & set(words.split())
        for threshold in metric.thresholds:
            assert threshold_in_words(threshold, metric)
