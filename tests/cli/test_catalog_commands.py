"""Finding and showing what is known: cases, show, metrics."""

from __future__ import annotations

import json
from pathlib import Path
from typing import get_args

import pytest

from coach.cli import program
from coach.knowledge.base import Base
from coach.knowledge.models.case import CaseLevel, Round
from coach.knowledge.models.metric import Layer
from tests.cli.conftest import Coach


def ids(out: str) -> list[str]:
    return [line.split()[0] for line in out.splitlines()[1:]]


def test_all_cases_are_listed_one_a_line(coach: Coach, base: Base) -> None:
    status, out, err = coach("cases")
    assert (status, err) == (0, "")
    assert out.splitlines()[0].split() == ["ID", "LEVEL", "ROUND", "MIN", "KIND", "TITLE"]
    assert ids(out) == list(base.cases)
    assert all(case.title in out for case in base.cases.values())


@pytest.mark.parametrize(("option", "key"), [("--level", "level"), ("--round", "round"), ("--archetype", "archetype")])
def test_cases_are_filtered(option: str, key: str, coach: Coach, base: Base) -> None:
    for value in {getattr(case, key) for case in base.cases.values()}:
        expected = [id_ for id_, case in base.cases.items() if getattr(case, key) == value]
        assert ids(coach("cases", option, value).out) == expected


def test_filters_work_together_and_search_wants_every_word(coach: Coach, base: Base) -> None:
    both = coach("cases", "--level", "senior", "--search", "EMAIL crm", "--json").data
    assert [case["id"] for case in both] == ["crm-writing-assistant"]
    assert both[0]["prompt"] == base.cases["crm-writing-assistant"].prompt
    assert coach("cases", "--search", "email zebra", "--json").data == []


def test_nothing_found_is_said_beside_the_data(coach: Coach) -> None:
    assert coach("cases", "--search", "zebra") == (0, "", "coach: no case fits; `coach cases` lists all\n")


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (["--level", "junior"], "unknown level 'junior': it is one of associate, senior, lead"),
        (["--archetype", "suport-chatbot"], "unknown archetype 'suport-chatbot'; did you mean support-chatbot?"),
        (["--round", "x"], f"unknown round 'x': it is one of {', '.join(get_args(Round))}"),
    ],
)
def test_a_filter_that_names_nothing_is_refused(argv: list[str], said: str, coach: Coach) -> None:
    assert coach("cases", *argv) == (2, "", f"coach: {said}\n")


def test_help_names_every_value_of_a_filter(coach: Coach) -> None:
    cases_help, metrics_help = coach("cases", "--help").out, coach("metrics", "list", "--help").out
    assert all(value in cases_help for value in (*get_args(Round), *get_args(CaseLevel)))
    assert all(value in metrics_help for value in get_args(Layer))


def test_a_case_is_shown_as_a_candidate_meets_it(coach: Coach, base: Base) -> None:
    case = base.cases["crm-writing-assistant"]
    status, out, err = coach("show", case.id)
    words = " ".join(out.split())
    assert (status, err) == (0, "")
    assert case.prompt in words
    assert all(f"{fact.ask} {fact.answer}" in words for fact in case.facts)
    assert all(follow_up.question in words for follow_up in case.follow_ups)
    # What would give the answer away is not there unless asked for.
    hidden = [*case.hints, case.follow_ups[0].good_reply[0].point, case.weak_answer.why[0]]
    assert [text for text in hidden if text in words] == []
    assert " ".join(case.model_answer.split())[:200] not in words
    assert f"coach score FILE --case {case.id}" in out


def test_hints_come_one_by_one_and_the_rest_on_request(coach: Coach, base: Base) -> None:
    case = base.cases["crm-writing-assistant"]
    two = " ".join(coach("show", case.id, "--hints", "2").out.split())
    assert [hint in two for hint in case.hints] == [True, True, False]
    assert f"next hint coach show {case.id} --hints 3" in two
    everything = " ".join(coach("show", case.id, "--all").out.split())
    told = [*case.hints, *case.weak_answer.why, *(p.point for f in case.follow_ups for p in f.good_reply)]
    assert [text for text in told if text not in everything] == []


def test_hints_of_anything_else_are_refused(coach: Coach) -> None:
    said = "coach: --hints and --all are for cases, and task-success-rate is a metric\n"
    assert coach("show", "task-success-rate", "--hints", "1") == (2, "", said)


