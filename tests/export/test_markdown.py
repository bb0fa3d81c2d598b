"""Outside text in Markdown: read back by a real parser, it is the text that was put in, and nothing else."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import UndefinedError
from jinja2.exceptions import SecurityError
from markdown_it import MarkdownIt
from markdown_it.token import Token

from coach.export.markdown import BLANK, code, environment, inline, listed, passage, quote, shown

MARKS = st.text(st.sampled_from("ab1 .)(*_`~<>&;#-+=|[]!$\\\n\t/:\"'\x1b\u202e"), max_size=60)


def parse(text: str) -> list[Token]:
    """The tokens of a page in GitHub's dialect, HTML allowed, as the most permissive reader has it."""
    return MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse(text)


def inside(tokens: list[Token]) -> list[Token]:
    return [child for token in tokens for child in token.children or []]


def plain(tokens: list[Token]) -> str:
    return "".join(child.content for child in inside(tokens) if child.type in ("text", "code_inline"))


def squeezed(text: str) -> str:
    return " ".join("".join(sign if sign not in "\x1b\u202e" else " " for sign in text).split())


def without_code(text: str) -> str:
    # A pair of backticks makes a code span, in which the bar has a stand-in; its text is what counts.
    return text.replace("`", "").replace("∣", "|").replace(" ", "")


@given(MARKS)
def test_a_line_of_outside_text_reads_as_itself(text: str) -> None:
    tokens = parse(f"x {inline(text)}")
    kinds = {child.type for child in inside(tokens)}
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    assert kinds <= {"text", "code_inline"}
    assert without_code(plain(tokens)) == without_code(f"x {squeezed(text)}")


@given(MARKS)
def test_outside_text_at_the_start_of_a_line_makes_no_block(text: str) -> None:
    tokens = parse(inline(text))
    assert {token.type for token in tokens} <= {"paragraph_open", "inline", "paragraph_close"}


@given(MARKS, MARKS)
def test_outside_text_in_a_table_stays_in_its_cell(left: str, right: str) -> None:
    tokens = parse(f"| a | b |\n| --- | --- |\n| {inline(left)} | {inline(right)} |\n| end | of it |\n")
    assert [token.type for token in tokens].count("tr_open") == 3
    cells = [tokens[place + 1] for place, token in enumerate(tokens) if token.type == "td_open"]
    assert len(cells) == 4
    texts = [without_code(plain([cell])) for cell in cells]
    assert texts == [without_code(squeezed(left)), without_code(squeezed(right)), "end", "ofit"]


@given(MARKS)
def test_a_passage_keeps_its_markdown_but_brings_no_html_links_or_control_characters(text: str) -> None:
    kept = passage(f"**bold** and\n\n- a list\n\n{text}")
    tokens = parse(kept)
    kinds = {token.type for token in [*tokens, *inside(tokens)]}
    assert {"strong_open", "bullet_list_open"} <= kinds
    assert not kinds & {"html_inline", "html_block", "link_open", "image"}
    assert "\x1b" not in kept
    assert "\u202e" not in kept


def test_headings_of_a_passage_sink_below_those_of_the_page() -> None:
    assert passage("# One\ntext\n##### Five\n#tag", below=2) == "### One\ntext\n###### Five\n#tag"


def test_every_line_of_a_quotation_is_quoted() -> None:
    assert quote("one\n\n- two") == "> one\n>\n> - two"


def test_money_is_not_taken_for_mathematics() -> None:
    assert inline("from $45 to $30") == "from $45 to $30"
    assert inline("the $x$ of it") == r"the \$x\$ of it"


def test_names_in_code_type_cannot_leave_it() -> None:
    assert code("a`b|c\n") == "`ab∣c`"
    assert code("") == ""


def test_lists_of_texts_are_escaped_one_by_one() -> None:
    assert listed(["a|b", "c"], "<br>") == r"a\|b<br>c"


@pytest.mark.parametrize(
    ("value", "printed"), [(None, BLANK), ("<b>", "&lt;b>"), (3, 3)], ids=["blank", "text", "number"]
)
def test_values_are_shown(value: object, printed: object) -> None:
    assert shown(value) == printed


def from_template(source: str, **values: object) -> Callable[[], str]:
    return lambda: environment().from_string(source).render(**values)


def test_a_template_that_reaches_for_attributes_or_unknown_names_is_refused() -> None:
    with pytest.raises(SecurityError):
        from_template("{{ text.__class__.__mro__ }}", text="x")()
    with pytest.raises(SecurityError):
        from_template("{{ items.append(1) }}", items=[])()
    with pytest.raises(UndefinedError):
        from_template("{{ nothing_of_that_name }}")()


def test_templates_escape_what_they_print() -> None:
    assert from_template("{{ a }} {{ b }}", a="*x*", b=None)() == rf"\*x\* {BLANK}"


def test_jinja_waits_until_something_is_rendered() -> None:
    code_ = "import sys, coach.export.scorecard, coach.export.judged.model_answer; print('jinja2' in sys.modules)"
    out = subprocess.run([sys.executable, "-c", code_], capture_output=True, text=True, check=True).stdout
    assert out == "False\n"
