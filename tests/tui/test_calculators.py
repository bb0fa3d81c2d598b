"""Calculators in the app: chosen from a list, filled in by keyboard, faults beside the field."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual import events
from textual.widgets import Input

from coach.calculators.registry import CALCULATORS
from coach.tui.screens.calculate import CalculateScreen
from coach.tui.screens.calculators import CalculatorsScreen
from coach.tui.screens.home import HomeScreen
from tests.tui.driving import LARGE, SMALL, Driver, opened


async def form(app: Driver, id_: str) -> CalculateScreen:
    """The form of a calculator, reached by keys."""
    await app.press("c")
    await app.reach(CalculatorsScreen)
    await app.press(*["down"] * list(CALCULATORS).index(id_), "enter")
    return await app.reach(CalculateScreen)


async def test_all_are_listed_with_what_the_chosen_one_is_for() -> None:
    async with opened() as app:
        await app.press("c")
        await app.reach(CalculatorsScreen)
        await app.see(*(calculator.name for calculator in CALCULATORS.values()))
        await app.see("What comes back for every unit of money", "ROI = (benefit − cost) ÷ cost")
        await app.press("down")
        await app.see("How much of the value created is left")
        await app.press("escape")
        await app.reach(HomeScreen)


async def test_the_result_follows_what_is_typed_and_enter_goes_on() -> None:
    async with opened() as app:
        await form(app, "roi")
        await app.see("Still needed: benefit, cost.")
        await app.type_in("480,000")
        await app.see("Still needed: cost.")
        await app.press("enter")
        await app.type_in("300000")
        await app.see("Return on investment", "60%", "(480,000 − 300,000) ÷ 300,000 = 60%", "Worked out")
        await app.press("backspace")
        await app.see("1,500%")


async def test_what_is_wrong_stands_beside_its_field() -> None:
    async with opened() as app:
        await form(app, "ab-proportions")
        await app.type_in("35")
        await app.press("down")
        await app.type_in("3%")
        await app.see("✗ must be a share from 0 to 1", "No result: see the field marked ✗.")
        [line] = [line for line in app.shown().splitlines() if "✗ must" in line]
        assert line.split()[:2] == ["baseline", "35"]
        await app.press("up", "end")
        await app.type_in("%")
        await app.see("4,042")
        assert "✗" not in app.shown()


async def test_two_numbers_that_do_not_go_together_are_told_at_one_of_them() -> None:
    async with opened() as app:
        await form(app, "retention-difference")
        for number in ("80", "70", "48", "80"):
            await app.type_in(number)
            await app.press("enter")
        await app.see("✗ must be at most all_with, 70")
        [line] = [line for line in app.shown().splitlines() if "✗ must" in line]
        assert line.startswith(" kept with")


async def test_keys_fill_in_the_example_and_empty_the_form() -> None:
    async with opened() as app:
        screen = await form(app, "cohens-kappa")
        await app.press("f2")
        await app.see("0.400", "0.151 to 0.649")
        await app.press("f3")
        await app.see("Still needed: table.")
        assert [field.value for field in screen.query(Input)] == ["", ""]


async def test_the_result_can_be_copied_with_its_limits(home: Path) -> None:
    async with opened() as app:
        await form(app, "tta")
        await app.press("f8")
        await app.until(lambda: any("no result" in note.message for note in app.app._notifications))
        await app.press("f2", "f8")
        await app.until(lambda: any("The result is copied" in note.message for note in app.app._notifications))
        assert app.app.clipboard.startswith("Time to accuracy: 5.11 seconds\n")
        assert "LIMITS" in app.app.clipboard


@pytest.mark.parametrize("size", [SMALL, LARGE])
@pytest.mark.parametrize("id_", CALCULATORS)
async def test_every_form_fits_with_its_result(id_: str, size: tuple[int, int]) -> None:
    async with opened(size) as app:
        screen = CalculateScreen(CALCULATORS[id_])
        app.app.push_screen(screen)
        await app.reach(CalculateScreen)
        await app.press("f2")
        values, _ = CALCULATORS[id_].read(CALCULATORS[id_].example)
        first = CALCULATORS[id_].calculate(values).figures[0]
        await app.see(first.name, *(argument.name.replace("_", " ") for argument in CALCULATORS[id_].arguments))
        assert "✗" not in app.shown()


async def test_pasted_text_stays_text_and_control_characters_stay_out() -> None:
    async with opened() as app:
        await form(app, "roi")
        app.app.post_message(events.Paste("[red]9[/]"))
        await app.see("✗ must be", "[red]9[/]")
        app.app.post_message(events.Paste("\x1b[2J7"))
        await app.pilot.pause()
        assert "\x1b" not in app.shown()
        assert "[red]9[/]" in app.shown()
