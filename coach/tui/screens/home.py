"""The first screen: what to practise next, the cases, and how it has gone so far."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.widgets import Static
from typing_extensions import override

from coach.tui.actions import Scope, bindings
from coach.tui.page import Page
from coach.tui.widgets.key_bar import KeyBar
from coach.tui.widgets.title_bar import TitleBar

if TYPE_CHECKING:
    from coach.tui.desk import Overview
    from coach.tui.screens.home_body import HomeBody
    from coach.tui.widgets.case_browser import CaseBrowser


class HomeScreen(Page):
    """Paints at once and fills when the knowledge base is there."""

    SCOPES: ClassVar[tuple[Scope, ...]] = ("cases", "home")
    ABOUT = (
        "Choose a case and practise it. The panel at the top says what would help you most now. "
        "✎ marks an unfinished draft, • a case you have tried."
    )
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("home")]

    def __init__(self) -> None:
        super().__init__()
        self._body: HomeBody | None = None

    def compose(self) -> ComposeResult:
        """Little enough to be on the screen before anything is loaded."""
        yield TitleBar("Practise")
        with Container(id="body"):
            yield Static("Loading the cases…", id="loading", markup=False)
        yield KeyBar()

    def on_screen_resume(self) -> None:
        """Show what has changed meanwhile."""
        if self._body is not None:
            self.coach.refresh_overview()

    async def show(self, overview: Overview) -> None:
        """Fill the screen, or bring it up to date."""
        from coach.tui.screens.home_body import HomeBody

        meters = self.coach.criterion_meters(overview.criteria)
        if self._body is None:
            self._body = HomeBody(overview, meters)
            with self.app.batch_update():
                await self.query_one("#body").remove_children()
                await self.query_one("#body").mount(self._body)
            self.refresh_bindings()
        else:
            self._body.renew(overview, meters)
        tried = sum(1 for row in overview.rows if row.count)
        self.query_one(TitleBar).aside = f"{len(overview.rows)} cases · {tried} tried"

    def action_open(self) -> None:
        """Practise the case under the cursor."""
        if self._body is not None:
            self._body.browser.choose()

    def action_next(self) -> None:
        """Start the recommended case."""
        if self._body is not None and self._body.overview.next is not None:
            self.coach.flow.practise(self._body.overview.next.case)

    def action_search(self) -> None:
        """Go to the search line."""
        if self._body is not None:
            self._body.browser.filters.search()

    def action_pick(self, name: str) -> None:
        """Open a filter."""
        if self._body is not None:
            self._body.browser.filters.pick(name)

    def action_clear(self) -> None:
        """Show all cases."""
        if self._body is not None:
            self._body.browser.clear()

    def action_own_prompt(self) -> None:
        """Practise a question of the user's own."""
        if self._body is not None:
            self.coach.flow.ask_own_prompt(self._body.overview.own_drafts)

    def action_scorecard(self) -> None:
        """Write a scorecard for the case under the cursor."""
        if self._body is not None and (row := self._body.browser.row) is not None:
            self.coach.flow.ask_scorecard(row.id)

    def action_history(self) -> None:
        """Past attempts."""
        self.coach.flow.show_history()

    def action_calculators(self) -> None:
        """Returns, costs, sample sizes."""
        self.coach.flow.show_calculators()

    def action_reload(self) -> None:
        """Read everything once more."""
        self.coach.refresh_overview()

    @override
    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Before the cases are there, nothing can be chosen."""
        waiting = {"next", "search", "pick", "clear", "own_prompt", "scorecard", "history", "calculators"}
        return None if action in waiting and self._body is None else True

    def on_case_browser_chosen(self, event: CaseBrowser.Chosen) -> None:
        """Open the chosen case."""
        self.coach.flow.practise(event.case)

    def on_next_panel_started(self) -> None:
        """Start the recommended case by mouse."""
        self.action_next()
