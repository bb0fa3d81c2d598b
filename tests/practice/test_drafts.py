from __future__ import annotations

import json
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach import paths
from coach.errors import StorageError
from coach.practice.draft_files import Stored, decode, encode, salvage
from coach.practice.drafts import ARCHIVED, Draft, Drafts, rescue
from tests.practice.conftest import MORNING, file_size_limit, read_only

CASE = "crm-writing-assistant"


def text_of(drafts: Drafts, case: str = CASE) -> str | None:
    draft = drafts.load(case)
    return draft.text if draft else None


def save(drafts: Drafts, text: str, case: str = CASE) -> None:
    drafts.save(case, text, seconds_spent=90, hints_used=2)


def file_of(case: str = CASE) -> Path:
    return paths.drafts_dir() / f"{case}.json"


def test_a_draft_comes_back_in_the_next_session() -> None:
    before = datetime.now(UTC)
    save(Drafts(), "Räume 数字 🎯\r\n\ttab\x00nul")
    draft = Drafts().load(CASE)
    assert draft is not None
    assert (draft.text, draft.seconds_spent, draft.hints_used) == ("Räume 数字 🎯\r\n\ttab\x00nul", 90, 2)
    assert before <= draft.saved_at <= datetime.now(UTC)
    assert not draft.recovered


def test_a_case_never_begun_has_no_draft_and_makes_no_file(home: Path) -> None:
    drafts = Drafts()
    assert drafts.load(CASE) is None
    assert drafts.all() == drafts.kept(CASE) == ()
    drafts.discard(CASE)
    assert not home.exists()


@given(st.text(st.characters(codec=None), max_size=200))
def test_any_text_survives_the_file_lone_surrogates_too(text: str) -> None:
    draft = Draft(case=CASE, text=text, seconds_spent=0, hints_used=0, saved_at=MORNING)
    stored = decode(encode(Stored(draft, "a1", "r1")))
    assert stored is not None
    # JSON reads two halves that stand side by side as the one sign they make.
    assert stored.draft.text.encode("utf-16", "surrogatepass") == text.encode("utf-16", "surrogatepass")


def test_the_user_alone_may_read_drafts() -> None:
    save(Drafts(), "mine")
    assert file_of().stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("case", ["../../etc/passwd", "a/b", "UPPER", "", ".", "x" * 300, "con\ud800", "naïve"])
def test_a_case_that_is_no_plain_name_stays_inside_the_folder(case: str, home: Path) -> None:
    drafts = Drafts()
    save(drafts, "odd", case=case)
    assert text_of(Drafts(), case) == "odd"
    assert [draft.case for draft in drafts.all()] == [case]
    assert {path.parent for path in home.rglob("*.json")} == {paths.drafts_dir()}


def test_all_drafts_are_listed_the_last_saved_first() -> None:
    drafts = Drafts()
    for case in ("one", "two", "three"):
        save(drafts, f"text of {case}", case=case)
    save(drafts, "more", case="one")
    file_of("two").write_text("{broken")
    assert [(draft.case, draft.text) for draft in drafts.all()] == [
        ("one", "more"),
        ("three", "text of three"),
    ]


def test_a_discarded_draft_is_archived() -> None:
    drafts = Drafts()
    save(drafts, "handed in")
    drafts.discard(CASE)
    assert drafts.load(CASE) is None
    assert drafts.all() == ()
    assert [draft.text for draft in drafts.kept(CASE)] == ["handed in"]


def test_the_archive_holds_the_last_few_of_each_case() -> None:
    drafts = Drafts()
    for number in range(ARCHIVED + 3):
        save(drafts, f"try {number}")
        drafts.discard(CASE)
    save(drafts, "of another case", case="other")
    drafts.discard("other")
    newest_first = [f"try {number}" for number in reversed(range(3, ARCHIVED + 3))]
    assert [draft.text for draft in drafts.kept(CASE)] == newest_first
    assert [draft.text for draft in drafts.kept("other")] == ["of another case"]


