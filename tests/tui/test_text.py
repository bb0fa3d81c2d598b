"""Outside text made harmless, marks in it, and blocks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.knowledge.prose import reflowed
from coach.tui.blocks import bar, level_blocks, sparkline
from coach.tui.marks import Mark, marked
from coach.tui.plain import one_line, shown, typed

ANY_TEXT = st.text(st.characters(codec=None), max_size=60)
HARMFUL = {*map(chr, range(0x20)), *map(chr, range(0x7F, 0xA0)), *"\u202a\u202e\u2066\u2069\u200e\u200f"} - {"\n"}


@given(ANY_TEXT)
def test_shown_text_has_the_same_length_and_nothing_that_commands_a_terminal(text: str) -> None:
    result = shown(text)
    assert len(result) == len(text)
    assert not HARMFUL & set(result)
    result.encode()


@given(ANY_TEXT)
def test_typed_text_has_no_control_characters_either(text: str) -> None:
    assert not HARMFUL & set(typed(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\r\nb", "a \nb"),
        ("a\rb", "a\nb"),
        ("\x1b[31m", "␛[31m"),
        ("a\tb", "a b"),
        ("\x9b31m", "\ufffd31m"),
        ("pass\u202eword", "pass\ufffdword"),
    ],
)
def test_control_characters_become_visible(text: str, expected: str) -> None:
    assert shown(text) == expected


def test_lines_broken_for_a_file_flow_and_paragraphs_and_lists_stay() -> None:
    text = "One line\ngoes on.\n\nNext:\n- first\n- second\n1. third\n2,000 is a number"
    assert reflowed(text) == "One line goes on.\n\nNext:\n- first\n- second\n1. third 2,000 is a number"


def test_one_line_has_no_line_ends() -> None:
    assert one_line(" a\n\tb  c ") == "a b c"


SPANS = st.lists(st.tuples(st.integers(-5, 70), st.integers(-5, 70), st.sampled_from(["earned", "cost"])), max_size=6)


@given(st.text(st.sampled_from("ab ‹›\n"), max_size=60), SPANS)
def test_marks_add_signs_and_change_no_word(text: str, spans: list[tuple[int, int, str]]) -> None:
    marks = [
        Mark(start, end, "earned" if kind == "earned" else "cost", f"{number}")
        for number, (start, end, kind) in enumerate(spans)
    ]
    answer = marked(text, marks)
    plain = answer.content.plain
    valid = [mark for mark in marks if 0 <= mark.start < min(mark.end, len(text))]
    assert len(plain) == len(text) + sum(len(f"‹{mark.label} ›") for mark in valid)
    for mark in valid:
        plain = plain.replace(f"‹{mark.label} ", "", 1)
    assert sorted(plain) == sorted(text + "›" * len(valid))
    assert (answer.first is None) == (not valid)


def test_a_mark_stands_right_around_its_words() -> None:
    text = "We count replies. Guards come later."
    marks = [Mark(3, 16, "earned", "+1"), Mark(18, 35, "cost", "−1")]
    assert marked(text, marks).content.plain == "We ‹+1 count replies›. ‹−1 Guards come later›."


@pytest.mark.parametrize(
    ("value", "blocks"), [(0, "▁▁▁"), (1, "▆▁▁"), (2, "▆▆▁"), (3, "▆▆▆"), (2.5, "▆▆▃"), (-1, "▁▁▁"), (9, "▆▆▆")]
)
def test_levels_rise_cell_by_cell(value: float, blocks: str) -> None:
    assert "".join(level_blocks(value)) == blocks


@given(st.floats(-1, 2), st.integers(0, 40))
def test_bars_have_the_width_they_are_given(share: float, width: int) -> None:
    assert len("".join(bar(share, width))) == width


def test_a_series_shows_its_last_values() -> None:
    assert sparkline([0, 50, 100], 0, 100, 10) == "▁▃▆"
    assert sparkline([0, 50, 100], 0, 100, 2) == "▃▆"
    assert sparkline([], 0, 100, 5) == ""
