"""Keeps the answer being written on the disk, from its own thread, so that a busy screen cannot delay it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from threading import Condition, Lock, Thread
from typing import TYPE_CHECKING

from coach.errors import StorageError

if TYPE_CHECKING:
    from coach.practice.drafts import Drafts

INTERVAL = 0.5
"""Seconds from a change to the start of its save; while typing goes on, no more than this is unsaved."""
RETRY = 2.0
"""Seconds until a save that failed is tried again."""


@dataclass(frozen=True)
class Page:
    """What is to be kept."""

    case: str
    text: str
    seconds_spent: int
    hints_used: int


class Keeper:
    """Saves the newest page soon after each change. `told` hears of every save: None, or the error."""

    def __init__(self, drafts: Drafts, told: Callable[[StorageError | None], None]) -> None:
        self._drafts = drafts
        self._told = told
        self._changed = Condition()
        self._saving = Lock()
        self._page: Page | None = None
        self._stopped = False
        self._thread = Thread(target=self._run, name="draft-keeper", daemon=True)
        self._thread.start()

    def keep(self, page: Page) -> None:
        """Have this page on the disk soon. Returns at once."""
        with self._changed:
            self._page = page
            self._changed.notify()

    def flush(self) -> StorageError | None:
        """Save what is not saved yet, now; the error if that failed."""
        with self._saving:
            page = self._page
            if page is None:
                return None
            error = self._save(page)
            if error is None:
                self._done(page)
            return error

    def unsaved(self) -> Page | None:
        """The page that is not on the disk yet."""
        return self._page

    def forget(self) -> None:
        """Drop what is not saved yet: the answer has been submitted or thrown away."""
        with self._saving, self._changed:
            self._page = None

    def close(self) -> StorageError | None:
        """Save what is left and end the thread; the error if the save failed."""
        with self._changed:
            self._stopped = True
            self._changed.notify()
        return self.flush()

    def _run(self) -> None:
        pause = INTERVAL
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._page is not None or self._stopped)
                if self._stopped:
                    return
                self._changed.wait_for(lambda: self._stopped, timeout=pause)
                if self._stopped:
                    return
            had_page = self._page is not None
            error = self.flush()
            pause = RETRY if error is not None else INTERVAL
            if had_page:
                self._told(error)

    def _save(self, page: Page) -> StorageError | None:
        try:
            self._drafts.save(page.case, page.text, seconds_spent=page.seconds_spent, hints_used=page.hints_used)
        except StorageError as error:
            return error
        return None

    def _done(self, page: Page) -> None:
        with self._changed:
            if self._page is page:
                self._page = None
