"""The history screen: attempts over time, for all cases or one, and old attempts as they were judged."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from coach.facade import KnowledgeBase
from coach.practice.history import History
from coach.practice.models import NewAttempt
from coach.tui.screens.history import HistoryScreen
from coach.tui.screens.practice import PracticeScreen
from coach.tui.screens.result import ResultScreen
from coach.tui.widgets.attempt_list import AttemptList
from coach.tui.widgets.trends import TrendPanel
from tests.tui.driving import CASE, LARGE, SMALL, opened

OTHER = "hospital-policy-search"


def keep(kb: KnowledgeBase, case: str, answer: str, days_ago: int, **changes: object) -> None:
    report = kb.score(answer, case=case if case in kb.cases else CASE)
    then = datetime.now(UTC) - timedelta(days=days_ago)
    fields: dict[str, object] = {
        "case": case,
        "case_digest": "c0ffee",
        "rubric": report.rubric,
        "rubric_version": report.rubric_version,
        "started_at": then,
        "finished_at": then,
        "seconds_spent": 600,
        "hints_used": 0,
        "answer": answer,
        "overall": report.overall,
        "verdict": report.verdict,
        "levels": {key: item.level for key, item in report.criteria.items()},
        "report_json": report.model_dump_json(),
    }
    with History.open() as history:
        history.add(NewAttempt(**{**fields, **changes}))  # type: ignore[arg-type]


async def test_without_attempts_the_screen_says_how_to_get_one() -> None:
    async with opened() as app:
        await app.press("h")
        await app.reach(HistoryScreen)
        await app.see("No attempts yet. Hand in an answer and it shows here.")


async def test_attempts_of_all_cases_then_of_one(kb: KnowledgeBase) -> None:
    keep(kb, CASE, "Reply rate.", 3)
    keep(kb, CASE, kb.cases[CASE].model_answer, 2)
    keep(kb, OTHER, "Deflection.", 1)
    async with opened(LARGE) as app:
        await app.press("h")
        await app.reach(HistoryScreen)
        await app.see("3 attempts")
        await app.press("down", "c")
        await app.see("2 attempts", f"History › {kb.cases[CASE].title}")
        trends = app.app.screen.query_one(TrendPanel)
        assert trends.scores == tuple(
            kb.score(answer, case=CASE).overall for answer in ("Reply rate.", kb.cases[CASE].model_answer)
        )
        assert [item.levels[0] for item in trends.criteria] == [
            item.level for item in kb.score("Reply rate.", case=CASE).criteria.values()
        ]
        await app.press("c")
        await app.see("3 attempts")


async def test_every_criterion_has_its_line_at_80_by_24(kb: KnowledgeBase) -> None:
    keep(kb, CASE, "Reply rate.", 1)
    async with opened(SMALL) as app:
        await app.press("h")
        await app.reach(HistoryScreen)
        report = kb.score("Reply rate.", case=CASE)
        await app.see(*(item.name for item in report.criteria.values()), "Score")
        assert app.app.screen.query_one(AttemptList).size.height >= 5


async def test_an_old_attempt_opens_as_it_was_judged_even_if_the_rubric_has_changed(
    kb: KnowledgeBase,
) -> None:
    report = kb.score("Reply rate.", case=CASE)
    old = report.model_copy(update={"overall": 97, "verdict": "strong_hire", "rubric_version": "older"})
    keep(kb, CASE, "Reply rate.", 1, report_json=old.model_dump_json(), overall=97, verdict="strong_hire")
    async with opened() as app:
        await app.press("h")
        await app.reach(HistoryScreen)
        await app.until(lambda: app.app.screen.query_one(AttemptList).option_count)
        await app.press("enter")
        result = await app.reach(ResultScreen)
        assert result.judged.report == old
        await app.see("STRONG HIRE", "97 of 100")


async def test_an_attempt_at_a_case_that_is_gone_still_opens(kb: KnowledgeBase) -> None:
    keep(kb, "a-case-of-last-year", "Reply rate.", 1)
    async with opened() as app:
        await app.press("h")
        await app.reach(HistoryScreen)
        await app.see("a-case-of-last-year")
        await app.press("enter")
        result = await app.reach(ResultScreen)
        assert result.check_action("beside", ("model",)) is None
        await app.press("t")
        await app.until(lambda: any("no longer in the bank" in note.message for note in app.app._notifications))


async def test_a_report_of_another_version_is_told_about_and_not_opened(kb: KnowledgeBase) -> None:
    keep(kb, CASE, "Reply rate.", 1, report_json='{"something": "else"}')
    async with opened() as app:
        await app.press("h")
        await app.reach(HistoryScreen)
        await app.until(lambda: app.app.screen.query_one(AttemptList).option_count)
        await app.press("enter")
        await app.until(lambda: any("another version" in note.message for note in app.app._notifications))
        assert isinstance(app.app.screen, HistoryScreen)


async def test_the_case_of_an_attempt_is_practised_again_from_here(kb: KnowledgeBase) -> None:
    keep(kb, OTHER, "Deflection.", 1)
    async with opened() as app:
        await app.press("h")
        await app.reach(HistoryScreen)
        await app.until(lambda: app.app.screen.query_one(AttemptList).option_count)
        await app.press("t")
        practice = await app.reach(PracticeScreen)
        assert practice.practised.key == OTHER
