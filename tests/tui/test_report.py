"""The report of an attempt, from the result and from the history."""

from __future__ import annotations

from pathlib import Path

from coach.facade import KnowledgeBase
from coach.tui.screens.history import HistoryScreen
from coach.tui.screens.pick import PickDialog
from tests.tui.driving import CASE, opened
from tests.tui.test_history import keep


async def test_an_answer_just_handed_in_becomes_a_report(tmp_path: Path, kb: KnowledgeBase) -> None:
    async with opened() as app:
        await app.submit("We count accepted drafts per week, because that is the number we have.")
        await app.press("p")
        await app.reach(PickDialog)
        await app.press("enter")
        await app.until(lambda: list(tmp_path.glob("coach-report-1-*.html")))
        [written] = tmp_path.glob("coach-report-1-*.html")
        text = written.read_text()
        assert f"<h1>{kb.cases[CASE].title}</h1>" in text
        assert "This is the first attempt at this question." in text
        await app.until(lambda: any(str(written) in note.message for note in app.app._notifications))


async def test_the_chosen_attempt_of_the_history_becomes_a_report(tmp_path: Path, kb: KnowledgeBase) -> None:
    keep(kb, CASE, "Reply rate.", 3)
    keep(kb, CASE, "Meetings held per hour in the composer.", 1)
    async with opened() as app:
        await app.press("h")
        await app.reach(HistoryScreen)
        await app.see("2 attempts")
        await app.press("p")
        await app.reach(PickDialog)
        await app.press("down", "down", "down", "enter")
        await app.until(lambda: list(tmp_path.glob("coach-report-2-*.md")))
        [written] = tmp_path.glob("coach-report-2-*.md")
        assert "Meetings held per hour in the composer." in written.read_text()


async def test_an_answer_that_was_not_kept_has_no_report(tmp_path: Path) -> None:
    async with opened() as app:
        await app.judge("Reply rate.")
        await app.press("p")
        await app.until(lambda: any("not in the history" in note.message for note in app.app._notifications))
        assert not list(tmp_path.glob("coach-report-*"))
