from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from coach.errors import UsageError
from coach.export.scorecard.formats import render
from coach.knowledge.base import Base
from coach.scorecards.build import build
from coach.scorecards.filled.compare import against_catalog, against_earlier
from coach.scorecards.filled.read import Reading, read
from coach.scorecards.product import Product
from tests.scorecards.filled.conftest import cell

Edited = Callable[[Callable[[Any], None]], Reading]


def told(reading: Reading) -> list[str]:
    return [str(fault) for fault in reading.faults]


@pytest.mark.parametrize("id_", ["writing-assistant", "crm-writing-assistant", "generic"])
@pytest.mark.parametrize("format_", ["xlsx", "csv", "json"])
def test_what_was_written_is_read_back_unchanged(base: Base, tmp_path: Path, id_: str, format_: str) -> None:
    pytest.importorskip("openpyxl")
    path = tmp_path / f"card.{format_}"
    path.write_bytes(render(build(base, id_), format_))
    reading = read(base, path)
    assert reading.card == build(base, id_)
    assert not reading.faults
    assert not against_catalog(base, reading)


def test_a_product_of_ones_own_is_read_back_as_such(base: Base, tmp_path: Path) -> None:
    pytest.importorskip("openpyxl")
    product = Product(name="Replyer", job="Answer a mail.", users=("Account managers", "Their leads"))
    card = build(base, "writing-assistant", product)
    (tmp_path / "own.xlsx").write_bytes(render(card, "xlsx"))
    assert read(base, tmp_path / "own.xlsx").card == card


def test_what_the_owner_wrote_goes_into_the_scorecard(edited: Edited) -> None:
    def edit(book: Any) -> None:
        cell(book, "Scorecard", "main", "Baseline").value = 0.31
        cell(book, "Scorecard", "reply-rate", "Floor").value = "8%"
        cell(book, "Scorecard", "latency-percentile", "Target").value = 1200
        cell(book, "Definitions", "reply-rate", "Decision it informs").value = "Whether to widen the trial"
        cell(book, "Context", "Stage of the product", "Answer").value = "beta"
        cell(book, "Gates", "Reply rate", "What happens there").value = "We stop."
        cell(book, "Events", "message_sent", "Checked on").value = datetime(2026, 11, 3)
        cell(book, "Plan", "Baseline", "Planned").value = 0.35
        cell(book, "Plan", "Smallest effect worth having", "Planned").value = 0.03
        cell(book, "Plan", "Finance", "Name").value = "Ada"
        book["Decision log"]["A5"], book["Decision log"]["B5"] = "2026-11-01", "Ship to a tenth"
        book["Decision log"]["A8"], book["Decision log"]["B8"] = "2026-11-08", "Ship to all"

    reading = edited(edit)
    card = reading.card
    assert not reading.faults
    assert card.main.yours.baseline == "31%"
    rate, wait = card.row("reply-rate"), card.row("latency-percentile")
    assert rate is not None
    assert wait is not None
    assert (rate.yours.floor, rate.yours.decision) == ("8%", "Whether to widen the trial")
    assert wait.yours.target == "1,200"
    assert card.context.stage == "beta"
    assert card.main.counters[0].when_crossed == "We stop."
    assert {event.event: event.verified for event in card.events}["message_sent"] == "2026-11-03"
    assert (card.experiment.baseline, card.experiment.smallest_effect) == ("35%", "3 points")
    assert {owner.role: owner.name for owner in card.owners}["Finance"] == "Ada"
    assert [entry.decision for entry in card.log] == ["Ship to a tenth", "Ship to all"]


