"""Every action of the app: one table that key bindings, footer, F1 help and command palette all read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from textual.binding import Binding

Scope = str
"""What carries the action: a screen, a list on it, a dialog, or the app."""


@dataclass(frozen=True)
class Action:
    """Something the user can do."""

    id: str
    """`scope.name`; what a changed key refers to in the settings."""
    keys: str
    """Comma-separated; the first is the one shown in the footer."""
    run: str
    """The Textual action, looked up on whatever carries the scope."""
    label: str
    help: str
    footer: bool = False
    priority: bool = False
    short: str = ""
    """For the footer, where the label is too long for it."""

    @property
    def scope(self) -> Scope:
        """The part of the id before the dot."""
        return self.id.partition(".")[0]


SUBMIT_KEYS = "ctrl+j,alt+enter,ctrl+enter,f5"
"""Many terminals send only the first, some only the last."""

ACTIONS: tuple[Action, ...] = (
    Action("app.help", "f1", "app.help", "Help", "Keys, and what this screen is for", footer=True),
    Action("app.palette", "ctrl+p", "app.command_palette", "Commands", "Find any command", priority=True),
    Action("app.theme", "ctrl+t", "app.next_theme", "Next theme", "Dark, light, the terminal's own colours"),
    Action("app.quit", "ctrl+q", "app.quit", "Quit", "Leave; what you wrote is kept", priority=True),
    # First screen
    Action("cases.open", "enter", "screen.open", "Practise", "The chosen case; a draft goes on", footer=True),
    Action("home.next", "n", "next", "Start next", "Practise the case that is recommended", footer=True),
    Action("home.search", "slash", "search", "Search", "Type words to narrow the list", footer=True),
    Action("home.kind", "k", "pick('kind')", "Kind", "Show one kind of product only"),
    Action("home.round", "r", "pick('round')", "Round", "Show one kind of interview round only"),
    Action("home.level", "l", "pick('level')", "Level", "Show one level of seniority only"),
    Action("home.clear", "x", "clear", "Clear filters", "Show all cases again"),
    Action("home.own", "o", "own_prompt", "Own prompt", "Practise a question of your own", footer=True),
    Action("home.scorecard", "s", "scorecard", "Scorecard", "Write a scorecard for the chosen case to a file"),
    Action("home.history", "h", "history", "History", "Past attempts, and how they went", footer=True),
    Action("home.calculators", "c", "calculators", "Calculators", "Returns, costs, sample sizes, agreement"),
    Action("home.reload", "f5", "reload", "Refresh", "Read drafts and attempts once more"),
    # Practice screen: keys that the editor does not need itself
    Action("practice.submit", SUBMIT_KEYS, "submit", "Submit", "Score the answer and see why", footer=True),
    Action("practice.hint", "f2", "hints", "Hints", "Three hints, one step at a time", footer=True),
    Action("practice.facts", "f3", "facts", "Facts", "Ask the interviewer for facts", footer=True),
    Action("practice.coverage", "f4", "coverage", "Coverage", "Show or hide live coverage", footer=True),
    Action("practice.pause", "f8", "pause", "Pause", "Stop the clock, or let it run on"),
    Action("practice.clock", "f9", "clock", "Clock", "Show or hide the clock"),
    Action("practice.prompt", "f10", "prompt", "Prompt", "Fold or unfold the prompt"),
    Action("practice.save", "ctrl+s", "save", "Save draft", "Save now; it is saved as you type anyway"),
    Action("practice.restart", "ctrl+r", "restart", "Blank page", "Throw the draft away and start over"),
    Action("practice.leave", "escape", "leave", "Back", "Leave; the draft stays", footer=True),
    # Result screen
    Action("result.model", "m", "beside('model')", "Model answer", "Beside yours", footer=True, short="Model"),
    Action("result.weak", "w", "beside('weak')", "Weak answer", "And why it is", footer=True, short="Weak"),
    Action("result.asked", "f", "beside('asked')", "Follow-ups", "What would be asked next", footer=True),
    Action("result.reply", "r", "reply", "Reply", "Reply to the follow-ups one by one", footer=True),
    Action("result.again", "t", "again", "Try again", "From your text or a blank page", footer=True),
    Action("result.copy", "c", "copy", "Copy", "Copy the feedback; it is also put in a file", footer=True),
    Action("result.export", "e", "export", "Export", "Write the feedback to a Markdown file"),
    Action("result.scorecard", "s", "scorecard", "Scorecard", "Write a scorecard for this product to a file"),
    Action("result.report", "p", "report", "Report", "Write a report for a mentor to a file"),
    Action("result.read", "v", "read", "Read answer", "Give the whole width to your answer"),
    Action("result.history", "h", "history", "History", "Attempts at this case"),
    Action("result.leave", "escape", "leave", "Back", "Close this result", footer=True),
    # Reply screen: keys that the editor does not need itself
    Action("reply.submit", SUBMIT_KEYS, "submit", "Judge", "See the points you make; again to write on", footer=True),
    Action("reply.previous", "f2", "go(-1)", "Previous question", "The one before", footer=True, short="Previous"),
    Action("reply.next", "f3", "go(1)", "Next question", "The one after", footer=True, short="Next"),
    Action("reply.save", "ctrl+s", "save", "Save draft", "Save now; it is saved as you type anyway"),
    Action("reply.restart", "ctrl+r", "restart", "Blank page", "Throw the reply away and start over"),
    Action("reply.leave", "escape", "leave", "Back", "Back to the result; the reply stays", footer=True),
    # History screen
    Action("attempts.open", "enter", "screen.open", "Open", "See the attempt as it was judged", footer=True),
    Action("history.scope", "c", "scope", "This case", "One case only, or all again", footer=True),
    Action("history.again", "t", "again", "Practise", "Practise the chosen attempt's case", footer=True),
    Action("history.report", "p", "report", "Report", "Write a report for a mentor to a file", footer=True),
    Action("history.leave", "escape", "leave", "Back", "Back to where you were", footer=True),
    # Calculators
    Action("calculations.open", "enter", "screen.open", "Open", "The form of the chosen calculator", footer=True),
    Action("calculators.leave", "escape", "leave", "Back", "Back to where you were", footer=True),
    Action("calculate.example", "f2", "example", "Example", "Fill in an example", footer=True),
    Action("calculate.clear", "f3", "clear", "Clear", "Empty all fields", footer=True),
    Action("calculate.copy", "f8", "copy", "Copy", "Copy the result with its inputs and limits", footer=True),
    Action("calculate.leave", "escape", "leave", "Back", "Back to the list", footer=True),
    # Dialogs
    Action("dialog.close", "escape", "close", "Close", "Close this window", footer=True),
    Action("hints.more", "f2", "more", "Next hint", "Show the next of the three hints", footer=True),
    Action("facts.ask", "enter", "screen.ask", "Ask", "Hear the answer to the chosen question", footer=True),
    Action("pick.choose", "enter", "screen.choose", "Choose", "Take what is under the cursor", footer=True),
    Action("own.start", SUBMIT_KEYS, "start", "Practise it", "Answer this question", footer=True),
    Action("again.text", "enter", "text", "From my text", "With your answer in the editor", footer=True),
    Action("again.blank", "b", "blank", "Blank page", "Your answer stays in the history", footer=True),
)


def in_scopes(scopes: Iterable[Scope]) -> list[Action]:
    """The actions of these scopes, scope by scope, each in the table's order."""
    return [action for scope in scopes for action in ACTIONS if action.scope == scope]


def bindings(*scopes: Scope) -> list[Binding]:
    """What a screen or widget lists as its `BINDINGS`."""
    return [
        Binding(
            action.keys,
            action.run,
            action.short or action.label,
            show=action.footer,
            priority=action.priority,
            tooltip=action.help,
            id=action.id,
        )
        for action in in_scopes(scopes)
    ]
