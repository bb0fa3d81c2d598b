"""An answer's layout: headings, items, cells, turns and paragraphs, and the sentences in them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.reading.blocks import blocks
from coach.reading.sentences import sentences


def layout(text: str) -> list[tuple[str, str]]:
    return [(block.kind, text[block.start : block.end]) for block in blocks(text)]


def parts(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text, 0, len(text))]


def test_headings_items_and_paragraphs_are_told_apart() -> None:
    text = "## Main metric\nShare of drafts sent.\n\n- speed\n* cost\n1. trust\n**Risks**\nLeaks of names."
    assert layout(text) == [
        ("heading", "Main metric"),
        ("paragraph", "Share of drafts sent."),
        ("item", "speed"),
        ("item", "cost"),
        ("item", "trust"),
        ("heading", "Risks"),
        ("paragraph", "Leaks of names."),
    ]


def test_table_cells_stand_alone_and_rules_are_left_out() -> None:
    text = "| metric | target |\n|---|---|\n| edits per draft | under 3 |"
    assert layout(text) == [
        ("cell", "metric"),
        ("cell", "target"),
        ("cell", "edits per draft"),
        ("cell", "under 3"),
    ]


def test_a_line_that_goes_on_belongs_to_its_item() -> None:
    text = "- Attention per trip: minutes spent by traveller and desk, divided\n  by trips taken.\n- Cost."
    assert [kind for kind, _ in layout(text)] == ["item", "item"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028"])
def test_any_line_ending_separates_paragraphs(end: str) -> None:
    text = f"One thing.{end}{end}Another thing."
    assert [words for _, words in layout(text)] == ["One thing.", "Another thing."]


def test_an_interviewers_turns_are_marked_as_others() -> None:
    text = "Interviewer: And latency?\nCandidate: Two seconds at the 95th percentile.\nInterviewer: Why?"
    assert [block.others for block in blocks(text)] == [True, False, True]


def test_a_single_label_is_no_conversation() -> None:
    assert not any(block.others for block in blocks("Q: How?\nWe count drafts that are sent."))


def test_sentences_end_at_stops_but_not_at_abbreviations_or_decimals() -> None:
    assert parts("We hold p95 at 2.5 s, e.g. on phones. Above that, alert! Why?") == [
        "We hold p95 at 2.5 s, e.g. on phones.",
        "Above that, alert!",
        "Why?",
    ]


def test_wrapped_lines_are_joined_and_short_lines_are_not() -> None:
    wrapped = "The share of drafts that a representative sends without\nchanging more than a word."
    assert len(parts(wrapped)) == 1
    assert parts("lawyers only\n200 clips, five runs\nup 99%") == [
        "lawyers only",
        "200 clips, five runs",
        "up 99%",
    ]


def test_text_without_any_stop_is_cut_where_a_thought_may_begin() -> None:
    rambling = " and then we look at how many people come back the next week" * 20
    assert max(len(part) for part in parts(rambling)) <= 430


@given(st.text(max_size=400))
def test_blocks_and_sentences_lie_in_order_inside_the_text(text: str) -> None:
    last = 0
    for block in blocks(text):
        assert 0 <= block.start <= block.end <= len(text)
        for start, end in sentences(text, block.start, block.end):
            assert last <= start < end <= block.end
            assert text[start:end] == text[start:end].strip()
            last = end