def test_a_main_metric_that_is_no_share_is_read_as_the_number_it_is(base: Base, tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    path = tmp_path / "case.xlsx"
    path.write_bytes(render(build(base, "crm-writing-assistant"), "xlsx"))
    book = openpyxl.load_workbook(path)
    cell(book, "Scorecard", "main", "Baseline").value = 0.5
    share = cell(book, "Scorecard", "main", "Target")
    share.value, share.number_format = 0.6, "0%"
    book.save(path)
    yours = read(base, path).card.main.yours
    assert (yours.baseline, yours.target) == ("0.5", "60%")


def test_each_fault_is_named_by_sheet_and_cell_and_the_rest_is_read(edited: Edited) -> None:
    places: dict[str, str] = {}

    def edit(book: Any) -> None:
        wrong = {
            "text": ("reply-rate", "Baseline", "lots"),
            "bool": ("reply-rate", "Target", True),
            "share": ("hallucination-rate", "Target", 35),
            "error": ("opt-out-rate", "Floor", "#DIV/0!"),
        }
        for name, (id_, head, value) in wrong.items():
            one = cell(book, "Scorecard", id_, head)
            one.value, places[name] = value, one.coordinate
        cell(book, "Scorecard", "opt-out-rate", "Owner").value = "Noor"
        choice = cell(book, "Definitions", "reply-rate", "Status of definition")
        choice.value, places["choice"] = "maybe", choice.coordinate
        book["Scorecard"].merge_cells("L12:L13")

    reading = edited(edit)
    faults = told(reading)
    for place, message in (
        (places["text"], "Baseline: 'lots' is no number; kept as text"),
        (places["bool"], "Target is true or false, where a number belongs: left out"),
        (places["share"], "Target: 35 is not between 0% and 100%: 35% is meant?"),
        (places["error"], "the formula gives #DIV/0!; taken as empty"),
        ("L12:L13", "these cells are merged: the value counts for the first"),
    ):
        assert f"Scorecard!{place}: {message}" in faults
    assert any(fault.startswith(f"Definitions!{places['choice']}: Status of definition: 'maybe'") for fault in faults)
    assert len(faults) == 6
    row = reading.card.row("opt-out-rate")
    assert row is not None
    assert (row.yours.owner, row.yours.floor) == ("Noor", None)


def test_columns_lines_and_sheets_that_are_gone_are_named(edited: Edited) -> None:
    def edit(book: Any) -> None:
        sheet = book["Scorecard"]
        sheet.delete_cols(next(one.column for one in sheet[4] if one.value == "Owner"))
        sheet.delete_rows(7)
        sheet["A5"].value, sheet["A6"].value = "main", "main"
        del book["Events"]
        book["Plan"].title = "Our plan"

    faults = told(edited(edit))
    assert "Scorecard!A4: the column “Owner” is missing from this line on" in faults
    assert "Scorecard!A6: “main” stands in A5 already: not read again" in faults
    assert any("the line of “reply-rate” is missing" in fault for fault in faults)
    assert "Events: the table “Events” is missing: nothing of it was read" in faults
    assert not [fault for fault in faults if "Plan" in fault]


def test_a_metric_of_ones_own_is_kept_and_told_from_the_catalogs(base: Base, edited: Edited) -> None:
    def edit(book: Any) -> None:
        last = book["Scorecard"].max_row + 1
        for column, text in ((1, "meeting-rate"), (3, "Meeting rate"), (6, 0.2)):
            book["Scorecard"].cell(last, column).value = text

    reading = edited(edit)
    row = reading.card.row("meeting-rate")
    assert row is not None
    assert (row.name, row.yours.baseline) == ("Meeting rate", "0.2")
    [difference] = against_catalog(base, reading)
    assert (difference.metric, difference.what) == ("meeting-rate", "metric")
    assert difference.catalog.startswith("nearest: ")
    assert render(reading.card, "html")


def test_a_definition_changed_by_hand_is_held_against_the_catalog(base: Base, edited: Edited) -> None:
    def edit(book: Any) -> None:
        cell(book, "Definitions", "reply-rate", "Denominator").value = "all mails"

    [difference] = against_catalog(base, edited(edit))
    assert (difference.metric, difference.what, difference.here) == ("reply-rate", "Denominator", "all mails")
    assert difference.place.startswith("Definitions!")
    assert difference.catalog


def test_an_earlier_version_shows_what_has_changed(base: Base, tmp_path: Path, edited: Edited) -> None:
    (tmp_path / "earlier.xlsx").write_bytes(render(build(base, "writing-assistant"), "xlsx"))
    earlier = read(base, tmp_path / "earlier.xlsx")

    def edit(book: Any) -> None:
        cell(book, "Scorecard", "main", "Target").value = 0.4
        book["Decision log"]["B5"] = "Ship"

    now = edited(edit)
    changes = [(c.table, c.line, c.what, c.before, c.after) for c in against_earlier(now, earlier)]
    assert changes == [("Metrics", "main", "Target", None, "40%"), ("Decision log", "", "added", None, "Ship")]
    assert against_earlier(now, now) == []


def test_csv_of_other_programs_is_read(base: Base, tmp_path: Path) -> None:
    path = tmp_path / "card.csv"
    text = render(build(base, "writing-assistant"), "csv").decode()
    head = text.split("\r\n")[0].split(",")
    lines = "\ufeff" + ";".join(head) + "\nreply-rate;;Reply rate;;;viel;8,5%\n" + "\n"
    path.write_text(lines)
    reading = read(base, path, "writing-assistant")
    row = reading.card.row("reply-rate")
    assert row is not None
    assert row.yours.target == "8.5%"
    assert any(fault.startswith("card.csv!F2: Baseline: 'viel'") for fault in told(reading))


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("none.xlsx", None, "cannot read .*none.xlsx: no such file"),
        ("bad.xlsx", b"no archive", "bad.xlsx is no workbook"),
        ("bad.json", b"{", "bad.json is no JSON"),
        ("other.json", b"{}", "other.json is no scorecard of shape"),
        ("bad.csv", b"\xff\xfe", "bad.csv is not UTF-8"),
        ("other.csv", b"a,b\n1,2\n", "other.csv has no table of a scorecard"),
        ("card.txt", b"", "an .xlsx, .csv or .json file, not .txt"),
    ],
)
def test_a_file_that_is_no_scorecard_is_refused(
    base: Base, tmp_path: Path, name: str, content: bytes | None, message: str
) -> None:
    pytest.importorskip("openpyxl")
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(UsageError, match=message.replace(".", r"\.").replace(r"\.*", ".*")):
        read(base, tmp_path / name)


