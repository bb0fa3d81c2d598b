"""Marks in answers: the words that a span covers, whatever Markdown stands around them."""

from __future__ import annotations

import time
from html import unescape
from re import DOTALL, findall, sub

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from coach.export import html, typeset, word
from coach.export.marks import Mark, marked_blocks


def page(text: str, *passages: str, keep_lines: bool = False) -> str:
    marks = [Mark(text.index(p), text.index(p) + len(p), "earned", n, "Name", "why") for n, p in enumerate(passages, 1)]
    return "".join(html.marked(block.node) for block in marked_blocks(text, marks, keep_lines=keep_lines))


def marked(text: str, *passages: str) -> str:
    return unescape(" ".join(findall(r"<mark[^>]*>(.*?)</mark>", page(text, *passages), DOTALL)))


@pytest.mark.parametrize(
    ("text", "passage", "expected"),
    [
        ("One here. Two there.", "Two there.", "Two there."),
        ("**Scope.** I start.", "**Scope.** I start.", "Scope.  I start."),
        ("A **bold it** c", "bold it** c", "bold it  c"),
        ("3. first item here", "3. first item", "first item"),
        ("| wait | 300 ms |\n| --- | --- |\n| x | y z |", "300 ms", "300 ms"),
        ('He said "enough" twice', '"enough"', '"enough"'),
        ("    indented words", "indented", "indented"),
        ("half word", "alf", "half"),
    ],
)
def test_a_span_marks_its_words(text: str, passage: str, expected: str) -> None:
    assert marked(text, passage) == expected


def test_bold_stays_bold_and_lists_go_on_counting() -> None:
    made = page("**Scope.** I start.\n\n3. one\n4. two", "**Scope.** I", "two")
    assert "<strong><mark" in made
    assert made.count("<ol") == 2
    assert '<ol start="4"><li><mark' in made


def test_a_block_has_the_notes_on_its_words_and_no_others() -> None:
    text = "One thing.\n\nAnother thing."
    marks = [Mark(0, 3, "earned", 2, "B", "x"), Mark(0, 9, "cost", 1, "A", "y"), Mark(12, 19, "earned", 1, "A", "z")]
    first, second = marked_blocks(text, marks, keep_lines=False)
    assert [(note.label, note.name, note.whys) for note in first.notes] == [("2", "B", ("x",)), ("−1", "A", ("y",))]
    assert [(note.label, note.whys) for note in second.notes] == [("1", ("z",))]


def test_lines_are_kept_as_typed_or_joined() -> None:
    assert "<br>" in page("a\nb", keep_lines=True)
    assert "<br>" not in page("a\nb")


@example("`1:`", [(0, 2)])
@settings(max_examples=150, deadline=None)
@given(
    st.text(alphabet="ab1 .*_`#>|-+[]()\\\n\t&;<~=:\u202e\x1b\U000f0000", max_size=60),
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=4),
)
def test_any_text_with_any_spans_keeps_its_letters(text: str, spans: list[tuple[int, int]]) -> None:
    marks = [Mark(a, b, "earned", n, "N", "w") for n, (a, b) in enumerate(spans, 1)]
    plain = "".join(html.marked(b.node) for b in marked_blocks(text, keep_lines=True))
    blocks = marked_blocks(text, marks, keep_lines=True)
    shown = "".join(html.marked(b.node) for b in blocks)
    # Code is divided where a mark in it ends.
    assert sub(r"<sup[^>]*>[^<]*</sup>|</?mark[^>]*>", "", shown).replace("</code><code>", "") == plain
    assert not {"\x1b", "\u202e", "\U000f0000"} & set(shown)


@pytest.mark.parametrize("part", ["*a ", "**a ", "_a", "> ", "- ", "`", "[a", "|a", "\\"])
def test_text_made_to_be_slow_or_deep_is_neither(part: str) -> None:
    start = time.perf_counter()
    text = part * 4000 + part.strip()[::-1] * 4000
    for block in marked_blocks(text, keep_lines=True):
        html.marked(block.node), typeset.marked(block.node), word.marked(block.node)
    assert time.perf_counter() - start < 10
