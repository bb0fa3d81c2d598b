from __future__ import annotations

import threading
from pathlib import Path

import pytest

from coach import paths
from coach.errors import StorageError
from coach.practice.drafts import Drafts
from coach.practice.locking import locked


def test_one_holder_at_a_time(tmp_path: Path) -> None:
    path, order = tmp_path / "lock", []
    entered = threading.Event()

    def second() -> None:
        entered.set()
        with locked(path):
            order.append("second")

    thread = threading.Thread(target=second)
    with locked(path):
        thread.start()
        entered.wait(5)
        thread.join(0.05)
        order.append("first")
    thread.join(5)
    assert order == ["first", "second"]


def test_a_lock_is_given_back_after_an_error(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="inside"), locked(tmp_path / "lock"):
        raise ValueError("inside")
    with locked(tmp_path / "lock", patience=0):
        pass


def test_a_holder_that_never_lets_go_is_named(tmp_path: Path) -> None:
    with (
        locked(tmp_path / "lock"),
        pytest.raises(TimeoutError, match="perhaps a suspended one"),
        locked(tmp_path / "lock", patience=0.02),
    ):
        pass


def test_a_draft_says_that_another_program_holds_the_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    drafts = Drafts()
    drafts.save("case", "text", seconds_spent=0, hints_used=0)
    monkeypatch.setattr("coach.practice.locking.PATIENCE", 0.02)
    with locked(paths.drafts_dir() / ".lock"), pytest.raises(StorageError, match="keeps it locked"):
        drafts.save("case", "more text", seconds_spent=0, hints_used=0)


def test_threads_that_share_drafts_do_not_take_each_other_for_another_window() -> None:
    drafts = Drafts()
    texts = [f"text {number}" for number in range(16)]
    threads = [
        threading.Thread(target=lambda text=text: drafts.save("case", text, seconds_spent=0, hints_used=0))
        for text in texts
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    draft = drafts.load("case")
    assert draft is not None
    assert draft.text in texts
    assert drafts.kept("case") == ()
    assert drafts.notice is None
    assert list(paths.drafts_dir().glob(".*.tmp")) == []
