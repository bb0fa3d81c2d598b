"""The practice screen: prompt, hints, facts, clock, coverage, and an editor that keeps everything."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from textual import events

from coach.facade import KnowledgeBase
from coach.practice.drafts import Drafts
from coach.scoring.scorer import LONGEST_ANSWER
from coach.tui.screens.confirm import ConfirmDialog
from coach.tui.screens.facts import FactsDialog
from coach.tui.screens.hints import HintsDialog
from coach.tui.screens.home import HomeScreen
from coach.tui.screens.own_prompt import OwnPromptDialog
from coach.tui.screens.practice import PracticeScreen
from coach.tui.screens.result import ResultScreen
from coach.tui.widgets.clock import Clock
from coach.tui.widgets.editor import Editor
from coach.tui.widgets.meters import MeterPanel
from coach.tui.widgets.prompt_panel import PromptPanel
from tests.tui.driving import CASE, LARGE, SMALL, kept_attempts, kept_drafts, opened


async def test_at_80_by_24_the_editor_has_twelve_lines_with_prompt_and_coverage_in_view(
    kb: KnowledgeBase,
) -> None:
    async with opened(SMALL) as app:
        practice = await app.practise()
        await app.write("One number.")
        await app.until(lambda: app.app.screen.query_one("#coverage", MeterPanel).meters)
        await app.pilot.pause()
        assert practice.editor.size.height >= 12
        assert app.app.screen.query_one(PromptPanel).size.height >= 2
        for item in kb.score("", case=CASE).criteria.values():
            assert item.name in app.shown()


@pytest.mark.parametrize("size", [(20, 8)])
async def test_a_tiny_terminal_still_takes_an_answer(size: tuple[int, int]) -> None:
    async with opened(size) as app:
        practice = await app.practise()
        await app.type_in("tiny")
        assert practice.editor.text == "tiny"
        await app.press("f5")
        await app.reach(ResultScreen)


async def test_coverage_follows_what_is_written(kb: KnowledgeBase) -> None:
    answer = kb.cases[CASE].model_answer
    report = kb.score(answer, case=CASE)
    async with opened() as app:
        await app.practise()
        await app.write(answer)
        expected = [(item.name, item.level) for item in report.criteria.values()]
        panel = app.app.screen.query_one("#coverage", MeterPanel)
        await app.until(lambda: [(m.name, m.value) for m in panel.meters] == expected, "the coverage")


async def test_hidden_coverage_stays_hidden_the_next_time(home: Path) -> None:
    async with opened() as app:
        practice = await app.practise()
        await app.press("f4")
        assert practice.query_one("#side").display is False
    assert json.loads((home / "config" / "settings.json").read_text())["coverage"] is False
    async with opened() as app:
        practice = await app.practise()
        assert practice.query_one("#side").display is False
        await app.press("f4")
        assert practice.query_one("#side").display is True


async def test_hints_come_one_at_a_time_and_are_counted(kb: KnowledgeBase) -> None:
    hints = kb.cases[CASE].hints
    async with opened((100, 40)) as app:
        await app.practise()
        await app.press("f2")
        dialog = await app.reach(HintsDialog)
        await app.see("2 more hints: press f2.")
        assert " ".join(hints[1].split()[:3]) not in app.shown()
        await app.press("f2")
        await app.see(" ".join(hints[1].split()[:3]))
        await app.press("f2", "f2", "f2")
        await app.see("That was the last hint.")
        assert dialog.check_action("more", ()) is None
        await app.press("escape")
        practice = await app.reach(PracticeScreen)
        assert practice.page().hints_used == 3
        await app.type_in("x")
        await app.press("f5")
        await app.reach(ResultScreen)
    assert kept_attempts()[0].hints_used == 3


async def test_facts_are_told_when_asked_for(kb: KnowledgeBase) -> None:
    facts = kb.cases[CASE].facts
    async with opened(LARGE) as app:
        practice = await app.practise()
        await app.press("f3")
        await app.reach(FactsDialog)
        for fact in facts:
            assert fact.ask[:30] in app.shown()
            assert fact.answer[:30] not in app.shown()
        await app.press("down", "enter")
        await app.see(facts[1].answer[:30])
        await app.press("escape")
        assert await app.reach(PracticeScreen) is practice
        await app.see("Facts you asked for", facts[1].answer[:20])


async def test_the_clock_counts_pauses_and_hides_and_the_prompt_folds_away(kb: KnowledgeBase) -> None:
    Drafts().save(CASE, "begun", seconds_spent=125, hints_used=0)
    async with opened() as app:
        practice = await app.practise()
        clock = practice.query_one(Clock)
        await app.see("2:0", f"of {kb.cases[CASE].minutes} min")
        await app.press("f8")
        await app.see("paused 2:0")
        assert clock.elapsed() == clock.elapsed() >= 125
        await app.press("f9")
        assert not clock.display
        await app.press("f9", "f8")
        assert clock.display
        assert not clock.paused
        height = practice.editor.size.height
        await app.press("f10")
        await app.until(lambda: practice.editor.size.height > height)


async def test_a_paste_beyond_the_limit_is_refused_with_the_limit_named() -> None:
    async with opened() as app:
        practice = await app.practise()
        await app.type_in("kept")
        practice.editor.post_message(events.Paste("x" * 5_000_000))
        await app.until(lambda: any(f"{LONGEST_ANSWER:,}" in note.message for note in app.app._notifications))
        assert practice.editor.text == "kept"


async def test_a_paste_brings_no_control_sequences() -> None:
    async with opened() as app:
        practice = await app.practise()
        practice.editor.post_message(events.Paste("a\x1b[31mred\x07\r\nline\u202e two\x9b"))
        await app.until(lambda: practice.editor.text)
        assert practice.editor.text == "a[31mred\nline two"


async def test_a_blank_answer_is_not_handed_in_but_answered() -> None:
    async with opened() as app:
        await app.practise()
        await app.press("f5")
        await app.until(lambda: any("blank" in note.message for note in app.app._notifications))
        assert isinstance(app.app.screen, PracticeScreen)
    assert kept_attempts() == ()


async def test_leaving_keeps_the_draft_and_leaving_a_blank_page_keeps_none() -> None:
    async with opened() as app:
        await app.practise()
        await app.type_in("half a thought")
        await app.press("escape")
        await app.reach(HomeScreen)
        assert [draft.text for draft in kept_drafts()] == ["half a thought"]
        practice = await app.practise()
        practice.editor.clear()
        await app.press("escape")
        await app.reach(HomeScreen)
        assert kept_drafts() == ()


async def test_throwing_a_draft_away_asks_first_and_keeps_a_copy() -> None:
    async with opened() as app:
        practice = await app.practise()
        await app.type_in("old words")
        await app.see("draft saved")
        await app.press("ctrl+r")
        await app.reach(ConfirmDialog)
        await app.press("enter")
        await app.reach(PracticeScreen)
        assert practice.editor.text == "old words"
        await app.press("ctrl+r")
        await app.reach(ConfirmDialog)
        await app.press("tab", "enter")
        await app.reach(PracticeScreen)
        assert practice.editor.text == ""
    assert kept_drafts() == ()
    assert [draft.text for draft in Drafts().kept(CASE)] == ["old words"]


async def test_a_question_of_ones_own_is_practised_judged_and_found_again(kb: KnowledgeBase) -> None:
    question = "How would you measure success for an AI tool that drafts sales emails?"
    async with opened() as app:
        await app.press("o")
        dialog = await app.reach(OwnPromptDialog)
        await app.press("f5")
        await app.see("Type the question first.")
        dialog.query_one(Editor).insert(question)
        await app.press("f5")
        practice = await app.reach(PracticeScreen)
        await app.see("How would you measure success for an AI tool", "Your own prompt")
        await app.press("f2")
        await app.until(lambda: any("no hints" in note.message for note in app.app._notifications))
        await app.type_in("Replies per draft.")
        await app.press("escape")
        await app.reach(HomeScreen)
        await app.see("own prompt begun: press o")

        await app.press("o")
        await app.reach(OwnPromptDialog)
        await app.press("tab", "enter")
        practice = await app.reach(PracticeScreen)
        assert practice.editor.text == "Replies per draft."
        await app.press("f5")
        result = await app.reach(ResultScreen)
        assert result.judged.report == kb.score("Replies per draft.", prompt=question)
        assert result.check_action("beside", ("model",)) is None
    [attempt] = kept_attempts()
    assert question in attempt.case
