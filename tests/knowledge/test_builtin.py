"""The built-in knowledge is found wherever the package lies and wherever it is called from."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import coach
from coach.errors import KnowledgeError
from coach.knowledge import builtin
from coach.knowledge.builtin import builtin_roots
from tests.knowledge.conftest import SMALL_BASE

CHECKOUT = Path(coach.__file__).parents[1]
WHERE = "from coach.knowledge.builtin import builtin_roots; print(*builtin_roots(), sep='\\n')"
COUNT = "import coach.knowledge.base as b; base = b.load_base(); print(b.__file__, *base.metrics, sep='\\n')"


def run(code: str, folder: Path, **environment: str) -> list[str]:
    process = subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder,
        env={**os.environ, **environment},
        check=True,
        capture_output=True,
        text=True,
        timeout=60,
    )
    return process.stdout.splitlines()


def test_in_a_checkout_from_any_folder(tmp_path: Path) -> None:
    assert run(WHERE, tmp_path) == [str(CHECKOUT / "casebank"), str(CHECKOUT / "rubrics")]


def test_in_an_installed_package_from_any_folder(tmp_path: Path) -> None:
    site = tmp_path / "site"
    shutil.copytree(CHECKOUT / "coach", site / "coach", ignore=shutil.ignore_patterns("__pycache__"))
    # Laid out as the build does it.
    build = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())["tool"]["hatch"]["build"]
    for folder, inside in build["targets"]["wheel"]["force-include"].items():
        shutil.copytree(SMALL_BASE / folder, site / inside)
    (tmp_path / "elsewhere").mkdir()
    module, *metrics = run(COUNT, tmp_path / "elsewhere", PYTHONPATH=str(site))
    assert Path(module).is_relative_to(site)
    assert metrics == ["draft-kept-rate", "complaint-rate", "calm-kept-rate"]


def test_a_broken_installation_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(builtin, "__file__", str(tmp_path / "coach" / "knowledge" / "builtin.py"))
    with pytest.raises(KnowledgeError, match=r"the built-in knowledge is missing .* install metric-coach again"):
        builtin_roots()
