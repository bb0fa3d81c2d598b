from __future__ import annotations

import io
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from coach.errors import UsageError
from coach.export.extras import need
from coach.export.scorecard.formats import FORMATS, render, template
from coach.knowledge.base import Base
from coach.scorecards.build import build
from coach.scorecards.model import Scorecard


@pytest.mark.parametrize("format_", FORMATS)
def test_the_same_scorecard_gives_the_same_bytes(card: Scorecard, format_: str) -> None:
    pytest.importorskip({"xlsx": "xlsxwriter", "pdf": "typst", "docx": "docxtpl"}.get(format_, "json"))
    assert render(card, format_) == render(card.model_copy(), format_)


def test_a_scorecard_survives_json(filled: Scorecard) -> None:
    assert Scorecard.model_validate_json(render(filled, "json")) == filled


def test_no_control_character_is_left_in_json(hostile: Scorecard) -> None:
    text = render(hostile, "json").decode()
    assert "\x1b" not in text
    assert Scorecard.model_validate_json(text) == hostile


def test_a_missing_library_says_what_to_install() -> None:
    with pytest.raises(UsageError, match=re.escape("run `pip install 'metric-coach[pdf]'`")):
        need("a_library_that_is_not_there", "pdf", "the format pdf")


# PDF


@pytest.mark.parametrize("id_", ["writing-assistant", "crm-writing-assistant", "generic"])
def test_the_pdf_is_tagged_and_accessible(base: Base, id_: str) -> None:
    pytest.importorskip("typst")
    pdf = render(build(base, id_), "pdf")
    assert pdf.startswith(b"%PDF-1.7")
    for sign in (b"/StructTreeRoot", b"/MarkInfo", b"/Lang", b"pdfuaid:part"):
        assert sign in pdf


def test_the_text_of_the_pdf_stands_in_order(card: Scorecard, tmp_path: Path) -> None:
    pytest.importorskip("typst")
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed")
    (tmp_path / "card.pdf").write_bytes(render(card, "pdf"))
    command = ["pdftotext", "-raw", str(tmp_path / "card.pdf"), "-"]
    raw = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    # Words may be split at the end of a line.
    text = "".join(raw.replace("-\n", "").split())
    said = [card.title, "Context:whosesuccess", card.main.name, *(c.name for c in card.main.counters), "Launchgates"]
    said += ["Decisionlog", *(f"{row.name}{row.question}" for row in card.rows)]
    at = 0
    for words in said:
        at = text.find("".join(words.split()), at)
        assert at >= 0, f"{words} is not there, or not in its place"


def test_no_text_of_a_pack_becomes_markup_of_the_pdf(hostile: Scorecard) -> None:
    pytest.importorskip("typst")
    assert render(hostile, "pdf").startswith(b"%PDF")


def test_letters_that_no_font_has_do_not_stop_the_pdf(card: Scorecard) -> None:
    pytest.importorskip("typst")
    assert render(card.model_copy(update={"title": "評価 \U0001f9ea ꙮ"}), "pdf").startswith(b"%PDF")


# Word


def words_of(content: bytes) -> str:
    docx = pytest.importorskip("docx")
    document = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


@pytest.mark.parametrize("id_", ["writing-assistant", "crm-writing-assistant"])
def test_word_opens_the_document_with_all_that_is_said(base: Base, id_: str) -> None:
    pytest.importorskip("docxtpl")
    card = build(base, id_)
    text = words_of(render(card, "docx"))
    assert "{{" not in text
    assert "{%" not in text
    for row in card.rows:
        assert row.name in text
        assert all(" ".join(way.sign.split()) in text for way in row.gaming)
    assert "☐" in text
    assert "borrowed, not yours" in text


def test_no_text_of_a_pack_becomes_markup_of_word(hostile: Scorecard) -> None:
    pytest.importorskip("docxtpl")
    text = words_of(render(hostile, "docx"))
    assert "<script>x()</script>" in text
    assert "{{ y }}" in text


def test_a_company_starts_from_our_template(card: Scorecard, tmp_path: Path) -> None:
    docx = pytest.importorskip("docx")
    pytest.importorskip("docxtpl")
    document = docx.Document(io.BytesIO(template("docx")))
    document.add_paragraph("Property of Example Ltd. Owner: {{ card.main.yours.owner }}")
    document.save(str(tmp_path / "ours.docx"))
    text = words_of(render(card, "docx", tmp_path / "ours.docx"))
    assert "Property of Example Ltd. Owner: ☐" in text
    assert card.main.name in text


def test_every_built_in_template_can_be_written_out_and_used_again(card: Scorecard, tmp_path: Path) -> None:
    for format_ in ("md", "html", "pdf"):
        pytest.importorskip("typst" if format_ == "pdf" else "json")
        own = tmp_path / f"own.{format_}"
        own.write_bytes(template(format_))
        assert render(card, format_, own) == render(card, format_)
    with pytest.raises(UsageError, match="json has no template"):
        template("json")
