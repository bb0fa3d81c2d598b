"""The list of calculators."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from coach.calculators.registry import CALCULATORS, AnyCalculator
from coach.tui.actions import Scope, bindings
from coach.tui.page import Page
from coach.tui.screens.calculate import CalculateScreen
from coach.tui.widgets.key_bar import KeyBar
from coach.tui.widgets.title_bar import TitleBar


class CalculatorList(OptionList):
    """One calculator a line."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("calculations")]


class CalculatorsScreen(Page):
    """Opens the form of a calculator; shows what the one under the cursor is for."""

    SCOPES: ClassVar[tuple[Scope, ...]] = ("calculations", "calculators")
    ABOUT = (
        "Returns, costs, sample sizes, reliability and agreement. Each tells its formula, what it assumes and where "
        "it must not be used. The same calculators are on the command line: coach calculate."
    )
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("calculators")]

    def compose(self) -> ComposeResult:
        """The list, and beside or below it what is under the cursor."""
        yield TitleBar("Calculators", f"{len(CALCULATORS)} calculators")
        with Horizontal(id="columns"):
            options = [Option(Content(known.name), id=known.id) for known in CALCULATORS.values()]
            yield CalculatorList(*options, id="calculators", markup=False, compact=True)
            with VerticalScroll(id="about-pane", can_focus=False):
                yield Static(id="about", markup=False)
        yield KeyBar()

    def on_mount(self) -> None:
        """Ready for the arrow keys."""
        self.query_one(CalculatorList).highlighted = 0
        self.query_one(CalculatorList).focus()

    @on(OptionList.OptionHighlighted, "#calculators")
    def _pointed(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        self.query_one("#about", Static).update(_about(list(CALCULATORS.values())[event.option_index]))

    @on(OptionList.OptionSelected, "#calculators")
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.app.push_screen(CalculateScreen(list(CALCULATORS.values())[event.option_index]))

    def action_open(self) -> None:
        """The form of the calculator under the cursor."""
        self.query_one(CalculatorList).action_select()

    def action_leave(self) -> None:
        """Back."""
        self.dismiss()


def _about(calculator: AnyCalculator) -> Content:
    limits = "\n".join(f"- {limit}" for limit in calculator.limits)
    return Content.assemble(
        (f"{calculator.about}\n\n", "bold"), f"{calculator.formula}\n\n", ("Limits\n", "$quiet"), limits
    )
