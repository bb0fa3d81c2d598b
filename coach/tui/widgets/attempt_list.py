"""Past attempts, newest first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from coach.practice.task import title_of
from coach.tui.actions import bindings
from coach.tui.plain import one_line
from coach.tui.verdicts import verdict_colour, verdict_words
from coach.tui.widgets.clock import clock_time

if TYPE_CHECKING:
    from coach.practice.models import Attempt


class AttemptList(OptionList):
    """One attempt a line: when, which case, how it went."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("attempts")]

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, markup=False, compact=True)
        self._attempts: Sequence[Attempt] = ()
        self._titles: Mapping[str, str] = {}

    def show(self, attempts: Sequence[Attempt], titles: Mapping[str, str]) -> None:
        """List these attempts."""
        kept = self.highlighted_option.id if self.highlighted_option else None
        self._attempts, self._titles = attempts, titles
        self.set_options([Option(self._line(attempt), id=str(attempt.id)) for attempt in attempts])
        ids = [str(attempt.id) for attempt in attempts]
        if ids:
            self.highlighted = ids.index(kept) if kept in ids else 0

    @property
    def chosen(self) -> Attempt | None:
        """The attempt under the cursor."""
        return self._attempts[self.highlighted] if self.highlighted is not None else None

    def on_resize(self) -> None:
        """Columns depend on the width."""
        if self._attempts:
            self.show(self._attempts, self._titles)

    def _line(self, attempt: Attempt) -> Content:
        width = max(40, self.size.width - 2)
        when = (
            f"{attempt.finished_at.astimezone():%d %b %Y %H:%M}"
            if width >= 60
            else (f"{attempt.finished_at.astimezone():%d %b %H:%M}")
        )
        title_width = max(8, width - len(when) - 2 - 16 - (8 if width >= 60 else 0))
        title = Content(one_line(title_of(attempt.case, self._titles))).truncate(title_width - 1, ellipsis=True)
        spent = f"{clock_time(attempt.seconds_spent):>6}  " if width >= 60 else ""
        return Content.assemble(
            (f"{when}  ", "$quiet"),
            title.pad_right(title_width - title.cell_length),
            (spent, "$quiet"),
            (f"{attempt.overall:>3} ", "bold"),
            (verdict_words(attempt.verdict), verdict_colour(attempt.verdict)),
        )
