"""Facts on demand: what the interviewer tells when asked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from coach.tui.actions import Scope, bindings
from coach.tui.page import Dialog
from coach.tui.plain import shown
from coach.tui.widgets.key_bar import KeyBar

if TYPE_CHECKING:
    from coach.knowledge.models.case import Fact


class Questions(OptionList):
    """The questions that can be asked."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("facts")]


class FactsDialog(Dialog[list[int]]):
    """Choose a question to hear its answer; closes with the questions asked."""

    SCOPES: ClassVar[tuple[Scope, ...]] = ("facts", "dialog")
    ABOUT = "What an interviewer would tell you if you asked. Choose a question to hear the answer."
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("dialog", "app")]

    def __init__(self, facts: Sequence[Fact], asked: Sequence[int]) -> None:
        super().__init__()
        self._facts = facts
        self._asked = list(asked)

    def compose(self) -> ComposeResult:
        """Questions, each with its answer once asked."""
        with Vertical(classes="window") as window:
            window.border_title = "Ask the interviewer"
            yield Questions(*self._options(), id="questions", markup=False, compact=True)
            yield Static("Enter asks the question under the cursor.", classes="note", markup=False)
        yield KeyBar()

    def on_mount(self) -> None:
        """Ready for the arrow keys."""
        questions = self.query_one(Questions)
        questions.highlighted = 0
        questions.focus()

    def action_ask(self) -> None:
        """Hear the answer to the question under the cursor."""
        self.query_one(Questions).action_select()

    @on(OptionList.OptionSelected)
    def _ask(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if event.option_index not in self._asked:
            self._asked.append(event.option_index)
            self.query_one(Questions).replace_option_prompt_at_index(
                event.option_index, self._prompt(event.option_index)
            )

    def action_close(self) -> None:
        """Close, and say what was asked."""
        self.dismiss(self._asked)

    def _options(self) -> list[Option]:
        return [Option(self._prompt(index)) for index in range(len(self._facts))]

    def _prompt(self, index: int) -> Content:
        fact = self._facts[index]
        if index not in self._asked:
            return Content.assemble("? ", shown(fact.ask))
        return Content.assemble("✓ ", (shown(fact.ask), "bold"), "\n", "  ", shown(fact.answer))
