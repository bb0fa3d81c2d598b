"""What the linter asks of content beyond its shape."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from coach.knowledge.lint import CHECKS, lint
from tests.knowledge.conftest import SMALL_BASE
from tests.knowledge.samples import METRIC, with_change

Told = Callable[[str], list[str]]


@pytest.fixture
def told(roots: tuple[Path, Path], tmp_path: Path) -> Told:
    """Lints one pack file with the text given, over the small base."""

    def faults(text: str) -> list[str]:
        pack = tmp_path / "pack.yaml"
        pack.write_text(text)
        return [str(fault).replace(f"{tmp_path}/", "") for fault in lint([pack], roots=roots)]

    return faults


def edited(file: str, old: str, new: str) -> str:
    """One file of the small base with one thing changed."""
    text = (SMALL_BASE / "casebank" / file).read_text()
    assert text.count(old) == 1, f"{old!r} is not in {file} once"
    return text.replace(old, new)


def test_the_small_base_is_faultless(roots: tuple[Path, Path]) -> None:
    assert lint(roots, roots=roots) == []


def test_every_check_says_what_it_asks() -> None:
    assert all(check.__doc__ and check.__doc__[0].isupper() for check in CHECKS)
    assert len(set(CHECKS)) == len(CHECKS)


def test_faults_that_keep_files_from_loading_are_among_them(told: Told) -> None:
    assert told(with_change("kind: duration", "kind: durations").replace("by: office", "bye: office")) == [
        "pack.yaml:6:11: reply-time.kind: must be one of ratio, rate, mean, percentile, count, score, "
        "distance, money, duration, but is durations; did you mean duration?",
        "pack.yaml:16:9: reply-time.segments[0].by: is missing",
        "pack.yaml:16:10: reply-time.segments[0].bye: is no key of segments[0]; did you mean by?",
    ]


class TestMetrics:
    @pytest.mark.parametrize(
        ("old", "new", "fault"),
        [
            (
                "name: Reply time",
                "name: DKR",
                "3:11: reply-time.name: 'DKR' is also a name of the metric draft-kept-rate "
                "(base/casebank/metrics.yaml:2)",
            ),
            (
                "    unit: hours\n",
                "    unit: hours\n    aliases: [waiting, KEPT-drafts]\n",
                "12:24: reply-time.aliases[1]: 'KEPT-drafts' is also a name of the metric draft-kept-rate "
                "(base/casebank/metrics.yaml:2)",
            ),
            (
                "    unit: hours\n",
                "    unit: hours\n    aliases: [Waiting, waiting]\n",
                "12:24: reply-time.aliases[1]: 'waiting' stands twice among the names of this metric",
            ),
            (
                "event: reply_sent, field: hours}",
                "event: reply_send, field: hours}",
                "8:7: reply-time.formula: reads the event reply_send, which logging does not hold; "
                "did you mean reply_sent?",
            ),
            (
                "field: hours}",
                "field: hour}",
                "8:7: reply-time.formula: reads the field hour of the event reply_sent, which logging "
                "does not hold; did you mean hours?",
            ),
            (
                "field: hours}",
                "field: hours, where: [{field: office, op: eq, value: north}]}",
                "8:7: reply-time.formula: reads the field office of the event reply_sent, which logging does not hold",
            ),
            (
                "      - {event: reply_sent, fields: [hours], when: the reply leaves}\n",
                "      - {event: reply_sent, fields: [hours, hours], when: the reply leaves}\n",
                "20:37: reply-time.logging[0].fields: a field stands twice",
            ),
            (
                "event: reply_sent, field: hours}",
                "event: reply_sent, field: hours, where: [{field: hours, op: eq, value: long}]}",
                "8:7: reply-time.formula: reads the field hours of the event reply_sent as a number, and as a text; "
                "give one of them another name",
            ),
            (
                "field: hours}",
                "field: hours, where: [{field: hours, op: in, value: [1, long, true]}]}",
                "8:7: reply-time.formula: reads the field hours of the event reply_sent as a text, and as a number; "
                "give one of them another name",
            ),
            (
                "    unit: hours\n",
                "    unit: hours\n    related: [reply-time]\n",
                "12:15: reply-time.related[0]: is the metric itself",
            ),
            (
                "    unit: hours\n",
                "    unit: hours\n    related: [complaint-rate, complaint-rate]\n",
                "12:31: reply-time.related[1]: complaint-rate stands twice",
            ),
            (
                "    unit: hours\n",
                "    unit: hours\n    range: {min: 5, max: 5}\n",
                "12:12: reply-time.range: its min must be below its max",
            ),
            (
                "    unit: hours\n",
                "    unit: hours\n    range: {min: 0, max: 1}\n    thresholds:\n"
                "      - {level: target, op: between, value: 0.5, upper: 85, "
                "context: any, source: common practice, trust: convention}\n",
                "14:57: reply-time.thresholds[0].upper: 85 lies outside the range 0 to 1",
            ),
        ],
    )
    def test_fault(self, old: str, new: str, fault: str, told: Told) -> None:
        assert told(with_change(old, new)) == [f"pack.yaml:{fault}"]

    def test_a_field_has_one_type_in_all_events_and_metrics(self, told: Told) -> None:
        added_up = METRIC.replace("field: hours}", "field: kept}").replace("fields: [hours]", "fields: [kept]")
        assert told(added_up) == [
            "pack.yaml:8:7: reply-time.formula: reads the field kept of the event reply_sent as a number, and "
            "draft-kept-rate (base/casebank/metrics.yaml:2) reads it of the event draft_shown as a flag; "
            "give one of them another name"
        ]
        assert told(added_up.replace("agg: avg", "agg: count_distinct")) == []

    def test_whole_numbers_and_others_are_one_type(self, told: Told) -> None:
        assert told(with_change("field: hours}", "field: hours, where: [{field: hours, op: gt, value: 1}]}")) == []

    @pytest.mark.parametrize(
        ("expression", "faults"),
        [
            ("hours / lettres", ["uses lettres, which is no term; did you mean letters?"]),
            ("hours ** letters", ["is no arithmetic: '*' is not expected here"]),
            ("hours / letters", []),
        ],
    )
    def test_derived_formulas(self, expression: str, faults: list[str], told: Told) -> None:
        formula = (
            "      kind: derived\n      unit_of_analysis: a letter\n"
            f"      expression: {expression}\n"
            "      terms:\n        hours: {agg: sum, event: reply_sent, field: hours}\n"
            "        letters: {agg: count, event: reply_sent}\n"
        )
        simple = METRIC[METRIC.index("      kind: simple") : METRIC.index("    unit:")]
        found = told(with_change(simple, formula))
        at = "pack.yaml:10:19: reply-time.formula.expression: "
        assert [fault.removeprefix(at) for fault in found if fault.startswith(at)] == faults
        assert ("letters: is a term that the expression does not use" in "".join(found)) == ("lettres" in expression)


class TestCases:
    def test_a_model_answer_has_200_to_520_words(self, told: Told) -> None:
        text = (SMALL_BASE / "casebank" / "cases.yaml").read_text()
        start, end = text.index("    model_answer:"), text.index("    weak_answer:")
        assert told(f"{text[:start]}    model_answer: one two three\n{text[end:]}") == [
            "pack.yaml:33:19: council-letters.model_answer: has 3 words, not 200 to 520"
        ]

    def test_no_two_model_answers_share_eight_words_in_a_row(self, told: Told) -> None:
        text = (SMALL_BASE / "casebank" / "cases.yaml").read_text()
        start, end = text.index("    model_answer:"), text.index("    weak_answer:")
        own = " ".join(f"word{number}" for number in range(250))

        def second(words: str) -> list[str]:
            other = text.replace("council-letters", "town-letters")
            start, end = other.index("    model_answer:"), other.index("    weak_answer:")
            return told(f"{other[:start]}    model_answer: {own} {words}\n{other[end:]}")

        assert text[start:end]
        assert second("a wrong promise is worse than a stiff") == [
            "pack.yaml:33:19: town-letters.model_answer: shares 8 words in a row with the model answer of "
            "council-letters: 'a wrong promise is worse than a stiff'"
        ]
        assert second("A wrong promise — is worse than a STIFF.") != []
        assert second("a wrong promise is worse than a") == []

    def test_a_weak_answer_is_its_own(self, told: Told) -> None:
        text = (SMALL_BASE / "casebank" / "cases.yaml").read_text()
        start, end = text.index("    model_answer: >-\n"), text.index("    weak_answer:")
        model = text[start + len("    model_answer: >-\n") : end]
        weak_start, weak_end = text.index("      text: >-\n"), text.index("      why:")
        copy = f"{text[:weak_start]}      text: >-\n{model.replace('      ', '        ')}{text[weak_end:]}"
        (fault,) = told(copy)
        assert fault.endswith("council-letters.weak_answer.text: repeats the model answer")

    def test_one_follow_up_takes_the_instrumentation_away(self, told: Told) -> None:
        assert told(edited("cases.yaml", "kind: instrumentation", "kind: scale")) == [
            "pack.yaml:17:7: council-letters.follow_ups: none is of the kind instrumentation"
        ]

    def test_nothing_stands_twice(self, told: Told) -> None:
        assert told(edited("cases.yaml", "[clerk, letter, reply, council]", "[clerk, letter, reply, Clerk]")) == [
            "pack.yaml:10:43: council-letters.product_terms[3]: stands twice"
        ]


class TestArchetypesAndFrameworks:
    def test_main_metrics_are_different_ones(self, told: Told) -> None:
        old, new = "name: Letters settled at once", "name: draft kept rate"
        assert told(edited("archetypes.yaml", old, new)) == [
            "pack.yaml:32:15: reply-writer.main_metrics[1].name: draft kept rate stands twice"
        ]

    def test_no_main_metric_keeps_itself_honest(self, told: Told) -> None:
        text = (SMALL_BASE / "casebank" / "archetypes.yaml").read_text()
        changed = text.replace("countered_by: [complaint-rate]", "countered_by: [draft-kept-rate]", 1)
        assert told(changed) == ["pack.yaml:31:23: reply-writer.main_metrics[0].countered_by: holds the metric itself"]

    def test_a_metric_at_work_fits_the_archetype(self, told: Told) -> None:
        found = told(edited("archetypes.yaml", "id: reply-writer", "id: letter-writer"))
        assert found[0] == (
            "pack.yaml:25:17: letter-writer.main_metrics[0].metric: draft-kept-rate says that it fits other "
            "archetypes only; add letter-writer to its archetypes"
        )
        assert told(edited("archetypes.yaml", "id: reply-writer", "id: generic")) == []

    def test_a_metric_can_be_taken_of_the_models_of_its_archetypes(self, told: Told) -> None:
        old = "archetypes: [reply-writer]"
        found = told(edited("metrics.yaml", old, f"{old}\n    model_kinds: [ranker, vision]"))
        assert found[0].endswith(
            "draft-kept-rate.archetypes[0]: reply-writer has models of the kinds generative, and the metric is for "
            "others; take it out, or add a kind to model_kinds"
        )
        assert told(edited("metrics.yaml", old, f"{old}\n    model_kinds: [ranker, generative]")) == []

    def test_a_counterweight_fits_the_archetype(self, told: Told) -> None:
        text = edited("archetypes.yaml", "id: reply-writer", "id: letter-writer")
        free = text.replace("metric: draft-kept-rate", "metric: complaint-rate")
        free = free.replace("metric: complaint-rate\n        name: Draft", "name: Draft")
        assert told(free) == []
        closing_early = "gamed_by: closing early\n        countered_by: [complaint-rate"
        assert told(free.replace(closing_early, f"{closing_early}, draft-kept-rate")) == [
            "pack.yaml:36:40: letter-writer.main_metrics[1].countered_by[1]: draft-kept-rate says that it fits "
            "other archetypes only; add letter-writer to its archetypes"
        ]

    def test_a_counterweight_that_fits_is_no_fault(self, told: Told) -> None:
        closing_early = "gamed_by: closing early\n        countered_by: [complaint-rate"
        assert told(edited("archetypes.yaml", closing_early, f"{closing_early}, draft-kept-rate")) == []

    def test_cells_are_different_ones(self, told: Told) -> None:
        assert told(edited("frameworks.yaml", "{id: model,", "{id: problem,")) == [
            "pack.yaml:8:14: two-axes.cells[1].id: problem stands twice"
        ]

    def test_cells_hang_from_other_cells_of_the_framework(self, told: Told) -> None:
        assert told(edited("frameworks.yaml", "{id: model,", "{id: model, under: problm,")) == [
            "pack.yaml:8:28: two-axes.cells[1].under: there is no cell 'problm'; did you mean problem?"
        ]
        assert told(edited("frameworks.yaml", "{id: model,", "{id: model, under: model,")) == [
            "pack.yaml:8:28: two-axes.cells[1].under: hangs from itself"
        ]

    def test_a_dashboard_shows_metrics_of_its_cell(self, told: Told) -> None:
        assert told(edited("frameworks.yaml", "{id: model,", "{id: model, dashboard: [complaint-rate],")) == [
            "pack.yaml:8:33: two-axes.cells[1].dashboard[0]: complaint-rate is no metric of this cell"
        ]

    def test_an_id_names_one_thing(self, told: Told) -> None:
        assert told(with_change("id: reply-time", "id: two-axes").replace("Reply time", "Axes")) == [
            "pack.yaml:2:9: two-axes.id: a framework has this id too (base/casebank/frameworks.yaml:2); "
            "rename one of the two"
        ]


class TestRubrics:
    @pytest.fixture
    def told(self, roots: tuple[Path, Path]) -> Callable[[str, str], list[str]]:
        """Lints the small base itself with one thing in its rubric changed."""

        def faults(old: str, new: str) -> list[str]:
            path = roots[1] / "rubric.yaml"
            assert path.read_text().count(old) == 1
            path.write_text(path.read_text().replace(old, new))
            return [str(fault).removeprefix(f"{path}:") for fault in lint(roots, roots=roots)]

        return faults

    def test_every_criterion_can_be_met(self, told: Callable[[str, str], list[str]], roots: tuple[Path, Path]) -> None:
        text = (roots[1] / "rubric.yaml").read_text()
        criterion = text[text.index("      - id: north_star") : text.index("    verdicts:")]
        second = criterion.replace("id: north_star", "id: risk")
        assert told("    verdicts:\n", f"{second}    verdicts:\n") == [
            "14:9: letter-round.criteria[1]: has neither rules nor weights; "
            "write a rule set with the id letter-round/risk"
        ]

    def test_rule_ids_are_unique(self, told: Callable[[str, str], list[str]], roots: tuple[Path, Path]) -> None:
        text = (roots[1] / "rubric.yaml").read_text()
        rule = text[text.index("      - id: names-one") : text.index("\nconcepts:")]
        assert told("\nconcepts:\n", f"{rule}\nconcepts:\n") == [
            "29:13: letter-round/north_star.rules[1].id: names-one stands already in letter-round/north_star"
        ]

    def test_an_example_is_one_thing(self, told: Callable[[str, str], list[str]]) -> None:
        assert told("silent: [I like numbers.]", "silent: [My main number is kept drafts.]") == [
            "28:17: letter-round/north_star.rules[0].silent: 'My main number is kept drafts.' stands under "
            "fires and under silent"
        ]

    def test_weights_belong_to_rules_and_ideas_that_exist(self, told: Callable[[str, str], list[str]]) -> None:
        weights = "{named: 1.0}"
        reading = f"{{bias: 0.0, best: {weights}, second: {weights}, third: {weights}}}"
        fit = f"""
