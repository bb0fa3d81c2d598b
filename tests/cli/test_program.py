"""The program as a whole: help, mistakes in calls, and how it ends."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

import pytest

from coach import __version__
from coach.cli import paths, program
from coach.cli.arguments import Parser
from tests.cli.conftest import Coach

PROGRAM = [sys.executable, "-m", "coach"]


def parsers(parser: Parser) -> Iterator[Parser]:
    """The parser and those of its commands, at any depth."""
    yield parser
    for action in parser._actions:
        if isinstance(action.choices, dict):
            for below in action.choices.values():
                yield from parsers(below)


ALL = {parser.prog: parser for parser in parsers(program.build_parser())}


def test_the_commands_are_those_of_the_contract() -> None:
    assert set(ALL) == {
        "coach",
        *(f"coach {name}" for name in ("practice", "cases", "show", "score", "agreement", "calibrate", "model-answer")),
        *(
            f"coach {name}"
            for name in (
                "scorecard",
                "scorecard new",
                "scorecard lint",
                "scorecard read",
                "scorecard template",
                "metrics",
                "metrics search",
                "metrics list",
                "metrics export",
                "metrics sql",
                "metrics compute",
            )
        ),
        *(f"coach {name}" for name in ("calculate", "follow-up", "frameworks", "lint", "history", "report", "paths")),
        *(f"coach frameworks {name}" for name in ("list", "apply", "export")),
    }


@pytest.mark.parametrize("name", ALL)
def test_every_help_ends_with_an_example_of_that_command(name: str, coach: Coach) -> None:
    status, out, err = coach(*name.split()[1:], "--help")
    assert (status, err) == (0, "")
    usage, _, example = out.rpartition("example")
    assert usage.startswith(f"usage: {name}")
    assert name in example
    assert max(map(len, out.splitlines())) <= 100


def test_the_examples_can_be_parsed() -> None:
    for parser in ALL.values():
        for line in (parser.epilog or "").splitlines()[1:]:
            # What an example does may stand behind it, some spaces apart.
            name, *call = shlex.split(line.strip().split("   ")[0])
            assert name == "coach"
            assert program.parse(call) is not None


def test_version(coach: Coach) -> None:
    assert coach("--version") == (0, f"coach {__version__}\n", "")
    assert coach("--version", "cases") == (0, f"coach {__version__}\n", "")


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (["scor"], "unknown command 'scor'; did you mean score? See `coach --help`"),
        (["metrics", "serch"], "unknown command 'serch'; did you mean search? See `coach metrics --help`"),
        (["zzz"], "unknown command 'zzz'; see `coach --help`"),
        (
            ["cases", "--levl", "lead"],
            "unknown option --levl; did you mean --level? See `coach cases --help`",
        ),
        (["cases", "--levl=lead"], "unknown option --levl; did you mean --level? See `coach cases --help`"),
        # An abbreviation would change its meaning with every new option.
        (["cases", "--lev", "lead"], "unknown option --lev; did you mean --level? See `coach cases --help`"),
        (["paths", "here"], "unexpected argument 'here'; see `coach paths --help`"),
        (["show"], "missing: ID; see `coach show --help`"),
        (["metrics"], "missing: COMMAND; see `coach metrics --help`"),
        (["cases", "--level"], "argument --level: expected one argument; see `coach cases --help`"),
        (
            ["scorecard", "new", "x", "--format", "odt"],
            "unknown format 'odt'; see `coach scorecard new --help`",
        ),
    ],
)
def test_a_mistaken_call_is_told_in_one_line(argv: list[str], said: str, coach: Coach) -> None:
    assert coach(*argv) == (2, "", f"coach: {said}\n")


@pytest.mark.parametrize("argv", [[], ["practice"], ["practice", "crm-writing-assistant"]])
def test_the_app_is_not_opened_without_a_terminal(argv: list[str], coach: Coach) -> None:
    status, out, err = coach(*argv)
    assert (status, out) == (2, "")
    assert err == ("coach: the app needs a terminal; without one use `coach cases`, `coach show` and `coach score`\n")


def test_packs_may_stand_before_the_command_and_after_it() -> None:
    args = program.parse(["--pack", "a", "cases", "--pack", "b", "--pack", "c"])
    assert args is not None
    assert args.packs == ["a", "b", "c"]


def test_a_pack_that_is_missing_is_named(coach: Coach) -> None:
    status, out, err = coach("cases", "--pack", "no-such-pack")
    assert (status, out) == (2, "")
    assert err == "coach: no-such-pack: cannot be read: no such file or directory\n"


def test_all_faults_of_a_pack_are_told(tmp_path: Path, coach: Coach) -> None:
    pack = tmp_path / "pack.yaml"
    pack.write_text("metrics:\n  - id: One\n    nam: x\n")
    status, out, err = coach("cases", "--pack", str(pack))
    assert (status, out) == (2, "")
    first, *faults = err.splitlines()
    assert first == f"coach: the knowledge files have {len(faults)} faults:"
    assert len(faults) > 2
    assert all(fault.startswith(f"{pack}:") for fault in faults)


def failing(error: BaseException) -> object:
    def run(args: Namespace) -> int:
        raise error

    return run


def test_an_interrupt_ends_with_130(monkeypatch: pytest.MonkeyPatch, coach: Coach) -> None:
    monkeypatch.setattr(paths, "run", failing(KeyboardInterrupt()))
    assert coach("paths") == (130, "", "coach: interrupted\n")


def test_a_fault_of_the_program_is_no_traceback(monkeypatch: pytest.MonkeyPatch, coach: Coach) -> None:
    monkeypatch.setattr(paths, "run", failing(ZeroDivisionError("by\x1b[31m zero")))
    status, out, err = coach("paths")
    assert (status, out) == (2, "")
    assert err.startswith("coach: internal error: ZeroDivisionError: by\\x1b[31m zero\n")
    assert len(err.splitlines()) == 2
    monkeypatch.setenv("COACH_TRACEBACK", "1")
    with pytest.raises(ZeroDivisionError):
        coach("paths")


def test_a_reader_that_leaves_is_no_error() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run([*PROGRAM, "paths"], stdout=writer, stderr=subprocess.PIPE, check=False)
    os.close(writer)
    assert done.returncode == 141
    assert done.stderr == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("argv", [["paths"], ["--version"], ["cases", "--help"]])
def test_a_full_disk_is_told(argv: list[str]) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run([*PROGRAM, *argv], stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 2
    assert done.stderr == b"coach: cannot write the output: no space left on device\n"


def test_any_encoding_of_the_screen_will_do() -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    done = subprocess.run(
        [*PROGRAM, "show", "crm-writing-assistant"], capture_output=True, check=False, env=environment
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"\\xa3900 in expectation" in done.stdout
