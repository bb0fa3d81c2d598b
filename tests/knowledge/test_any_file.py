"""Whatever bytes a file holds, it is read or its faults are told at places that exist."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from coach.knowledge.compiler import check_layers
from coach.knowledge.layers import Layer, Source
from tests.knowledge.conftest import SMALL_BASE
from tests.knowledge.samples import METRIC

FILES = [METRIC, *(path.read_text() for path in sorted(SMALL_BASE.rglob("*.yaml")))]
SIGNS = "|\n|\n  |- |: |{|}|[|]|'|\"|&a |*a |!!x |? |#|---\n|5|null|yes|[]|{}|.inf|\t|\r|\x1b|\u202e|é|id"
PIECES = st.sampled_from([*SIGNS.split("|"), "|\n", "metrics:\n"])


def check(content: bytes) -> None:
    _, faults = check_layers([Layer((Path("pack.yaml"),), (Source(0, "", content),))])
    lines = content.decode("utf-8-sig", "replace").replace("\r\n", "\n").split("\n")
    for fault in faults:
        assert fault.path == "pack.yaml"
        assert 1 <= fault.line <= len(lines), fault
        assert 1 <= fault.column <= len(lines[fault.line - 1]) + 1, fault
        assert fault.message
        assert "pydantic" not in str(fault)
        assert "\n" not in str(fault)


@given(st.binary(max_size=200))
def test_any_bytes(content: bytes) -> None:
    check(content)


@given(st.text(max_size=200))
def test_any_text(text: str) -> None:
    check(text.encode("utf-8", "replace"))


@settings(max_examples=150)
@given(st.sampled_from(FILES), st.floats(0, 1), st.integers(0, 40), PIECES)
def test_any_one_change_to_a_good_file(text: str, share: float, removed: int, piece: str) -> None:
    at = int(share * len(text))
    check((text[:at] + piece + text[at + removed :]).encode())


@given(st.lists(PIECES, max_size=30))
def test_any_row_of_signs(pieces: list[str]) -> None:
    check("".join(pieces).encode())
