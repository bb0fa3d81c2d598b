"""Every kind of fault, with the line and the column at which it is told."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest
from pydantic import TypeAdapter

from coach.errors import KnowledgeError
from coach.knowledge.base import load_base
from coach.knowledge.faults import Fault, KnowledgeFaults
from coach.knowledge.models.metric import Metric
from coach.knowledge.models.rule import Condition, Rule
from coach.knowledge.references import CONDITIONS
from tests.knowledge.conftest import Load, Refused
from tests.knowledge.samples import METRIC, with_change

METRIC_KEYS = ", ".join(sorted(Metric.model_fields))


def test_the_sample_itself_is_faultless(load: Load, tmp_path: Path) -> None:
    (tmp_path / "pack.yaml").write_text(METRIC)
    assert load(tmp_path / "pack.yaml").metrics["reply-time"].unit == "hours"


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        pytest.param(
            "    layer: operations\n",
            "    layr: operations\n",
            [
                "2:5: reply-time.layer: is missing",
                "5:5: reply-time.layr: is no key of a metric; did you mean layer?",
            ],
            id="a key that is unknown, and one that is missing for it",
        ),
        pytest.param(
            "{by: office, because: staff differ}",
            "{by: office, becuase: staff differ}",
            [
                "16:9: reply-time.segments[0].because: is missing",
                "16:22: reply-time.segments[0].becuase: is no key of segments[0]; did you mean because?",
            ],
            id="an unknown key deep inside",
        ),
        pytest.param(
            "    unit: hours\n",
            "    unit: hours\n    zzz: 1\n",
            [
                f"12:5: reply-time.zzz: is no key of a metric; known keys: {METRIC_KEYS}",
            ],
            id="an unknown key like no other",
        ),
        pytest.param(
            "metrics:",
            "metrcis:",
            ["1:1: metrcis: is no kind of entry; did you mean metrics?"],
            id="an unknown top-level key",
        ),
        pytest.param(
            "kind: duration",
            "kind: durations",
            [
                "6:11: reply-time.kind: must be one of ratio, rate, mean, percentile, count, score, "
                "distance, money, duration, but is durations; did you mean duration?"
            ],
            id="a value outside a closed set",
        ),
        pytest.param(
            "kind: simple",
            "kind: sample",
            [
                "8:13: reply-time.formula.kind: must be one of simple, ratio, share, cumulative, conversion, "
                "derived, procedure, but is sample; did you mean simple?"
            ],
            id="a kind of formula that does not exist",
        ),
        pytest.param(
            "      kind: simple\n",
            "",
            ["8:7: reply-time.formula.kind: is missing"],
            id="a formula without a kind",
        ),
        pytest.param(
            "event: reply_sent, field: hours}",
            "field: hours}",
            ["10:16: reply-time.formula.measure.event: is missing"],
            id="a key missing inside a formula",
        ),
        pytest.param(
            ", field: hours}",
            "}",
            ["10:16: reply-time.formula.measure: avg needs a field"],
            id="parts that do not fit one another",
        ),
        pytest.param(
            "name: Reply time",
            "name: 404",
            ["3:11: reply-time.name: must be text, but is read as a number; put it in quotes"],
            id="a number for text",
        ),
        pytest.param(
            "name: Reply time",
            "name: off",
            ["3:11: reply-time.name: must be text, but is read as true or false; put it in quotes"],
            id="a word that YAML takes for false",
        ),
        pytest.param(
            "name: Reply time",
            "name:",
            ["3:10: reply-time.name: is empty; expected text"],
            id="nothing for text",
        ),
        pytest.param(
            "name: Reply time",
            "name: [Reply time]",
            ["3:11: reply-time.name: must be text, not a list"],
            id="a list for text",
        ),
        pytest.param(
            "name: Reply time",
            "name: '  '",
            ["3:11: reply-time.name: must not be empty"],
            id="only spaces for text",
        ),
        pytest.param(
            "    unit: hours\n",
            "    unit: hours\n    range: {min: '0'}\n",
            ["12:18: reply-time.range.min: must be a number, not text; remove its quotes"],
            id="text for a number",
        ),
        pytest.param(
            "    unit: hours\n",
            "    unit: hours\n    aliases: waiting time\n",
            ["12:14: reply-time.aliases: must be a list, not text"],
            id="text for a list",
        ),
        pytest.param(
            "    segments:\n      - {by: office, because: staff differ}\n",
            "    segments: []\n",
            ["15:15: reply-time.segments: needs at least 1 entry, has 0"],
            id="an empty list",
        ),
        pytest.param(
            "    formula:\n",
            "    formula: none\n    formulae:\n",
            [
                "7:14: reply-time.formula: must be keys with values, not text",
                "8:5: reply-time.formulae: is no key of a metric; did you mean formula?",
            ],
            id="text for a mapping",
        ),
        pytest.param(
            "field: hours}",
            "field: hours, where: [{field: days, op: gt, value: {more: 3}}]}",
            [
                "10:97: reply-time.formula.measure.where[0].value: must be text, a number, true or false "
                "or a list, not keys with values"
            ],
            id="a value of none of several types is told once",
        ),
        pytest.param(
            "field: hours}",
            "field: hours, where: [{field: days, op: in, value: [1, {more: 3}]}]}",
            [
                "10:101: reply-time.formula.measure.where[0].value[1]: must be text, a number or true or "
                "false, not keys with values"
            ],
            id="of several types the one that was meant is told",
        ),
        pytest.param(
            "id: reply-time",
            "id: Reply_time",
            [
                "2:9: Reply_time.id: must be lower-case words and digits joined by single hyphens, but is Reply_time",
            ],
            id="an id of the wrong form",
        ),
        pytest.param(
            "  - id: reply-time\n    name",
            "  - name",
            ["2:5: metrics[0].id: is missing"],
            id="an entry without an id is named by its place",
        ),
        pytest.param(
            "    unit: hours\n",
            "    unit: hours\n    related: [complaint-rat, draft-kept-rate]\n",
            ["12:15: reply-time.related[0]: there is no metric 'complaint-rat'; did you mean complaint-rate?"],
            id="an id that names nothing",
        ),
        pytest.param(
            "    unit: hours\n",
            "    unit: hours\n    archetypes: [xyz]\n",
            ["12:18: reply-time.archetypes[0]: there is no archetype 'xyz'"],
            id="an id that is like no other",
        ),
        pytest.param(
            "    unit: hours\n",
            "    unit: hours\n    unit: days\n",
            ["12:5: reply-time.unit: stands twice in this mapping; keep one of the two"],
            id="a key that stands twice",
        ),
        pytest.param(
            "    unit: hours\n",
            "    unit: hours\n    7: days\n",
            [
                "12:5: reply-time.7: a key must be text; put it in quotes",
                f"12:5: reply-time.7: is no key of a metric; known keys: {METRIC_KEYS}",
            ],
            id="a key that is no text",
        ),
        pytest.param(
            "    unit: hours\n",
            "   unit: hours\n",
            [
                "11:4: this is not valid YAML: did not find expected '-' indicator while parsing a block collection",
            ],
            id="a wrong indent, and nothing about what is then missing",
        ),
        pytest.param(
            "    unit: hours\n",
            "    unit: hours: minutes\n",
            [
                "11:16: this is not valid YAML: mapping values are not allowed in this context; "
                "put text that holds a colon in quotes"
            ],
            id="an unquoted colon",
        ),
        pytest.param(
            "    unit: hours\n",
            "    unit: hours\n---\nmetrics: []\n",
            [
                "12:1: a second document starts here; put it into a file of its own",
            ],
            id="a second document",
        ),
    ],
)
def test_fault_at_its_place(old: str, new: str, fault: list[str], refused: Refused) -> None:
    assert refused(with_change(old, new)) == fault


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (
            "- a list\n",
            "1:1: the file must hold lists of entries by kind, not a list; start with one of: cases, "
            "archetypes, metrics, frameworks, rubrics, rule_sets, fits, concepts",
        ),
        ("metrics: reply-time\n", "1:10: metrics: must be a list of entries, not text"),
        ("metrics: [reply-time]\n", "1:11: metrics[0]: must be keys with values, not text"),
        ("metrics:\n- ? [a]\n  : b\n", "2:5: metrics[0]: a key must be text"),
    ],
)
def test_a_file_of_the_wrong_shape(text: str, fault: str, refused: Refused) -> None:
    assert refused(text) == [fault]


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "---\n", "metrics: []\n"])
def test_a_file_may_be_empty(text: str, load: Load, tmp_path: Path) -> None:
    (tmp_path / "pack.yaml").write_text(text)
    assert len(load(tmp_path / "pack.yaml").metrics) == 3


def test_an_id_twice_in_one_layer_names_both_places(roots: tuple[Path, Path], tmp_path: Path) -> None:
    pack = tmp_path / "pack"
    pack.mkdir()
    (pack / "a.yaml").write_text(METRIC)
    (pack / "b.yml").write_text(METRIC)
    with pytest.raises(KnowledgeFaults) as caught:
        load_base([pack], roots=roots)
    assert str(caught.value) == (
        f"{pack}/b.yml:2:9: reply-time.id: a metric with this id stands already at {pack}/a.yaml:2; "
        "rename one of the two"
    )


def test_a_counter_link_stated_from_one_side_only(roots: tuple[Path, Path]) -> None:
    metrics = roots[0] / "metrics.yaml"
    metrics.write_text(metrics.read_text().replace("    counters: [draft-kept-rate]\n", ""))
    with pytest.raises(KnowledgeFaults) as caught:
        load_base(roots=roots)
    assert str(caught.value) == (
        f"{metrics}:26:20: draft-kept-rate.countered_by[0]: complaint-rate does not name draft-kept-rate "
        f"under counters; add it at {metrics}:32"
    )


@pytest.mark.parametrize(
    ("file", "old", "new", "fault"),
    [
        (
            "rubrics/rubric.yaml",
            "all: [main-number|kept-draft]",
            "all: [main-nunber|kept-draft, <shares>]",
            [
                "25:15: letter-round/north_star.rules[0].all[0]: there is no concept 'main-nunber'; "
                "did you mean main-number?",
                "25:39: letter-round/north_star.rules[0].all[1]: there is no concept '<shares>'",
            ],
        ),
        (
            "rubrics/rubric.yaml",
            "one number .. <kept-draft>",
            "one number .. <kept-drafts>",
            [
                "33:28: main-number.phrases[1]: there is no concept 'kept-drafts'; did you mean kept-draft?",
            ],
        ),
        (
            "rubrics/rubric.yaml",
            "letter-round/north_star",
            "letter-round/north_stars",
            [
                "19:9: letter-round/north_stars.id: the rubric letter-round has no criterion 'north_stars'; "
                "did you mean north_star?"
            ],
        ),
        (
            "casebank/cases.yaml",
            "rubric: letter-round",
            "rubric: letter-rounds",
            ["7:13: council-letters.rubric: there is no rubric 'letter-rounds'; did you mean letter-round?"],
        ),
        (
            "casebank/metrics.yaml",
            "{metric: draft-kept-rate}",
            "{metric: draft-cept-rate}",
            [
                "65:24: calm-kept-rate.formula.terms.kept.metric: there is no metric 'draft-cept-rate'; "
                "did you mean draft-kept-rate?"
            ],
        ),
        (
            "casebank/metrics.yaml",
            "{metric: draft-kept-rate}",
            "{metric: calm-kept-rate}",
            ["61:7: calm-kept-rate.formula: is derived from itself"],
        ),
        (
            "rubrics/rubric.yaml",
            "kept draft, draft .. kept",
            "kept draft, <main-number> kept",
            [
                "33:14: main-number.phrases: is expressed through itself",
                "36:14: kept-draft.phrases: is expressed through itself",
            ],
        ),
    ],
)
def test_links_between_entries(file: str, old: str, new: str, fault: list[str], roots: tuple[Path, Path]) -> None:
    path = roots[0].parent / file
    assert path.read_text().count(old) == 1
    path.write_text(path.read_text().replace(old, new))
    with pytest.raises(KnowledgeFaults) as caught:
        load_base(roots=roots)
    assert str(caught.value).splitlines() == [f"{path}:{line}" for line in fault]


def test_all_faults_of_all_files_are_told_at_once_in_order(roots: tuple[Path, Path], tmp_path: Path) -> None:
    pack = tmp_path / "pack"
    pack.mkdir()
    (pack / "b.yaml").write_text(with_change("kind: duration", "kind: moment").replace("down", "below"))
    (pack / "a.yaml").write_text("metrics: [\n")
    (pack / "c.yaml").write_bytes(b"cases: \xff\n")
    with pytest.raises(KnowledgeFaults) as caught:
        load_base([pack], roots=roots)
    places = [(Path(fault.path).name, fault.line, fault.column) for fault in caught.value.faults]
    assert places == [("a.yaml", 2, 1), ("b.yaml", 6, 11), ("b.yaml", 12, 16), ("c.yaml", 1, 8)]


def test_links_into_a_file_that_cannot_be_read_are_not_called_dangling(roots: tuple[Path, Path]) -> None:
    metrics = roots[0] / "metrics.yaml"
    broken = metrics.read_text().replace("    question: How many of the drafts", "   question: How many of the drafts")
    metrics.write_text(broken)
    with pytest.raises(KnowledgeFaults) as caught:
        load_base(roots=roots)
    assert [(fault.path, fault.line) for fault in caught.value.faults] == [(str(metrics), 6)]


def test_faults_are_one_error_of_the_project() -> None:
    faults = KnowledgeFaults([Fault("b.yaml", 2, 1, "x", "is wrong"), Fault("a.yaml", 0, 0, "", "is gone")])
    assert isinstance(faults, KnowledgeError)
    assert str(faults) == "a.yaml: is gone\nb.yaml:2:1: x: is wrong"


def test_a_fault_shows_control_characters_harmlessly() -> None:
    fault = Fault("a\x1b[2J.yaml", 1, 2, "k\n", "is \u202e wrong", "see \x9b")
    assert str(fault) == r"a\x1b[2J.yaml:1:2: k\n: is \u202e wrong; see \x9b"


def test_every_condition_of_every_kind_of_rule_is_followed() -> None:
    condition = TypeAdapter(Condition).json_schema()["pattern"]
    followed = {way[2] for _, way in CONDITIONS}
    kinds = get_args(get_args(Rule)[0])
    assert len(kinds) >= 6
    for kind in kinds:
        for name, schema in kind.model_json_schema()["properties"].items():
            if condition in (schema.get("pattern"), schema.get("items", {}).get("pattern")):
                assert name in followed, f"{kind.__name__}.{name}"
