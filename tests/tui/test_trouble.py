"""When something is wrong, the app says what and what to do, and nothing that was typed is lost."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from coach.errors import UsageError
from coach.facade import KnowledgeBase
from coach.tui.app import CoachApp, run
from coach.tui.screens.home import HomeScreen
from coach.tui.screens.practice import PracticeScreen
from coach.tui.screens.result import ResultScreen
from coach.tui.screens.trouble import TroubleDialog
from tests.practice.conftest import file_size_limit, read_only
from tests.tui.driving import CASE, kept_attempts, kept_drafts, opened


async def test_faults_of_a_pack_are_shown_with_their_place_and_it_can_be_loaded_again(tmp_path: Path) -> None:
    pack = tmp_path / "pack"
    pack.mkdir()
    broken = pack / "cases.yaml"
    broken.write_text("cases:\n  - id: ours\n    titel: Ours\n")
    async with opened((120, 50), packs=[pack]) as app:
        await app.reach(TroubleDialog)
        await app.see("The cases cannot be loaded", "cases.yaml:3:5", "ours.titel", "Load again", "Quit")
        broken.write_text("cases: []\n")
        await app.press("enter")
        await app.until(lambda: app.app._flow is not None)
        await app.reach(HomeScreen)
        await app.see("Start here")


async def test_a_pack_with_control_sequences_cannot_command_the_terminal(tmp_path: Path) -> None:
    pack = tmp_path / "pack"
    pack.mkdir()
    (pack / "cases.yaml").write_text('cases:\n  - id: "x\\e]0;title\\a"\n    "[bold]titel[/]\\e[2J": Ours\n')
    async with opened(packs=[pack]) as app:
        await app.reach(TroubleDialog)
        assert "\x1b" not in app.shown()
        assert "\x07" not in app.shown()


async def test_markup_in_a_pack_is_shown_as_it_is(kb: KnowledgeBase, tmp_path: Path) -> None:
    case = json.loads(kb.cases[CASE].model_dump_json())
    case |= {"id": "evil", "title": "[red]Evil[/] title", "prompt": "[b]Ask[/b] me [@click=app.quit]x[/]"}
    case["model_answer"] = "[u]Model[/u] " + case["model_answer"]
    case["hints"][0] = "[i]Hint[/i] one"
    case["facts"][0] |= {"ask": "[u]Fact[/u] one?", "answer": "[s]Told[/s]"}
    pack = tmp_path / "pack.yaml"
    pack.write_text(json.dumps({"cases": [case]}))
    async with opened((120, 40), packs=[pack]) as app:
        await app.press("slash", *"evil")
        await app.see("[red]Evil[/]")
        await app.press("escape")
        await app.practise("evil")
        await app.see("[red]Evil[/]", "[b]Ask[/b]", "[@click=app.quit]x[/]")
        await app.press("f3", "enter")
        await app.see("[u]Fact[/u]", "[s]Told[/s]")
        await app.press("escape", "f2")
        await app.see("[i]Hint[/i]")
        await app.press("escape")
        await app.judge("[b]Answer[/b]", "evil")
        await app.press("m")
        await app.see("[b]Answer[/b]", "[u]Model[/u]")


async def test_a_home_that_cannot_be_written_is_told_at_the_start_and_practice_goes_on(home: Path) -> None:
    with read_only(home):
        async with opened((100, 30)) as app:
            await app.reach(TroubleDialog)
            await app.see("Before you start", "cannot be written", "COACH_HOME")
            await app.press("enter")
            await app.reach(HomeScreen)
            await app.press("n")
            await app.reach(PracticeScreen)
            await app.type_in("Reply rate.")
            await app.see("NOT SAVED")
            await app.press("f5")
            result = await app.reach(ResultScreen)
            assert result.judged.answer == "Reply rate."
            await app.until(lambda: any("cannot use the history" in n.message for n in app.app._notifications))
            app.app.flow.keeper.forget()


async def test_a_full_disk_offers_another_place_and_the_clipboard(home: Path) -> None:
    text = "A long answer. " * 40
    async with opened((100, 30)) as app:
        practice = await app.practise()
        with file_size_limit(100):
            await app.write(text)
            await app.see("NOT SAVED")
            await app.press("ctrl+s")
            await app.reach(TroubleDialog)
            await app.see("Your draft cannot be saved", "Save elsewhere", "Copy it", "Try again", "Write on")
            await app.press("tab", "enter")
            await app.until(lambda: app.app.clipboard == text)
            await app.press("escape")
            await app.until(lambda: isinstance(app.app.screen, TroubleDialog))
        await app.press("escape")
        await app.reach(PracticeScreen)
        assert practice.editor.text == text
        await app.see("draft saved")
    assert [draft.text for draft in kept_drafts()] == [text]


async def test_saving_elsewhere_shows_the_path(home: Path) -> None:
    async with opened((120, 30)) as app:
        await app.practise()
        (home / "data").rmdir() if (home / "data").exists() else None
        (home / "data").write_text("in the way")
        await app.type_in("Reply rate.")
        await app.see("NOT SAVED")
        await app.press("ctrl+s")
        await app.reach(TroubleDialog)
        await app.press("enter")
        await app.see("Saved elsewhere", "coach-answer-")
        app.app.flow.keeper.forget()
    [path] = Path.home().glob("coach-answer-*.txt")
    assert path.read_text() == "Reply rate."


async def test_an_answer_that_could_not_be_saved_by_the_end_is_put_elsewhere_and_its_place_told(home: Path) -> None:
    async with opened() as app:
        await app.practise()
        (home / "data").write_text("in the way")
        await app.type_in("Reply rate.")
        await app.see("NOT SAVED")
        await app.press("ctrl+q")
        told = app.app.finish()
    assert told is not None
    path = Path(told.rsplit(" ", 1)[1])
    assert path.read_text() == "Reply rate."


async def test_an_answer_judged_without_a_history_keeps_its_draft(home: Path, kb: KnowledgeBase) -> None:
    async with opened() as app:
        await app.practise()
        await app.type_in("Reply rate.")
        await app.see("draft saved")
        database = home / "data" / "history.sqlite3"
        database.mkdir()
        await app.press("f5")
        await app.reach(ResultScreen)
        await app.until(lambda: any("history" in note.message for note in app.app._notifications))
        database.rmdir()
    assert [draft.text for draft in kept_drafts()] == ["Reply rate."]
    assert kept_attempts() == ()


async def test_a_damaged_history_is_set_aside_and_told(home: Path) -> None:
    (home / "data").mkdir()
    (home / "data" / "history.sqlite3").write_bytes(b"this is no database" * 100)
    async with opened((100, 30)) as app:
        await app.reach(TroubleDialog)
        await app.see("Before you start", "damaged")
        await app.press("enter")
        await app.submit("Reply rate.")
    assert len(kept_attempts()) == 1


async def test_a_damaged_draft_comes_back_as_far_as_it_can_be_read(home: Path) -> None:
    folder = home / "data" / "drafts"
    folder.mkdir(parents=True)
    (folder / f"{CASE}.json").write_text('{"case": "x", "text": "Replies per dra')
    async with opened() as app:
        practice = await app.practise()
        assert practice.editor.text == "Replies per dra"
        await app.see("recovered draft")


async def test_a_fault_of_the_program_is_told_in_two_lines_with_the_details_in_a_file(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    app = CoachApp()

    def explode() -> None:
        raise ZeroDivisionError("a fault of the program")

    async def use() -> None:
        async with app.run_test() as pilot:
            app.call_later(explode)
            await pilot.pause()

    with pytest.raises(ZeroDivisionError):
        await use()
    crash = home / "data" / "crash.txt"
    assert "a fault of the program" in crash.read_text()
    told = capsys.readouterr().err
    assert "your draft is kept" in told
    assert str(crash) in told.replace("\n", "")
    assert "Traceback" not in told


def test_without_a_terminal_the_call_is_refused_with_what_works_instead() -> None:
    with pytest.raises(UsageError, match=r"needs a terminal.*coach score"):
        run()
