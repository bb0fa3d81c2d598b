from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from coach.knowledge.base import Base
from coach.scorecards.build import build
from coach.scorecards.filled.read import Reading, read

Edit = Callable[[Any], None]


@pytest.fixture
def edited(base: Base, tmp_path: Path) -> Callable[[Edit], Reading]:
    """Writes a workbook, lets a test fill it in as a program would, and reads it back."""
    openpyxl = pytest.importorskip("openpyxl")
    pytest.importorskip("xlsxwriter")
    from coach.export.scorecard.workbook import scorecard_xlsx

    def through(edit: Edit) -> Reading:
        path = tmp_path / "filled.xlsx"
        path.write_bytes(scorecard_xlsx(build(base, "writing-assistant")))
        book = openpyxl.load_workbook(path)
        edit(book)
        book.save(path)
        return read(base, path)

    return through


def cell(book: Any, sheet: str, key: str, head: str) -> Any:
    """The cell in the line that begins with `key`, below the head."""
    at = 0
    for row in book[sheet].iter_rows():
        heads = [one.value for one in row]
        if head in heads:
            at = heads.index(head) + 1
        elif at and row[0].value == key:
            return row[at - 1]
    raise AssertionError(f"{sheet} has no {key} with {head}")
