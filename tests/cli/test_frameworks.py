"""`coach frameworks`: listed, shown, exported, applied."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from coach.knowledge.base import Base
from tests.cli.conftest import Coach


def test_all_are_listed_one_a_line(coach: Coach, base: Base) -> None:
    status, out, err = coach("frameworks", "list")
    assert (status, err) == (0, "")
    assert [line.split()[0] for line in out.splitlines()[1:]] == list(base.frameworks)
    assert [item["id"] for item in coach("frameworks", "list", "--json").data] == list(base.frameworks)


def test_each_is_shown_within_the_screen_and_is_whole_as_data(coach: Coach, base: Base) -> None:
    for id_, framework in base.frameworks.items():
        status, out, err = coach("show", id_)
        assert (status, err) == (0, "")
        assert max(len(line) for line in out.splitlines()[:-1]) <= 80, id_
        words = " ".join(out.split())
        for text in (framework.summary, framework.use_when, framework.reading, framework.limits, framework.example):
            assert " ".join((text or "").split()) in words, id_
        assert all(" ".join(step.split()) in words for cell in framework.cells for step in cell.practice), id_
        data = coach("show", id_, "--json").data
        assert data.pop("type") == "framework"
        assert data["cells"]


def test_each_is_applied_within_the_screen(coach: Coach, base: Base) -> None:
    for id_ in base.frameworks:
        status, out, err = coach("frameworks", "apply", id_, "support-chatbot")
        assert (status, err) == (0, "")
        assert max(map(len, out.splitlines())) <= 80, id_
        data = coach("frameworks", "apply", id_, "support-chatbot", "--json").data
        assert [cell["id"] for cell in data["cells"]] == [cell.id for cell in base.frameworks[id_].cells]


def test_what_is_missing_is_told_at_the_top(coach: Coach) -> None:
    out = coach("frameworks", "apply", "six-product-outcomes", "fraud-detection").out
    assert re.search(r"missing +Task completion rate", out)


@pytest.mark.parametrize("call", [["apply", "{}", "code-assistant", "--format", "md"], ["export", "{}"]])
def test_markdown_has_whole_tables_and_one_heading_at_the_top(call: list[str], coach: Coach, base: Base) -> None:
    for id_ in base.frameworks:
        text = coach("frameworks", *(word.format(id_) for word in call)).out
        assert text.startswith("# ")
        tokens = MarkdownIt("commonmark").enable("table").parse(text)
        assert sum(token.tag == "h1" and token.nesting == 1 for token in tokens) == 1
        # A row that is not part of a table would show its bars.
        assert not [t for t in tokens if t.type == "inline" and t.content.startswith("|")], id_
        assert "\n\n\n" not in text
        assert not re.search(r"^\|.*\n#", text, re.MULTILINE), id_


def test_a_file_is_written_and_not_replaced_without_force(coach: Coach, tmp_path: Path) -> None:
    path = tmp_path / "page.md"
    call = ["frameworks", "apply", "kpi-tree", "tutor", "--out", str(path)]
    assert coach(*call).status == 0
    assert path.read_text().startswith("# KPI tree: ")
    assert coach(*call).status == 2
    assert coach(*call, "--force", "--format", "text").status == 0
    assert not path.read_text().startswith("#")


def test_ids_that_name_nothing_are_told(coach: Coach) -> None:
    assert coach("frameworks", "apply", "hart", "tutor") == (
        2,
        "",
        "coach: unknown framework 'hart'; did you mean heart?\n",
    )
    assert coach("frameworks", "export", "kpi-tre").status == 2
