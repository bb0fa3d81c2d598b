"""Criteria with their levels, as blocks and numbers, in as many columns as fit."""

from __future__ import annotations

from dataclasses import dataclass

from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.widget import Widget
from typing_extensions import override

from coach.tui.blocks import TOP_LEVEL, level_blocks
from coach.tui.plain import one_line

_MOST_COLUMNS, _GAP = 4, 2
_COLOURS = ("$quiet", "$warning", "$primary", "$success")


@dataclass(frozen=True)
class Meter:
    """One criterion: `value` from 0 to 3, and the number as it is to be read."""

    name: str
    value: float
    number: str
    core: bool = False


def level_colour(value: float) -> str:
    """The theme's colour for a level, never the only sign of it."""
    return _COLOURS[max(0, min(TOP_LEVEL, round(value)))]


def meter_blocks(value: float) -> Content:
    """Three cells that rise with the level."""
    filled, empty = level_blocks(value)
    return Content.assemble((filled, level_colour(value)), (empty, "$empty"))


class MeterPanel(Widget):
    """A grid of meters, filled column by column; `hint` shows while there are none."""

    DEFAULT_CSS = """
    MeterPanel { height: auto; }
    """
    ALLOW_SELECT = False

    meters: reactive[tuple[Meter, ...]] = reactive((), layout=True)
    hint: reactive[str] = reactive("")

    def __init__(self, hint: str = "", *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.set_reactive(MeterPanel.hint, hint)

    @override
    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many rows as the columns need."""
        if not self.meters:
            return Content(self.hint).get_height({}, max(1, width))
        return -(-len(self.meters) // len(self._columns(width)))

    def render(self) -> Content:
        """The meters, or the hint."""
        width = self.size.width
        if not self.meters or width < 1:
            return Content.styled(self.hint, "$quiet")
        columns = self._columns(width)
        rows = -(-len(self.meters) // len(columns))
        return Content("\n").join(
            Content("").join(
                _cell(self.meters[index], columns[index // rows]) for index in range(row, len(self.meters), rows)
            )
            for row in range(rows)
        )

    def _columns(self, width: int) -> list[int]:
        """The widths of as many columns as fit side by side, each as wide as its longest meter."""
        for count in range(_MOST_COLUMNS, 1, -1):
            rows = -(-len(self.meters) // count)
            starts = range(0, len(self.meters), rows)
            needs = [max(_label(m).cell_length for m in self.meters[start : start + rows]) for start in starts]
            if (spare := width - sum(needs) - _GAP * (len(needs) - 1)) >= 0:
                return [need + _GAP + spare // len(needs) for need in needs]
        return [width]


def _label(meter: Meter) -> Content:
    return Content.assemble(
        meter_blocks(meter.value),
        (f" {meter.number} ", "bold" if meter.value else "$quiet"),
        (one_line(meter.name), "bold" if meter.core else "" if meter.value else "$quiet"),
    )


def _cell(meter: Meter, width: int) -> Content:
    label = _label(meter).truncate(max(1, width), ellipsis=True)
    return label.pad_right(width - label.cell_length)
