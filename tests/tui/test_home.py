"""The first screen: what to practise next, search and filters, progress, drafts."""

from __future__ import annotations

from textual.widgets import Input, OptionList

from coach.facade import KnowledgeBase
from coach.practice.drafts import Drafts
from coach.tui.screens.home import HomeScreen
from coach.tui.screens.pick import PickDialog
from coach.tui.screens.practice import PracticeScreen
from coach.tui.widgets.case_browser import CaseList
from coach.tui.widgets.meters import MeterPanel
from tests.tui.driving import CASE, LARGE, SMALL, Driver, opened


def listed(app: Driver) -> list[str | None]:
    return [option.id for option in app.app.screen.query_one(CaseList).options]


async def choose(app: Driver, key: str, words: str) -> None:
    """A filter's choice by its key, as it reads."""
    await app.press(key)
    dialog = await app.reach(PickDialog)
    options = dialog.query_one(OptionList)
    options.highlighted = next(i for i, option in enumerate(options.options) if str(option.prompt) == words)
    await app.press("enter")
    await app.reach(HomeScreen)


async def test_all_cases_are_listed_and_the_recommended_first_case_starts_with_one_key(kb: KnowledgeBase) -> None:
    async with opened(SMALL) as app:
        await app.see("Start here")
        assert set(listed(app)) == set(kb.cases)
        cases = app.app.screen.query_one(CaseList)
        assert cases.size.width >= 76
        assert cases.size.height >= 10
        row = cases.row
        await app.press("n")
        practice = await app.reach(PracticeScreen)
        assert row is not None
        assert practice.practised.key == row.id


async def test_search_narrows_the_list_by_every_word_and_its_letters_start_nothing(kb: KnowledgeBase) -> None:
    expected = {
        id_
        for id_, case in kb.cases.items()
        if case.level == "lead" and "fraud" in f"{id_} {case.title} {kb.archetypes[case.archetype].name}".lower()
    }
    assert expected
    async with opened() as app:
        await app.press("slash")
        await app.type_in("fraud lead")
        await app.until(lambda: set(listed(app)) == expected)
        assert isinstance(app.app.screen, HomeScreen)
        await app.press("enter")
        await app.until(lambda: app.app.focused is app.app.screen.query_one(CaseList))
        await app.press("slash")
        await app.type_in("zzzz")
        await app.see("No case fits. Press x to show all again.")
        app.app.screen.query_one(Input).blur()
        await app.press("x")
        await app.until(lambda: len(listed(app)) == len(kb.cases))


async def test_filters_narrow_the_list_by_kind_and_level(kb: KnowledgeBase) -> None:
    async with opened() as app:
        await choose(app, "k", "Writing assistant")
        assert set(listed(app)) == {id_ for id_, case in kb.cases.items() if case.archetype == "writing-assistant"}
        await choose(app, "l", "senior")
        assert set(listed(app)) == {
            id_ for id_, case in kb.cases.items() if case.archetype == "writing-assistant" and case.level == "senior"
        }


async def test_a_filter_opens_by_key_or_click_and_x_clears_it() -> None:
    async with opened() as app:
        everything = len(listed(app))
        await app.press("l")
        await app.reach(PickDialog)
        await app.press("down", "enter")
        await app.until(lambda: 0 < len(listed(app)) < everything)
        await app.press("x")
        await app.until(lambda: len(listed(app)) == everything)
        await app.pilot.click("#round")
        await app.reach(PickDialog)
        await app.press("escape")
        await app.reach(HomeScreen)
        assert len(listed(app)) == everything


async def test_an_unfinished_draft_is_marked_and_goes_on() -> None:
    Drafts().save(CASE, "Reps want replies", seconds_spent=65, hints_used=2)
    async with opened() as app:
        await app.see("✎ ", "Go on")
        await app.press("n")
        practice = await app.reach(PracticeScreen)
        assert practice.practised.key == CASE
        assert practice.editor.text == "Reps want replies"
        await app.see("draft goes on", "1:0")
        await app.type_in(" now")
        assert practice.editor.text == "Reps want replies now"
        assert practice.page().hints_used == 2


async def test_the_best_verdict_and_the_levels_show_after_an_attempt(kb: KnowledgeBase) -> None:
    async with opened(LARGE) as app:
        await app.see("Your level on each criterion shows here")
        result = await app.submit(kb.cases[CASE].model_answer)
        await app.press("escape")
        await app.reach(HomeScreen)
        report = result.judged.report
        await app.see(f"{report.overall} {report.verdict.replace('_', ' ')}", "1 tried")
        meters = app.app.screen.query_one(MeterPanel).meters
        assert [(m.name, m.value, m.core) for m in meters] == [
            (item.name, item.level, item.core) for item in report.criteria.values()
        ]


async def test_the_case_under_the_cursor_is_told_where_there_is_room() -> None:
    async with opened(LARGE) as app:
        cases = app.app.screen.query_one(CaseList)
        await app.press("home", "down")
        assert cases.row is not None
        await app.see(" ".join(cases.row.prompt.split()[:5]))


async def test_a_click_on_the_recommendation_starts_it() -> None:
    async with opened() as app:
        await app.pilot.click("NextPanel")
        await app.reach(PracticeScreen)
