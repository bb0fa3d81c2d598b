"""The criteria of a result, to move over."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from coach.scoring.report import CriterionResult, Report
from coach.tui.plain import one_line
from coach.tui.widgets.meters import meter_blocks

ALL = "*"
_NAME = 20
"""Columns."""


class CriteriaList(OptionList):
    """One criterion a line with level and weight; the first line stands for all of them."""

    DEFAULT_CSS = """
    CriteriaList { height: auto; background: transparent; }
    """

    def __init__(self, report: Report, *, id: str | None = None) -> None:
        super().__init__(
            Option(Content.assemble("    ", ("All criteria", "bold")), id=ALL),
            *(Option(_line(result), id=key) for key, result in report.criteria.items()),
            id=id,
            markup=False,
            compact=True,
        )


def _line(result: CriterionResult) -> Content:
    weight = f"{'◆' if result.core else ' '}×{result.weight}"
    name = Content.styled(one_line(result.name), "bold" if result.core else "").truncate(_NAME, ellipsis=True)
    return Content.assemble(
        meter_blocks(result.level),
        f" {result.level} ",
        name.pad_right(_NAME + 1 - name.cell_length),
        (weight, "$quiet"),
    )