def test_what_a_file_was_made_for_can_be_said(base: Base, tmp_path: Path) -> None:
    text = render(build(base, "generic"), "csv").decode()
    (tmp_path / "card.csv").write_text(text.replace("Scorecard of", "Elsewhere"))
    with pytest.raises(UsageError, match="does not say what it was made for"):
        read(base, tmp_path / "card.csv")
    assert read(base, tmp_path / "card.csv", "generic").card.id == "generic"
    (tmp_path / "other.csv").write_text(text.replace(",generic,", ",not-known,"))
    with pytest.raises(UsageError, match="made for 'not-known'"):
        read(base, tmp_path / "other.csv")


def test_faults_in_json_name_their_keys(base: Base, tmp_path: Path) -> None:
    data = json.loads(render(build(base, "generic"), "json"))
    data["main"]["yours"]["target"] = 5
    (tmp_path / "card.json").write_text(json.dumps(data))
    with pytest.raises(UsageError, match=r"main\.yours\.target: input should be a valid string"):
        read(base, tmp_path / "card.json")


def with_part(content: bytes, name: str, change: Callable[[str], str]) -> bytes:
    """An archive with one of its parts changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            data = old.read(part)
            new.writestr(part, change(data.decode()).encode() if part == name else data)
    return out.getvalue()


@pytest.mark.parametrize(
    "entities",
    [
        '<!ENTITY e SYSTEM "file:///etc/passwd">',
        '<!ENTITY a "lol">' + "".join(f'<!ENTITY {x} "{f"&{y};" * 10}">' for y, x in pairwise("abcdfghije")),
    ],
    ids=["another file", "a thousand million laughs"],
)
def test_a_workbook_with_hostile_xml_is_refused(base: Base, tmp_path: Path, entities: str) -> None:
    pytest.importorskip("openpyxl")

    def spoil(text: str) -> str:
        head, _, rest = text.partition("?>")
        return f"{head}?><!DOCTYPE x [{entities}]>{rest}".replace("<t>Metric</t>", "<t>&e;</t>", 1)

    content = render(build(base, "generic"), "xlsx")
    (tmp_path / "card.xlsx").write_bytes(with_part(content, "xl/sharedStrings.xml", spoil))
    with pytest.raises(UsageError, match="no workbook that can be read"):
        read(base, tmp_path / "card.xlsx")


def test_a_workbook_that_swells_is_refused(base: Base, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("openpyxl")
    (tmp_path / "card.xlsx").write_bytes(render(build(base, "generic"), "xlsx"))
    monkeypatch.setattr("coach.scorecards.filled.grid.MOST_UNPACKED", 1_000)
    with pytest.raises(UsageError, match="unpacks to more than"):
        read(base, tmp_path / "card.xlsx")
    monkeypatch.setattr("coach.scorecards.filled.read.MOST_BYTES", 1_000)
    with pytest.raises(UsageError, match="is larger than"):
        read(base, tmp_path / "card.xlsx")
