"""Signs that no reply could ever show are faults of a pack."""

from __future__ import annotations

from pathlib import Path

from coach.knowledge.builtin import builtin_roots
from coach.knowledge.lint import lint
from coach.scoring.reply_checks import CHECKS

SOURCE = builtin_roots()[0] / "cases" / "customs-paper-reader.yaml"
SIGN = "[key them blind, images exist"
READ = ("key them blind", "£18,000", "in 90 days", "not zero", "stand-in", "customer's cost")
UNREAD = {
    "of the": "no word of it says anything",
    "…": "no word of it says anything",
    "share|fraction of": "a sign is plain words",
    "under <duration>": "a sign is plain words",
    "same .. twice": "a sign is plain words",
    "we would draw a sample of all declarations": "more than 6 words",
}


def test_plain_words_and_amounts_can_be_read_and_other_signs_are_faults_at_their_place(tmp_path: Path) -> None:
    pack = tmp_path / "pack.yaml"
    text = SOURCE.read_text(encoding="utf-8")
    assert SIGN in text
    signs = ", ".join(f'"{sign}"' for sign in (*READ, *UNREAD))
    pack.write_text(text.replace(SIGN, f"[{signs}, images exist"), encoding="utf-8")
    faults = {fault.key: fault.message for fault in lint([pack], checks=CHECKS)}
    place = "customs-paper-reader.follow_ups[0].good_reply[0].signs"
    assert faults.keys() == {f"{place}[{len(READ) + number}]" for number in range(len(UNREAD))}
    for number, (sign, reason) in enumerate(UNREAD.items(), len(READ)):
        message = faults[f"{place}[{number}]"]
        assert message.startswith(f"{sign!r} cannot be read: ")
        assert reason in message
