"""Practising a question of one's own."""

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

from coach.practice.task import OWN, own_task
from coach.tui.actions import Scope, bindings
from coach.tui.page import Dialog
from coach.tui.plain import one_line
from coach.tui.widgets.editor import Editor
from coach.tui.widgets.key_bar import KeyBar

if TYPE_CHECKING:
    from coach.practice.models import Draft

LIMIT = 2000
"""Characters; an interview question is far shorter."""


class OwnPromptDialog(Dialog[str]):
    """Closes with the key of the task to practise."""

    SCOPES: ClassVar[tuple[Scope, ...]] = ("own", "dialog")
    ABOUT = (
        "Type or paste any interview question on measuring an AI product. It is judged as the kind of "
        "product that its words name; drafts and attempts are kept under the question."
    )
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("own", "dialog", "app")]

    def __init__(self, drafts: Sequence[Draft]) -> None:
        super().__init__()
        self._drafts = drafts

    def compose(self) -> ComposeResult:
        """A place to type, and the questions already begun."""
        with Vertical(classes="window") as window:
            window.border_title = "Practise your own prompt"
            yield Editor(id="question", placeholder="How would you measure success for …?")
            yield Static("ctrl+j or F5 starts.", id="problem", classes="note", markup=False)
            if self._drafts:
                yield Static("Begun before:", classes="note", markup=False)
                options = [
                    Option(Content(f"✎ {one_line(draft.case.removeprefix(OWN))}"), id=str(index))
                    for index, draft in enumerate(self._drafts)
                ]
                yield OptionList(*options, id="begun", markup=False, compact=True)
        yield KeyBar()

    def on_mount(self) -> None:
        """Ready to type."""
        self.query_one(Editor).focus()

    def action_start(self) -> None:
        """Practise what was typed."""
        prompt = " ".join(self.query_one(Editor).text.split())
        problem = self.query_one("#problem", Static)
        if not prompt:
            problem.update("Type the question first.")
        elif len(prompt) > LIMIT:
            problem.update(f"The question has {len(prompt):,} characters; {LIMIT:,} are allowed.")
        else:
            self.dismiss(own_task(prompt).key)

    @on(OptionList.OptionSelected, "#begun")
    def _go_on(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.dismiss(self._drafts[event.option_index].case)
