"""The reply screen: follow-up questions one by one, judged by the points of a good reply."""

from __future__ import annotations

from pathlib import Path

import pytest

from coach.facade import KnowledgeBase
from coach.tui.screens.help import HelpDialog
from coach.tui.screens.reply import ReplyScreen
from coach.tui.screens.result import ResultScreen
from tests.tui.driving import CASE, LARGE, SMALL, Driver, kept_drafts, opened


def points_of(kb: KnowledgeBase, number: int = 1) -> list[str]:
    return [point.point for point in kb.cases[CASE].follow_up(number).good_reply]


async def reply_screen(app: Driver) -> ReplyScreen:
    """Reached by its key from the result."""
    await app.judge("Reply rate.")
    await app.press("r")
    return await app.reach(ReplyScreen)


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_the_points_made_are_marked_in_the_reply_and_the_others_shown(
    kb: KnowledgeBase, size: tuple[int, int]
) -> None:
    points = points_of(kb)
    async with opened(size) as app:
        screen = await reply_screen(app)
        await app.see("follow-up 1 of 3", kb.cases[CASE].follow_up(1).question.split(".")[0][:30])
        assert points[0][:20] not in app.shown(), "nothing is given away before the reply"
        await app.write(points[0])
        await app.press("f5")
        await app.see("Your reply:", "‹+1 ", "A good reply: 1 of", "1 ● ", "2 ○ ")
        await app.press("f5")
        assert screen.editor.has_focus
        assert screen.editor.text == points[0]


async def test_the_questions_follow_one_another_and_each_keeps_its_reply(home: Path) -> None:
    async with opened() as app:
        await reply_screen(app)
        await app.write("First of all, the drafts.")
        await app.press("f2")
        await app.see("follow-up 1 of 3")
        await app.press("f3")
        await app.see("follow-up 2 of 3")
        assert (await app.reach(ReplyScreen)).editor.text == ""
        await app.write("Second.")
        await app.press("f3")
        await app.see("follow-up 3 of 3")
        await app.press("f2")
        await app.see("follow-up 2 of 3", "Second.", "draft goes on")
        await app.press("f2")
        await app.see("follow-up 1 of 3", "First of all, the drafts.")
        await app.press("escape")
        await app.reach(ResultScreen)
    assert sorted(draft.text for draft in kept_drafts()) == ["First of all, the drafts.", "Second."]


async def test_what_is_typed_is_kept_without_being_asked_for() -> None:
    async with opened() as app:
        await reply_screen(app)
        await app.type_in("kept")
        await app.see("draft saved")
        assert [draft.text for draft in kept_drafts()] == ["kept"]


async def test_a_reply_begun_is_no_case_begun() -> None:
    async with opened() as app:
        await reply_screen(app)
        await app.write("Something.")
        await app.press("escape")
        overview = app.app.desk.overview()
        assert not any(row.draft for row in overview.rows)
        assert not overview.own_drafts


async def test_an_empty_reply_is_not_judged_and_a_judged_one_can_be_thrown_away() -> None:
    async with opened() as app:
        screen = await reply_screen(app)
        await app.press("f5")
        await app.until(lambda: any("nothing to judge yet" in note.message for note in app.app._notifications))
        await app.write("We would count what was sent.")
        await app.press("f5")
        await app.see("Your reply:")
        await app.press("ctrl+r")
        await app.see("Throw this reply away?")
        await app.press("tab", "enter")
        await app.until(lambda: app.app.screen is screen and screen.editor.text == "")
        assert not screen.has_class("-judged")
        assert not kept_drafts()


async def test_keys_are_explained() -> None:
    async with opened() as app:
        await reply_screen(app)
        await app.press("f1")
        await app.reach(HelpDialog)
        await app.see("Next question", "Reply to a question")
