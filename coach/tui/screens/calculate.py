"""A calculator's form: worked out while one types, with what is wrong beside the field."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from coach.calculators.registry import AnyCalculator
from coach.calculators.result import Result
from coach.calculators.wording import ends_in_words, figure_in_words
from coach.errors import ArgumentError
from coach.tui.actions import Scope, bindings
from coach.tui.page import Page
from coach.tui.widgets.calculator_field import CalculatorField
from coach.tui.widgets.key_bar import KeyBar
from coach.tui.widgets.title_bar import TitleBar


class CalculateScreen(Page):
    """Fields on top, the result below them; escape goes back to the list."""

    SCOPES: ClassVar[tuple[Scope, ...]] = ("calculate",)
    ABOUT = (
        "Type numbers as you write them: 35%, 0.35, 480,000; lists are parted by spaces. The result follows as you "
        "type, and what is wrong with a number stands beside it. Enter, tab and the arrows move between fields."
    )
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("calculate")]

    def __init__(self, calculator: AnyCalculator) -> None:
        super().__init__()
        self._calculator = calculator
        self._result: Result | None = None

    def compose(self) -> ComposeResult:
        """The question, a line for each argument, and the result."""
        yield TitleBar(f"Calculators › {self._calculator.name}")
        yield Static(Content(self._calculator.about), id="question")
        with Vertical(id="fields"):
            for argument in self._calculator.arguments:
                yield CalculatorField(argument)
        yield Static("", id="meaning", markup=False)
        with VerticalScroll(id="result-pane"):
            yield Static("", id="result", markup=False)
        yield KeyBar()

    def on_mount(self) -> None:
        """Ready to type."""
        self._work_out()
        self._inputs()[0].focus()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._work_out()

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        self._move(1)

    def on_descendant_focus(self) -> None:
        """Say in full what the field with the cursor is for."""
        field = next((field for field in self.query(CalculatorField) if field.has_focus_within), None)
        if field is not None:
            self.query_one("#meaning", Static).update(Content(field.explained))

    def key_down(self) -> None:
        """To the next field."""
        self._move(1)

    def key_up(self) -> None:
        """To the field before."""
        self._move(-1)

    def action_example(self) -> None:
        """Fill in the example."""
        for field in self.query(CalculatorField):
            field.text = field.argument.example

    def action_clear(self) -> None:
        """Empty all fields."""
        for field in self.query(CalculatorField):
            field.text = ""
        self._inputs()[0].focus()

    def action_copy(self) -> None:
        """Copy the result with its inputs, formula and limits."""
        if self._result is None:
            self.coach.say("There is no result yet.")
            return
        from coach.cli.layout.plain import plain_lines
        from coach.cli.pages.calculator import result_page

        values, _ = self._calculator.read(self._texts())
        page = result_page(self._calculator, values, self._result)
        self.coach.flow.copy("\n".join(plain_lines(page, 80, None)) + "\n", "The result")

    def action_leave(self) -> None:
        """Back to the list."""
        self.dismiss()

    def _inputs(self) -> list[Input]:
        return list(self.query(Input))

    def _move(self, by: int) -> None:
        inputs = self._inputs()
        focused = self.focused
        if isinstance(focused, Input):
            inputs[(inputs.index(focused) + by) % len(inputs)].focus()

    def _texts(self) -> dict[str, str]:
        return {field.argument.name: field.text for field in self.query(CalculatorField)}

    def _work_out(self) -> None:
        texts = self._texts()
        values, errors = self._calculator.read(texts)
        missing = {error.name for error in errors if not texts[error.name].strip()}
        wrong = {error.name: error for error in errors if error.name not in missing}
        self._result = None
        if not errors:
            try:
                self._result = self._calculator.calculate(values)
            except ArgumentError as error:
                wrong[error.name] = error
        for field in self.query(CalculatorField):
            field.error = wrong.get(field.argument.name)
        shown = self.query_one("#result", Static)
        if self._result is not None:
            shown.update(_shown(self._calculator, self._result))
        elif wrong:
            shown.update(Content.styled("No result: see the field marked ✗.", "$error"))
        else:
            names = ", ".join(a.name.replace("_", " ") for a in self._calculator.arguments if a.name in missing)
            shown.update(Content.styled(f"Still needed: {names}. f2 fills in an example.", "$quiet"))


def _shown(calculator: AnyCalculator, result: Result) -> Content:
    width = max(len(figure.name) for figure in result.figures) + 2
    lines = []
    for number, figure in enumerate(result.figures):
        lines.append(
            Content.assemble(
                (figure.name.ljust(width), "" if number else "bold"),
                (figure_in_words(figure), "bold $primary" if not number else "bold"),
                (f"  {ends_in_words(figure.interval, figure.unit)}" if figure.interval else "", "$quiet"),
            )
        )
    lines += [Content.styled(f"! {note}", "$warning") for note in result.notes]
    intervals = (figure.interval for figure in result.figures if figure.interval is not None)
    methods = dict.fromkeys(f"{interval.confidence * 100:g}% confidence, {interval.method}" for interval in intervals)
    parts = [
        *([("Intervals", "; ".join(methods))] if methods else []),
        ("Worked out", f"{result.formula}\n{result.working}"),
        ("Holds where", "\n".join(f"- {text}" for text in result.assumptions)),
        ("Limits", "\n".join(f"- {text}" for text in result.limits)),
        ("Source", calculator.source),
    ]
    for heading, text in parts:
        lines += [Content(""), Content.styled(heading, "$quiet"), Content(text)]
    return Content("\n").join(lines)
