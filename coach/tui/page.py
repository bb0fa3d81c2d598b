"""What all screens share: access to the app's services, and breakpoints for narrow and wide terminals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar, cast

from textual.screen import ModalScreen, Screen

from coach.tui.actions import Scope

if TYPE_CHECKING:
    from coach.tui.app import CoachApp

Result = TypeVar("Result")
WIDE = 110
"""Columns from which panels stand side by side."""
_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]


class Page(Screen[None]):
    """A full screen. `SCOPES` names the actions that F1 and the palette offer on it."""

    SCOPES: ClassVar[tuple[Scope, ...]] = ()
    ABOUT: ClassVar[str] = ""
    """What the screen is for, shown by F1."""
    HORIZONTAL_BREAKPOINTS = _BREAKPOINTS

    @property
    def coach(self) -> CoachApp:
        """The app with its services."""
        return cast("CoachApp", self.app)


class Dialog(ModalScreen[Result], Generic[Result]):
    """A window over a screen; escape closes it. The app's own bindings do not reach it, so it lists them."""

    SCOPES: ClassVar[tuple[Scope, ...]] = ("dialog",)
    ABOUT: ClassVar[str] = ""

    @property
    def coach(self) -> CoachApp:
        """The app with its services."""
        return cast("CoachApp", self.app)

    def action_close(self) -> None:
        """Close without a result."""
        self.dismiss(None)


def scopes_of(screen: Screen[object]) -> Sequence[Scope]:
    """The scopes whose actions a screen offers besides the app's own."""
    return getattr(screen, "SCOPES", ())


def about(screen: Screen[object]) -> str:
    """What a screen says it is for."""
    return str(getattr(screen, "ABOUT", ""))
