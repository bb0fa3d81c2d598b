"""Practice reports and model answers, read by those who will read them."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from coach.errors import UsageError
from coach.export.judged.documents import FORMATS, Document, render
from coach.export.judged.model_answer import model_answer
from coach.export.judged.report import MOST_STEPS, practice_report
from coach.facade import KnowledgeBase
from coach.knowledge.faults import UNPRINTABLE
from tests.export.judged.conftest import ANSWER, CASE, HOSTILE, Tried

NEEDS = {"pdf": "typst", "docx": "docxtpl"}


@pytest.fixture(scope="session")
def model(kb: KnowledgeBase) -> Document:
    case = kb.cases[CASE]
    return model_answer(case, kb.score(case.model_answer, case=CASE))


class Page(HTMLParser):
    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("format_", FORMATS)
def test_the_same_input_gives_the_same_bytes(document: Document, model: Document, format_: str) -> None:
    pytest.importorskip(NEEDS.get(format_, "json"))
    assert render(document, format_) == render(replace(document), format_)
    assert render(model, format_) == render(replace(model), format_)


@pytest.mark.parametrize("which", ["document", "model", "hostile"])
def test_the_pages_are_valid_and_load_and_run_nothing(which: str, request: pytest.FixtureRequest) -> None:
    html5lib = pytest.importorskip("html5lib")
    content = render(request.getfixturevalue(which), "html")
    parser = html5lib.HTMLParser(strict=True)
    parser.parse(content.decode())
    assert not parser.errors
    page = Page(content)
    assert not {"script", "link", "img", "iframe", "a href"} & {tag for tag, _ in page.tags}
    ids = {attributes["id"] for _, attributes in page.tags if "id" in attributes}
    assert {str(a["href"]) for tag, a in page.tags if tag == "a"} <= {f"#{id_}" for id_ in ids}
    assert not [name for _, attributes in page.tags for name in attributes if name.startswith("on")]
    assert not UNPRINTABLE.search(page.text.replace("\n", ""))


def test_the_page_shows_evidence_verdict_gaps_model_answer_and_progress(document: Document, kb: KnowledgeBase) -> None:
    text = render(document, "html").decode()
    page = " ".join(Page(text.encode()).text.split())
    report = kb.score(ANSWER, case=CASE)
    assert f"{report.overall} of 100" in page
    for result in report.criteria.values():
        assert result.name in page
        assert all(" ".join(missing.split()) in page for missing in result.missing)
        assert all(f": {evidence.why}" in re.sub("&#39;", "'", text) for evidence in result.evidence)
    assert text.count("<circle") == 2
    assert "2 Nov 2026, 23:30 UTC" in page
    assert "4 Nov 2026" not in page, "a later attempt must not change the report"
    assert kb.cases[CASE].main_metric in page


def test_a_table_of_progress_keeps_the_first_and_the_newest(kb: KnowledgeBase, tried: Tried) -> None:
    attempts = [tried(number, "Reply rate.") for number in range(1, 15)]
    made = practice_report(kb, attempts[-1], attempts, "T", "P")
    numbers = [step.number for step in made.values["steps"]]
    assert numbers == [1, *range(16 - MOST_STEPS, 15)]
    assert b"4 attempts in between are left out." in render(made, "md")


def test_a_question_of_ones_own_and_a_case_that_is_gone_have_no_model_answer(kb: KnowledgeBase, tried: Tried) -> None:
    attempt = tried(1, case="prompt: How would you measure a bird song app?")
    for format_ in FORMATS:
        pytest.importorskip(NEEDS.get(format_, "json"))
        assert render(practice_report(kb, attempt, [attempt], "Your own prompt", "How?"), format_)
    page = render(practice_report(kb, attempt, [attempt], "Your own prompt", "How?"), "html").decode()
    assert "A model answer" not in page
    assert "This is the first attempt at this question." in page


def test_a_judgement_of_another_shape_is_told(kb: KnowledgeBase, tried: Tried) -> None:
    with pytest.raises(UsageError, match="the report of attempt 1 has a shape that this version does not know"):
        practice_report(kb, tried(1, report_json='{"old": 1}'), [], "T", "P")


# Hostile answers


def test_no_answer_becomes_markup_of_markdown(hostile: Document) -> None:
    text = render(hostile, "md").decode()
    tokens = MarkdownIt("commonmark", {"html": True}).enable("table").parse(text)
    every = [*tokens, *(child for token in tokens for child in token.children or [])]
    assert not {token.type for token in every} & {"html_inline", "html_block", "link_open", "image"}
    assert not UNPRINTABLE.search(text.replace("\n", ""))


def test_an_answer_is_text_in_html_and_json(hostile: Document) -> None:
    assert "<script>x()</script>" in Page(render(hostile, "html")).text
    content = render(hostile, "json").decode()
    assert not UNPRINTABLE.search(content.replace("\n", ""))
    assert json.loads(content)["title"] == HOSTILE


@pytest.mark.parametrize("which", ["document", "model", "hostile"])
def test_the_pdf_is_tagged_and_says_everything(which: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    pytest.importorskip("typst")
    content = render(request.getfixturevalue(which), "pdf")
    assert b"/StructTreeRoot" in content
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed")
    (tmp_path / "made.pdf").write_bytes(content)
    command = ["pdftotext", "-raw", str(tmp_path / "made.pdf"), "-"]
    raw = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    text = "".join(raw.replace("-\n", "").split())
    said = {
        "document": [
            "EmaildraftsinsideasalesCRM",
            "Criteria",
            "Whatwasmissing",
            "Guardrail:spamcomplaints",
            "Progress",
            "Amodelanswer",
        ],
        "model": ["Amodelanswer", "Scope.I'dstartwith200", "Aweakanswer", "Agoodreply:"],
        "hostile": ["<script>x()</script>", "{{y}}", "#settext(red)", "Northstar:meetings"],
    }[which]
    at = 0
    for words in said:
        at = text.find(words, at)
        assert at >= 0, f"{words} is not there, or not in its place"


@pytest.mark.parametrize("which", ["document", "model", "hostile"])
def test_word_opens_the_document(which: str, request: pytest.FixtureRequest, kb: KnowledgeBase) -> None:
    docx = pytest.importorskip("docx")
    pytest.importorskip("docxtpl")
    made = docx.Document(io.BytesIO(render(request.getfixturevalue(which), "docx")))
    cells = [cell.text for table in made.tables for row in table.rows for cell in row.cells]
    text = "\n".join([*(paragraph.text for paragraph in made.paragraphs), *cells])
    if which == "hostile":
        assert "<script>x()</script>" in text
        assert "{{ y }}" in text
        assert not UNPRINTABLE.search(text.replace("\n", "").replace("\t", ""))
    else:
        assert "{{" not in text
        assert kb.cases[CASE].title in text
        shaded = [run for table in made.tables for run in table._tbl.iter() if run.tag.endswith("}u")]
        assert shaded, "evidence is underlined"
    if which == "model":
        assert all(point.point in text for f in kb.cases[CASE].follow_ups for point in f.good_reply)


# Templates of one's own


def test_an_own_template_says_what_it_wants_and_reaches_nothing_else(document: Document, tmp_path: Path) -> None:
    own = tmp_path / "own.md"
    own.write_text("{{ title }}: {{ judged.verdict }}")
    assert render(document, "md", own).decode().startswith("Email drafts")
    own.write_text("{{ attempt.__class__.__mro__ }}")
    with pytest.raises(UsageError, match=r"own\.md:1: refused"):
        render(document, "md", own)
    with pytest.raises(UsageError, match="json has no template"):
        render(document, "json", own)
