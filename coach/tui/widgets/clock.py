"""Time in the editor: counts up, can be paused or hidden, and never hurries anybody."""

from __future__ import annotations

from time import monotonic

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget


def clock_time(seconds: int) -> str:
    """Minutes and seconds, `4:07`."""
    return f"{seconds // 60}:{seconds % 60:02}"


class Clock(Widget):
    """`4:07 of 25 min`."""

    DEFAULT_CSS = """
    Clock { width: auto; height: 1; }
    """
    ALLOW_SELECT = False

    seconds: reactive[int] = reactive(0, layout=True)
    paused: reactive[bool] = reactive(False, layout=True)

    def __init__(self, seconds: int = 0, minutes: int | None = None, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._before = float(seconds)
        self._since: float | None = monotonic()
        self._minutes = minutes
        self.set_reactive(Clock.seconds, seconds)

    def on_mount(self) -> None:
        """Count while shown or hidden."""
        self.set_interval(1.0, self._tick)

    def elapsed(self) -> int:
        """Whole seconds in the editor, breaks left out."""
        running = monotonic() - self._since if self._since is not None else 0.0
        return int(self._before + running)

    def toggle_pause(self) -> None:
        """Stop, or go on."""
        if self._since is None:
            self._since = monotonic()
        else:
            self._before += monotonic() - self._since
            self._since = None
        self.paused = self._since is None

    def start_over(self) -> None:
        """Back to zero, running."""
        self._before, self._since = 0.0, monotonic()
        self.paused, self.seconds = False, 0

    def render(self) -> Content:
        """The time, and the case's limit where it has one."""
        limit = f" of {self._minutes} min" if self._minutes else ""
        state = "paused " if self.paused else ""
        return Content.styled(f"{state}{clock_time(self.seconds)}{limit}", "bold" if self.paused else "")

    def _tick(self) -> None:
        self.seconds = self.elapsed()
