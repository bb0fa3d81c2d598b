from __future__ import annotations

from pathlib import Path

import pytest

from coach.errors import UsageError
from coach.export.scorecard.formats import render, template
from coach.knowledge.base import Base
from coach.scorecards.build import build

ATTACKS = [
    "{{ ''.__class__.__mro__ }}",
    "{{ card.__class__ }}",
    "{{ card.model_config }}",
    "{{ card.model_dump() }}",
    "{{ card.parse_file('/etc/passwd') }}",
    "{{ card.parse_raw('x', proto='pickle', allow_pickle=True) }}",
    "{{ card.main.copy() }}",
    "{{ card.in_layer.__globals__ }}",
    "{{ cycler.__init__.__globals__ }}",
    "{{ '{0.__class__}'.format(card) }}",
    "{{ 'x' * 100000000 }}",
    "{{ 9 ** 999999 }}",
    "{{ '%99999999d' % 1 }}",
    "{{ range(999999999) | list }}",
    "{% include '/etc/passwd' %}",
    "{% include '../../../../etc/passwd' %}",
    "{% import 'os' as os %}",
    "{{ card.rows.append(1) }}",
]


@pytest.mark.parametrize("format_", ["md", "html", "pdf"])
@pytest.mark.parametrize("attack", ATTACKS)
def test_a_template_that_reaches_out_is_refused(base: Base, tmp_path: Path, attack: str, format_: str) -> None:
    own = tmp_path / "own.jinja"
    own.write_text(f"line one\n{attack}\n")
    with pytest.raises(UsageError, match=r"own\.jinja") as refused:
        render(build(base, "generic"), format_, own)
    assert "root:" not in str(refused.value)
    assert len(str(refused.value).splitlines()) == 1


@pytest.mark.parametrize("attack", ["{{ card.__class__ }}", "{{ card.parse_file('/etc/passwd') }}"])
def test_so_is_a_word_template(base: Base, tmp_path: Path, attack: str) -> None:
    docx = pytest.importorskip("docx")
    pytest.importorskip("docxtpl")
    document = docx.Document()
    document.add_paragraph(attack)
    own = tmp_path / "own.docx"
    document.save(str(own))
    with pytest.raises(UsageError, match=r"own\.docx.*refused"):
        render(build(base, "generic"), "docx", own)


@pytest.mark.parametrize(
    "text", ["{{ nothing }}", "{%p if card %}", "{%tr for row in card.rows %} {%tr endfor %}", "{{"]
)
def test_faults_of_a_word_template_are_told_in_a_line(base: Base, tmp_path: Path, text: str) -> None:
    docx = pytest.importorskip("docx")
    pytest.importorskip("docxtpl")
    document = docx.Document()
    document.add_paragraph(text)
    own = tmp_path / "own.docx"
    document.save(str(own))
    with pytest.raises(UsageError, match=r"own\.docx") as told:
        render(build(base, "generic"), "docx", own)
    assert len(str(told.value).splitlines()) == 1


def test_a_word_template_that_swells_is_refused(base: Base, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("docxtpl")
    (tmp_path / "own.docx").write_bytes(template("docx"))
    monkeypatch.setattr("coach.export.word.MOST_UNPACKED", 1_000)
    with pytest.raises(UsageError, match="too large for a template"):
        render(build(base, "generic"), "docx", tmp_path / "own.docx")


def test_typst_reads_no_file(base: Base, tmp_path: Path) -> None:
    pytest.importorskip("typst")
    own = tmp_path / "own.typ.jinja"
    own.write_text('#read("/etc/passwd")')
    with pytest.raises(UsageError, match=r"own\.typ\.jinja: Typst refuses it: file not found"):
        render(build(base, "generic"), "pdf", own)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a\n{{ nothing }}\n", r"own\.jinja:2: 'nothing' is undefined"),
        ("a\n\n{% if %}\n", r"own\.jinja:3: "),
        ("{{ card.nothing }}", r"own\.jinja:1: .*nothing"),
        ("{{ 1 / 0 }}", r"own\.jinja:1: division by zero"),
        ("{% extends 'none.jinja' %}", r"own\.jinja.*there is no built-in template 'none\.jinja'"),
    ],
)
def test_faults_of_a_template_are_told_with_their_line(base: Base, tmp_path: Path, text: str, told: str) -> None:
    own = tmp_path / "own.jinja"
    own.write_text(text)
    with pytest.raises(UsageError, match=told):
        render(build(base, "generic"), "md", own)


def test_a_companys_template_takes_the_place_of_ours_and_may_build_on_it(base: Base, tmp_path: Path) -> None:
    card = build(base, "writing-assistant")
    own = tmp_path / "own.html.jinja"
    own.write_text(
        "{% extends 'page.html.jinja' %}{% block title %}Ours{% endblock %}"
        "{% block main %}<p>{{ card.main.name }} {{ card.main.yours.owner }} {{ card.row('reply-rate').name }}</p>"
        "{% endblock %}"
    )
    page = render(card, "html", own).decode()
    assert "<title>Ours</title>" in page
    assert f"<p>{card.main.name} <span" in page
    assert "Reply rate</p>" in page


def test_what_is_no_template_is_named(base: Base, tmp_path: Path) -> None:
    card = build(base, "generic")
    (tmp_path / "binary").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UsageError, match="no text in UTF-8"):
        render(card, "md", tmp_path / "binary")
    with pytest.raises(UsageError, match=r"cannot read .*none"):
        render(card, "md", tmp_path / "none")
    with pytest.raises(UsageError, match="csv has no template"):
        render(card, "csv", tmp_path / "binary")
    pytest.importorskip("docxtpl")
    with pytest.raises(UsageError, match="no Word document"):
        render(card, "docx", tmp_path / "binary")