fits:
  - id: letter-round/north_star
    bias: {weights}
    signs:
      "rule:north_star/names-one": [1.0, 0.0, 0.0]
      "rule:north_star/names-two": [1.0, 0.0, 0.0]
      "idea:main-numbr": [1.0, 0.0, 0.0]
      "word:letter": [1.0, 0.0, 0.0]
    alone: [{reading}, {reading}, {reading}]
    levels: [{reading}, {reading}, {reading}]
    show: 0.5

concepts:
"""
        assert [fault.split(": ", 2)[2] for fault in told("\nconcepts:\n", fit)] == [
            "there is no rule 'north_star/names-two'; did you mean north_star/names-one?",
            "there is no idea 'main-numbr'; did you mean main-number?",
        ]


class TestPaths:
    def test_a_pack_is_not_told_of_faults_in_the_content_below_it(
        self, roots: tuple[Path, Path], tmp_path: Path
    ) -> None:
        cases = roots[0] / "cases.yaml"
        cases.write_text(cases.read_text().replace("kind: instrumentation", "kind: scale"))
        (tmp_path / "pack.yaml").write_text(METRIC)
        assert lint([tmp_path / "pack.yaml"], roots=roots) == []
        assert len(lint(roots, roots=roots)) == 1

    def test_one_file_of_the_base_is_told_its_own_faults_only(self, roots: tuple[Path, Path]) -> None:
        for name in ("cases.yaml", "metrics.yaml"):
            path = roots[0] / name
            path.write_text(path.read_text().replace("kind: instrumentation", "kind: scale") + "\nnothing: 1\n")
        (fault,) = lint([roots[0] / "metrics.yaml"], roots=roots)
        assert (fault.path, fault.key) == (str(roots[0] / "metrics.yaml"), "nothing")

    def test_paths_are_told_as_they_were_given(
        self, roots: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (roots[0] / "bad.yaml").write_text("nothing: 1\n")
        (tmp_path / "pack.yaml").write_text("nothing: 1\n")
        monkeypatch.chdir(tmp_path)
        assert [fault.path for fault in lint(["base/casebank"], roots=roots)] == ["base/casebank/bad.yaml"]
        assert [fault.path for fault in lint(["./pack.yaml"], roots=roots)][-1] == "pack.yaml"

    def test_several_packs_are_laid_over_one_another(self, roots: tuple[Path, Path], tmp_path: Path) -> None:
        (tmp_path / "1.yaml").write_text(METRIC)
        (tmp_path / "2.yaml").write_text(
            with_change("id: reply-time", "id: reply-cost")
            .replace("Reply time", "Reply cost")
            .replace("    unit: hours\n", "    unit: hours\n    related: [reply-time]\n")
        )
        assert lint([tmp_path / "1.yaml", tmp_path / "2.yaml"], roots=roots) == []
        assert len(lint([tmp_path / "2.yaml"], roots=roots)) == 1

    def test_a_path_that_is_not_there_is_a_fault(self, roots: tuple[Path, Path], tmp_path: Path) -> None:
        (fault,) = lint([tmp_path / "gone"], roots=roots)
        assert str(fault) == f"{tmp_path}/gone: cannot be read: no such file or directory"
