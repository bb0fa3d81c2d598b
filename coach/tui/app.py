"""The terminal app: starts, opens screens, and ends without losing anything."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from textual import work
from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import Screen

from coach.errors import CoachError, StorageError, UsageError
from coach.tui.actions import ACTIONS, Action, bindings, in_scopes
from coach.tui.endings import end_on_signals
from coach.tui.page import about, scopes_of
from coach.tui.screens.home import HomeScreen
from coach.tui.settings import changed, load_settings, save_settings
from coach.tui.themes import THEMES

if TYPE_CHECKING:
    from coach.knowledge.models.rubric import Criterion
    from coach.practice.progress import CriterionProgress
    from coach.tui.desk import Desk, Overview
    from coach.tui.flow import Flow
    from coach.tui.widgets.meters import Meter

Severity = Literal["information", "warning", "error"]
_SHEETS = ("home", "practice", "result", "reply", "history", "calculators")


class CoachApp(App[None]):
    """Paints the first screen, then loads what is behind it in a thread."""

    TITLE = "metric coach"
    # All at once: a sheet that comes with its screen would have every other sheet parsed again.
    CSS_PATH: ClassVar[Any] = ["page.tcss", *(f"screens/{name}.tcss" for name in _SHEETS)]
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("app")]

    def __init__(self, case: str | None = None, *, recommended: bool = False, packs: Sequence[str] = ()) -> None:
        colourless = "NO_COLOR" in os.environ
        super().__init__(ansi_color=True if colourless else None)
        self.settings, self._notice = load_settings()
        for theme, _ in THEMES.values():
            self.register_theme(theme)
        # Only the terminal's own colours can be left out entirely.
        self.theme = "terminal" if colourless else self._known_theme(self.settings.theme)
        self._wanted, self._recommended, self._packs = case, recommended, tuple(packs)
        self._desk: Desk | None = None
        self._flow: Flow | None = None
        self.criteria: Mapping[tuple[str, str], Criterion] = {}
        """What is known of each criterion, by rubric id and criterion id."""
        self._kept: str | None = None
        self.failure: CoachError | None = None
        """What ended the app, where that was a fault in how it was called."""

    # Start

    def get_default_screen(self) -> HomeScreen:
        """The first screen."""
        return HomeScreen()

    def on_mount(self) -> None:
        """Load once the first screen is painted."""
        self.set_keymap({id_: keys for id_, keys in self.settings.keys.items() if id_ in _IDS})
        if not self.is_headless:
            end_on_signals(self._ended_by, self._flush_keeper)
        if self._notice:
            self.say(self._notice, severity="warning")
        if unknown := sorted(set(self.settings.keys) - _IDS):
            self.say(
                f"the settings give keys to actions that do not exist: {', '.join(unknown)}",
                severity="warning",
            )
        self.call_after_refresh(self._load)

    @work(thread=True, exclusive=True, group="load")
    def _load(self) -> None:
        from coach.tui.desk import Desk

        try:
            desk = Desk.open(self._packs)
            criteria = desk.criteria()
            overview = desk.overview()
        except CoachError as error:
            self.call_from_thread(self._not_loaded, str(error))
            return
        self.call_from_thread(self.call_later, self._loaded, desk, criteria, overview)

    async def _loaded(
        self,
        desk: Desk,
        criteria: Mapping[tuple[str, str], Criterion],
        overview: Overview,
    ) -> None:
        from coach.tui.flow import Flow

        self._desk, self.criteria = desk, criteria
        self._flow = Flow(self, desk, asyncio.get_running_loop())
        await self._show_overview(overview)
        if notices := [*desk.notices, *overview.faults]:
            self.flow.tell_trouble("Before you start", "\n\n".join(notices))
        wanted = self._wanted or (overview.next.case if self._recommended and overview.next else None)
        if wanted is not None:
            try:
                desk.kb.cases[wanted]
            except UsageError as error:
                self.failure = error
                self.exit(return_code=2)
                return
            self.flow.practise(wanted)

    def _not_loaded(self, reason: str) -> None:
        from coach.tui.screens.trouble import TroubleDialog

        def chosen(choice: str | None) -> None:
            if choice == "again":
                self._load()
            else:
                self.exit(return_code=1)

        choices = (("again", "Load again"), ("quit", "Quit"))
        self.push_screen(TroubleDialog("The cases cannot be loaded", reason, choices), chosen)

    # What screens use

    @property
    def desk(self) -> Desk:
        """The services behind the screens; there once the cases are loaded."""
        assert self._desk is not None
        return self._desk

    @property
    def flow(self) -> Flow:
        """The ways from screen to screen; there once the cases are loaded."""
        assert self._flow is not None
        return self._flow

    def say(self, text: str, *, severity: Severity = "information", seconds: float | None = None) -> None:
        """A short note at the edge of the screen; the text may come from outside."""
        from coach.tui.plain import shown

        self.notify(shown(text), severity=severity, markup=False, timeout=seconds)

    @work(thread=True, exclusive=True, group="overview")
    def refresh_overview(self) -> None:
        """Read progress and drafts again for the first screen."""
        if self._desk is None:
            self.call_from_thread(self._load)
            return
        overview = self.desk.overview()
        for fault in overview.faults:
            self.call_from_thread(self.say, fault, severity="error")
        self.call_from_thread(self.call_later, self._show_overview, overview)

    async def _show_overview(self, overview: Overview) -> None:
        for screen in self.screen_stack:
            if isinstance(screen, HomeScreen):
                await screen.show(overview)

    def criterion_meters(self, progress: Sequence[CriterionProgress]) -> tuple[Meter, ...]:
        """The mean levels under the rubric that was used last."""
        from coach.tui.widgets.meters import Meter

        newest = [item for item in progress if item.rubric == progress[0].rubric]
        return tuple(
            Meter(
                self.criterion_name(*key),
                item.mean,
                f"{item.mean:.1f}",
                key in self.criteria and self.criteria[key].core,
            )
            for item in newest
            for key in [(item.rubric, item.criterion)]
        )

    def criterion_name(self, rubric: str, criterion: str) -> str:
        """What a criterion is called; made from its id where its rubric is no longer there."""
        known = self.criteria.get((rubric, criterion))
        return known.name if known else criterion.replace("_", " ")

    # Settings and themes

    def change_settings(self, **values: Any) -> None:
        """Change choices and remember them."""
        self.settings = changed(self.settings, **values)
        try:
            save_settings(self.settings)
        except StorageError as error:
            self.say(str(error), severity="warning")

    def choose_theme(self, name: str) -> None:
        """Change the colours and remember the choice."""
        self.theme = name
        self.change_settings(theme=name)

    def action_next_theme(self) -> None:
        """The next of the three themes."""
        names = list(THEMES)
        self.choose_theme(names[(names.index(self._known_theme(self.theme)) + 1) % len(names)])

    def _known_theme(self, name: str) -> str:
        return name if name in THEMES else "dark"

    # Help and palette

    def get_key_display(self, binding: Binding) -> str:
        """How the footer writes a key: in letters, which every font has."""
        return {"enter": "enter", "slash": "/"}.get(binding.key) or super().get_key_display(binding)

    def action_help(self) -> None:
        """Keys and purpose of the screen on top."""
        from coach.tui.screens.help import HelpDialog

        if not isinstance(self.screen, HelpDialog):
            self.push_screen(HelpDialog(about(self.screen), scopes_of(self.screen)))

    def keys_of(self, action: Action) -> str:
        """The keys of an action, as the user has set them."""
        keys = self.settings.keys.get(action.id, action.keys).replace("slash", "/")
        return ", ".join(key.strip() for key in keys.split(","))

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """What the palette offers: the screen's actions, the app's, and the themes."""
        for action in in_scopes([*scopes_of(screen), "app"]):
            if action.id != "app.palette":
                run = partial(screen.run_action, action.run.removeprefix("screen."))
                yield SystemCommand(action.label, f"{action.help} ({self.keys_of(action)})", run)
        for name, (_, label) in THEMES.items():
            yield SystemCommand(label, "Change the colours and remember the choice", partial(self.choose_theme, name))

    # End

    def _fatal_error(self) -> None:
        """A fault of the program itself: what was typed is kept, and the details go to a file, not the screen."""
        from coach.tui.crash import report

        self.panic(report())

    async def action_quit(self) -> None:
        """Leave; the answer being written is kept."""
        self.leave()

    def leave(self, return_code: int = 0) -> None:
        """Keep what is being written and end the app."""
        if self._flow is not None and self._flow.keep_open_pages():
            self._kept = "Your draft is kept; open the case again to go on."
        self.exit(return_code=return_code)

    def finish(self) -> str | None:
        """After the app has ended: save what is left. Returns what the user has to be told."""
        from coach.tui.flow import last_rescue

        told = self._kept
        if self._flow is not None and self._flow.keeper.close() is not None:
            told = last_rescue(self._flow.keeper)
        if self._desk is not None:
            self._desk.close()
        return told

    def _ended_by(self, number: int) -> None:
        if self._flow is not None:
            self._flow.keep_open_pages()
        self._flush_keeper()
        self.exit(return_code=128 + number)

    def _flush_keeper(self) -> None:
        if self._flow is not None:
            self._flow.keeper.flush()


_IDS = frozenset(action.id for action in ACTIONS)


def run(*, case: str | None = None, recommended: bool = False, packs: Sequence[str] = ()) -> int:
    """Open the app: on the first screen, on a case, or on the recommended one. Returns the exit status.

    Raises `UsageError` without a terminal and `UnknownIdError` for a case that does not exist.
    """
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise UsageError("the app needs a terminal; `coach score` and `coach cases` work without one")
    app = CoachApp(case, recommended=recommended, packs=packs)
    try:
        app.run()
    finally:
        if told := app.finish():
            print(told, file=sys.stderr)
    if app.failure is not None:
        raise app.failure
    return app.return_code or 0
