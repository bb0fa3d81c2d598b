"""A scorecard as CSV: a metric a row, for any program that has tables."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from coach.export.prose import one_line
from coach.scorecards.cells import neutral
from coach.scorecards.columns import measured
from coach.scorecards.tables import ABOUT, ONE_TABLE

if TYPE_CHECKING:
    from coach.scorecards.model import Scorecard

BYTE_ORDER_MARK = "\ufeff"
"""By which Excel knows UTF-8; other programs pass over it."""


def scorecard_csv(card: Scorecard, *, mark: bool = False) -> str:
    """The metrics with their definitions and the owner's columns; RFC 4180, with Excel's byte-order mark on wish."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([*(column.head for column in ONE_TABLE), *ABOUT])
    about = [neutral(one_line(str(getattr(card, field)))) for field in ABOUT.values()]
    for line in measured(card):
        cells = (column.get(line) for column in ONE_TABLE)
        writer.writerow([*("" if cell is None else neutral(one_line(str(cell))) for cell in cells), *about])
    return (BYTE_ORDER_MARK if mark else "") + out.getvalue()
