"""Packs that mean harm, or look as if they did: refused fast, with a reason, never run and never followed."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from coach.knowledge import survey, yaml_reader
from coach.knowledge.faults import KnowledgeFaults
from tests.knowledge.conftest import Load, Refused
from tests.knowledge.samples import METRIC, with_change


def faults_of(load: Load, pack: Path) -> list[str]:
    with pytest.raises(KnowledgeFaults) as caught:
        load(pack)
    return str(caught.value).splitlines()


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    folder = tmp_path / "pack"
    folder.mkdir()
    (folder / "metrics.yaml").write_text(METRIC)
    return folder


class TestYaml:
    def test_a_bomb_of_aliases_is_refused_before_it_grows(self, refused: Refused) -> None:
        lines = ["a: &a [x, x, x, x, x, x, x, x, x]"]
        for name, before in zip("bcdefghijk", "abcdefghij", strict=True):
            lines.append(f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]")
        start = time.perf_counter()
        faults = refused("\n".join(lines))
        assert time.perf_counter() - start < 1
        assert "1:4: a: anchors are not allowed; write the value out" in faults
        assert "2:8: b[0]: aliases are not allowed; write the value out" in faults
        assert len(faults) < 200

    def test_an_alias_is_not_replaced_by_its_value(self, refused: Refused) -> None:
        text = with_change("    unit: hours\n    direction: down\n", "    unit: &u down\n    direction: *u\n")
        assert refused(text) == [
            "11:11: reply-time.unit: anchors are not allowed; write the value out",
            "12:16: reply-time.direction: aliases are not allowed; write the value out",
        ]

    @pytest.mark.parametrize("opening", ["[", "- ", "{a: "])
    def test_nesting_has_a_limit(self, opening: str, refused: Refused) -> None:
        start = time.perf_counter()
        (fault,) = refused("metrics:\n  " + opening * 100_000)
        assert time.perf_counter() - start < 2
        assert fault.endswith(f"is nested more than {yaml_reader.MAX_NESTING} levels deep")

    @pytest.mark.parametrize(
        ("tag", "named"),
        [
            ("!!python/object/apply:os.system", "!!python/object/apply:os.system"),
            ("!!binary", "!!binary"),
            ("!env", "!env"),
            ("!", "!"),
        ],
    )
    def test_tags_are_refused_and_nothing_is_run(self, tag: str, named: str, refused: Refused) -> None:
        assert refused(with_change("name: Reply time", f"name: {tag} 'touch /tmp/x'")) == [
            f"3:11: reply-time.name: the tag {named} is not allowed; remove it"
        ]

    def test_the_plain_tags_of_the_core_are_fine(self, load: Load, tmp_path: Path) -> None:
        (tmp_path / "pack.yaml").write_text(with_change("name: Reply time", "name: !!str 404"))
        assert load(tmp_path / "pack.yaml").metrics["reply-time"].name == "404"

    @pytest.mark.parametrize(
        ("value", "fault"),
        [
            (".inf", "a number must be finite"),
            (".nan", "a number must be finite"),
            ("9" * 5000, "the number is longer than 30 characters"),
            ("!!int ninety", "'ninety' is not a whole number"),
        ],
    )
    def test_numbers_are_finite_and_short(self, value: str, fault: str, refused: Refused) -> None:
        text = with_change("    unit: hours\n", f"    unit: hours\n    range: {{min: {value}}}\n")
        assert refused(text) == [f"12:18: reply-time.range.min: {fault}"]

    def test_times_and_dates_are_text(self, load: Load, tmp_path: Path) -> None:
        text = with_change("unit: hours", "unit: 12:30").replace("name: Reply time", "name: 2026-11-22")
        (tmp_path / "pack.yaml").write_text(text)
        metric = load(tmp_path / "pack.yaml").metrics["reply-time"]
        assert (metric.unit, metric.name) == ("12:30", "2026-11-22")

    def test_a_file_with_too_many_values_is_given_up(self, refused: Refused) -> None:
        faults = refused("metrics: [" + "[], " * (yaml_reader.MAX_VALUES + 10) + "]")
        assert any("the file has more than 200,000 keys and values; split it" in fault for fault in faults)

    def test_a_file_full_of_faults_is_not_told_to_its_end(self, refused: Refused) -> None:
        assert 100 < len(refused("".join(f"k{number}: 1\n" for number in range(5000)))) < 110


class TestText:
    @pytest.mark.parametrize(
        ("character", "code"),
        [
            ("\x00", "U+0000"),
            ("\x1b", "U+001B"),
            ("\x7f", "U+007F"),
            ("\x9b", "U+009B"),
            ("\u202e", "U+202E"),
            ("\u2066", "U+2066"),
            ("\r", "U+000D"),
        ],
    )
    def test_control_characters_are_refused_where_they_stand(self, character: str, code: str, refused: Refused) -> None:
        assert refused(with_change("Reply time", f"Reply {character}time")) == [
            f"3:17: holds the control character {code}; remove it"
        ]

    def test_written_as_escapes_too(self, refused: Refused) -> None:
        assert refused(with_change("Reply time", r'"Reply \e[31mtime"')) == [
            "3:11: reply-time.name: holds the control character U+001B; remove it"
        ]

    def test_columns_after_other_letters_count_characters(self, refused: Refused) -> None:
        assert refused(with_change("  - {path: easy letters first,", "  - {path: größte 📨 zuerst, sing: x,")) == [
            "18:33: reply-time.gaming[0].sing: is no key of gaming[0]; did you mean sign?"
        ]

    @pytest.mark.parametrize(("prefix", "offset"), [(b"", 42), (b"\xef\xbb\xbf", 45)])
    def test_a_file_that_is_not_utf_8_names_the_byte(self, prefix: bytes, offset: int, refused: Refused) -> None:
        content = prefix + METRIC.encode().replace(b"Reply time", b"Repl\xff time")
        assert refused(content) == [f"3:15: the file is not UTF-8: byte 0xff at offset {offset}; save it as UTF-8"]

    def test_windows_line_ends_and_a_byte_order_mark_are_fine(self, load: Load, tmp_path: Path) -> None:
        content = b"\xef\xbb\xbf" + METRIC.encode().replace(b"\n", b"\r\n")
        (tmp_path / "pack.yaml").write_bytes(content)
        assert load(tmp_path / "pack.yaml").metrics["reply-time"].cadence == "daily"


class TestSize:
    def test_a_pack_of_100_mb_is_refused_without_being_read(self, load: Load, pack: Path) -> None:
        with (pack / "big.yaml").open("wb") as file:
            file.truncate(100 * 1024 * 1024)
        start = time.perf_counter()
        faults = faults_of(load, pack)
        assert time.perf_counter() - start < 0.5
        assert faults == [f"{pack}/big.yaml: the file has 104,857,600 bytes and the limit is 2,097,152; split it"]

    def test_many_files_that_are_large_together(self, load: Load, pack: Path) -> None:
        for number in range(50):
            with (pack / f"part-{number:02}.yaml").open("wb") as file:
                file.truncate(survey.MAX_FILE_BYTES)
        start = time.perf_counter()
        (fault,) = faults_of(load, pack)
        assert time.perf_counter() - start < 0.5
        assert fault.endswith("part-15.yaml: with this file the pack passes its limit of 33,554,432 bytes; split it")

    def test_more_files_than_a_pack_may_have(self, load: Load, pack: Path) -> None:
        for number in range(survey.MAX_FILES):
            (pack / f"{number:04}.yaml").touch()
        (fault,) = faults_of(load, pack)
        assert fault == f"{pack}/metrics.yaml: with this file the pack passes its limit of 5,000 files; merge some"

    def test_a_folder_that_is_clearly_no_pack(self, load: Load, pack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(survey, "MAX_VISITED", 10)
        for number in range(11):
            (pack / f"{number}.txt").touch()
        assert faults_of(load, pack) == [f"{pack}: holds more than 10 files; name the pack's own folder"]


class TestFiles:
    def test_a_pack_that_is_not_there(self, load: Load, tmp_path: Path) -> None:
        assert faults_of(load, tmp_path / "gone") == [f"{tmp_path}/gone: cannot be read: no such file or directory"]

    def test_links_out_of_the_pack_are_not_followed(self, load: Load, pack: Path, tmp_path: Path) -> None:
        outside = tmp_path / "outside"
        outside.mkdir()
        (outside / "secret.yaml").write_text("metrics: [told]")
        (pack / "file.yaml").symlink_to(outside / "secret.yaml")
        (pack / "folder").symlink_to(outside)
        (pack / "up.yaml").symlink_to("../outside/secret.yaml")
        assert faults_of(load, pack) == [
            f"{pack}/{name}: is a link that leaves the pack; put a copy in its place"
            for name in ("file.yaml", "folder", "up.yaml")
        ]

    def test_a_folder_beside_the_pack_whose_name_begins_alike_is_outside(self, load: Load, pack: Path) -> None:
        neighbour = pack.with_name("pack-2")
        neighbour.mkdir()
        (neighbour / "a.yaml").write_text(METRIC)
        (pack / "a.yaml").symlink_to(neighbour / "a.yaml")
        assert faults_of(load, pack) == [f"{pack}/a.yaml: is a link that leaves the pack; put a copy in its place"]

    def test_links_inside_the_pack_count_once_and_do_not_loop(self, load: Load, pack: Path) -> None:
        (pack / "sub").mkdir()
        (pack / "sub" / "again.yaml").symlink_to(pack / "metrics.yaml")
        (pack / "sub" / "loop").symlink_to(pack)
        assert "reply-time" in load(pack).metrics

    def test_a_linked_pack_is_a_pack(self, load: Load, pack: Path, tmp_path: Path) -> None:
        (tmp_path / "link").symlink_to(pack)
        assert "reply-time" in load(tmp_path / "link").metrics

    def test_a_pipe_is_not_waited_for(self, load: Load, pack: Path) -> None:
        os.mkfifo(pack / "pipe.yaml")
        assert faults_of(load, pack) == [f"{pack}/pipe.yaml: is not a regular file"]

    def test_a_device_is_no_pack(self, load: Load) -> None:
        assert faults_of(load, Path("/dev/zero")) == ["/dev/zero: is neither a folder nor a regular file"]

    def test_a_link_to_nothing(self, load: Load, pack: Path) -> None:
        (pack / "gone.yaml").symlink_to(pack / "nowhere")
        assert faults_of(load, pack) == [f"{pack}/gone.yaml: cannot be read: no such file or directory"]

    def test_hidden_and_other_files_are_left_alone(self, load: Load, pack: Path) -> None:
        (pack / ".git").mkdir()
        (pack / ".git" / "x.yaml").write_text("metrics: 5")
        (pack / ".hidden.yaml").write_text("metrics: 5")
        (pack / "notes.txt").write_text("metrics: 5")
        assert "reply-time" in load(pack).metrics

    def test_a_file_name_cannot_reach_the_screen_raw(self, load: Load, pack: Path) -> None:
        (pack / "a\x1b[2J.yaml").write_text("metrics: 5")
        assert faults_of(load, pack) == [
            rf"{pack}/a\x1b[2J.yaml:1:10: metrics: must be a list of entries, not a number"
        ]
