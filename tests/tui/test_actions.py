"""One table of actions feeds keys, footer, help and palette."""

from __future__ import annotations

import inspect
import json
import re
from pathlib import Path

import pytest
from textual.binding import Binding
from textual.dom import DOMNode
from textual.widgets import OptionList

from coach.tui.actions import ACTIONS, Action
from coach.tui.app import CoachApp
from coach.tui.page import Dialog, Page
from coach.tui.screens.again import AgainDialog
from coach.tui.screens.calculate import CalculateScreen
from coach.tui.screens.calculators import CalculatorList, CalculatorsScreen
from coach.tui.screens.facts import FactsDialog, Questions
from coach.tui.screens.help import HelpDialog
from coach.tui.screens.hints import HintsDialog
from coach.tui.screens.history import HistoryScreen
from coach.tui.screens.home import HomeScreen
from coach.tui.screens.own_prompt import OwnPromptDialog
from coach.tui.screens.pick import Choices, PickDialog
from coach.tui.screens.practice import PracticeScreen
from coach.tui.screens.reply import ReplyScreen
from coach.tui.screens.result import ResultScreen
from coach.tui.widgets.attempt_list import AttemptList
from coach.tui.widgets.case_browser import CaseList
from tests.tui.driving import opened

CARRIERS: dict[str, type[DOMNode]] = {
    "app": CoachApp,
    "home": HomeScreen,
    "cases": CaseList,
    "practice": PracticeScreen,
    "result": ResultScreen,
    "reply": ReplyScreen,
    "history": HistoryScreen,
    "attempts": AttemptList,
    "calculators": CalculatorsScreen,
    "calculations": CalculatorList,
    "calculate": CalculateScreen,
    "dialog": HelpDialog,
    "facts": Questions,
    "hints": HintsDialog,
    "again": AgainDialog,
    "own": OwnPromptDialog,
    "pick": Choices,
}
SCREENS: list[type[Page]] = [
    HomeScreen,
    PracticeScreen,
    ResultScreen,
    ReplyScreen,
    HistoryScreen,
    CalculatorsScreen,
    CalculateScreen,
]
EDITOR_KEYS = {f"ctrl+{letter}" for letter in "acdekuvwxyz"} | {"f6", "f7", "ctrl+left", "ctrl+right"}
# What tmux and every terminal pass on, with the editor focused too.
PORTABLE = re.compile(r"[a-z]|slash|enter|escape|ctrl\+[jpqrst]|f([1-5]|8|9|10)")


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.id)
def test_every_action_is_bound_by_its_id_where_it_belongs(action: Action) -> None:
    bound = [binding for binding in CARRIERS[action.scope].BINDINGS if isinstance(binding, Binding)]
    assert action.keys in [binding.key for binding in bound if binding.id == action.id]
    assert action.label
    assert action.help


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.id)
def test_every_action_has_a_key_that_terminals_pass_on(action: Action) -> None:
    assert any(PORTABLE.fullmatch(key) for key in action.keys.split(","))


@pytest.mark.parametrize(
    "action", [a for a in ACTIONS if a.scope in ("practice", "reply")], ids=lambda action: action.id
)
def test_no_action_beside_an_editor_takes_a_key_from_it(action: Action) -> None:
    assert not set(action.keys.split(",")) & EDITOR_KEYS


def test_submitting_works_in_terminals_that_swallow_ctrl_enter() -> None:
    [submit] = [action for action in ACTIONS if action.id == "practice.submit"]
    assert {"ctrl+j", "alt+enter", "ctrl+enter"} <= set(submit.keys.split(","))


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.__name__)
def test_no_screen_binds_a_key_twice(screen: type[Page]) -> None:
    keys = [key for a in ACTIONS if a.scope in [*screen.SCOPES, "app"] for key in a.keys.split(",")]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.__name__)
def test_every_screen_says_what_it_is_for(screen: type[Page]) -> None:
    assert len(screen.ABOUT) > 40


def test_every_action_can_be_run() -> None:
    for action in ACTIONS:
        target, _, name = action.run.rpartition(".")
        owners: dict[str, list[type]] = {
            "app": [CoachApp],
            "screen": [HomeScreen, HistoryScreen, FactsDialog, PickDialog],
            "": [CARRIERS[action.scope]],
        }
        method = f"action_{name.partition('(')[0]}"
        assert any(hasattr(owner, method) for owner in owners[target]), action.id


async def test_the_palette_offers_every_action_of_the_screen_and_of_the_app() -> None:
    async with opened() as app:
        await app.judge("Reply rate.")
        await app.practise()
        for screen in app.app.screen_stack:
            assert isinstance(screen, Page)
            offered = {command.title for command in app.app.get_system_commands(screen)}
            scopes = {*screen.SCOPES, "app"}
            assert {a.label for a in ACTIONS if a.scope in scopes and a.id != "app.palette"} <= offered
            assert {"Theme: dark", "Theme: light", "Theme: the terminal's own colours"} <= offered


async def test_the_palette_runs_what_it_offers() -> None:
    async with opened() as app:
        practice = await app.practise()
        await app.press("ctrl+p")
        await app.until(lambda: not isinstance(app.app.screen, PracticeScreen))
        await app.type_in("coverage")
        await app.until(lambda: app.app.screen.query_one(OptionList).option_count == 1)
        await app.press("enter")
        await app.until(lambda: practice.has_class("-no-coverage"), "hiding the coverage")


async def test_f1_lists_the_keys_of_the_screen_and_of_the_app_inside_a_dialog_too() -> None:
    async with opened((100, 60)) as app:
        await app.practise()
        await app.press("f1")
        await app.reach(HelpDialog)
        for action in ACTIONS:
            if action.scope in ("practice", "app"):
                assert f"{action.label}: " in app.shown(), action.id
        assert "Undo" in app.shown()
        await app.press("escape")
        await app.reach(PracticeScreen)
        await app.press("f3")
        await app.reach(FactsDialog)
        await app.press("f1")
        await app.reach(HelpDialog)
        await app.see("Ask: Hear the answer")


async def test_keys_from_the_settings_replace_those_of_the_table_and_unknown_ids_are_told(home: Path) -> None:
    (home / "config").mkdir()
    keys = {"practice.hint": "f12", "practice.hnit": "f11"}
    (home / "config" / "settings.json").write_text(json.dumps({"keys": keys}))
    async with opened() as app:
        await app.until(lambda: any("practice.hnit" in note.message for note in app.app._notifications))
        await app.practise()
        await app.press("f2")
        assert isinstance(app.app.screen, PracticeScreen)
        await app.press("f12")
        await app.reach(HintsDialog)


async def test_a_click_on_a_key_in_the_last_line_presses_it() -> None:
    async with opened() as app:
        last = app.shown().splitlines()[-1]
        await app.pilot.click(offset=(last.index("f1"), 23))
        await app.reach(HelpDialog)


def test_every_dialog_lists_the_keys_of_the_app_since_they_do_not_reach_it() -> None:
    dialogs = [AgainDialog, FactsDialog, HelpDialog, HintsDialog, OwnPromptDialog, PickDialog]
    for dialog in dialogs:
        assert issubclass(dialog, Dialog)
        ids = {binding.id for binding in dialog.BINDINGS if isinstance(binding, Binding)}
        assert {"app.help", "dialog.close"} <= ids, inspect.getfile(dialog)
