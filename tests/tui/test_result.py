"""The result screen: grounds in the text, other answers beside it, trying again, copying."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Static

from coach.export.markdown import inline
from coach.facade import KnowledgeBase
from coach.practice.drafts import Drafts
from coach.tui.screens.again import AgainDialog
from coach.tui.screens.history import HistoryScreen
from coach.tui.screens.practice import PracticeScreen
from coach.tui.screens.result import ResultScreen
from coach.tui.widgets.answer_pane import AnswerPane
from coach.tui.widgets.criteria_list import CriteriaList
from coach.tui.widgets.criterion_detail import CriterionDetail
from tests.tui.driving import CASE, LARGE, SMALL, Driver, kept_drafts, opened


@pytest.fixture
def model_answer(kb: KnowledgeBase) -> str:
    return kb.cases[CASE].model_answer


@pytest.fixture
def weak_answer(kb: KnowledgeBase) -> str:
    return kb.cases[CASE].weak_answer.text


def pane_text(app: Driver, selector: str = "#answer") -> str:
    return str(app.app.screen.query_one(f"{selector} .marked-text", Static).visual)


def detail_text(app: Driver) -> str:
    return str(app.app.screen.query_one("#grounds", Static).visual)


async def go_to(app: Driver, criterion: str) -> None:
    criteria = app.app.screen.query_one(CriteriaList)
    criteria.highlighted = criteria.get_option_index(criterion)
    await app.pilot.pause()


async def test_every_criterion_shows_its_level_and_marks_the_words_it_was_judged_by(model_answer: str) -> None:
    async with opened() as app:
        result = await app.judge(model_answer)
        answer = result.judged.answer
        assert result.judged.report.advice in detail_text(app)
        for item in result.judged.report.criteria.values():
            [line] = [line for line in app.shown().splitlines() if f"{item.level} {item.name}" in line]
            assert ("◆×2" if item.core else " ×1") in line
        for key, item in result.judged.report.criteria.items():
            await go_to(app, key)
            marked = pane_text(app)
            for number, span in enumerate(item.evidence, 1):
                assert f"‹+{number} " in marked
                assert span.why in detail_text(app)
                assert answer[span.start : span.end].split()[0] in marked.split(f"‹+{number} ")[1]
            assert marked.count("‹+") == len(item.evidence)
            assert marked.count("‹−") == len(item.costs)
            for missing in item.missing:
                assert missing in detail_text(app)


async def test_marked_words_outside_the_view_are_scrolled_to(model_answer: str) -> None:
    async with opened(SMALL) as app:
        result = await app.judge(model_answer)
        pane = result.query_one("#answer", AnswerPane)
        late = [
            key
            for key, item in result.judged.report.criteria.items()
            if item.evidence and item.evidence[0].start > len(result.judged.answer) * 0.8
        ]
        assert late, "no criterion of this answer has its words near the end"
        await go_to(app, late[0])
        await app.until(lambda: pane.scroll_y > 0)
        await app.see("‹+1 ")


@pytest.mark.parametrize(("size", "beside"), [(SMALL, False), (LARGE, True)])
async def test_the_model_answer_is_beside_or_below_and_marked_by_the_same_criterion(
    size: tuple[int, int], beside: bool, kb: KnowledgeBase, model_answer: str
) -> None:
    async with opened(size) as app:
        result = await app.judge("Our north star is the reply rate.")
        await app.press("m")
        report = kb.score(model_answer, case=CASE)
        await app.see(f"Model answer: {report.overall} of 100")
        mine, model = (result.query_one(f"#{id_}", AnswerPane).region for id_ in ("answer", "beside"))
        assert (model.x > mine.x and model.y == mine.y) if beside else (model.x == mine.x and model.y > mine.y)
        assert model.height >= 8
        earned = [key for key, item in report.criteria.items() if item.evidence]
        await go_to(app, earned[0])
        await app.until(lambda: "‹+1 " in pane_text(app, "#beside"))
        await app.press("m")
        await app.until(lambda: not result.query("#beside"))
        assert result.query_one(CriterionDetail).display


async def test_the_weak_answer_comes_with_its_reasons_and_follow_ups_with_good_replies(
    kb: KnowledgeBase,
) -> None:
    case = kb.cases[CASE]
    async with opened(LARGE) as app:
        await app.judge("Reply rate.")
        await app.press("w")
        await app.see("A weak answer", "Why it is weak", " ".join(case.weak_answer.why[0].split()[:4]))
        await app.press("f")
        await app.see("Follow-up questions", " ".join(case.follow_ups[0].question.split()[:4]))
        assert " ".join(case.follow_ups[0].good_reply[0].point.split()[:4]) in app.shown()
        assert "Why it is weak" not in app.shown()


async def test_trying_again_starts_from_the_text_or_from_a_blank_page() -> None:
    async with opened() as app:
        await app.submit("Reply rate.")
        await app.press("t")
        await app.reach(AgainDialog)
        await app.press("enter")
        practice = await app.reach(PracticeScreen)
        assert practice.editor.text == "Reply rate."
        await app.press("f5")
        await app.reach(ResultScreen)
        await app.press("t")
        await app.reach(AgainDialog)
        await app.press("b")
        practice = await app.reach(PracticeScreen)
        assert practice.editor.text == ""


async def test_trying_an_old_attempt_again_puts_the_draft_in_progress_into_the_archive() -> None:
    async with opened() as app:
        await app.submit("First attempt.")
        Drafts().save(CASE, "Second, in progress", seconds_spent=9, hints_used=0)
        await app.press("t")
        await app.reach(AgainDialog)
        await app.press("enter")
        await app.reach(PracticeScreen)
        await app.until(lambda: any("archive" in note.message for note in app.app._notifications))
    assert Drafts().kept(CASE)[0].text == "Second, in progress"


async def test_feedback_is_copied_and_exported_with_the_paths_shown(
    home: Path, tmp_path: Path, weak_answer: str
) -> None:
    async with opened() as app:
        result = await app.judge(weak_answer)
        await app.press("c")
        path = home / "data" / "copied.md"
        await app.until(lambda: any(str(path) in note.message for note in app.app._notifications))
        copied = path.read_text()
        assert app.app.clipboard == copied
        assert result.judged.answer.strip() in copied
        assert inline(result.judged.report.advice) in copied
        for item in result.judged.report.criteria.values():
            assert item.name in copied
        await app.press("e")
        await app.until(lambda: list(tmp_path.glob("coach-*.md")))
        [exported] = tmp_path.glob("coach-*.md")
        assert exported.read_text() == copied
        await app.until(lambda: any(str(exported) in note.message for note in app.app._notifications))


async def test_the_answer_can_have_the_whole_width(model_answer: str) -> None:
    async with opened() as app:
        result = await app.judge(model_answer)
        await app.press("v")
        await app.pilot.pause()
        assert result.query_one("#answer").size.width > 70
        await app.press("escape")
        await app.pilot.pause()
        assert isinstance(app.app.screen, ResultScreen)
        assert result.query_one("#criteria").region.width > 20


async def test_clicking_marked_words_goes_to_their_criterion(model_answer: str) -> None:
    async with opened(LARGE) as app:
        result = await app.judge(model_answer)
        lines = app.shown().splitlines()
        y, line = next((y, line) for y, line in enumerate(lines) if "‹+ " in line)
        await app.pilot.click(offset=(line.index("‹+ ") + 5, y))
        await app.until(lambda: result.criterion != "*")
        assert result.judged.report.criteria[result.criterion].evidence


async def test_h_shows_the_attempts_at_this_case() -> None:
    async with opened() as app:
        await app.submit("Reply rate.")
        await app.press("h")
        await app.reach(HistoryScreen)
        await app.see("History › ", "1 attempt")


async def test_control_sequences_and_markup_in_an_answer_are_shown_harmlessly() -> None:
    hostile = "[bold red]north star[/] \x1b]0;title\x07 \u202eevil [@click=app.quit]x[/]"
    Drafts().save(CASE, hostile, seconds_spent=1, hints_used=0)
    async with opened() as app:
        practice = await app.practise()
        assert "\x1b" not in practice.editor.text
        app.app.flow.submit(practice.practised, practice.page(), started=practice._started, failed=print)
        await app.reach(ResultScreen)
        await app.see("[bold red]north star[/]")
        shown = app.shown()
        assert "\x1b" not in shown
        assert "\u202e" not in shown
    assert kept_drafts() == ()
