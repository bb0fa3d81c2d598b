from __future__ import annotations

import re
from typing import Any

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from coach.export.scorecard.pages import scorecard_markdown
from coach.export.scorecard.view import tree_lines
from coach.knowledge.base import Base
from coach.scorecards.build import build
from coach.scorecards.model import Scorecard, TreeNode

SECTIONS = [
    "1. Context: whose success",
    "2. The main metric",
    "3. Counter-metrics and their floors",
    "4. The tree",
    "5. From the metric to money",
    "6. Layers",
    "7. Same input, different output",
    "8. Adoption and reliance",
    "9. Evaluation",
    "10. Instrumentation",
    "11. Launch gates",
    "12. Experiment",
    "13. Decision rules",
    "14. Owners and reviews",
    "15. Decision log",
    "16. Open questions",
    "Definitions",
]
HOSTILE = "a|b `c` <script>x()</script> [d](javascript:e) ![f](http://g) *h* _i_ # j \x1b[31m\n\n# k\n- l\n> m"
CLOSED_SETS = {"layer", "roles", "direction", "timing", "level", "mark", "step", "operation"}


def parse(page: str) -> list[Token]:
    return MarkdownIt("commonmark", {"html": True}).enable("table").parse(page)


def headings(page: str, level: str) -> list[str]:
    tokens = parse(page)
    return [
        tokens[n + 1].content for n, token in enumerate(tokens) if token.type == "heading_open" and token.tag == level
    ]


def pages(base: Base) -> dict[str, str]:
    return {id_: scorecard_markdown(build(base, id_)) for id_ in (*base.archetypes, *base.cases)}


def test_every_page_has_all_sections_in_order(base: Base) -> None:
    for id_, page in pages(base).items():
        assert headings(page, "h2") == SECTIONS, id_


def test_every_row_of_every_table_has_as_many_cells_as_its_head(base: Base) -> None:
    for id_, page in pages(base).items():
        widths: list[int] = []
        for line in page.splitlines():
            if not line.startswith("|"):
                widths = []
                continue
            widths.append(len(re.findall(r"(?<!\\)\|", line)))
            assert widths[-1] == widths[0], f"{id_}: {line}"


def test_every_metric_is_defined_and_every_limit_has_its_source(base: Base) -> None:
    card = build(base, "writing-assistant")
    page = scorecard_markdown(card)
    definitions = page.split("\n## Definitions\n")[1]
    assert headings(definitions, "h3") == [row.name for row in card.rows]
    assert definitions.count("| Borrowed, not yours |") == sum(bool(row.borrowed) for row in card.rows)
    for row in card.rows:
        for limit in row.borrowed:
            assert limit.limit in definitions
            assert limit.source.split(",")[0] in definitions


def test_blanks_are_marked_and_what_the_owner_wrote_is_shown(base: Base) -> None:
    card = build(base, "writing-assistant")
    filled = card.main.yours.model_copy(update={"baseline": "31% in May", "owner": "Noor"})
    page = scorecard_markdown(card.model_copy(update={"main": card.main.model_copy(update={"yours": filled})}))
    assert "| Baseline → target | 31% in May → ☐ |" in page
    assert "| Owner | Noor |" in page
    assert "**☐ marks what only you can fill in.**" in page
    assert "None" not in page


def test_a_case_shows_its_question_its_facts_and_prompts_for_what_is_missing(base: Base) -> None:
    case = base.cases["crm-writing-assistant"]
    page = scorecard_markdown(build(base, case.id))
    assert page.startswith(f"# Scorecard: {case.title}\n")
    assert all(fact.ask in page for fact in case.facts)
    assert "| How it is gamed | ☐ *how it could rise while the value falls, and what would show it* |" in page


def test_a_tree_is_drawn_with_lines() -> None:
    parts = TreeNode(name="Made of", operation="divided by", children=(TreeNode(name="a"), TreeNode(name="b")))
    tree = TreeNode(name="Main", direction="up", children=(parts, TreeNode(name="Cost", direction="down")))
    assert tree_lines(tree) == ["Main ↑", "├─ Made of", "│  ├─ a", "│  └─ ÷ b", "└─ Cost ↓"]


def poisoned(value: Any, key: str = "") -> Any:
    """The same data with hostile text wherever a pack may put text."""
    if isinstance(value, dict):
        return {name: poisoned(item, name) for name, item in value.items()}
    if isinstance(value, list):
        return [poisoned(item, key) for item in value]
    return HOSTILE if isinstance(value, str) and key not in CLOSED_SETS else value


@pytest.mark.parametrize("id_", ["writing-assistant", "crm-writing-assistant"])
def test_no_text_of_a_pack_breaks_out_of_the_page(base: Base, id_: str) -> None:
    card = Scorecard.model_validate_json(build(base, id_).model_dump_json())
    page = scorecard_markdown(Scorecard.model_validate(poisoned(card.model_dump(mode="json"))))
    tokens = parse(page)
    inner = [child for token in tokens for child in token.children or []]
    assert {child.content for child in inner if child.type == "html_inline"} <= {"<br>"}
    assert {child.attrGet("href") for child in inner if child.type == "link_open"} <= {"#definitions"}
    assert not {"html_block", "image"} & {token.type for token in [*tokens, *inner]}
    assert "\x1b" not in page
    assert [heading for heading in headings(page, "h2") if heading != "k"] == SECTIONS
    assert headings(page, "h1") == [headings(page, "h1")[0]]


def test_a_page_is_the_same_every_time(base: Base) -> None:
    assert scorecard_markdown(build(base, "generic")) == scorecard_markdown(build(base, "generic"))
