"""Compiled knowledge: kept between starts, checked before use, and never missed."""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from coach.knowledge import cache, compiler, fingerprint, layers
from coach.knowledge.base import Base, load_base
from coach.knowledge.compiled import Record, decode, encode
from coach.knowledge.faults import KnowledgeFaults
from tests.knowledge.conftest import SMALL_BASE, Load
from tests.knowledge.samples import METRIC

NOBODY = 65534

LOAD = f"""
import sys
from coach.knowledge.base import load_base
base = load_base(roots=[{str(SMALL_BASE / "casebank")!r}, {str(SMALL_BASE / "rubrics")!r}])
"""


def run(code: str) -> str:
    return subprocess.run(
        [sys.executable, "-c", LOAD + code], check=True, capture_output=True, text=True, timeout=60
    ).stdout.strip()


def compiled_file(home: Path) -> Path:
    (file,) = (home / "cache").glob("*.jsonl")
    return file


def contents(base: Base) -> list[str]:
    return [entry.model_dump_json() for entry in base.metrics.values()]


@pytest.fixture
def no_compiler(monkeypatch: pytest.MonkeyPatch) -> None:
    """From here on knowledge can only come from what was compiled before."""
    monkeypatch.delattr(compiler, "compile_layers")


class TestLaterStarts:
    def test_neither_parse_yaml_nor_import_it_nor_the_models(self) -> None:
        run("")
        code = "print(len(base.metrics), {'yaml', 'pydantic', 'rapidfuzz'} & sys.modules.keys())"
        assert run(code) == "3 set()"

    def test_read_entries_without_yaml(self) -> None:
        run("")
        code = "print(base.metrics['complaint-rate'].unit, base.cases['council-letters'].minutes)"
        assert run(f"{code}; print('yaml' in sys.modules)") == "complaints for each reply 25\nFalse"

    def test_find_what_the_first_start_found(self, load: Load, request: pytest.FixtureRequest) -> None:
        first = contents(load())
        request.getfixturevalue("no_compiler")
        assert contents(load()) == first

    @pytest.mark.parametrize(
        "above",
        [
            "textual rich jinja2 coach.cli coach.tui",
            "sqlite3 coach.practice",
            "coach.scoring coach.rules coach.reading Stemmer",
        ],
        ids=["screen", "database", "engine"],
    )
    def test_import_nothing_of_the_rooms_above(self, above: str) -> None:
        code = "list(base.metrics.values()); base.metrics.search('rat'); import coach.knowledge.lint;"
        assert run(f"{code} print({set(above.split())!r} & sys.modules.keys())") == "set()"


class TestTheKey:
    def test_changes_with_any_file(self, load: Load, roots: tuple[Path, Path]) -> None:
        before = load().metrics["complaint-rate"].unit
        metrics = roots[0] / "metrics.yaml"
        metrics.write_text(metrics.read_text().replace("complaints for each reply", "complaints for one reply."))
        assert before != load().metrics["complaint-rate"].unit == "complaints for one reply."

    def test_changes_when_a_file_moves(self, load: Load, roots: tuple[Path, Path]) -> None:
        load()
        (roots[0] / "metrics.yaml").rename(roots[0] / "numbers.yaml")
        assert load().origin("metrics", "complaint-rate") == (str(roots[0] / "numbers.yaml"), 32)

    def test_is_the_same_wherever_the_folders_lie(
        self, load: Load, tmp_path: Path, request: pytest.FixtureRequest
    ) -> None:
        load()
        request.getfixturevalue("no_compiler")
        shutil.copytree(SMALL_BASE, tmp_path / "elsewhere")
        moved = [tmp_path / "elsewhere" / "casebank", tmp_path / "elsewhere" / "rubrics"]
        assert load_base(roots=moved).origin("metrics", "complaint-rate")[0] == str(moved[0] / "metrics.yaml")


