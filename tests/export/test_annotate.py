from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.export.annotate import annotate

MARK = re.compile(r" \[([0-9, ]+)\]")


def marked(text: str, *passages: str) -> str:
    spans = [(text.index(passage), text.index(passage) + len(passage), n) for n, passage in enumerate(passages, 1)]
    return annotate(text, spans)


@pytest.mark.parametrize(
    ("text", "passages", "expected"),
    [
        ("One here. Two there.", ["here", "Two"], "One here. [1] Two there. [2]"),
        ("One metric and its twin.", ["twin", "metric"], "One metric and its twin. [1, 2]"),
        ("At 99.9% of p95. Next.", ["99.9%"], "At 99.9% of p95. [1] Next."),
        ("**The number.** Replies won.", ["The number."], "**The number.** [1] Replies won."),
        ("- no stop\n- another.", ["stop"], "- no stop [1]\n- another."),
        ("No end\n\nNext part.", ["end"], "No end [1]\n\nNext part."),
        ("## A heading\ntext.", ["heading"], "## A heading\ntext. [1]"),
        ("| wait | 300 ms |\n| cost | 2p |", ["300"], "| wait | 300 [1] ms |\n| cost | 2p |"),
        ('He said "enough." Then left.', ["enough"], 'He said "enough." [1] Then left.'),
    ],
    ids=[
        "sentences",
        "one sentence",
        "decimals",
        "bold",
        "list",
        "paragraph",
        "heading",
        "table",
        "quotation",
    ],
)
def test_marks_stand_behind_the_sentence(text: str, passages: list[str], expected: str) -> None:
    assert marked(text, *passages) == expected


def test_equal_marks_at_one_place_stand_once() -> None:
    assert annotate("One sentence.", [(0, 3, 2), (4, 9, 2), (0, 9, 1)]) == "One sentence. [1, 2]"


@given(st.text("ab .!|\n-#*", max_size=80), st.data())
def test_any_spans_leave_the_text_as_it_was_between_the_marks(text: str, data: st.DataObject) -> None:
    places = st.integers(0, len(text))
    spans = data.draw(st.lists(st.tuples(places, places, st.integers(1, 12)), max_size=5))
    ordered = [(min(a, b), max(a, b), n) for a, b, n in spans if text]
    result = annotate(text, ordered)
    assert MARK.sub("", result) == text
    numbers = {int(n) for found in MARK.findall(result) for n in found.split(", ")}
    assert numbers == {n for _, _, n in ordered}
