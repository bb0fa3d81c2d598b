"""What the first screen shows once the cases are there."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from coach.tui.desk import Overview
from coach.tui.plain import one_line, shown
from coach.tui.verdicts import round_words
from coach.tui.widgets.case_browser import CaseBrowser, CaseList
from coach.tui.widgets.meters import Meter, MeterPanel
from coach.tui.widgets.next_panel import NextPanel


class HomeBody(Vertical):
    """Recommendation, case list and progress."""

    def __init__(self, overview: Overview, meters: tuple[Meter, ...]) -> None:
        super().__init__()
        self.overview = overview
        self._meters = meters

    def compose(self) -> ComposeResult:
        """The recommendation on top; the progress beside or below the cases."""
        yield NextPanel(id="next")
        with Horizontal(id="columns"):
            yield CaseBrowser(self.overview.rows, id="browser")
            with Vertical(id="progress"):
                yield Static("Your level by criterion", classes="heading", markup=False)
                yield MeterPanel("Your level on each criterion shows here after your first answer.", id="levels")
                yield Static("", id="own", markup=False)
                yield Static("The case under the cursor", id="about-heading", classes="heading", markup=False)
                yield Static("", id="about", markup=False)

    def on_mount(self) -> None:
        """Show it, ready for the arrow keys."""
        self._fill()
        cases = self.query_one(CaseList)
        cases.focus()
        if self.overview.next is not None:
            self.call_after_refresh(cases.point_at, self.overview.next.case)

    def renew(self, overview: Overview, meters: tuple[Meter, ...]) -> None:
        """Show how things are now."""
        self.overview, self._meters = overview, meters
        self.query_one(CaseBrowser).renew(overview.rows)
        self._fill()

    @property
    def browser(self) -> CaseBrowser:
        """The case list with its filters."""
        return self.query_one(CaseBrowser)

    def on_case_browser_pointed(self, event: CaseBrowser.Pointed) -> None:
        """Show the question of the case under the cursor, where there is room."""
        row = event.row
        about = f"{round_words(row.round)} · {row.level} · {row.minutes} min · {one_line(row.kind)}"
        self.query_one("#about", Static).update(
            Content.assemble((one_line(row.title), "bold"), (f"\n{about}\n\n", "$quiet"), shown(row.prompt))
        )

    def _fill(self) -> None:
        overview = self.overview
        row = next((row for row in overview.rows if overview.next and row.id == overview.next.case), None)
        why = overview.next.why if overview.next else ""
        self.query_one(NextPanel).show(row, why, first_run=not overview.attempts)
        self.query_one(MeterPanel).meters = self._meters
        begun = len(overview.own_drafts)
        own = self.query_one("#own", Static)
        own.update(Content(f"✎ {begun} own prompt{'s' if begun != 1 else ''} begun: press o"))
        own.display = bool(begun)
