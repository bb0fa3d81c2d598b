"""Where events lie, as options and map files say it."""

from __future__ import annotations

from pathlib import Path

import pytest

from coach.errors import UsageError
from coach.measuring.layout import Layout, read_map, with_options

MAP = """
events_table: analytics.ai_events
event_column: name
fields: {user_id: uid}
events:
  task_started:
    name: Task Started
    fields: {task_id: job}
  task_completed:
    table: analytics.completions
    time_column: done_at
"""


def test_by_default_all_events_are_in_one_table() -> None:
    layout = Layout()
    assert (layout.table("a"), layout.logged_name("a"), layout.time("a")) == ("events", "a", "event_at")
    assert layout.column("a", "user_id") == "user_id"


def test_a_map_says_what_differs(tmp_path: Path) -> None:
    path = tmp_path / "map.yaml"
    path.write_text(MAP)
    layout = read_map(path)
    assert (layout.table("task_started"), layout.logged_name("task_started")) == (
        "analytics.ai_events",
        "Task Started",
    )
    assert layout.column("task_started", "task_id") == "job"
    assert layout.column("task_completed", "task_id") == "task_id"
    assert layout.column("task_completed", "user_id") == "uid"
    assert (layout.table("task_completed"), layout.logged_name("task_completed")) == ("analytics.completions", None)
    assert (layout.time("task_completed"), layout.time("task_started")) == ("done_at", "event_at")


def test_options_are_laid_over_a_map(tmp_path: Path) -> None:
    path = tmp_path / "map.yaml"
    path.write_text(MAP)
    layout = with_options(read_map(path), events_table="raw.{event}", time_column="ts", user_column="person")
    assert (layout.table("task_started"), layout.logged_name("task_started")) == ("raw.task_started", None)
    assert layout.table("task_completed") == "analytics.completions"
    assert (layout.time("task_started"), layout.column("task_started", "user_id")) == ("ts", "person")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("events_table: 'events; drop table x'", ":1: events_table: is no plain name"),
        ('event_column: "a\\"b"', ":1: event_column: is no plain name"),
        ("events:\n  task_started:\n    name: \"{{ env_var('X') }}\"", ":3: events.task_started.name: an event's name"),
        ("\ntime_colum: x", ":2: time_colum: is no key of a map file"),
        ("table_per_event: raw.events", "must hold {event} once"),
        ("table_per_event: 'raw.{event}{event}'", "must hold {event} once"),
        ("fields: &a {user_id: x}", "anchors are not allowed"),
        ("", "is empty"),
        ("- 1", "should be an object"),
    ],
)
def test_a_hostile_or_mistaken_map_is_refused_with_its_line(text: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "map.yaml"
    path.write_text(text)
    with pytest.raises(UsageError) as refused:
        read_map(path)
    assert str(path) in str(refused.value)
    assert said in str(refused.value)
    assert len(str(refused.value).splitlines()) == 1


def test_a_map_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such file"):
        read_map(tmp_path / "map.yaml")


@pytest.mark.parametrize(
    ("option", "value"),
    [("events_table", "a b"), ("events_table", "x.{evnt}"), ("event_column", "n; --"), ("user_column", "'")],
)
def test_an_option_that_is_no_identifier_is_refused(option: str, value: str) -> None:
    with pytest.raises(UsageError, match=f"--{option.replace('_', '-')}: "):
        with_options(Layout(), **{option: value})
