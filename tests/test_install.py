"""The installed wheel: knowledge inside the package, found from any folder, nothing else at the top."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(out)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (built,) = out.glob("*.whl")
    return built


def test_a_wheel_holds_one_package_and_the_knowledge_inside_it(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0] for name in names if ".dist-info" not in name} == {"coach"}
    assert "coach/_knowledge/rubrics/metric-design/rubric.yaml" in names
    assert "coach/py.typed" in names
    assert any(name.endswith(".tcss") for name in names)


def test_an_installed_wheel_finds_its_knowledge_from_anywhere(wheel: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    zipfile.ZipFile(wheel).extractall(site)
    program = (
        "import coach; kb = coach.load(); case = next(iter(kb.cases)); "
        "print(coach.__file__, len(kb.cases), kb.score('', case=case).overall)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(site), "COACH_HOME": str(tmp_path / "home")},
        capture_output=True,
        text=True,
        check=True,
    )
    where, cases, score = done.stdout.split()
    assert Path(where).is_relative_to(site)
    assert int(cases) >= 12
    assert score == "0"
