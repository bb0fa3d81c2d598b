"""Driving the app as a user would, and reading what is on the screen."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, TypeVar

from textual import events
from textual.pilot import Pilot
from textual.screen import Screen

from coach.practice.drafts import Drafts
from coach.practice.history import History
from coach.practice.models import Attempt, Draft
from coach.tui.app import CoachApp
from coach.tui.judged import Judged
from coach.tui.screens.home import HomeScreen
from coach.tui.screens.practice import PracticeScreen
from coach.tui.screens.result import ResultScreen
from coach.tui.widgets.editor import Editor

SMALL, LARGE = (80, 24), (200, 60)
CASE = "crm-writing-assistant"
PATIENCE = 20.0
"""Seconds until something that should happen is taken not to."""

_NAMES = {" ": "space", ".": "full_stop", ",": "comma"}

AnyScreen = TypeVar("AnyScreen", bound=Screen[Any])


class Driver:
    """One open app."""

    def __init__(self, app: CoachApp, pilot: Pilot[None]) -> None:
        self.app, self.pilot = app, pilot

    async def press(self, *keys: str) -> None:
        """Keys one after the other, each once the one before has been taken."""
        for key in keys:
            await self._send(events.Key(key, None))
        await self.pilot.pause(0)

    async def type_in(self, text: str) -> None:
        """Into whatever has the focus, key by key."""
        for character in text:
            await self._send(events.Key(_NAMES.get(character, character), character))
        await self.pilot.pause(0)

    async def _send(self, key: events.Key) -> None:
        # The pilot's own press waits until the processor idles, which takes long where others use it too.
        self.app.post_message(key)
        await self.pilot.pause(0)

    async def until(self, condition: Callable[[], object], what: str = "", every: float = 0.02) -> None:
        """Wait for something, not longer than it takes."""
        end = time.monotonic() + PATIENCE
        while not condition():
            assert time.monotonic() < end, f"{what or 'it'} did not happen; the screen shows\n{self.shown()}"
            await asyncio.sleep(every)

    async def reach(self, kind: type[AnyScreen]) -> AnyScreen:
        """Wait for a screen."""
        await self.until(lambda: isinstance(self.app.screen, kind) and self.app.screen.is_mounted, kind.__name__)
        await self.pilot.pause()
        screen = self.app.screen
        assert isinstance(screen, kind)
        return screen

    async def see(self, *words: str) -> None:
        """Wait until all of these are on the screen."""

        def seen() -> bool:
            shown = self.shown()
            return all(word in shown for word in words)

        await self.until(seen, f"seeing {words}", every=0.05)

    def shown(self) -> str:
        """The text on the screen, line by line."""
        return "\n".join(strip.text.rstrip() for strip in self.app.screen._compositor.render_strips())

    # Ways that many tests take

    async def practise(self, case: str = CASE) -> PracticeScreen:
        """The practice screen of a case."""
        await self.until(lambda: self.app.flow is not None)
        self.app.flow.practise(case)
        return await self.reach(PracticeScreen)

    async def write(self, text: str) -> None:
        """Text into the editor at once, as a paste brings it."""
        self.app.screen.query_one(Editor).insert(text)
        await self.pilot.pause()

    async def judge(self, text: str, case: str = CASE) -> ResultScreen:
        """The result screen of an answer, without the way through the practice screen."""
        desk = self.app.desk
        task = desk.task(case)
        assert task is not None
        judged = Judged(task.key, task.title, text, desk.score(task, text), task)
        self.app.push_screen(ResultScreen(judged))
        return await self.reach(ResultScreen)

    async def submit(self, text: str, case: str = CASE) -> ResultScreen:
        """An answer handed in."""
        await self.practise(case)
        await self.write(text)
        await self.press("f5")
        return await self.reach(ResultScreen)


@asynccontextmanager
async def opened(
    size: tuple[int, int] = SMALL, case: str | None = None, packs: Sequence[str | Path] = ()
) -> AsyncIterator[Driver]:
    """The app, loaded, on its first screen."""
    app = CoachApp(case, packs=[str(pack) for pack in packs])
    async with app.run_test(size=size) as pilot:
        driver = Driver(app, pilot)
        await driver.until(lambda: app._flow is not None or len(app.screen_stack) > 1, "loading")
        await driver.until(lambda: not app.workers or isinstance(app.screen, HomeScreen))
        await pilot.pause()
        try:
            yield driver
        finally:
            app.finish()


def kept_drafts() -> tuple[Draft, ...]:
    return Drafts().all()


def kept_attempts() -> tuple[Attempt, ...]:
    with History.open() as history:
        return history.attempts()
