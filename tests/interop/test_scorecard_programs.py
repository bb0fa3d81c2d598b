"""Scorecards opened by the programs that people have: LibreOffice and a browser."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from coach.export.scorecard.formats import render
from coach.knowledge.base import Base, load_base
from coach.scorecards.build import build
from coach.scorecards.metric_row import Owned
from coach.scorecards.model import Scorecard

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
BROWSER = shutil.which("chromium") or shutil.which("google-chrome")
needs_office = pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
needs_browser = pytest.mark.skipif(BROWSER is None, reason="no Chromium is installed")
SECONDS = 120
_LOOK = """<body><iframe id="f" src="card.html" style="width:%dpx;height:3000px;border:0"></iframe><script>
f.onload = () => { const d = f.contentDocument, wide = [...d.querySelectorAll('main *, header *')].filter(e =>
  e.getBoundingClientRect().right > %d + 1 && !e.closest('.scroll, .unseen, thead'));
  document.body.innerHTML = '<pre>' + wide.length + ' ' + d.documentElement.scrollWidth + '</pre>' }
</script></body>"""


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Base:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COACH_HOME", str(tmp_path_factory.mktemp("home")))
        return load_base()


@pytest.fixture(scope="module")
def card(base: Base) -> Scorecard:
    made = build(base, "writing-assistant")
    said = [
        Owned(target="40%", floor="25%", actual="20%"),
        Owned(target="40%", floor="25%", actual="35%"),
        Owned(target="40%", actual="45%"),
        Owned(floor="10%", upper="20%", actual="15%"),
        Owned(actual="rather good"),
        Owned(actual="50%"),
        Owned(floor="10%", actual="11%"),
        Owned(),
    ]
    rows = tuple(row.model_copy(update={"yours": said[n % len(said)]}) for n, row in enumerate(made.rows))
    plan = made.experiment.model_copy(update={"baseline": "35%", "smallest_effect": "-3 points"})
    return made.model_copy(update={"rows": rows, "experiment": plan})


def converted(path: Path, kind: str, out: Path) -> Path:
    assert OFFICE is not None
    profile = f"-env:UserInstallation=file://{out / 'profile'}"
    command = [OFFICE, profile, "--headless", "--convert-to", kind, "--outdir", str(out), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=SECONDS)
    return out / f"{path.stem}.{kind.split(':')[0]}"


def cells(path: Path) -> dict[tuple[str, str], Any]:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.load_workbook(path, data_only=True)
    found = {(sheet.title, c.coordinate): c.value for sheet in book for row in sheet.iter_rows() for c in row}
    return {place: value for place, value in found.items() if value not in (None, "")}


@needs_office
def test_libreoffice_recalculates_to_the_cached_values(card: Scorecard, tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    cached = tmp_path / "cached.xlsx"
    cached.write_bytes(render(card, "xlsx"))
    # Without cached values every program has to calculate.
    book = openpyxl.load_workbook(cached)
    bare = tmp_path / "bare.xlsx"
    book.save(bare)
    (tmp_path / "out").mkdir()
    calculated = cells(converted(bare, "xlsx", tmp_path / "out"))
    expected = cells(cached)
    formulas = [
        (sheet.title, c.coordinate) for sheet in book for row in sheet.iter_rows() for c in row if c.data_type == "f"
    ]
    assert len(formulas) == len(card.rows) + 2
    assert {place: calculated.get(place) for place in formulas} == {place: expected.get(place) for place in formulas}


@needs_office
def test_libreoffice_shows_the_word_document(card: Scorecard, tmp_path: Path) -> None:
    pytest.importorskip("docxtpl")
    path = tmp_path / "card.docx"
    path.write_bytes(render(card, "docx"))
    text = converted(path, "txt:Text", tmp_path).read_text(encoding="utf-8-sig", errors="replace")
    assert card.title in text
    assert all(row.name in text for row in card.rows)


@needs_browser
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("id_", ["writing-assistant", "crm-writing-assistant"])
def test_the_page_fits_a_phone_and_a_desk(base: Base, tmp_path: Path, id_: str, width: int) -> None:
    assert BROWSER is not None
    (tmp_path / "card.html").write_bytes(render(build(base, id_), "html"))
    (tmp_path / "look.html").write_text(_LOOK % (width, width))
    command = [BROWSER, "--headless", "--no-sandbox", "--disable-gpu", "--allow-file-access-from-files"]
    command += [f"--user-data-dir={tmp_path / 'profile'}", "--virtual-time-budget=5000", "--window-size=1400,3000"]
    command += ["--dump-dom", (tmp_path / "look.html").as_uri()]
    seen = subprocess.run(command, check=True, capture_output=True, timeout=SECONDS, text=True).stdout
    found = re.search(r"<pre>(\d+) (\d+)</pre>", seen)
    assert found is not None
    assert int(found[1]) == 0
    assert int(found[2]) <= width


@needs_browser
def test_the_page_prints_on_pages_of_a_sensible_number(base: Base, tmp_path: Path) -> None:
    assert BROWSER is not None
    (tmp_path / "card.html").write_bytes(render(build(base, "writing-assistant"), "html"))
    command = [BROWSER, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'profile'}"]
    command += [f"--print-to-pdf={tmp_path / 'card.pdf'}", (tmp_path / "card.html").as_uri()]
    subprocess.run(command, check=True, capture_output=True, timeout=SECONDS)
    pages = (tmp_path / "card.pdf").read_bytes().count(b"/Type /Page\n")
    assert 5 < pages < 40
