"""Whatever comes from outside cannot command the terminal, and data stays data."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.cli.output import json_text, safe, screen_width
from coach.knowledge.builtin import builtin_roots
from tests.cli.conftest import ESCAPE, Coach

HARMFUL = [
    *map(chr, range(0x20)),
    *map(chr, range(0x7F, 0xA0)),
    "\u202e",
    "\u2066",
    "\u200f",
    "\u2028",
    "\ufeff",
]
ANY_TEXT = st.text(st.characters() | st.sampled_from([*HARMFUL, "\ud800"]))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[2J", "\\x1b[2J"),
        ("\x9b31m", "\\x9b31m"),
        ("a\rb", "a\\rb"),
        ("a\x00\x08\x7f", "a\\x00\\x08\\x7f"),
        ("user\u202egnp.exe", "user\\u202egnp.exe"),
        ("half \ud800", "half \\ud800"),
        ("line\n\ttab", "line\n\ttab"),
        ("a\r\nb", "a\nb"),
        ("naïve 你好 🙂 “quoted”", "naïve 你好 🙂 “quoted”"),
    ],
)
def test_controls_are_shown_as_escapes(text: str, shown: str) -> None:
    assert safe(text) == shown


@given(ANY_TEXT)
def test_nothing_harmful_is_left(text: str) -> None:
    assert not set(safe(text)) & (set(HARMFUL) - {"\n", "\t"})
    assert safe(safe(text)) == safe(text)
    safe(text).encode()


@given(st.dictionaries(ANY_TEXT, ANY_TEXT | st.integers() | st.lists(ANY_TEXT)))
def test_json_is_harmless_and_the_same_data(data: dict[str, object]) -> None:
    text = json_text(data)
    assert json.loads(text) == data
    assert not set(text) & set(HARMFUL)
    text.encode()


def test_json_shows_readable_letters_as_they_are() -> None:
    assert json_text({"a": "naïve 你好"}) == '{"a": "naïve 你好"}'


def pack_with_markup(folder: Path) -> str:
    """A pack that says of a built-in case what looks like markup."""
    text = (builtin_roots()[0] / "cases" / "crm-writing-assistant.yaml").read_text()
    changed = text.replace("A rep opens a contact", "A rep [link=x]opens[/] :smile: it")
    assert changed != text
    (folder / "pack.yaml").write_text(changed)
    return str(folder)


def test_markup_in_packs_is_text(tmp_path: Path, coach: Coach, on_terminal: Callable[[int], None]) -> None:
    on_terminal(100)
    status, out, err = coach("show", "crm-writing-assistant", "--pack", pack_with_markup(tmp_path))
    assert (status, err) == (0, "")
    assert "A rep [link=x]opens[/] :smile: it" in " ".join(out.split())


@pytest.mark.parametrize("width", [60, 100])
@pytest.mark.parametrize("hostile", ["\x1b]0;title\x07", "\x9b2J", "\u202egpj"])
def test_controls_in_answers_do_not_reach_the_screen(
    hostile: str, width: int, tmp_path: Path, coach: Coach, on_terminal: Callable[[int], None]
) -> None:
    answer = tmp_path / f"answer{hostile[0]}.md"
    answer.write_text(f"The north star is qualified{hostile} replies won for each hour in the composer.")
    call = ["score", str(answer), "--case", "crm-writing-assistant"]
    plain = coach(*call)
    on_terminal(width)
    coloured = coach(*call)
    for status, out, err in (plain, coloured):
        assert status == 0
        assert hostile not in out + err
        assert f"qualified{safe(hostile)}" in " ".join(out.split())
    assert coach("score", str(answer)).err.count(hostile) == 0
    assert hostile not in coach("score", f"missing{hostile}", "--prompt", "x").err


CALLS = [["cases"], ["show", "crm-writing-assistant"], ["metrics", "list"], ["show", "metric-design"]]


@pytest.mark.parametrize("call", CALLS)
def test_a_pipe_gets_no_colours_even_if_they_are_asked_for(
    call: list[str], coach: Coach, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert ESCAPE not in coach(*call).out


@pytest.mark.parametrize("call", CALLS)
def test_a_terminal_gets_colours_unless_they_are_refused(
    call: list[str], coach: Coach, on_terminal: Callable[[int], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    on_terminal(80)
    assert ESCAPE in coach(*call).out
    monkeypatch.setenv("NO_COLOR", "1")
    assert ESCAPE not in coach(*call).out
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setenv("TERM", "dumb")
    assert ESCAPE not in coach(*call).out


def on_real_terminal(environment: dict[str, str]) -> str:
    """What `coach cases` writes to a pseudo-terminal."""
    controller, terminal = pty.openpty()
    command = [sys.executable, "-m", "coach", "cases"]
    process = subprocess.Popen(command, stdout=terminal, stderr=terminal, env={**os.environ, **environment})
    os.close(terminal)
    written = b""
    while True:
        try:
            piece = os.read(controller, 4096)
        except OSError:  # Linux reports the end so.
            break
        if not piece:
            break
        written += piece
    os.close(controller)
    assert process.wait() == 0
    return written.decode()


def test_a_real_terminal() -> None:
    assert ESCAPE in on_real_terminal({})
    assert ESCAPE not in on_real_terminal({"NO_COLOR": "1"})


def test_the_width_is_told_by_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    assert screen_width() == 80
    for told, width in (("132", 132), ("3", 20), ("0", 80), ("wide", 80)):
        monkeypatch.setenv("COLUMNS", told)
        assert screen_width() == width
