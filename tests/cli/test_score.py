"""Scoring one answer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from coach.cli.text_input import MAX_BYTES
from coach.facade import KnowledgeBase, load
from coach.knowledge.base import Base
from coach.scoring.report import Cost, Evidence
from coach.scoring.scorer import LONGEST_ANSWER
from tests.cli.conftest import GOOD_PROMPT, Coach

CASE = "crm-writing-assistant"


@pytest.fixture
def kb() -> KnowledgeBase:
    return load()


@pytest.fixture
def answer(tmp_path: Path, base: Base) -> Path:
    path = tmp_path / "answer.md"
    path.write_text(base.cases[CASE].model_answer)
    return path


def test_a_report_names_verdict_score_routing_and_every_criterion(
    answer: Path, coach: Coach, kb: KnowledgeBase
) -> None:
    status, out, err = coach("score", str(answer), "--case", CASE)
    report = kb.score(answer.read_text(), case=CASE)
    assert (status, err) == (0, "")
    assert out.startswith(f"{report.verdict.replace('_', ' ').capitalize()}, {report.overall} of 100\n")
    assert "judged as  writing-assistant, the kind of product of the case" in out
    for result in report.criteria.values():
        line = next(line for line in out.splitlines() if result.name in line)
        assert line.strip().startswith("* ") == result.core
        assert f" {result.level} " in line
        assert line.endswith(f"weight {result.weight}")
    assert report.advice in " ".join(out.split())
    assert max(map(len, out.splitlines())) <= 80


def test_every_reason_stands_with_the_words_it_is_given_for(answer: Path, coach: Coach, kb: KnowledgeBase) -> None:
    words = " ".join(coach("score", str(answer), "--case", CASE).out.split())
    text = answer.read_text()
    report = kb.score(text, case=CASE)
    assert any(result.evidence for result in report.criteria.values())
    for result in report.criteria.values():
        passages: list[Evidence | Cost] = [*result.evidence, *result.costs]
        for found in passages:
            assert " ".join(found.why.split()) in words
            said = " ".join(text[found.start : found.end].replace("*", "").split())
            assert f"“{said[:100]}" in words
        for missing in result.missing:
            assert f"missing {missing}" in words


def test_data_is_the_whole_report(answer: Path, coach: Coach, kb: KnowledgeBase) -> None:
    data = coach("score", str(answer), "--case", CASE, "--json").data
    assert data == kb.score(answer.read_text(), case=CASE).model_dump(mode="json")


def test_standard_input_and_any_prompt(coach: Coach, typed: Callable[[bytes], None]) -> None:
    typed("My north star is the share of drafts sent within a day — nothing else.".encode())
    status, out, err = coach("score", "-", "--prompt", GOOD_PROMPT)
    assert (status, err) == (0, "")
    assert "judged as  writing-assistant, because the prompt says" in out
    typed(b"Accuracy.")
    out = coach("score", "-", "--prompt", "How would you measure the thing?").out
    assert "generic, because no kind of product was recognised in the prompt" in " ".join(out.split())


@pytest.mark.parametrize("text", ["", " \n\t\n"])
def test_a_blank_answer_is_no_error_and_says_so(text: str, tmp_path: Path, coach: Coach) -> None:
    path = tmp_path / "blank.md"
    path.write_text(text)
    status, out, err = coach("score", str(path), "--case", CASE)
    assert (status, err) == (0, "")
    assert out.startswith("No hire, 0 of 100\n")
    assert "Note: The answer is blank" in out
    data = coach("score", str(path), "--case", CASE, "--json").data
    assert {result["level"] for result in data["criteria"].values()} == {0}


def test_line_ends_and_a_byte_order_mark_leave_offsets_to_the_text(tmp_path: Path, coach: Coach) -> None:
    path = tmp_path / "windows.md"
    text = "Naïve scope.\r\nThe north star is the share of drafts sent within a day.\r\n"
    path.write_bytes(b"\xef\xbb\xbf" + text.encode())
    found = coach("score", str(path), "--case", CASE, "--json").data["criteria"]["north_star"]["evidence"][0]
    assert text[found["start"] : found["end"]] == "The north star is the share of drafts sent within a day."


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"Gr\xfc\xdfe", "is not UTF-8: byte 0xfc at offset 2; save it as UTF-8"),
        (b"\xef\xbb\xbfab\xff", "is not UTF-8: byte 0xff at offset 5; save it as UTF-8"),
        ("mail".encode("utf-16"), "is UTF-16, not UTF-8: byte 0xff at offset 0; save it as UTF-8"),
    ],
)
def test_what_is_not_utf_8_is_refused_at_its_byte(content: bytes, said: str, tmp_path: Path, coach: Coach) -> None:
    path = tmp_path / "answer.txt"
    path.write_bytes(content)
    assert coach("score", str(path), "--case", CASE) == (2, "", f"coach: {path} {said}\n")


def test_standard_input_that_is_not_utf_8(coach: Coach, typed: Callable[[bytes], None]) -> None:
    typed(b"abc\xe9")
    said = "coach: standard input is not UTF-8: byte 0xe9 at offset 3; save it as UTF-8\n"
    assert coach("score", "-", "--case", CASE) == (2, "", said)


def test_an_answer_beyond_the_limit_is_refused_with_the_limit(tmp_path: Path, coach: Coach) -> None:
    path = tmp_path / "long.txt"
    path.write_text("a" * (LONGEST_ANSWER + 1))
    status, out, err = coach("score", str(path), "--case", CASE)
    assert (status, out) == (2, "")
    assert f"has {LONGEST_ANSWER + 1:,} characters and the limit is {LONGEST_ANSWER:,}" in err
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    said = f"coach: {path} has more than {MAX_BYTES:,} bytes; score a shorter text or a part of it\n"
    assert coach("score", str(path), "--case", CASE) == (2, "", said)


def test_places_without_an_answer_are_named(tmp_path: Path, coach: Coach) -> None:
    (tmp_path / "file").write_text("x")
    for path, said in (
        (tmp_path, f"{tmp_path} is a folder: name a file in it"),
        (tmp_path / "none.md", f"cannot read {tmp_path}/none.md: no such file or directory"),
        (tmp_path / "file" / "x", f"cannot read {tmp_path}/file/x: not a directory"),
    ):
        assert coach("score", str(path), "--case", CASE) == (2, "", f"coach: {said}\n")
    assert coach("score", "a\0b", "--case", CASE).err == "coach: cannot read a\\x00b: embedded null byte\n"


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        ([], "name the file with the answer, - for standard input, or --batch for many"),
        (["a.md"], "say what it answers: --case ID or --prompt TEXT"),
        (["a.md", "--case", CASE, "--prompt", "x"], "give --case or --prompt, not both"),
        (["a.md", "--case", "crm-writing-asistant"], f"unknown case 'crm-writing-asistant'; did you mean {CASE}"),
        (["-", "--case", CASE, "--rubric", "metric"], "unknown rubric 'metric'; did you mean metric-design?"),
        (["a.md", "--case", CASE, "--out", "x"], "--out goes with --batch; send a single report to a file with >"),
        (["a.md", "--case", CASE, "--workers", "2"], "--workers goes with --batch;"),
        (["a.md", "--batch", "x"], "FILE does not go with --batch, where each line says what it is"),
        (["--batch", "x", "--case", CASE], "--case does not go with --batch, where each line says what it is"),
        (["--batch", "x", "--workers", "0"], "argument --workers: '0' is no whole number from 1; see"),
    ],
)
def test_calls_that_cannot_be_used(argv: list[str], said: str, coach: Coach) -> None:
    status, out, err = coach("score", *argv)
    assert (status, out, len(err.splitlines())) == (2, "", 1)
    assert err.startswith(f"coach: {said}")