def test_a_metric_is_shown_with_its_formula_in_words_and_the_trust_in_its_figures(coach: Coach) -> None:
    words = " ".join(coach("show", "task-success-rate").out.split())
    assert "numerator distinct task_id that reach outcome_verified where correct = true within 72 hours" in words
    assert "target: 85% to 95%" in words
    assert "(somebody's claim; source: 001_6c45a10b2cce9cef)" in words
    assert "human-intervention-rate: Human intervention rate" in words


def test_every_entry_can_be_shown_and_is_whole_as_data(coach: Coach, base: Base) -> None:
    for key, kind in (("cases", "case"), ("archetypes", "archetype"), ("metrics", "metric")):
        for id_, entry in base.catalog(key).items():
            status, out, err = coach("show", id_)
            assert (status, err) == (0, ""), id_
            assert max(len(line) for line in out.splitlines()[:-3]) <= 80, id_
            if base.find(id_)[0] == key:
                data = coach("show", id_, "--json").data
                assert data.pop("type") == kind
                assert type(entry).model_validate_json(json.dumps(data)) == entry
    status, out, _ = coach("show", "metric-design")
    assert status == 0
    assert all(criterion.question in " ".join(out.split()) for criterion in base.rubrics["metric-design"].criteria)


def test_a_framework_of_a_pack_is_shown(tmp_path: Path, coach: Coach) -> None:
    pack = tmp_path / "pack.yaml"
    pack.write_text(
        """frameworks:
  - id: two-axes
    name: Two axes
    summary: Is the problem solved, and is the model doing its job?
    use_when: Quality and value pull apart.
    cells:
      - {id: problem, name: Problem, question: Is it solved?, metrics: [task-success-rate]}
      - {id: model, name: Model, question: Does it do its job?, layers: [model]}
    reading: Read both together.
    limits: It has no money in it.
    source: A talk.
"""
    )
    status, out, err = coach("show", "two-axes", "--pack", str(pack))
    assert (status, err) == (0, "")
    words = " ".join(out.split())
    assert "Problem: Is it solved? metrics task-success-rate" in words
    assert f"From {pack}:2" in " ".join(out.split())
    assert coach("show", "two-axes", "--pack", str(pack), "--json").data["type"] == "framework"


def test_an_unknown_id_brings_the_nearest(coach: Coach) -> None:
    status, out, err = coach("show", "crm-writing-asistant")
    assert (status, out) == (2, "")
    assert err.startswith("coach: unknown id 'crm-writing-asistant'; did you mean crm-writing-assistant")
    assert len(err.splitlines()) == 1


def test_metrics_are_found_misspelt_and_in_several_words(coach: Coach) -> None:
    assert ids(coach("metrics", "search", "halucination").out)[0] == "hallucination-rate"
    assert coach("metrics", "search", "task", "sucess", "rate", "--json").data[0]["id"] == "task-success-rate"
    assert len(coach("metrics", "search", "rate", "--limit", "3", "--json").data) == 3
    assert coach("metrics", "search", "rate", "--limit", "0").status == 2


def test_no_metric_found_is_said_beside_the_data(coach: Coach) -> None:
    status, out, err = coach("metrics", "search", "zzzzqqqq")
    assert (status, out) == (0, "")
    assert err.startswith("coach: no metric is called anything like 'zzzzqqqq'")


def test_metrics_are_listed_by_layer_kind_and_product(coach: Coach, base: Base) -> None:
    assert ids(coach("metrics", "list").out) == list(base.metrics)
    for metric in (base.metrics["task-success-rate"], base.metrics["context-recall"]):
        found = coach("metrics", "list", "--layer", metric.layer, "--kind", metric.kind, "--json").data
        assert metric.id in [row["id"] for row in found]
        assert {(row["layer"], row["kind"]) for row in found} == {(metric.layer, metric.kind)}
    for_fraud = ids(coach("metrics", "list", "--archetype", "fraud-detection").out)
    fitting = [id_ for id_, m in base.metrics.items() if not m.archetypes or "fraud-detection" in m.archetypes]
    assert for_fraud == fitting
    assert "unknown layer 'modle': it is one of business," in coach("metrics", "list", "--layer", "modle").err


def test_parsing_options_does_not_change_them() -> None:
    assert program.parse(["cases"]).packs == []  # type: ignore[union-attr]