def test_blank_drafts_do_not_push_others_out_of_the_archive() -> None:
    drafts = Drafts()
    for text in ("worth keeping", *[" \n"] * ARCHIVED):
        save(drafts, text)
        drafts.discard(CASE)
    assert [draft.text for draft in drafts.kept(CASE)] == ["worth keeping"]


def test_a_second_window_does_not_destroy_the_first_ones_text() -> None:
    save(Drafts(), "the common beginning")
    first, second = Drafts(), Drafts()
    first.load(CASE), second.load(CASE)
    save(first, "the common beginning, continued on the left")
    save(second, "the common beginning, continued on the right")
    assert text_of(Drafts()) == "the common beginning, continued on the right"
    assert [draft.text for draft in second.kept(CASE)] == ["the common beginning, continued on the left"]
    assert second.notice is not None
    assert "Another window" in second.notice
    (kept,) = paths.drafts_dir().glob(f"{CASE}.other-*.json")
    assert str(kept) in second.notice


def test_windows_that_save_in_turn_keep_one_file_each() -> None:
    first, second = Drafts(), Drafts()
    for length in range(1, 6):
        save(first, "left " * length)
        save(second, "right " * length)
    assert text_of(Drafts()) == "right " * 5
    assert {draft.text for draft in first.kept(CASE)} == {"left " * 5, "right " * 4}


def test_a_text_that_the_new_one_holds_is_not_kept_twice() -> None:
    save(Drafts(), "My north star is")
    drafts = Drafts()
    save(drafts, "My north star is replies won.")
    assert drafts.kept(CASE) == ()
    assert drafts.notice is None


def test_a_window_that_never_looked_does_not_destroy_what_was_there() -> None:
    save(Drafts(), "from yesterday")
    drafts = Drafts()
    save(drafts, "")
    assert [draft.text for draft in drafts.kept(CASE)] == ["from yesterday"]


def test_handing_in_does_not_discard_another_windows_text_unseen() -> None:
    first, second = Drafts(), Drafts()
    save(first, "handed in")
    save(second, "still being written")
    first.discard(CASE)
    for number in range(ARCHIVED + 1):
        save(first, f"later {number}")
        first.discard(CASE)
    assert "still being written" in {draft.text for draft in first.kept(CASE)}


SAVE_FOR_EVER = """
from coach.practice.drafts import Drafts
drafts = Drafts()
for number in range(1_000_000):
    drafts.save("crm-writing-assistant", f"{number} " * 2000, seconds_spent=0, hints_used=0)
    print(number, flush=True)
"""


def test_a_killed_program_leaves_its_last_saved_draft_whole() -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", SAVE_FOR_EVER],
        cwd=Path(__file__).parents[2],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    for _ in range(20):
        saved = int(process.stdout.readline())
    process.send_signal(signal.SIGKILL)
    saved = max([saved, *map(int, process.stdout.read().split())])
    process.wait(timeout=10)
    drafts = Drafts()
    text = text_of(drafts)
    assert text in (f"{saved} " * 2000, f"{saved + 1} " * 2000)
    assert drafts.notice is None


def test_a_draft_cut_short_is_set_aside_and_read_as_far_as_it_goes() -> None:
    save(Drafts(), 'First line "quoted"\nsecond — line, and a long third one')
    whole = file_of().read_bytes()
    file_of().write_bytes(whole[:-15])
    drafts = Drafts()
    draft = drafts.load(CASE)
    assert draft is not None
    assert draft.recovered
    assert draft.text == 'First line "quoted"\nsecond — line, and a lon'
    (aside,) = paths.drafts_dir().glob("*.damaged-*")
    assert aside.read_bytes() == whole[:-15]
    assert drafts.notice is not None
    assert str(aside) in drafts.notice
    assert Drafts().load(CASE) is None


