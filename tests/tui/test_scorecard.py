from __future__ import annotations

from pathlib import Path

from coach.tui.screens.home import HomeScreen
from coach.tui.screens.pick import PickDialog
from tests.tui.driving import CASE, opened


async def test_the_chosen_case_becomes_a_scorecard_in_the_chosen_format(tmp_path: Path) -> None:
    async with opened() as app:
        home = await app.reach(HomeScreen)
        await app.until(lambda: home._body is not None and home._body.browser.row is not None)
        assert home._body is not None
        row = home._body.browser.row
        assert row is not None
        await app.press("s")
        await app.reach(PickDialog)
        await app.press("enter")
        await app.until(lambda: list(tmp_path.glob("coach-scorecard-*.html")))
        [written] = tmp_path.glob("coach-scorecard-*.html")
        assert written.name.startswith(f"coach-scorecard-{row.id}-")
        assert written.read_text().startswith("<!DOCTYPE html>")
        await app.until(lambda: any(str(written) in note.message for note in app.app._notifications))


async def test_a_result_gives_the_scorecard_of_its_case(tmp_path: Path) -> None:
    async with opened() as app:
        await app.judge("We count accepted drafts per week, because that is the number we have.")
        await app.press("s")
        await app.reach(PickDialog)
        await app.press("down", "down", "down", "down", "enter")
        await app.until(lambda: list(tmp_path.glob("coach-scorecard-*.md")))
        [written] = tmp_path.glob("coach-scorecard-*.md")
        assert written.name.startswith(f"coach-scorecard-{CASE}-")


async def test_a_folder_that_takes_no_file_is_told(tmp_path: Path) -> None:
    async with opened() as app:
        await app.reach(HomeScreen)
        await app.until(lambda: app.app.screen.query("#cases"))
        # Root may write anywhere; a folder that is gone takes files from nobody.
        tmp_path.rmdir()
        await app.press("s")
        await app.reach(PickDialog)
        await app.press("enter")
        await app.until(lambda: any("folder" in note.message for note in app.app._notifications))
