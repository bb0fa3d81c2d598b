"""Signs that no reply could ever show are faults of a pack."""

from __future__ import annotations

from pathlib import Path

import pytest

from coach.knowledge.builtin import builtin_roots
from coach.knowledge.lint import lint
from coach.scoring.reply_checks import CHECKS

SOURCE = builtin_roots()[0] / "cases" / "customs-paper-reader.yaml"
SIGN = "[key them blind, images exist"


def faults(tmp_path: Path, sign: str) -> list[str]:
    pack = tmp_path / "pack.yaml"
    text = SOURCE.read_text(encoding="utf-8")
    assert SIGN in text
    pack.write_text(text.replace(SIGN, f"['{sign}', images exist"), encoding="utf-8")
    return [str(fault) for fault in lint([pack], checks=CHECKS)]


@pytest.mark.parametrize(
    "sign", ["key them blind", "£18,000", "in 90 days", "not zero", "stand-in", "customer''s cost"]
)
def test_plain_words_and_amounts_can_be_read(tmp_path: Path, sign: str) -> None:
    assert not faults(tmp_path, sign)


@pytest.mark.parametrize(
    ("sign", "reason"),
    [
        ("of the", "no word of it says anything"),
        ("…", "no word of it says anything"),
        ("share|fraction of", "a sign is plain words"),
        ("under <duration>", "a sign is plain words"),
        ("same .. twice", "a sign is plain words"),
        ("we would draw a sample of all declarations", "more than 6 words"),
    ],
)
def test_what_cannot_be_read_is_a_fault_at_its_place(tmp_path: Path, sign: str, reason: str) -> None:
    [fault] = faults(tmp_path, sign)
    assert "customs-paper-reader.follow_ups[0].good_reply[0].signs[0]" in fault
    assert reason in fault
    assert "cannot be read" in fault
