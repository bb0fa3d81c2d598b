"""The case list with its search line and filters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from coach.tui.actions import bindings
from coach.tui.desk import CaseRow
from coach.tui.plain import one_line
from coach.tui.verdicts import round_words, verdict_colour, verdict_words
from coach.tui.widgets.filter_line import ANY, FilterLine

_LEVELS = ("associate", "senior", "lead")
_TITLE, _KIND_LEAST, _KIND_MOST = 46, 20, 42
"""Columns."""
DRAFT, TRIED, NEW = "✎", "•", " "


class CaseList(OptionList):
    """One case a line, in columns that suit the width."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("cases")]

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, markup=False, compact=True)
        self._rows: Sequence[CaseRow] = ()

    def show(self, rows: Sequence[CaseRow]) -> None:
        """List these cases, keeping the highlighted one if it is still there."""
        kept = self.highlighted_option.id if self.highlighted_option else None
        self._rows = rows
        self.set_options([Option(self._line(row), id=row.id) for row in rows])
        ids = [row.id for row in rows]
        if rows:
            self.highlighted = ids.index(kept) if kept in ids else 0

    def point_at(self, case: str) -> None:
        """Put the cursor on a case, if it is listed."""
        if case in (ids := [row.id for row in self._rows]):
            self.highlighted = ids.index(case)

    @property
    def row(self) -> CaseRow | None:
        """The case under the cursor."""
        return self._rows[self.highlighted] if self.highlighted is not None and self._rows else None

    def on_resize(self) -> None:
        """Columns depend on the width."""
        if self._rows:
            self.show(self._rows)
        self.screen.query_one("#heading", Static).update(self.heading())

    def heading(self) -> Content:
        """The names of the columns."""
        names = CaseRow("", "Case", "Kind", "", "Round", "Level", 0, "", 0, None, "", False)
        return self._columns(names, "  ", "Time", ("Best", ""))

    def _line(self, row: CaseRow) -> Content:
        sign = DRAFT if row.draft else TRIED if row.count else NEW
        best = (f"{row.best} {verdict_words(row.best_verdict)}", verdict_colour(row.best_verdict))
        nothing = ("draft" if row.draft else "–", "$accent" if row.draft else "$quiet")
        return self._columns(row, sign + " ", f"{row.minutes} min", best if row.best is not None else nothing)

    def _columns(self, row: CaseRow, sign: str, minutes: str, best: tuple[str, str]) -> Content:
        width = max(30, self.size.width)
        right = [(row.level, 11, "$quiet"), (best[0], 17, best[1])]
        if width >= 84:
            right.insert(0, (round_words(row.round), 15, "$quiet"))
            right.insert(2, (minutes, 8, "$quiet"))
        spare = width - _TITLE - sum(size for _, size, _ in right)
        if spare >= _KIND_LEAST:
            right.insert(0, (one_line(row.kind), min(spare, _KIND_MOST), "$quiet"))
        title_width = max(10, width - 2 - sum(size for _, size, _ in right))
        return Content.assemble(
            (sign, "$accent" if row.draft else "$success"),
            _column(one_line(row.title), title_width, ""),
            *(_column(text, size, style) for text, size, style in right),
        )


class CaseBrowser(Vertical):
    """Search line, filters and list."""

    DEFAULT_CSS = """
    CaseBrowser #heading { color: $quiet; text-style: bold; }
    CaseBrowser CaseList { height: 1fr; background: transparent; }
    CaseBrowser CaseList:focus { background-tint: transparent; }
    CaseBrowser #none { height: 1fr; padding: 1 2; color: $quiet; display: none; }
    CaseBrowser.-none #none { display: block; }
    CaseBrowser.-none CaseList { display: none; }
    """

    class Pointed(Message):
        """The cursor is on this case."""

        def __init__(self, row: CaseRow) -> None:
            super().__init__()
            self.row = row

    class Chosen(Message):
        """The user wants to practise this case."""

        def __init__(self, case: str) -> None:
            super().__init__()
            self.case = case

    def __init__(self, rows: Sequence[CaseRow], *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._rows = rows

    def compose(self) -> ComposeResult:
        """One line of filters above the list."""
        kinds = sorted({(row.archetype, one_line(row.kind)) for row in self._rows}, key=lambda kind: kind[1])
        rounds = sorted({row.round for row in self._rows})
        levels = [level for level in _LEVELS if any(row.level == level for row in self._rows)]
        yield FilterLine(
            {
                "kind": kinds,
                "round": [(name, round_words(name)) for name in rounds],
                "level": [(name, name) for name in levels],
            }
        )
        yield Static("", id="heading", markup=False)
        yield CaseList(id="cases")
        yield Static("No case fits. Press x to show all again.", id="none", markup=False)

    def on_mount(self) -> None:
        """Fill the list."""
        self._refill()

    def renew(self, rows: Sequence[CaseRow]) -> None:
        """Show the cases as they are now."""
        self._rows = rows
        self._refill()

    @property
    def filters(self) -> FilterLine:
        """Search and filters."""
        return self.query_one(FilterLine)

    def clear(self) -> None:
        """No search and no filters."""
        self.filters.clear()
        self.query_one(CaseList).focus()

    @property
    def row(self) -> CaseRow | None:
        """The case under the cursor."""
        return self.query_one(CaseList).row

    def choose(self) -> None:
        """Take the case under the cursor."""
        self.query_one(CaseList).action_select()

    @on(FilterLine.Changed)
    def _refill(self) -> None:
        filters = self.filters
        kind, round_, level = (filters.chosen(name) for name in ("kind", "round", "level"))
        rows = [
            row
            for row in self._rows
            if all(word in row.searchable for word in filters.words)
            and kind in (ANY, row.archetype)
            and round_ in (ANY, row.round)
            and level in (ANY, row.level)
        ]
        self.query_one(CaseList).show(rows)
        self.set_class(not rows, "-none")

    @on(FilterLine.Left)
    def _to_list(self) -> None:
        self.query_one(CaseList).focus()

    @on(OptionList.OptionHighlighted, "#cases")
    def _point(self) -> None:
        if (row := self.query_one(CaseList).row) is not None:
            self.post_message(self.Pointed(row))

    @on(OptionList.OptionSelected, "#cases")
    def _choose(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if event.option_id is not None:
            self.post_message(self.Chosen(event.option_id))


def _column(text: str, width: int, style: str) -> Content:
    cell = Content.styled(text, style).truncate(max(1, width - 1), ellipsis=True)
    return cell.pad_right(width - cell.cell_length)
