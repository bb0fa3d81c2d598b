from __future__ import annotations

import json
from pathlib import Path

import pytest

from coach.scorecards.model import Scorecard
from tests.cli.conftest import Coach

PRODUCT = "name: Replyer\nkind: writing-assistant\nusers: [Account managers]\njob: Answer a renewal mail.\n"


@pytest.mark.parametrize("format_", ["md", "html", "csv", "json", "xlsx", "pdf", "docx"])
def test_every_format_is_written_to_a_file_and_refused_a_second_time(
    coach: Coach, tmp_path: Path, format_: str
) -> None:
    pytest.importorskip({"xlsx": "xlsxwriter", "pdf": "typst", "docx": "docxtpl"}.get(format_, "json"))
    target = tmp_path / f"card.{format_}"
    call = ("scorecard", "new", "support-chatbot", "--format", format_, "--out", str(target))
    assert coach(*call).status == 0
    first = target.read_bytes()
    again = coach(*call)
    assert (again.status, again.out) == (2, "")
    assert f"{target} exists" in again.err
    assert coach(*call, "--force").status == 0
    assert target.read_bytes() == first


def test_text_goes_to_standard_output(coach: Coach) -> None:
    assert coach("scorecard", "new", "generic", "--format", "html").out.startswith("<!DOCTYPE html>")
    assert coach("scorecard", "new", "generic", "--format", "csv", "--excel").out.startswith("\ufeffId,")
    assert (
        coach("scorecard", "new", "generic", "--format", "json").data
        == coach("scorecard", "new", "generic", "--json").data
    )


def test_a_product_is_described_by_a_file_and_by_options(coach: Coach, tmp_path: Path) -> None:
    (tmp_path / "product.yaml").write_text(PRODUCT)
    card = coach("scorecard", "new", "--product", str(tmp_path / "product.yaml"), "--job", "Another.", "--json").data
    assert (card["title"], card["archetype"]) == ("Replyer", "writing-assistant")
    assert (card["context"]["users"], card["context"]["job"]) == (["Account managers"], "Another.")
    options = ("--name", "Fraud Watch", "--users", "Analysts", "--job", "Detect card fraud in payments as it happens")
    told = coach("scorecard", "new", *options, "--json")
    assert told.data["archetype"] == "fraud-detection"
    assert "taken for a product of the kind fraud-detection" in told.err
    named = coach("scorecard", "new", "generic", "--name", "Thing", "--json")
    assert (named.data["title"], named.data["archetype"], named.err) == ("Thing", "generic", "")


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (["new"], "name a kind of product or a case"),
        (["new", "--users", "a"], "needs a name: --name"),
        (["new", "generic", "--format", "odt"], "unknown format 'odt'"),
        (["new", "generic", "--format", "csv", "--template", "x"], "csv has no template"),
        (["new", "generic", "--docx-template", "x"], "--docx-template goes with --format docx, not md"),
        (["new", "generic", "--template", "none.jinja"], "cannot read none.jinja: no such file"),
        (["new", "--product", "none.yaml"], "cannot read none.yaml: no such file"),
        (["lint", "none.xlsx"], "cannot read none.xlsx: no such file"),
        (["read", "none.json"], "cannot read none.json: no such file"),
        (["read", "none.json", "--out", "x"], "--out and --force go with --format"),
        (["template", "csv"], "unknown format 'csv'"),
    ],
)
def test_calls_that_cannot_be_used_are_told_in_a_line(coach: Coach, call: list[str], told: str) -> None:
    done = coach("scorecard", *call)
    assert (done.status, done.out) == (2, "")
    assert told in done.err
    assert len(done.err.splitlines()) == 1


def test_a_missing_library_says_which_extra_to_install(coach: Coach, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    for module, extra in (("xlsxwriter", "xlsx"), ("typst", "pdf"), ("docxtpl", "docx")):
        monkeypatch.setitem(sys.modules, module, None)
        done = coach("scorecard", "new", "generic", "--format", extra)
        assert (done.status, done.out) == (2, "")
        assert f"pip install 'metric-coach[{extra}]'" in done.err


def test_a_template_is_written_out_changed_and_used(coach: Coach, tmp_path: Path) -> None:
    own = tmp_path / "own.md.jinja"
    assert coach("scorecard", "template", "md", "--out", str(own)).status == 0
    own.write_text(own.read_text().replace("# Scorecard:", "# Example Ltd:"))
    assert coach("scorecard", "new", "generic", "--template", str(own)).out.startswith("# Example Ltd: ")


def test_a_filled_scorecard_is_checked_and_read(coach: Coach, tmp_path: Path) -> None:
    first, second = tmp_path / "first.json", tmp_path / "second.json"
    assert coach("scorecard", "new", "generic", "--format", "json", "--out", str(first)).status == 0
    data = json.loads(first.read_text())
    data["main"]["yours"]["owner"] = "Noor"
    second.write_text(json.dumps(data))
    before, after = (coach("scorecard", "lint", str(path), "--json") for path in (first, second))
    assert before.status == after.status == 1
    assert before.data["score"] < after.data["score"]
    assert set(after.data["findings"][0]) == {"rule", "place", "message"}
    assert coach("scorecard", "lint", str(second)).out.splitlines()[-1] == f"complete to {after.data['score']} of 100"
    read = coach("scorecard", "read", str(second), "--earlier", str(first))
    assert read.status == 0
    assert "Metrics: main, Owner: – → Noor" in read.out
    told = coach("scorecard", "read", str(second), "--earlier", str(first), "--json").data
    assert Scorecard.model_validate(told["scorecard"]).main.yours.owner == "Noor"
    assert told["changes"] == [{"table": "Metrics", "line": "main", "what": "Owner", "before": None, "after": "Noor"}]
    assert "Noor" in coach("scorecard", "read", str(second), "--format", "md").out


def test_faults_of_a_file_are_told_and_the_rest_is_read(coach: Coach, tmp_path: Path) -> None:
    path = tmp_path / "card.csv"
    assert coach("scorecard", "new", "generic", "--format", "csv", "--out", str(path)).status == 0
    path.write_text(path.read_text().replace("Owner", "Boss", 1))
    done = coach("scorecard", "read", str(path))
    assert done.status == 1
    assert "coach: card.csv!A1: the column “Owner” is missing from this line on" in done.err
    assert "AGAINST THE CATALOG" in done.out