def test_a_draft_of_which_nothing_is_left_is_set_aside_and_said() -> None:
    save(Drafts(), "gone")
    file_of().write_bytes(bytes(300))
    drafts = Drafts()
    assert drafts.load(CASE) is None
    assert drafts.notice is not None
    assert "Nothing could be read of it" in drafts.notice
    assert [path.read_bytes() for path in paths.drafts_dir().glob("*.damaged-*")] == [bytes(300)]


def test_saving_over_a_damaged_draft_keeps_it() -> None:
    drafts = Drafts()
    save(drafts, "first")
    file_of().write_text("{ damaged")
    save(drafts, "second")
    assert text_of(Drafts()) == "second"
    assert [path.read_text() for path in paths.drafts_dir().glob("*.damaged-*")] == ["{ damaged"]


@pytest.mark.parametrize("key", ["text", "case", "seconds_spent", "saved_at", "writer", "revision"])
@pytest.mark.parametrize("value", [None, 3.5, ["x"], "not a date"])
def test_a_draft_with_a_wrong_or_missing_field_is_damaged(key: str, value: object) -> None:
    draft = Draft(case=CASE, text="t", seconds_spent=0, hints_used=0, saved_at=MORNING)
    fields = json.loads(encode(Stored(draft, "a1", "r1")))
    if value == "not a date" and key != "saved_at" and key != "seconds_spent":
        del fields[key]
    else:
        fields[key] = value
    assert decode(json.dumps(fields).encode()) is None


def test_a_text_put_there_by_hand_is_read() -> None:
    paths.drafts_dir().mkdir(parents=True)
    file_of().write_text("My plain text, no JSON.\n")
    draft = Drafts().load(CASE)
    assert draft is not None
    assert draft.text == "My plain text, no JSON."


@given(st.binary(max_size=300))
@settings(max_examples=200)
def test_no_content_breaks_reading(data: bytes) -> None:
    assert decode(data) is None or isinstance(decode(data), Stored)
    assert isinstance(salvage(b'{"text": "' + data), str)


def test_deeply_nested_content_is_only_damaged() -> None:
    assert decode(b"[" * 200_000) is None


def test_a_read_only_home_can_be_read_and_names_a_place_that_works(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.chdir("/")
    save(Drafts(), "kept")
    with read_only(home):
        drafts = Drafts()
        assert text_of(drafts) == "kept"
        with pytest.raises(StorageError) as caught:
            save(drafts, "kept and more")
    message = str(caught.value)
    assert str(paths.drafts_dir()) in message
    assert "permission denied" in message
    place = Path(message.rsplit("such as ", 1)[1])
    assert place.parent.is_dir()
    assert home not in place.parents
    assert text_of(Drafts()) == "kept"


def test_a_full_disk_keeps_the_last_draft_and_leaves_no_half_file() -> None:
    drafts = Drafts()
    save(drafts, "kept")
    with file_size_limit(1000), pytest.raises(StorageError, match="cannot use the drafts"):
        save(drafts, "long " * 1000)
    assert text_of(drafts) == "kept"
    assert [path.name for path in paths.drafts_dir().iterdir() if path.name.endswith(".tmp")] == []


def test_rescue_writes_to_the_first_place_that_takes_it(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths.data_dir().mkdir(parents=True)
    monkeypatch.setenv("HOME", str(home))
    first, second = rescue("my answer"), rescue("my answer")
    assert first != second
    assert {first.parent, second.parent} == {paths.data_dir()}
    assert first.read_text() == second.read_text() == "my answer"
    with read_only(home):
        elsewhere = rescue("odd \ud83d sign")
    assert home not in elsewhere.parents
    assert elsewhere.read_text(encoding="utf-8") == "odd \\ud83d sign"
    elsewhere.unlink()


def test_drafts_do_not_wait_for_the_database_library() -> None:
    code = "import sys, coach.practice.drafts; print('sqlite3' in sys.modules, 'pydantic' in sys.modules)"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert out == "False False\n"
