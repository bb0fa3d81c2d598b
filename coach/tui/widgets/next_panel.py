"""What to practise next, and why."""

from __future__ import annotations

from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from coach.tui.desk import CaseRow
from coach.tui.plain import one_line
from coach.tui.verdicts import round_words


class NextPanel(Static, can_focus=False):
    """The recommended case; a click starts it."""

    DEFAULT_CSS = """
    NextPanel {
        height: auto;
        padding: 0 1;
        border-left: outer $accent;
        background: $surface;
    }
    NextPanel:hover { background: $panel; }
    """
    ALLOW_SELECT = False

    class Started(Message):
        """The user wants to start it."""

    def show(self, row: CaseRow | None, why: str, *, first_run: bool) -> None:
        """Show a recommendation; None where there are no cases."""
        if row is None:
            self.update(Content("There is no case to practise in this knowledge base."))
            return
        heading = "Start here" if first_run else "Next"
        about = f"{one_line(row.kind)} · {round_words(row.round)} · {row.level} · {row.minutes} min"
        key = Content.assemble((" n ", "reverse bold"), " Go on" if row.draft else " Start")
        self.update(
            Content("\n").join(
                [
                    Content.assemble((f"{heading}  ", "$accent bold"), (one_line(row.title), "bold")),
                    Content.styled(about, "$quiet"),
                    Content(one_line(why)),
                    key,
                ]
            )
        )

    def on_click(self) -> None:
        """Start by mouse."""
        self.post_message(self.Started())
