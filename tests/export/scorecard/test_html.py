from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from coach.export.drawing import coverage_svg, tree_svg
from coach.export.scorecard.pages import scorecard_html
from coach.knowledge.base import Base
from coach.scorecards.build import build
from coach.scorecards.model import Scorecard, TreeNode


class Page(HTMLParser):
    """Tags with their attributes, and the text that is seen."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("id_", ["writing-assistant", "crm-writing-assistant", "generic"])
def test_the_page_is_valid(base: Base, id_: str) -> None:
    html5lib = pytest.importorskip("html5lib")
    parser = html5lib.HTMLParser(strict=True)
    parser.parse(scorecard_html(build(base, id_)))
    assert not parser.errors


def test_nothing_is_loaded_from_elsewhere_and_nothing_runs(card: Scorecard) -> None:
    page = Page(scorecard_html(card))
    assert not {"script", "link", "img", "iframe", "object"} & {tag for tag, _ in page.tags}
    for _, attributes in page.tags:
        assert not [name for name in attributes if name.startswith("on") or name == "src"]
        assert (attributes.get("href") or "#").startswith("#")
    assert "url(http" not in scorecard_html(card)


def test_every_link_leads_to_a_place_on_the_page(card: Scorecard) -> None:
    page = Page(scorecard_html(card))
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert {str(a["href"])[1:] for tag, a in page.tags if tag == "a"} <= set(ids)


def test_every_cell_says_on_a_phone_which_column_it_stands_in(card: Scorecard) -> None:
    page = scorecard_html(card)
    for table in re.findall(r'<table class="stack.*?</table>', page, re.DOTALL):
        assert re.search(r"<td(?! data-label)", table) is None


def test_all_of_the_scorecard_is_there(card: Scorecard) -> None:
    text = " ".join(Page(scorecard_html(card)).text.split())
    for row in card.rows:
        assert row.name in text
        assert all(way.path in text for way in row.gaming)
        assert all(limit.source.replace("`", "") in text for limit in row.borrowed)
    assert card.main.gaming is not None
    assert " ".join(card.main.gaming.split()) in text
    assert "borrowed, not yours" in text


def test_a_mark_goes_once_there_is_a_baseline(filled: Scorecard, card: Scorecard) -> None:
    before, after = scorecard_html(card), scorecard_html(filled)
    assert after.count('class="borrowed"') < before.count('class="borrowed"')


def test_no_text_of_a_pack_becomes_markup(hostile: Scorecard) -> None:
    page = Page(scorecard_html(hostile))
    assert "script" not in {tag for tag, _ in page.tags}
    assert "\x1b" not in page.text
    assert "<script>x()</script>" in page.text


def test_the_tree_fits_its_width_and_says_what_it_shows() -> None:
    parts = TreeNode(name="Made of", operation="divided by", children=(TreeNode(name="a"), TreeNode(name="b")))
    tree = TreeNode(name="A very long name of a main metric, longer than its box", children=(parts,))
    for width in (860, 380):
        svg = tree_svg(tree, width)
        assert f'viewBox="0 0 {width} ' in svg
        assert 'role="img" aria-label="Metric tree of A very long name' in svg
        assert ">÷</text>" in svg
        right = [float(x) + float(w) for x, w in re.findall(r'<rect x="([\d.]+)" y="[\d.]+" width="([\d.]+)"', svg)]
        assert max(right) <= width


def test_coverage_tells_the_three_states_apart_without_colour() -> None:
    svg = coverage_svg(
        [("Business", [("Revenue", "yours"), ("Cost", "borrowed")]), ("Model", []), ("X", [("Y", "blank")])]
    )
    assert "<title>Revenue: own baseline</title>" in svg
    assert "<title>Cost: borrowed limits only</title>" in svg
    assert "stroke-dasharray" in svg
    assert ">none</text>" in svg


def test_the_same_scorecard_gives_the_same_page(card: Scorecard) -> None:
    assert scorecard_html(card) == scorecard_html(card.model_copy())
