"""What each kind of formula means, on events few enough to count by hand."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

import pytest

from coach.errors import UsageError
from coach.knowledge.models.metric import Metric
from coach.measuring.cut import WHOLE, Cut
from coach.measuring.evaluate import evaluate
from coach.measuring.fields import events_read
from coach.measuring.layout import Layout
from coach.measuring.sql import query
from tests.measuring.conftest import Events, Make, filled

TYPES = {"event_name": "VARCHAR", "event_at": "TIMESTAMP", "user_id": "VARCHAR", "plan": "VARCHAR"}
TYPES |= {"task_id": "VARCHAR", "amount": "DOUBLE", "ok": "BOOLEAN"}


def event(name: str, at: str, **fields: Any) -> dict[str, Any]:
    return {"event_name": name, "event_at": datetime.fromisoformat(at), **fields}


class Values(Protocol):
    def __call__(
        self, metric: Metric, events: Events, cut: Cut = WHOLE, *others: Metric
    ) -> dict[tuple[Any, ...], Any]: ...


@pytest.fixture
def values(tmp_path: Path) -> Values:
    def both(metric: Metric, events: Events, cut: Cut = WHOLE, *others: Metric) -> dict[tuple[Any, ...], Any]:
        """The value by segment, on which evaluator and SQL agree."""
        catalog = {each.id: each for each in (metric, *others)}
        worked_out = {key: number.value for key, number in evaluate(metric, events, catalog, cut).items()}
        connection = filled(TYPES, events, tmp_path)
        logged = {row["event_name"] for row in events}
        for layout in (Layout(), Layout(table_per_event="raw.{event}")):
            if layout.table_per_event and not events_read([metric], catalog).keys() <= logged:
                continue
            rows = connection.execute(query(metric, layout, catalog, cut)).fetchall()
            asked = {row[: len(cut.columns)]: row[-1] for row in rows}
            assert asked == pytest.approx(worked_out)
        return worked_out

    return both


def test_a_ratio_of_sums_and_counts(metric: Make, values: Values) -> None:
    cost = metric(
        kind="ratio",
        numerator={"agg": "sum", "event": "cost", "field": "amount"},
        denominator={"agg": "count_distinct", "event": "done", "field": "task_id"},
    )
    events = [
        event("cost", "2026-01-01", amount=10.0, plan="a"),
        event("cost", "2026-01-02", amount=None, plan="b"),
        event("done", "2026-01-02", task_id="t1", plan="a"),
        event("done", "2026-01-03", task_id="t1", plan="b"),
        event("done", "2026-01-03", task_id="t2", plan="b"),
        event("done", "2026-01-03", plan="b"),
    ]
    assert values(cost, events) == {(): 5}
    assert values(cost, events, Cut(("plan",))) == {("a",): 10, ("b",): 0}


def test_nothing_over_nothing_is_no_number(metric: Make, values: Values) -> None:
    ratio = metric(kind="ratio", numerator={"agg": "count", "event": "a"}, denominator={"agg": "count", "event": "b"})
    assert values(ratio, [event("a", "2026-01-01")]) == {(): None}


def test_a_share_narrows_its_whole_and_null_meets_no_condition(metric: Make, values: Values) -> None:
    share = metric(
        kind="share",
        whole={"agg": "count", "event": "rated", "where": [{"field": "plan", "op": "ne", "value": "test"}]},
        part=[{"field": "amount", "op": "ge", "value": 4}],
    )
    amounts = [(5.0, "a"), (4.0, "a"), (3.0, "a"), (None, "a"), (5.0, "test"), (5.0, None)]
    events = [event("rated", "2026-01-01", amount=amount, plan=plan) for amount, plan in amounts]
    assert values(share, events) == {(): 0.5}


@pytest.mark.parametrize(
    ("op", "value", "expected"),
    [
        ("eq", 2, 1),
        ("ne", 2, 2),
        ("gt", 2, 1),
        ("le", 2, 2),
        ("in", [1, 3], 2),
        ("not_in", [1], 2),
        ("is_null", None, 1),
        ("not_null", None, 3),
    ],
)
def test_every_operator(op: str, value: Any, expected: int, metric: Make, values: Values) -> None:
    condition = {"field": "amount", "op": op} | ({} if value is None else {"value": value})
    counted = metric(kind="simple", measure={"agg": "count", "event": "a", "where": [condition]})
    events = [event("a", "2026-01-01", amount=amount) for amount in (1.0, 2.0, 3.0, None)]
    assert values(counted, events) == {(): expected}


def test_a_percentile_lies_between_two_values(metric: Make, values: Values) -> None:
    slow = metric(kind="simple", measure={"agg": "percentile", "percentile": 0.9, "event": "a", "field": "amount"})
    events = [event("a", "2026-01-01", amount=float(amount)) for amount in (10, 30, 20, 40)]
    assert values(slow, events) == {(): pytest.approx(37)}


def test_a_conversion_counts_things_that_follow_in_time(metric: Make, values: Values) -> None:
    done = metric(
        kind="conversion",
        entity="task_id",
        window="24h",
        base={"event": "started"},
        target={"event": "done", "where": [{"field": "ok", "op": "eq", "value": True}]},
    )
    events = [
        *(event("started", "2026-01-05 10:00", task_id=f"t{n}", plan="a" if n < 4 else "b") for n in range(1, 7)),
        event("started", "2026-01-05 11:00", task_id="t1", plan="a"),
        event("started", "2026-01-05 11:00", plan="a"),
        event("done", "2026-01-05 10:00", task_id="t1", ok=True),  # at once
        event("done", "2026-01-06 09:59:59", task_id="t2", ok=True),
        event("done", "2026-01-06 10:00", task_id="t3", ok=True),  # the window is over
        event("done", "2026-01-05 09:59", task_id="t4", ok=True),  # before
        event("done", "2026-01-05 12:00", task_id="t5", ok=False),
        event("done", "2026-01-05 12:00", task_id="t6", ok=True),
        event("done", "2026-01-05 13:00", task_id="t6", ok=True),
        event("done", "2026-01-05 13:00", task_id="unknown", ok=True),
    ]
    assert values(done, events) == {(): 3 / 6}
    assert values(done, events, Cut(("plan",))) == {("a",): 2 / 3, ("b",): 1 / 3}


def test_months_are_counted_by_the_calendar(metric: Make, values: Values) -> None:
    kept = metric(kind="conversion", entity="user_id", window="1mo", base={"event": "paid"}, target={"event": "stayed"})
    inside = [event("paid", "2026-01-31 12:00", user_id="u"), event("stayed", "2026-02-28 12:00", user_id="u")]
    outside = [event("paid", "2026-01-28 12:00", user_id="u"), event("stayed", "2026-02-28 12:00", user_id="u")]
    assert values(kept, inside) == {(): 1}
    assert values(kept, outside) == {(): 0}


def test_a_trailing_window_ends_with_the_last_day_of_its_period(metric: Make, values: Values) -> None:
    active = metric(
        kind="cumulative",
        window="7d",
        measure={
            "agg": "count_distinct",
            "event": "used",
            "field": "user_id",
            "where": [{"field": "ok", "op": "eq", "value": True}],
        },
    )
    events = [
        event("used", "2026-01-05 08:00", user_id="a", ok=True, plan="x"),
        event("used", "2026-01-06 08:00", user_id="b", ok=True, plan="x"),
        event("used", "2026-01-12 23:00", user_id="c", ok=True, plan="y"),
        event("used", "2026-01-12 09:00", user_id="d", ok=False, plan="y"),
    ]
    days = {day: datetime(2026, 1, day) for day in (5, 6, 12)}
    assert values(active, events) == {(): 2}
    assert values(active, events, Cut(per="day")) == {(days[5],): 1, (days[6],): 2, (days[12],): 2}
    assert values(active, events, Cut(("plan",))) == {("x",): 1, ("y",): 1}


def test_derived_metrics_reach_other_metrics(metric: Make, values: Values) -> None:
    first = metric("paying", kind="simple", measure={"agg": "count_distinct", "event": "paid", "field": "user_id"})
    both = metric(
        "per-payer",
        kind="derived",
        expression="-(total - 2) / payers + 0.5",
        terms={"total": {"agg": "sum", "event": "paid", "field": "amount"}, "payers": {"metric": "paying"}},
    )
    events = [event("paid", "2026-01-01", user_id=user, amount=4.0, plan="x") for user in "aab"]
    events.append(event("paid", "2026-01-01", amount=1.0, plan="y"))
    assert values(both, events, WHOLE, first) == {(): -11 / 2 + 0.5}
    assert values(both, events, Cut(("plan",)), first) == {("x",): -10 / 2 + 0.5, ("y",): None}


def test_a_count_of_nothing_is_nought_in_what_is_derived_from_it(metric: Make, values: Values) -> None:
    """A day on which nobody pays of their own accord has a share of 0, and is not left out of the mean of days."""
    by_hand = [{"field": "ok", "op": "eq", "value": True}]
    daily = metric("daily", kind="simple", measure={"agg": "count", "event": "paid", "where": by_hand})
    doubled = metric("doubled", kind="derived", expression="daily * 2", terms={"daily": {"metric": "daily"}})
    mean = metric("mean", kind="simple", measure={"agg": "avg", "event": "paid", "field": "amount", "where": by_hand})
    whole = {"agg": "count", "event": "paid"}
    events = [
        event("paid", "2026-01-01", ok=True, amount=3.0, plan="x"),
        event("paid", "2026-01-02", ok=False, amount=5.0, plan="y"),
    ]
    for part, expected in ((daily, 0), (doubled, 0), (mean, None)):
        share = metric(kind="derived", expression="part / whole", terms={"part": {"metric": part.id}, "whole": whole})
        by_plan = values(share, events, Cut(("plan",)), daily, doubled, mean)
        assert by_plan["y",] == expected
        assert by_plan["x",] > 0


def test_a_procedure_has_no_query(metric: Make) -> None:
    asked = metric(kind="procedure", procedure="Ask people.", inputs=["people"])
    assert "unit_of_analysis" not in asked.formula.model_dump()
    with pytest.raises(UsageError, match="events alone cannot give this number; `coach show made-up` says how"):
        query(asked, Layout(), {})
