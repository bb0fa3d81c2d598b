from __future__ import annotations

import csv
import io
from datetime import datetime
from typing import Any

import pytest

from coach.calculators.sample_size import two_proportions
from coach.export.scorecard.table import scorecard_csv
from coach.export.scorecard.workbook import scorecard_xlsx
from coach.scorecards.columns import measured
from coach.scorecards.model import Scorecard
from coach.scorecards.status import status

openpyxl = pytest.importorskip("openpyxl")
SHEETS = ["Scorecard", "Context", "Definitions", "Events", "Tree", "Gates", "Plan", "Decision log", "Readme"]


def opened(card: Scorecard, *, values: bool = True) -> Any:
    return openpyxl.load_workbook(io.BytesIO(scorecard_xlsx(card)), data_only=values)


def column(sheet: Any, head: str) -> int:
    return next(int(cell.column) for cell in sheet[4] if cell.value == head)


def test_the_workbook_has_its_sheets_and_no_macro(card: Scorecard) -> None:
    book = opened(card)
    assert book.sheetnames == SHEETS
    assert book.vba_archive is None
    assert book.properties.created == datetime(2000, 1, 1)


def test_the_same_scorecard_gives_the_same_bytes(card: Scorecard) -> None:
    assert scorecard_xlsx(card) == scorecard_xlsx(card.model_copy())


def test_the_cached_status_is_what_the_words_of_the_scorecard_say(filled: Scorecard) -> None:
    sheet = opened(filled)["Scorecard"]
    at = column(sheet, "Status")
    cached = [sheet.cell(5 + number, at).value for number in range(len(filled.rows) + 1)]
    assert cached == [status(line.yours, line.direction) for line in measured(filled)]
    assert len(set(cached)) >= 5
    formulas = opened(filled, values=False)["Scorecard"]
    assert all(str(formulas.cell(5 + n, at).value).startswith("=IF(") for n in range(len(cached)))


def test_statuses_have_colours_by_their_words(card: Scorecard) -> None:
    sheet = opened(card)["Scorecard"]
    rules = [rule.formula[0] for ranges in sheet.conditional_formatting for rule in ranges.rules]
    assert {'"past its floor"', '"short of target"', '"on target"'} <= set(rules)


def test_direction_status_and_owner_have_drop_downs(card: Scorecard) -> None:
    book = opened(card)
    sources = [
        rule.formula1
        for name in ("Scorecard", "Definitions", "Gates")
        for rule in book[name].data_validations.dataValidation
    ]
    assert '"↑ higher,↓ lower,↔ within a band"' in sources
    assert '"proposed,agreed,instrumented,live,retired"' in sources
    assert "Owners" in " ".join(sources)
    assert book.defined_names["Owners"].attr_text.startswith("'Plan'!$C$")


def test_definitions_are_locked_but_for_the_owners_columns(card: Scorecard) -> None:
    sheet = opened(card)["Definitions"]
    assert sheet.protection.sheet
    locked = {cell.value: sheet.cell(6, cell.column).protection.locked for cell in sheet[4]}
    assert locked["Numerator"]
    assert not locked["Decision it informs"]


def test_amounts_are_numbers_that_can_be_calculated_with(filled: Scorecard) -> None:
    sheet = opened(filled)["Scorecard"]
    assert sheet.cell(5, column(sheet, "Baseline")).value == 0.3
    assert sheet.cell(5, column(sheet, "Baseline")).number_format == "0.0#%"
    assert any(sheet.cell(5 + n, column(sheet, "Now")).value == "rather good" for n in range(len(filled.rows)))


def test_the_sample_size_is_a_formula_with_the_calculators_number(filled: Scorecard) -> None:
    for values in (True, False):
        sheet = opened(filled, values=values)["Plan"]
        [cell] = [row[1] for row in sheet.iter_rows() if row[0].value == "Sample size per arm"]
        if values:
            assert cell.value == two_proportions(0.35, 0.03)
        else:
            assert "NORMSINV" in cell.value


def test_no_cell_is_a_formula_but_ours_and_no_text_starts_like_one(hostile: Scorecard) -> None:
    book = opened(hostile, values=False)
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                text = str(cell.value or "")
                if cell.data_type == "f":
                    assert text.startswith("=IF("), f"{sheet.title}!{cell.coordinate}"
                    assert "HYPERLINK" not in text
                else:
                    assert not text.startswith(("=", "+0", "-", "@")), f"{sheet.title}!{cell.coordinate}"
                assert cell.hyperlink is None


def test_csv_has_a_metric_a_row_and_no_formula(hostile: Scorecard, card: Scorecard) -> None:
    rows = list(csv.DictReader(io.StringIO(scorecard_csv(card))))
    assert [row["Id"] for row in rows] == ["main", *(row.id for row in card.rows)]
    assert {row["Scorecard of"] for row in rows} == {card.id}
    assert {len(row) for row in csv.reader(io.StringIO(scorecard_csv(hostile)))} == {len(rows[0])}
    for line in csv.reader(io.StringIO(scorecard_csv(hostile))):
        assert not [cell for cell in line if cell.startswith(("=", "+", "-", "@"))]
        assert "\x1b" not in "".join(line)


def test_excel_gets_its_mark_on_wish(card: Scorecard) -> None:
    assert scorecard_csv(card, mark=True) == "\ufeff" + scorecard_csv(card)
    assert "\r\n" in scorecard_csv(card)
