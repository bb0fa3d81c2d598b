"""The case list with its search line and filters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, OptionList, Select, Static
from textual.widgets.option_list import Option

from coach.tui.actions import bindings
from coach.tui.desk import CaseRow
from coach.tui.plain import one_line
from coach.tui.verdicts import round_words, verdict_colour, verdict_words

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
        right = [(row.level, 11, "$quiet"), (best[0], 15, best[1])]
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
    CaseBrowser #filters { height: 1; }
    CaseBrowser #search { width: 1fr; background: $surface; }
    CaseBrowser #search:focus { background: $panel; }
    CaseBrowser Select { width: 1fr; margin-left: 1; }
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
        kinds = sorted({(one_line(row.kind), row.archetype) for row in self._rows})
        rounds = sorted({row.round for row in self._rows})
        levels = [level for level in _LEVELS if any(row.level == level for row in self._rows)]
        with Horizontal(id="filters"):
            yield Input(placeholder="/ to search", id="search", compact=True)
            yield _filter("kind", "Any kind", kinds)
            yield _filter("round", "Any round", [(round_words(name), name) for name in rounds])
            yield _filter("level", "Any level", [(name, name) for name in levels])
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

    def search(self) -> None:
        """Go to the search line."""
        self.query_one("#search", Input).focus()

    def pick(self, name: str) -> None:
        """Open one of the filters."""
        select = self.query_one(f"#{name}", Select)
        select.focus()
        select.action_show_overlay()

    def clear(self) -> None:
        """No search and no filters."""
        self.query_one("#search", Input).value = ""
        for select in self.query(Select):
            select.clear()
        self.query_one(CaseList).focus()

    def choose(self) -> None:
        """Take the case under the cursor."""
        self.query_one(CaseList).action_select()

    @on(Input.Changed, "#search")
    @on(Select.Changed)
    def _refill(self) -> None:
        words = self.query_one("#search", Input).value.lower().split()
        wanted = {name: self.query_one(f"#{name}", Select).selection for name in ("kind", "round", "level")}
        rows = [
            row
            for row in self._rows
            if all(word in row.searchable for word in words)
            and wanted["kind"] in (None, row.archetype)
            and wanted["round"] in (None, row.round)
            and wanted["level"] in (None, row.level)
        ]
        self.query_one(CaseList).show(rows)
        self.set_class(not rows, "-none")

    @on(Input.Submitted, "#search")
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


def _filter(name: str, prompt: str, options: Sequence[tuple[str, str]]) -> Select[str]:
    return Select(options, prompt=prompt, id=name, compact=True)


def _column(text: str, width: int, style: str) -> Content:
    cell = Content.styled(text, style).truncate(max(1, width - 1), ellipsis=True)
    return cell.pad_right(width - cell.cell_length)
