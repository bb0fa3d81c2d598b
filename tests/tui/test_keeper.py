"""The keeper saves soon, saves the newest, and tells when it cannot."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from coach.errors import StorageError
from coach.practice.drafts import Drafts
from coach.tui.keeper import Keeper, Page


def page(text: str) -> Page:
    return Page("crm-writing-assistant", text, 5, 1)


def wait(condition: Callable[[], object]) -> None:
    end = time.monotonic() + 5
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.01)


def saved_text() -> str:
    draft = Drafts().load("crm-writing-assistant")
    return draft.text if draft else ""


def test_a_page_is_on_the_disk_within_a_second_though_more_keeps_coming() -> None:
    keeper = Keeper(Drafts(), lambda _: None)
    began = time.monotonic()
    count = 0
    while not saved_text():
        assert time.monotonic() - began < 1.0
        count += 1
        keeper.keep(page("x" * count))
        time.sleep(0.02)
    keeper.close()
    assert saved_text() == "x" * count


def test_closing_saves_what_is_left_at_once() -> None:
    keeper = Keeper(Drafts(), lambda _: None)
    keeper.keep(page("last words"))
    assert keeper.close() is None
    assert saved_text() == "last words"
    assert keeper.unsaved() is None


def test_what_is_forgotten_is_not_saved() -> None:
    keeper = Keeper(Drafts(), lambda _: None)
    keeper.keep(page("thrown away"))
    keeper.forget()
    assert keeper.close() is None
    assert saved_text() == ""


def test_a_failed_save_is_told_and_tried_again_until_it_works(home: Path, monkeypatch: object) -> None:
    (home / "data").write_text("in the way of the folder")
    heard: list[StorageError | None] = []
    keeper = Keeper(Drafts(), heard.append)
    keeper.keep(page("kept in the end"))
    wait(lambda: heard)
    assert isinstance(heard[0], StorageError)
    assert keeper.unsaved() == page("kept in the end")
    (home / "data").unlink()
    wait(lambda: heard[-1] is None)
    assert saved_text() == "kept in the end"
    keeper.close()
