"""Scoring many: in order, in place, in bounded memory, the same on every run."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from coach.cli.batch.judge import judge
from coach.cli.batch.lines import RawLine, raw_lines
from coach.cli.batch.progress import Progress
from coach.cli.batch.workers import CHUNK_LINES, CHUNKS_AHEAD, judge_all
from coach.facade import KnowledgeBase, load
from coach.knowledge.base import Base
from coach.knowledge.builtin import builtin_roots
from coach.scoring.scorer import LONGEST_ANSWER
from tests.cli.conftest import GOOD_PROMPT, Coach

PROGRAM = [sys.executable, "-m", "coach"]


def line_of(id_: str, **changes: Any) -> dict[str, Any]:
    return {"id": id_, "answer": "Our north star is replies won per hour.", "prompt": GOOD_PROMPT} | changes


def write(path: Path, lines: list[Any]) -> Path:
    path.write_text("".join(f"{line if isinstance(line, str) else json.dumps(line)}\n" for line in lines))
    return path


def read(out: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.splitlines()]


@pytest.fixture(scope="module")
def kb(compiled_home: Path) -> KnowledgeBase:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COACH_HOME", str(compiled_home))
        return load()


def test_each_line_out_is_the_report_on_its_line_in(tmp_path: Path, coach: Coach, kb: KnowledgeBase) -> None:
    case = kb.cases["crm-writing-assistant"]
    lines = [
        line_of("plain"),
        {"id": "case", "answer": case.model_answer, "case": case.id},
        line_of("rubric", rubric="metric-design"),
        line_of("blank", answer=""),
    ]
    status, out, err = coach("score", "--batch", str(write(tmp_path / "in.jsonl", lines)))
    assert (status, err) == (0, "")
    assert out.splitlines() == [
        json.dumps(report.line(line["id"]), ensure_ascii=False)
        for line in lines
        for report in [kb.score(line["answer"], case=line.get("case"), prompt=line.get("prompt"))]
    ]


def test_bad_lines_become_errors_in_their_place_and_the_rest_is_scored(tmp_path: Path, coach: Coach) -> None:
    lines = [
        line_of("1"),
        "no JSON",
        line_of("3", prompt=None, case="crm-writing-asistant"),
        "",
        line_of("5", rubric="metric-desing"),
        line_of("6", answer="x" * (LONGEST_ANSWER + 1)),
        line_of("7", prompt=" "),
        line_of("8"),
    ]
    status, out, err = coach("score", "--batch", str(write(tmp_path / "in.jsonl", lines)))
    rows = read(out)
    assert status == 1
    assert err == 'coach: 6 of 8 lines could not be scored; each such line out says why under "error"\n'
    assert [row["id"] for row in rows] == ["1", None, "3", None, "5", "6", "7", "8"]
    assert [row.get("line") for row in rows] == [None, 2, 3, 4, 5, 6, 7, None]
    assert rows[1] == {"id": None, "line": 2, "error": "not JSON: expecting value at column 1"}
    assert rows[2]["error"].startswith("unknown case 'crm-writing-asistant'; did you mean crm-writing-assistant")
    assert rows[4]["error"] == "unknown rubric 'metric-desing'; did you mean metric-design?"
    assert f"the limit is {LONGEST_ANSWER:,}" in rows[5]["error"]
    assert "error" not in rows[0] | rows[7]


def test_the_output_is_the_same_for_any_number_of_workers_packs_included(
    tmp_path: Path, coach: Coach, base: Base
) -> None:
    built_in = builtin_roots()[0] / "cases" / "crm-writing-assistant.yaml"
    pack = tmp_path / "pack.yaml"
    pack.write_text(built_in.read_text().replace("id: crm-writing-assistant", "id: our-own-case"))
    lines: list[Any] = [{"id": "own", "answer": "Replies won.", "case": "our-own-case"}]
    for number in range(3 * CHUNK_LINES + 3):
        case = list(base.cases.values())[number % len(base.cases)]
        lines.append({"id": f"ü{number}", "answer": case.weak_answer.text, "case": case.id})
        lines.append("bad" if number % 7 == 0 else line_of(f"p{number}", answer="Trust \ud800 and latancy."))
    call = ["score", "--batch", str(write(tmp_path / "in.jsonl", lines)), "--pack", str(pack), "--workers"]
    alone = coach(*call, "1")
    rows = read(alone.out)
    assert (alone.status, rows[0]["case"]) == (1, "our-own-case")
    assert [row["id"] for row in rows] == [line["id"] if isinstance(line, dict) else None for line in lines]
    # Each process has its own order of hashing, so this finds results that hang on it.
    assert coach(*call, "3") == alone


def test_standard_input(coach: Coach, typed: Callable[[bytes], None]) -> None:
    typed(json.dumps(line_of("a")).encode())
    status, out, _ = coach("score", "--batch", "-")
    assert (status, read(out)[0]["id"]) == (0, "a")


def test_an_empty_batch_is_done(tmp_path: Path, coach: Coach) -> None:
    out = tmp_path / "out.jsonl"
    assert coach("score", "--batch", str(write(tmp_path / "in.jsonl", [])), "--out", str(out)) == (0, "", "")
    assert out.read_bytes() == b""


def test_the_output_file_is_refused_if_it_exists_before_anything_is_scored(tmp_path: Path, coach: Coach) -> None:
    source, out = write(tmp_path / "in.jsonl", [line_of("a")]), tmp_path / "out.jsonl"
    assert coach("score", "--batch", str(source), "--out", str(out)) == (0, "", "")
    scored = out.read_text()
    assert read(scored)[0]["id"] == "a"
    out.write_text("mine")
    said = f"coach: {out} exists: give another name, or --force to replace it\n"
    assert coach("score", "--batch", str(source), "--out", str(out)) == (2, "", said)
    assert out.read_text() == "mine"
    assert coach("score", "--batch", str(source), "--out", str(out), "--force").status == 0
    assert out.read_text() == scored
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.jsonl", "out.jsonl"]


def test_places_that_cannot_be_read_or_written_are_named(tmp_path: Path, coach: Coach) -> None:
    source = write(tmp_path / "in.jsonl", [line_of("a")])
    for argv, said in (
        ([str(tmp_path)], f"{tmp_path} is a folder: name a file in it"),
        ([f"{tmp_path}/none"], f"cannot read {tmp_path}/none: no such file or directory"),
        ([str(source), "--out", f"{tmp_path}/none/out"], f"cannot write {tmp_path}/none/out: there is no folder"),
        ([str(source), "--out", str(tmp_path)], f"{tmp_path} is a folder: name a file in it"),
    ):
        status, out, err = coach("score", "--batch", *argv)
        assert (status, out) == (2, "")
        assert err.startswith(f"coach: {said}")


def numbered(count: int) -> Iterator[bytes]:
    for number in range(count):
        yield b'{"id": "%d", "answer": "x"}\n' % number


class Stream(io.RawIOBase):
    """Bytes made as they are read."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        while len(self._rest) < len(buffer) and (piece := next(self._pieces, b"")):
            self._rest += piece
        count = min(len(self._rest), len(buffer))
        buffer[:count] = self._rest[:count]
        self._rest = self._rest[count:]
        return count


