"""One argument of a calculator: its name, a place to type, and what is wrong beside it."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Input, Static

from coach.calculators.arguments import Argument
from coach.calculators.wording import value_in_words
from coach.errors import ArgumentError
from coach.tui.plain import one_line

_PRINTABLE = "[^\\x00-\\x1f\\x7f-\\x9f]*"
"""What is pasted may hold sequences that command a terminal."""
_LONGEST = 4000
"""Characters; a list of some hundred runs."""


class CalculatorField(Horizontal):
    """A line of the form."""

    DEFAULT_CSS = """
    CalculatorField { height: 1; }
    CalculatorField .name { width: 17; text-style: bold; }
    CalculatorField Input { width: 22; background: $surface; }
    CalculatorField Input:focus { background: $panel; }
    CalculatorField .beside { width: 1fr; margin-left: 1; color: $quiet; text-wrap: nowrap; text-overflow: ellipsis; }
    CalculatorField.-wrong { height: auto; min-height: 1; }
    CalculatorField.-wrong .beside { color: $error; text-style: bold; text-wrap: wrap; }
    """

    error: reactive[ArgumentError | None] = reactive(None, toggle_class="-wrong")

    def __init__(self, argument: Argument) -> None:
        super().__init__()
        self.argument = argument

    def compose(self) -> ComposeResult:
        """Name, input, remark."""
        yield Static(Content(self.argument.name.replace("_", " ")), classes="name")
        yield Input(placeholder=self._placeholder(), compact=True, max_length=_LONGEST, restrict=_PRINTABLE)
        yield Static(Content(self.argument.meaning), classes="beside")

    @property
    def text(self) -> str:
        """What was typed."""
        return self.query_one(Input).value

    @text.setter
    def text(self, text: str) -> None:
        self.query_one(Input).value = text

    @property
    def explained(self) -> str:
        """What the field is for, in full, with what it may be."""
        argument = self.argument
        return f"{argument.meaning[:1].upper()}{argument.meaning[1:]}. {argument.allowed.capitalize()}."

    def watch_error(self, error: ArgumentError | None) -> None:
        """Say beside the field what is wrong, or what it is for."""
        if not self.is_mounted:
            return
        words = f"✗ must be {one_line(error.allowed)}" if error is not None else self.argument.meaning
        self.query_one(".beside", Static).update(Content(words))

    def _placeholder(self) -> str:
        argument = self.argument
        if argument.required:
            return f"such as {argument.example}"
        return "optional" if argument.default is None else value_in_words(argument, argument.default)
