"""The keys that work now, in the last line of the screen."""

from __future__ import annotations

from typing import Any

from textual import events
from textual.content import Content
from textual.screen import Screen
from textual.style import Style
from textual.widget import Widget

_GAP = 2


class KeyBar(Widget):
    """One line; keys can be clicked. Where not all fit, the last give way, but never the one for help."""

    DEFAULT_CSS = """
    KeyBar { dock: bottom; height: 1; padding: 0 1; background: $footer-background; }
    """
    ALLOW_SELECT = False

    def on_mount(self) -> None:
        """Follow the focus, which decides what works."""
        self.screen.bindings_updated_signal.subscribe(self, self._changed)

    def on_unmount(self) -> None:
        """Stop following."""
        self.screen.bindings_updated_signal.unsubscribe(self)

    def _changed(self, _screen: Screen[Any]) -> None:
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        """A click on a key presses it."""
        if (key := event.style.meta.get("key")) is not None:
            self.app.simulate_key(key)

    def render(self) -> Content:
        """As many keys as fit."""
        keys = self._keys()
        room = self.size.width - sum(key.cell_length for name, key in keys if name == "app.help")
        shown = []
        for name, key in keys:
            if name != "app.help":
                room -= key.cell_length + _GAP
                if room < 0:
                    continue
            shown.append(key)
        return Content(" " * _GAP).join(shown)

    def _keys(self) -> list[tuple[str, Content]]:
        seen: dict[str, Content] = {}
        for _, binding, enabled, _ in self.screen.active_bindings.values():
            if binding.show and binding.action not in seen:
                look = ("bold $footer-key-foreground", "") if enabled else ("dim", "dim")
                key = Content.assemble(
                    (self.app.get_key_display(binding), look[0]), " ", (binding.description, look[1])
                )
                # Not "@click", which would make it look like a link.
                seen[binding.action] = key.stylize(Style.from_meta({"key": binding.key})) if enabled else key
        return list(seen.items())