def peak_of(count: int, kb: KnowledgeBase) -> int:
    """Bytes in use at most while so many lines pass through everything but the scorer."""
    tracemalloc.start()
    progress = Progress(None, visible=False)
    lines = raw_lines(io.BufferedReader(Stream(numbered(count))), "in")
    for _ in progress.watch(judge_all(lines, kb, (), 1)):
        pass
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (progress.lines, progress.refused) == (count, count)
    return peak


def test_ten_thousand_lines_need_no_more_memory_than_five_hundred(kb: KnowledgeBase) -> None:
    peak_of(10, kb)
    few = peak_of(500, kb)
    assert peak_of(10_000, kb) < few + 64 * 1024


def test_with_workers_only_a_few_chunks_are_read_ahead(kb: KnowledgeBase) -> None:
    read_so_far = 0

    def source() -> Iterator[RawLine]:
        nonlocal read_so_far
        for number in range(1, 40 * CHUNK_LINES):
            read_so_far = number
            yield RawLine(number, b"bad", number)

    ahead = 0
    for done, judged in enumerate(judge_all(source(), kb, (), 2), start=1):
        assert judged.end == done
        ahead = max(ahead, read_so_far - done)
    assert done == 40 * CHUNK_LINES - 1
    assert ahead <= 2 * CHUNKS_AHEAD * CHUNK_LINES


def test_a_fault_of_the_program_on_one_line_does_not_end_the_run(
    kb: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_down(*_: object, **__: object) -> object:
        raise RuntimeError("unforeseen")

    monkeypatch.setattr(KnowledgeBase, "score", break_down)
    judged = judge(kb, RawLine(3, json.dumps(line_of("a")).encode(), 0))
    assert judged.refused
    row = json.loads(judged.content)
    assert (row["id"], row["line"]) == ("a", 3)
    assert row["error"].startswith("internal error: RuntimeError")


def test_a_stream_is_answered_line_by_line() -> None:
    with subprocess.Popen(
        [*PROGRAM, "score", "--batch", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for id_ in ("a", "b"):
            process.stdin.write(json.dumps(line_of(id_)).encode() + b"\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["id"] == id_
        process.stdin.close()
        assert process.wait(30) == 0


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX systems")
@pytest.mark.parametrize(
    ("number", "status", "said"), [(signal.SIGINT, 130, b"coach: interrupted\n"), (signal.SIGTERM, 143, b"")]
)
def test_an_interrupted_run_leaves_no_half_file(number: int, status: int, said: bytes, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    with subprocess.Popen(
        [*PROGRAM, "score", "--batch", "-", "--out", str(out)], stdin=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdin is not None
        assert process.stderr is not None
        process.stdin.write(b"".join(json.dumps(line_of(str(n))).encode() + b"\n" for n in range(20)))
        process.stdin.flush()
        deadline = time.monotonic() + 30
        # The file being written is there from the first line on.
        while not list(tmp_path.iterdir()) and time.monotonic() < deadline:
            time.sleep(0.01)
        assert [path.name.endswith(".tmp") for path in tmp_path.iterdir()] == [True]
        process.send_signal(number)
        # Where Ctrl-C strikes while a library's classes are made, Python ends by the signal itself: 130 in a shell too.
        assert process.wait(30) in (status, -number)
        assert process.stderr.read() == said
        process.stdin.close()
    assert list(tmp_path.iterdir()) == []
