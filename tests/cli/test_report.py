"""`coach report` and the formats of `coach model-answer`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Coach
from tests.cli.test_other_commands import ANSWER, own_home, practise

__all__ = ["own_home"]


def test_the_newest_attempt_and_one_by_its_number(own_home: Path, coach: Coach) -> None:
    practise(own_home, "crm-writing-assistant", 30, days_ago=2)
    practise(own_home, "crm-writing-assistant", 63, days_ago=1)
    status, out, err = coach("report", "last")
    assert (status, err) == (0, "")
    assert out.startswith("# Practice report: Email drafts inside a sales CRM\n")
    assert "| **63 of 100** |" in out
    assert "(+33 points)" in out
    assert ANSWER in out.replace(" [1]", "").replace(" [2]", "") or "replies won" in out
    data = coach("report", "1", "--json").data
    assert data["attempt"]["overall"] == 30
    assert [step["id"] for step in data["progress"]] == [1]


def test_what_cannot_be_reported_is_told(own_home: Path, coach: Coach) -> None:
    assert coach("report", "last") == (2, "", "coach: nothing was practised yet; `coach practice` opens a case\n")
    practise(own_home, "crm-writing-assistant", 30, days_ago=2)
    assert coach("report", "7") == (2, "", "coach: unknown attempt '7'\n")
    assert coach("report", "first").err.startswith("coach: no attempt 'first': give its number")
    assert coach("report", "9" * 30).status == 2


@pytest.mark.parametrize("argv", [("report", "1"), ("model-answer", "crm-writing-assistant")])
def test_every_format_goes_to_a_file_that_is_not_replaced_unasked(
    argv: tuple[str, ...], own_home: Path, tmp_path: Path, coach: Coach
) -> None:
    practise(own_home, "crm-writing-assistant", 30, days_ago=2)
    for format_, begins in (("html", b"<!DOCTYPE html>"), ("pdf", b"%PDF"), ("docx", b"PK"), ("json", b"{")):
        pytest.importorskip({"pdf": "typst", "docx": "docxtpl"}.get(format_, "json"))
        target = tmp_path / f"out.{format_}"
        call = (*argv, "--format", format_, "--out", str(target))
        assert coach(*call) == (0, "", f"coach: written to {target}\n")
        assert target.read_bytes().startswith(begins)
        assert "exists" in coach(*call).err
        assert coach(*call, "--force").status == 0


@pytest.mark.parametrize("argv", [("report", "1"), ("model-answer", "crm-writing-assistant")])
def test_the_built_in_template_written_out_makes_the_same_document(
    argv: tuple[str, ...], own_home: Path, tmp_path: Path, coach: Coach
) -> None:
    practise(own_home, "crm-writing-assistant", 30, days_ago=2)
    for format_ in ("md", "html", "pdf", "docx"):
        pytest.importorskip({"pdf": "typst", "docx": "docxtpl"}.get(format_, "json"))
        own, built_in, ours = (tmp_path / f"{name}.{format_}" for name in ("own", "built-in", "ours"))
        assert coach(argv[0], "--print-template", "--format", format_, "--out", str(own)).status == 0
        assert coach(*argv, "--format", format_, "--out", str(built_in)).status == 0
        assert coach(*argv, "--format", format_, "--template", str(own), "--out", str(ours)).status == 0
        assert ours.read_bytes() == built_in.read_bytes()
    own = tmp_path / "own.md"
    own.write_text(own.read_text().replace("# ", "# Example Ltd: ", 1))
    assert coach(*argv, "--template", str(own)).out.startswith("# Example Ltd: ")


@pytest.mark.parametrize("command", ["report", "model-answer"])
def test_a_template_alone_is_written_out(command: str, coach: Coach) -> None:
    assert "stands alone" in coach(command, "1", "--print-template").err
    assert "stands alone" in coach(command, "--print-template", "--template", "own.md").err
    assert "json has no template" in coach(command, "--print-template", "--json").err
    what = "ATTEMPT" if command == "report" else "CASE"
    assert coach(command) == (2, "", f"coach: missing: {what}; see `coach {command} --help`\n")
