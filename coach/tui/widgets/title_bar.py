"""The line at the top: where one is, and one thing worth knowing on the right."""

from __future__ import annotations

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from coach.tui.plain import one_line


class TitleBar(Widget):
    """`metric coach › where` on the left, `aside` on the right."""

    DEFAULT_CSS = """
    TitleBar { height: 1; padding: 0 1; background: $panel; }
    """
    ALLOW_SELECT = False

    where: reactive[str] = reactive("")
    aside: reactive[str] = reactive("")

    def __init__(self, where: str = "", aside: str = "", *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.set_reactive(TitleBar.where, where)
        self.set_reactive(TitleBar.aside, aside)

    def render(self) -> Content:
        """The line, cut in the middle where it does not fit."""
        aside = one_line(self.aside)
        name = Content.styled("metric coach", "bold $primary")
        where = one_line(self.where)
        left = Content.assemble(name, ("  ", ""), (where, "bold")) if where else name
        room = max(0, self.size.width - len(aside) - 2)
        left = left.truncate(room, ellipsis=True)
        gap = max(1, self.size.width - left.cell_length - Content(aside).cell_length)
        return Content.assemble(left, " " * gap, (aside, "$quiet"))
