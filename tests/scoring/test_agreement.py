"""Agreement with a panel, kept from slipping, and answers that try to fool the scorer."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

import coach
from coach.facade import KnowledgeBase
from coach.scoring.agreement import Agreement, measure
from coach.scoring.labelled import Labelled, read_labelled

DATA = Path(__file__).parent.parent / "data"
NEVER_FOOLED = {"stuffing", "echo", "off_topic", "denial"}


@pytest.fixture(scope="module")
def kb() -> KnowledgeBase:
    return coach.load()


@pytest.fixture(scope="module")
def panel() -> list[Labelled]:
    with (DATA / "panel-answers.jsonl").open(encoding="utf-8") as lines:
        return list(read_labelled(lines, "panel-answers.jsonl"))


@pytest.fixture(scope="module")
def found(kb: KnowledgeBase, panel: list[Labelled]) -> Agreement:
    return measure(kb.rubrics["metric-design"], panel, lambda row: kb.score(row.answer, prompt=row.prompt))


def test_agreement_on_the_answers_that_weights_were_fitted_to_does_not_slip(found: Agreement) -> None:
    # These answers are not held out: the figures guard against slips and claim nothing about other answers.
    assert found.mean_kappa >= 0.90
    assert min(one.kappa for one in found.criteria.values()) >= 0.84
    assert found.verdict_kappa is not None
    assert found.verdict_kappa >= 0.96
    assert found.overall_correlation is not None
    assert found.overall_correlation >= 0.97


def test_length_tells_nothing_of_the_score_once_the_panels_is_known(found: Agreement) -> None:
    assert found.length_given_panel is not None
    # Longer answers lose a little more here than on products held out (+0.04), since levels are known too well.
    assert abs(found.length_given_panel) <= 0.12


def test_what_is_highlighted_is_what_readers_underline(found: Agreement) -> None:
    assert found.evidence_f1 is not None
    assert found.evidence_f1 >= 0.69


def test_a_report_of_agreement_names_products_and_disagreements(found: Agreement, panel: list[Labelled]) -> None:
    assert found.answers == len(panel) == 400
    assert found.topics == len(found.by_topic) == 80
    assert found.mean_kappa_low < found.mean_kappa < found.mean_kappa_high
    for one in found.disagreements:
        assert one.panel != one.scorer


def test_on_answers_that_nothing_was_fitted_to_agreement_does_not_slip(kb: KnowledgeBase) -> None:
    # Other writers and other products, each labelled by its own writer, whose severity is not the panel's.
    with (DATA / "unseen-answers.jsonl").open(encoding="utf-8") as lines:
        rows = list(read_labelled(lines, "unseen-answers.jsonl"))
    unseen = measure(kb.rubrics["metric-design"], rows, lambda row: kb.score(row.answer, prompt=row.prompt))
    assert unseen.mean_kappa >= 0.67
    assert unseen.verdict_kappa is not None
    assert unseen.verdict_kappa >= 0.82
    assert unseen.overall_correlation is not None
    assert unseen.overall_correlation >= 0.90
    assert unseen.evidence_f1 is not None
    assert unseen.evidence_f1 >= 0.64


@pytest.mark.parametrize("id_", ["diagnosis", "technical", "trade-off", "experiment", "behavioural"])
def test_agreement_in_the_other_rounds_does_not_slip(kb: KnowledgeBase, id_: str) -> None:
    # Fitted to these answers too: a guard against slips, and no claim.
    for name, least, least_verdict in (("panel", 0.84, 0.88), ("practice", 0.82, 0.88)):
        with (DATA / f"{name}-rounds.jsonl").open(encoding="utf-8") as lines:
            rows = [row for row in read_labelled(lines, name) if row.rubric == id_]
        agreement = measure(kb.rubrics[id_], rows, lambda row: kb.score(row.answer, prompt=row.prompt, rubric=id_))
        assert agreement.mean_kappa >= least
        assert agreement.verdict_kappa is not None
        assert agreement.verdict_kappa >= least_verdict


def test_attempts_to_fool_the_scorer_fail(kb: KnowledgeBase) -> None:
    held: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    for line in (DATA / "adversarial.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        report = kb.score(row["answer"], prompt=row["prompt"])
        for check in row["expect"]:
            key = check["criterion"]
            value = report.overall if key == "overall" else report.criteria[key].level
            asked[row["kind"]] += 1
            held[row["kind"]] += check.get("min", 0) <= value <= check.get("max", 100)
    assert held.total() >= 0.95 * asked.total()
    assert {kind for kind in NEVER_FOOLED if held[kind] < asked[kind]} == set()
