"""Search and filters in one line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from coach.tui.screens.pick import PickDialog

ANY = ""


class Filter(Static):
    """One filter, showing what it lets through; a click opens its choices."""

    ALLOW_SELECT = False

    class Opened(Message):
        """The user wants to choose."""

        def __init__(self, name: str) -> None:
            super().__init__()
            self.name = name

    def __init__(self, name: str, options: Sequence[tuple[str, str]]) -> None:
        super().__init__("", id=name, markup=False)
        self.options = [(ANY, f"Any {name}"), *options]
        self.value = ANY
        self.choose(ANY)

    def choose(self, value: str) -> None:
        """Let one value through, or any."""
        self.value = value
        look = "$quiet" if value == ANY else "bold $accent"
        self.update(Content.assemble((dict(self.options)[value], look), (" ▾", "$quiet")))

    def on_click(self, event: events.Click) -> None:
        """Open by mouse."""
        event.stop()
        self.post_message(self.Opened(self.id or ""))


class FilterLine(Horizontal):
    """Tells by `Changed` when something else is to be listed."""

    DEFAULT_CSS = """
    FilterLine { height: 1; }
    FilterLine Input { width: 1fr; background: $surface; }
    FilterLine Input:focus { background: $panel; }
    FilterLine Filter {
        width: 1fr;
        height: 1;
        margin-left: 1;
        padding: 0 1;
        background: $surface;
        text-wrap: nowrap;
        text-overflow: ellipsis;
    }
    FilterLine Filter:hover { background: $panel; }
    """

    class Changed(Message):
        """Search or filters have changed."""

    class Left(Message):
        """The user is done with the search and wants the list."""

    def __init__(self, choices: Mapping[str, Sequence[tuple[str, str]]], *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._choices = choices

    def compose(self) -> ComposeResult:
        """The search and a filter for each kind of choice."""
        yield Input(placeholder="/ to search", id="search", compact=True)
        for name, options in self._choices.items():
            yield Filter(name, options)

    @property
    def words(self) -> list[str]:
        """What is searched for, in lower case."""
        return self.query_one(Input).value.lower().split()

    def chosen(self, name: str) -> str:
        """What a filter lets through; `ANY` for everything."""
        return self.query_one(f"#{name}", Filter).value

    def search(self) -> None:
        """Go to the search."""
        self.query_one(Input).focus()

    def pick(self, name: str) -> None:
        """Open a filter's choices."""
        filter_ = self.query_one(f"#{name}", Filter)

        def chosen(value: str | None) -> None:
            if value is not None:
                filter_.choose(value)
                self.post_message(self.Changed())

        self.app.push_screen(PickDialog(name.capitalize(), filter_.options, filter_.value), chosen)

    def clear(self) -> None:
        """Let everything through."""
        self.query_one(Input).value = ""
        for filter_ in self.query(Filter):
            filter_.choose(ANY)
        self.post_message(self.Changed())

    def on_filter_opened(self, event: Filter.Opened) -> None:
        """By mouse."""
        event.stop()
        self.pick(event.name)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.Changed())

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        self.post_message(self.Left())
