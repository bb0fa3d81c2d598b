"""The main road: first screen, practice, result, model answer, history."""

from __future__ import annotations

import pytest

from coach.facade import KnowledgeBase
from coach.tui.screens.history import HistoryScreen
from coach.tui.screens.home import HomeScreen
from coach.tui.screens.practice import PracticeScreen
from coach.tui.screens.result import ResultScreen
from coach.tui.widgets.criteria_list import CriteriaList
from tests.tui.driving import LARGE, SMALL, kept_attempts, kept_drafts, opened


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_a_case_is_picked_answered_judged_and_found_in_the_history(
    size: tuple[int, int], kb: KnowledgeBase
) -> None:
    answer = kb.cases["client-call-notes"].model_answer
    async with opened(size) as app:
        await app.press("slash")
        await app.type_in("client calls")
        await app.press("enter", "enter")
        practice = await app.reach(PracticeScreen)
        assert practice.practised.key == "client-call-notes"

        await app.type_in("So ")
        await app.write(answer)
        await app.see("draft saved")
        await app.press("ctrl+j")
        result = await app.reach(ResultScreen)
        report = kb.score("So " + answer, case="client-call-notes")
        assert result.judged.report == report
        await app.see(report.verdict.replace("_", " ").upper(), f"{report.overall} of 100", "Your answer")

        earned = [index for index, item in enumerate(report.criteria.values(), 1) if item.evidence]
        await app.press(*["down"] * earned[0])
        assert result.criterion == list(report.criteria)[earned[0] - 1]
        await app.see(report.criteria[result.criterion].name, "‹+1 ")

        await app.press("m")
        await app.see("Model answer: ")

        await app.press("escape")
        await app.reach(HomeScreen)
        assert kept_drafts() == ()
        await app.press("h")
        await app.reach(HistoryScreen)
        await app.see("Notes from client calls", f"{report.overall} {report.verdict.replace('_', ' ')}")
        await app.press("enter")
        reopened = await app.reach(ResultScreen)
        assert reopened.judged.report == report
        assert reopened.query_one(CriteriaList).option_count == 13

    [attempt] = kept_attempts()
    assert (attempt.case, attempt.answer, attempt.overall) == (
        "client-call-notes",
        "So " + answer,
        report.overall,
    )


async def test_the_app_opens_on_the_case_it_is_called_with() -> None:
    async with opened(case="hospital-policy-search") as app:
        practice = await app.reach(PracticeScreen)
        assert practice.practised.key == "hospital-policy-search"


async def test_a_case_that_does_not_exist_ends_the_app_with_the_nearest_names() -> None:
    async with opened(case="hospital-policy-serach") as app:
        await app.until(lambda: app.app.failure is not None)
        assert "hospital-policy-search" in str(app.app.failure)
        assert app.app.return_code == 2
