"""Packs laid over the base and over one another."""

from __future__ import annotations

from pathlib import Path

import pytest

from coach.knowledge.base import load_base
from coach.knowledge.faults import KnowledgeFaults
from tests.knowledge.conftest import Load
from tests.knowledge.samples import METRIC, with_change


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def test_a_pack_adds_entries_after_those_of_the_base(load: Load, tmp_path: Path) -> None:
    write(tmp_path / "pack" / "deep" / "down" / "metrics.YML", METRIC)
    base = load(tmp_path / "pack")
    assert list(base.metrics) == ["draft-kept-rate", "complaint-rate", "calm-kept-rate", "reply-time"]


def test_an_entry_with_the_same_id_replaces_the_earlier_one_whole_and_in_its_place(load: Load, tmp_path: Path) -> None:
    pack = write(tmp_path / "pack.yaml", with_change("id: reply-time", "id: calm-kept-rate"))
    metric = load(pack).metrics["calm-kept-rate"]
    assert (metric.name, metric.formula.kind) == ("Reply time", "simple")
    assert list(load(pack).metrics)[2] == "calm-kept-rate"


def test_the_last_of_several_packs_wins(load: Load, tmp_path: Path) -> None:
    first = write(tmp_path / "1.yaml", METRIC)
    second = write(tmp_path / "2.yaml", with_change("unit: hours", "unit: days"))
    assert load(first, second).metrics["reply-time"].unit == "days"
    assert load(second, first).metrics["reply-time"].unit == "hours"


def test_one_pack_may_be_given_bare(roots: tuple[Path, Path], tmp_path: Path) -> None:
    pack = write(tmp_path / "pack.yaml", METRIC)
    assert "reply-time" in load_base(str(pack), roots=roots).metrics


def test_every_kind_comes_by_the_same_road(load: Load, tmp_path: Path) -> None:
    pack = write(
        tmp_path / "pack.yaml",
        METRIC
        + """
concepts:
  - {id: waiting, means: somebody waits, phrases: [wait, keep .. <main-number>]}
rule_sets:
  - id: letter-round/north_star/office
    rules:
      - {id: waits, kind: together, level: 1, why: names waiting, all: [waiting],
         fires: [I wait., They wait.], silent: [I go.]}
frameworks:
  - id: one-page
    name: One page
    summary: All on one page.
    use_when: The page is short.
    cells:
      - {id: top, name: Top, question: What comes first?, metrics: [reply-time]}
      - {id: end, name: End, question: What comes last?}
    reading: From top to end.
    limits: It is short.
    source: common practice
""",
    )
    base = load(pack)
    assert base.concepts["waiting"].means == "somebody waits"
    assert base.rule_sets["letter-round/north_star/office"].rules[0].why == "names waiting"
    assert base.frameworks["one-page"].cells[0].metrics == ("reply-time",)


def test_a_pack_may_not_leave_a_link_dangling(load: Load, tmp_path: Path) -> None:
    pack = write(tmp_path / "pack.yaml", with_change("unit: hours", "unit: hours\n    related: [nothing]"))
    with pytest.raises(KnowledgeFaults, match=r"12:15: reply-time\.related\[0\]: there is no metric 'nothing'"):
        load(pack)


class TestCounterLinksBetweenLayers:
    """A pack cannot edit the metrics below it, so its word on a link to them is enough."""

    def test_a_link_from_a_pack_is_known_from_both_ends(self, load: Load, tmp_path: Path) -> None:
        links = "    unit: hours\n    countered_by: [complaint-rate]\n    counters: [calm-kept-rate]\n"
        base = load(write(tmp_path / "pack.yaml", with_change("    unit: hours\n", links)))
        assert base.metrics["complaint-rate"].counters == ("draft-kept-rate", "reply-time")
        assert base.metrics["calm-kept-rate"].countered_by == ("reply-time",)

    def test_a_link_that_a_replacement_drops_is_gone_from_both_ends(self, load: Load, tmp_path: Path) -> None:
        base = load(write(tmp_path / "pack.yaml", with_change("id: reply-time", "id: complaint-rate")))
        assert base.metrics["complaint-rate"].counters == ()
        assert base.metrics["draft-kept-rate"].countered_by == ()

    def test_within_a_pack_both_ends_must_say_it(self, load: Load, tmp_path: Path) -> None:
        two = with_change("    unit: hours\n", "    unit: hours\n    counters: [reply-cost]\n") + METRIC.replace(
            "metrics:\n", ""
        ).replace("reply-time", "reply-cost")
        with pytest.raises(KnowledgeFaults, match="reply-cost does not name reply-time under countered_by"):
            load(write(tmp_path / "pack.yaml", two))
