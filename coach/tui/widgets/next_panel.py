"""What to practise next, and why."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from coach.tui.desk import CaseRow
from coach.tui.plain import one_line
from coach.tui.verdicts import round_words


class NextPanel(Vertical, can_focus=False):
    """The recommended case; a click starts it."""

    DEFAULT_CSS = """
    NextPanel {
        height: auto;
        padding: 0 1;
        border-left: outer $accent;
        background: $surface;
    }
    NextPanel:hover { background: $panel; }
    NextPanel Static { width: 1fr; }
    NextPanel .line { height: 1; text-wrap: nowrap; text-overflow: ellipsis; }
    """
    ALLOW_SELECT = False

    class Started(Message):
        """The user wants to start it."""

    def compose(self) -> ComposeResult:
        """Title, kind, reason, key."""
        yield Static("", id="next-title", classes="line", markup=False)
        yield Static("", id="next-about", classes="line", markup=False)
        yield Static("", id="next-why", markup=False)
        yield Static("", id="next-key", classes="line", markup=False)

    def show(self, row: CaseRow | None, why: str, *, first_run: bool) -> None:
        """Show a recommendation; None where there are no cases."""
        if row is None:
            self.query_one("#next-title", Static).update(Content("There is no case in this knowledge base."))
            return
        heading = "Start here" if first_run else "Next"
        about = f"{round_words(row.round)} · {row.level} · {row.minutes} min · {one_line(row.kind)}"
        title = Content.assemble((f"{heading}  ", "$accent bold"), (one_line(row.title), "bold"))
        self.query_one("#next-title", Static).update(title)
        self.query_one("#next-about", Static).update(Content.styled(about, "$quiet"))
        self.query_one("#next-why", Static).update(Content(one_line(why)))
        key = Content.assemble((" n ", "reverse bold"), " Go on" if row.draft else " Start")
        self.query_one("#next-key", Static).update(key)

    def on_click(self) -> None:
        """Start by mouse."""
        self.post_message(self.Started())
