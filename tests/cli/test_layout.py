"""Pages on screens of any width: nothing is lost, nothing is broken that people copy."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.cli.layout.blocks import (
    Bullets,
    Column,
    Facts,
    Fixed,
    Grid,
    Heading,
    Page,
    Prose,
    Run,
    Title,
    Verbatim,
    fitted,
    text_of,
)
from coach.cli.layout.flow import columns, wrapped
from coach.cli.layout.plain import plain_lines
from coach.knowledge.base import Base
from tests.cli.conftest import Coach

WORDS = st.lists(st.text(st.characters(whitelist_categories=("L", "N", "P")), min_size=1, max_size=12), max_size=30)
GRID = Grid(
    (Column("Id"), Column("Level", optional=True), Column("Title", least=12), Column("Min", right=True, optional=True)),
    [(Run("hospital-policy-search", "name"), "associate", "Policies and procedures for ward staff", "15")],
)


def plain(page: Page, width: int = 80, table_width: int | None = None) -> list[str]:
    return list(plain_lines(page, width, table_width))


@given(WORDS, st.integers(10, 60))
def test_wrapping_keeps_all_words_in_order_within_the_width(words: list[str], width: int) -> None:
    lines = [text_of(line) for line in wrapped(" ".join(words), width, Run("- "), Run("  "))]
    assert "".join(line[2:] for line in lines).replace(" ", "") == "".join(words)
    assert all(columns(line) <= width or len(line.split()) <= 2 for line in lines)


def test_a_word_longer_than_the_line_stands_alone_and_whole() -> None:
    id_ = "an-id-that-is-longer-than-the-line"
    assert [text_of(line) for line in wrapped(f"see {id_} for more", 12)] == ["see", id_, "for more"]


def test_wide_letters_count_twice_and_are_broken_anywhere() -> None:
    assert columns("你好") == 4
    assert columns("e\u0301") == 1
    assert [text_of(line) for line in wrapped("你好" * 5, 8)] == ["你好你好", "你好你好", "你好"]


def test_a_page_in_plain_text() -> None:
    page: Page = [
        Title("Task success rate", "metric"),
        Prose("One.\n\nTwo."),
        Heading("Gaming"),
        Bullets(["first way, which goes on", "second"]),
        Heading("Facts"),
        Facts([("id", Run("a-b", "name")), ("formula", ("done ", Run("over", "strong"), " started"))]),
        Fixed("  * Framing   ### 3"),
        Facts([("missing", "more")], 4),
        Verbatim("**Kept**\n  as it is"),
    ]
    assert plain(page, 20) == [
        "Task success rate",
        "metric",
        "",
        "  One.",
        "",
        "  Two.",
        "",
        "GAMING",
        "  - first way, which",
        "    goes on",
        "  - second",
        "",
        "FACTS",
        "  id       a-b",
        "  formula  done over",
        "           started",
        "",
        "    * Framing   ### 3",
        "    missing  more",
        "",
        "  **Kept**",
        "    as it is",
    ]


def test_a_table_in_a_pipe_has_one_line_a_row_however_long() -> None:
    assert plain([GRID], 20) == [
        "ID                      LEVEL      TITLE                                   MIN",
        "hospital-policy-search  associate  Policies and procedures for ward staff   15",
    ]


def test_a_table_on_a_screen_wraps_words_then_drops_columns_then_becomes_paragraphs() -> None:
    assert plain([GRID], 60, 60) == [
        "ID                      LEVEL      TITLE                 MIN",
        "hospital-policy-search  associate  Policies and           15",
        "                                   procedures for ward",
        "                                   staff",
    ]
    assert plain([GRID], 40, 40) == [
        "ID                      TITLE",
        "hospital-policy-search  Policies and",
        "                        procedures for",
        "                        ward staff",
    ]
    assert plain([GRID], 30, 30) == [
        "hospital-policy-search",
        "  Level  associate",
        "  Title  Policies and",
        "         procedures for ward",
        "         staff",
        "  Min    15",
    ]


def test_a_table_without_rows_is_its_heading() -> None:
    empty = Grid(GRID.columns, [])
    assert plain([empty], 60, 60) == ["ID  LEVEL  TITLE  MIN"]
    assert fitted(empty, 60) == empty


@pytest.mark.parametrize("colours", [True, False])
@pytest.mark.parametrize("width", [24, 40, 80, 132])
def test_ids_stay_whole_on_every_screen(
    width: int,
    colours: bool,
    base: Base,
    coach: Coach,
    on_terminal: Callable[[int], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    on_terminal(width)
    if not colours:
        monkeypatch.setenv("NO_COLOR", "1")
    for call, ids in ((["cases"], base.cases), (["metrics", "list"], base.metrics)):
        out = coach(*call).out
        assert [id_ for id_ in ids if id_ not in out] == []


def without_colours(text: str) -> str:
    """The text as a terminal shows it."""
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


@pytest.mark.parametrize("width", [40, 80, 200])
@pytest.mark.parametrize("id_", ["crm-writing-assistant", "task-success-rate", "writing-assistant", "metric-design"])
def test_a_screen_shows_the_words_of_the_pipe_within_its_width(
    id_: str, width: int, coach: Coach, on_terminal: Callable[[int], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    def words(text: str) -> list[str]:
        return text.rpartition("From")[0].split()

    in_pipe = coach("show", id_).out
    on_terminal(width)
    on_screen = without_colours(coach("show", id_).out)
    assert words(on_screen) == words(in_pipe)
    # The path at the end is never broken, whatever the width.
    assert max(len(line) for line in on_screen.rpartition("From")[0].splitlines()) <= max(width, 64)
