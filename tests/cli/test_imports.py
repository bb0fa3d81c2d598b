"""What commands import: start-up is felt at every call."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path

# Runs calls one after the other and prints, for each, the modules of interest that are there after it.
PROBE = """
import contextlib, io, sys
from coach.cli import main
heavy = {"textual", "rich", "pydantic", "yaml", "sqlite3", "jinja2", "rapidfuzz", "numpy", "argparse", "json"}
seen = []
for call in sys.argv[1:]:
    with contextlib.redirect_stderr(io.StringIO()):
        status = main(call.split(chr(31)) if call else [])
    seen.append([status, sorted(heavy & set(sys.modules))])
    sys.stdout.flush()
print()
print(repr(seen))
"""


def probe(*calls: list[str]) -> list[tuple[int, set[str]]]:
    done = subprocess.run(
        [sys.executable, "-c", PROBE, *map("\x1f".join, calls)],
        capture_output=True,
        check=True,
        stdin=subprocess.DEVNULL,
    )
    return [(status, set(names)) for status, names in ast.literal_eval(done.stdout.decode().splitlines()[-1])]


def test_the_version_costs_next_to_nothing() -> None:
    assert probe(["--version"]) == [(0, set())]


def test_help_and_mistakes_in_calls_load_no_library() -> None:
    calls = probe(["--help"], ["score", "--help"], ["practice"], ["paths"], ["score"])
    assert [status for status, _ in calls] == [0, 0, 2, 0, 2]
    assert calls[-1][1] == {"argparse"}


def test_no_command_imports_the_apps_library(tmp_path: Path) -> None:
    answer, batch, labelled = tmp_path / "answer.md", tmp_path / "in.jsonl", tmp_path / "labelled.jsonl"
    answer.write_text("The north star is replies won per hour.")
    line = {"id": "a", "answer": "Replies won.", "prompt": "How would you measure a mail assistant?"}
    batch.write_text(json.dumps(line))
    labelled.write_text(json.dumps({**line, "labels": {"north_star": 1}, "topic": "mail"}))
    calls = probe(
        [],
        ["practice", "crm-writing-assistant"],
        ["cases"],
        ["show", "crm-writing-assistant"],
        ["show", "task-success-rate", "--json"],
        ["score", str(answer), "--case", "crm-writing-assistant"],
        ["score", "--batch", str(batch)],
        ["agreement", str(labelled)],
        ["model-answer", "crm-writing-assistant"],
        ["scorecard", "new", "writing-assistant"],
        ["metrics", "search", "latency"],
        ["metrics", "list"],
        ["history"],
        ["paths"],
        ["calculate", "roi", "--benefit", "3", "--cost", "2"],
        ["lint", str(tmp_path)],
    )
    assert [status for status, _ in calls] == [2, 2, *[0] * 14]
    for _, names in calls:
        # In a pipe nothing is coloured either.
        assert not names & {"textual", "rich"}