class TestUntouchedFiles:
    """Files that nobody wrote to since they were last read are not read again."""

    @pytest.fixture
    def settled(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """The files were written some seconds ago."""
        monkeypatch.setattr(fingerprint, "_SETTLED_AFTER_NS", -1_000_000_000)

    @pytest.fixture
    def read(self, monkeypatch: pytest.MonkeyPatch) -> list[str]:
        """The files that are read from now on."""
        names: list[str] = []
        inner = layers._read

        def reading(path: str) -> bytes:
            names.append(path)
            return inner(path)

        monkeypatch.setattr(layers, "_read", reading)
        return names

    @pytest.mark.usefixtures("settled")
    def test_are_not_read(self, load: Load, read: list[str]) -> None:
        first = load()
        assert read
        read.clear()
        assert contents(load()) == contents(first)
        assert load().digest == first.digest
        assert read == []

    def test_are_read_as_long_as_they_are_so_new_that_a_change_might_not_show(
        self, load: Load, read: list[str], home: Path
    ) -> None:
        load()
        read.clear()
        load()
        assert read
        assert not list((home / "cache").glob("*.seen"))

    @pytest.mark.usefixtures("settled")
    @pytest.mark.parametrize("times", ["kept", "new"])
    def test_are_told_from_files_of_the_same_size(self, times: str, load: Load, roots: tuple[Path, Path]) -> None:
        before = load().metrics["complaint-rate"].unit
        file = roots[0] / "metrics.yaml"
        status = file.stat()
        file.write_text(file.read_text().replace("complaints for each reply", "complaints for EACH reply"))
        if times == "kept":
            os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
        assert before != load().metrics["complaint-rate"].unit == "complaints for EACH reply"

    @pytest.mark.usefixtures("settled")
    def test_are_told_from_others_that_take_their_place(self, load: Load, roots: tuple[Path, Path]) -> None:
        before = load().metrics["complaint-rate"].unit
        file, other = roots[0] / "metrics.yaml", roots[0] / "other"
        shutil.copy2(file, other)
        other.write_text(file.read_text().replace("complaints for each reply", "complaints for EACH reply"))
        os.utime(other, ns=(file.stat().st_atime_ns, file.stat().st_mtime_ns))
        other.replace(file)
        assert before != load().metrics["complaint-rate"].unit

    @pytest.mark.usefixtures("settled")
    def test_are_missed_when_they_are_gone(self, load: Load, roots: tuple[Path, Path]) -> None:
        load()
        (roots[0] / "metrics.yaml").rename(roots[0] / "metrics.txt")
        with pytest.raises(KnowledgeFaults):
            load()

    @pytest.mark.usefixtures("settled")
    @pytest.mark.parametrize("content", ["", "0" * 39, "0" * 40, "../" * 14, "\x80"])
    def test_are_read_where_the_note_of_them_is_damaged(
        self, content: str, load: Load, read: list[str], home: Path
    ) -> None:
        load()
        (note,) = (home / "cache").glob("*.seen")
        good = note.read_bytes()
        note.write_text(content, encoding="latin-1")
        read.clear()
        assert len(contents(load())) == 3
        assert read
        assert note.read_bytes() == good


class TestDamage:
    """A damaged file is noticed and made again without a word."""

    @pytest.fixture
    def file(self, load: Load, home: Path) -> Path:
        load()
        return compiled_file(home)

    def assert_mended(self, load: Load, file: Path, good: bytes) -> None:
        assert len(contents(load())) == 3
        assert file.read_bytes() == good

    @pytest.mark.parametrize("kept", [0, 1, 100, -1, -70])
    def test_cut_short(self, kept: int, file: Path, load: Load) -> None:
        good = file.read_bytes()
        file.write_bytes(good[:kept])
        self.assert_mended(load, file, good)

    @pytest.mark.parametrize("share", [0.0, 0.01, 0.2, 0.5, 0.99])
    def test_one_byte_changed(self, share: float, file: Path, load: Load) -> None:
        good = file.read_bytes()
        at = int(share * (len(good) - 2))
        file.write_bytes(good[:at] + bytes([good[at] ^ 1]) + good[at + 1 :])
        self.assert_mended(load, file, good)

    @pytest.mark.parametrize("content", [b"", b"\n", b"{}\n", b"\x80\x04N.", b"{}\n{}\n"])
    def test_something_else(self, content: bytes, file: Path, load: Load) -> None:
        good = file.read_bytes()
        file.write_bytes(content)
        self.assert_mended(load, file, good)

    def test_a_good_file_under_a_wrong_name(self, file: Path, load: Load, tmp_path: Path, home: Path) -> None:
        (tmp_path / "pack.yaml").write_text(METRIC)
        load(tmp_path / "pack.yaml")
        (other,) = set((home / "cache").glob("*.jsonl")) - {file}
        shutil.copy(other, file)
        assert "reply-time" not in load().metrics


class TestWriting:
    def test_leaves_one_finished_file_of_json_lines(self, load: Load, home: Path) -> None:
        load()
        header, *entries, seal = [json.loads(line) for line in compiled_file(home).read_text().splitlines()]
        assert header["index"]["metrics"].keys() == {"draft-kept-rate", "complaint-rate", "calm-kept-rate"}
        assert len(entries) == sum(map(len, header["index"].values()))
        assert seal.keys() == {"bytes", "seal"}

    def test_old_files_are_removed_and_the_newest_kept(self, load: Load, home: Path) -> None:
        folder = home / "cache"
        folder.mkdir(parents=True)
        for age in range(10):
            old = folder / f"knowledge-{age}.jsonl"
            old.touch()
            os.utime(old, (1_000_000 - age, 1_000_000 - age))
        (folder / ".knowledge-x.jsonl.dead.tmp").touch()
        os.utime(folder / ".knowledge-x.jsonl.dead.tmp", (1_000_000, 1_000_000))
        (folder / ".knowledge-y.jsonl.alive.tmp").touch()
        (folder / "something-else.txt").touch()
        load()
        names = {path.name for path in folder.iterdir()}
        kept = {f"knowledge-{age}.jsonl" for age in range(cache.KEPT - 1)}
        assert kept | {".knowledge-y.jsonl.alive.tmp", "something-else.txt"} < names
        assert len(names) == len(kept) + 3

    def test_knowledge_with_faults_is_not_kept(self, roots: tuple[Path, Path], load: Load, home: Path) -> None:
        (roots[0] / "bad.yaml").write_text("metrics: 5")
        for _ in range(2):
            with pytest.raises(Exception, match=r"bad\.yaml:1:10"):
                load()
        assert not (home / "cache").exists()

    def test_two_processes_at_once(self, home: Path) -> None:
        code = LOAD + "print(len(list(base.metrics.values())))"
        processes = [
            subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
            for _ in range(4)
        ]
        assert [process.communicate(timeout=60) for process in processes] == [("3\n", "")] * 4
        assert decode(compiled_file(home).read_bytes()) is not None


class TestFolderThatCannotBeWritten:
    """Knowledge then comes from memory, each time anew."""

    @pytest.fixture
    def open_home(self, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
        """A home in a folder that other accounts may enter."""
        folder = Path(tempfile.mkdtemp(prefix="coach-test-"))
        folder.chmod(0o755)
        monkeypatch.setenv("COACH_HOME", str(folder))
        yield folder
        shutil.rmtree(folder)

    def test_read_only(self, open_home: Path) -> None:
        (open_home / "cache").mkdir(mode=0o555)
        roots = [shutil.copytree(SMALL_BASE / name, open_home / name) for name in ("casebank", "rubrics")]
        load_base(roots=roots)
        shutil.rmtree(open_home / "cache")
        (open_home / "cache").mkdir(mode=0o555)
        account = os.geteuid()
        if account == 0:
            os.seteuid(NOBODY)
        try:
            assert len(contents(load_base(roots=roots))) == 3
        finally:
            os.seteuid(account)
        assert list((open_home / "cache").iterdir()) == []

    def test_a_file_in_its_place(self, load: Load, home: Path) -> None:
        home.mkdir()
        (home / "cache").write_text("not a folder")
        assert len(contents(load())) == 3

    def test_full_disk(self, load: Load, home: Path) -> None:
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))
        try:
            assert len(contents(load())) == 3
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        assert list((home / "cache").iterdir()) == []


def test_the_file_holds_any_text(home: Path) -> None:
    texts = ['{"a": "ü\\n\u2028"}', "{}", '{"📨": 1}']
    records = [Record("cases", f"c-{n}", text, 0, 0, "a.yaml", n) for n, text in enumerate(texts)]
    compiled = decode(encode("key", "digest", records, {"m": ["a b"]}), "key")
    assert compiled is not None
    assert [compiled.text("cases", f"c-{n}").decode() for n in range(3)] == texts
    assert (compiled.digest, compiled.names) == ("digest", {"m": ["a b"]})
