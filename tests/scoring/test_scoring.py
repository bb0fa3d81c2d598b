"""An answer goes in, a report comes out: what it says of good, weak, empty, hostile and misplaced answers."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import coach
from coach.facade import KnowledgeBase
from coach.scoring.scorer import LONGEST_ANSWER

PROMPT = (
    "You're the PM for an app that tells beekeepers from a photo of the comb whether a hive is ill. Define success."
)
GOOD = """A beekeeper with ten hives opens the comb on Sunday and wants to know whether to burn, treat or leave it. The
association pays for the app and wants fewer dead colonies in spring. I take hobby keepers only, first season.

The number I would keep: of hives the app called ill that a bee inspector then examined, the share where the inspector
agreed, counted within fourteen days. Photos taken would reward nervous people who photograph the same comb five times.

You could lift it by calling only the plain cases, so beside it I read the colonies lost by spring that we had called
healthy: if agreement rises while losses rise too, we are skimming and the change goes back.

The same comb, photographed six times in other light: all six must agree on 95 of 100 combs, because a keeper only ever
takes one photo. Every new model goes through the same 400 frozen combs, and one more missed foulbrood keeps it out.

Missing foulbrood costs the neighbours' hives, a false alarm an evening, so the threshold is far on the safe side.
If answers take longer than four seconds at the 95th percentile or the service is down, the paper key is shown and I am
paged. A photo costs two cents. Two seasons: half the clubs get it in May, half in July, drawn by lot, since keen clubs
would volunteer. Fewer lost colonies means fewer replacements at 180 euros: forty saved a season is 7,200 euros against
900 for computing."""
LISTED = (
    "North star, guardrails, precision, recall, F1, drift, pass@k, DAU, MAU, NPS, ROI, latency, uptime, A/B test, bias."
)


@pytest.fixture(scope="module")
def kb() -> KnowledgeBase:
    return coach.load()


def levels(report: coach.Report) -> dict[str, int]:
    return {key: result.level for key, result in report.criteria.items()}


def test_a_good_answer_about_any_product_is_seen_as_one(kb: KnowledgeBase) -> None:
    report = kb.score(GOOD, prompt=PROMPT)
    assert report.verdict in ("strong_hire", "hire")
    assert report.overall >= 65


def test_a_list_of_the_right_words_earns_mentions_at_most(kb: KnowledgeBase) -> None:
    report = kb.score(LISTED, prompt=PROMPT)
    assert report.verdict == "no_hire"
    assert max(levels(report).values()) <= 1


def test_the_names_of_the_criteria_are_no_answer(kb: KnowledgeBase) -> None:
    names = ", ".join(criterion.name for criterion in kb.rubrics["metric-design"].criteria)
    for text in (names, names.replace(", ", "\n"), ", ".join(kb.score("x", prompt=PROMPT).criteria)):
        assert kb.score(text, case="crm-writing-assistant").verdict == "no_hire"


@pytest.mark.parametrize("blank", ["", " \n\t\r\n ", "\u200b", "...", "🙂"])
def test_a_blank_answer_is_absent_everywhere_and_says_so(kb: KnowledgeBase, blank: str) -> None:
    report = kb.score(blank, prompt=PROMPT)
    assert set(levels(report).values()) == {0}
    assert report.overall == 0
    assert "blank" in report.notes[0]


def test_saying_the_question_back_earns_nothing(kb: KnowledgeBase) -> None:
    echo = "So beekeepers take a photo of the comb. The app tells beekeepers whether the hive is ill. " * 6
    assert kb.score(echo, prompt=PROMPT).overall <= 5


def test_a_good_answer_about_another_product_is_not_one_about_this(kb: KnowledgeBase) -> None:
    report = kb.score(
        GOOD, prompt="How would you measure success for a model that plans the berths in a container port?"
    )
    assert max(levels(report).values()) <= 1
    assert report.verdict == "no_hire"


def test_a_text_about_something_else_altogether_earns_nothing(kb: KnowledgeBase) -> None:
    recipe = (
        "Peel the apples and cut them in slices. Melt the butter in a wide pan. Stir in the sugar until it is brown. "
        "Lay the slices in a ring and cover them with pastry. Bake in a hot oven and let it rest. Turn it over and "
        "serve it warm with cream. It keeps for two days under a cloth. My aunt adds a pinch of salt and some lemon. "
        "Others like it with cinnamon. Do not open the oven while it bakes."
    )
    assert kb.score(recipe, prompt=PROMPT).overall <= 5


def test_what_is_turned_down_or_put_off_earns_nothing(kb: KnowledgeBase) -> None:
    text = (
        "We count photos of combs. I would not bother with a guardrail against gaming. We don't need to run the same "
        "photo several times. Latency isn't a concern at this stage. Fairness can come later."
    )
    report = kb.score(text, prompt=PROMPT)
    told = {text[cost.start : cost.end]: cost.why for result in report.criteria.values() for cost in result.costs}
    assert told["Latency isn't a concern at this stage."] == "you turn this down, so it earns nothing"
    found = levels(report)
    assert found["counter_metric"] == found["non_determinism"] == found["ops_coverage"] == found["responsible_ai"] == 0


def test_what_cost_a_point_is_shown_with_the_reason(kb: KnowledgeBase) -> None:
    report = kb.score(GOOD + "\n\n" + LISTED + "\n" + LISTED, prompt=PROMPT)
    costs = [cost for result in kb.score(LISTED, prompt=PROMPT).criteria.values() for cost in result.costs]
    assert any("list of terms" in cost.why for cost in costs)
    assert abs(report.overall - kb.score(GOOD, prompt=PROMPT).overall) <= 10


def test_evidence_stands_beside_every_level_and_points_into_the_answer(kb: KnowledgeBase) -> None:
    for result in kb.score(GOOD, prompt=PROMPT).criteria.values():
        assert bool(result.evidence) == (result.level > 0)
        assert bool(result.missing) == (result.level < 3)
        for evidence in result.evidence:
            assert GOOD[evidence.start : evidence.end].strip()
            assert evidence.why


def test_advice_names_the_product_or_quotes_the_answer(kb: KnowledgeBase) -> None:
    case = kb.cases["crm-writing-assistant"]
    report = kb.score(case.weak_answer.text, case=case.id)
    assert "“" in report.advice or case.title in report.advice


def test_a_prompt_is_routed_by_its_words_and_the_report_says_so(kb: KnowledgeBase) -> None:
    told = kb.score(GOOD, prompt="How do you measure an AI that drafts replies to customers' emails for our agents?")
    assert told.routing.by == "prompt"
    assert told.routing.words
    unknown = kb.score(GOOD, prompt=PROMPT)
    assert (unknown.archetype, unknown.routing.by) == ("generic", "fallback")


def test_a_cases_own_prompt_is_that_case(kb: KnowledgeBase) -> None:
    case = kb.cases["crm-writing-assistant"]
    assert kb.score(GOOD, prompt=f"  {case.prompt.upper()} ").case == case.id


def test_misuse_is_refused_in_words(kb: KnowledgeBase) -> None:
    with pytest.raises(coach.UnknownIdError, match="crm-writing-assistant"):
        kb.score(GOOD, case="crm-writing-assistent")
    with pytest.raises(coach.UsageError, match="either a case or a prompt"):
        kb.score(GOOD)
    with pytest.raises(coach.UsageError, match="either a case or a prompt"):
        kb.score(GOOD, case="crm-writing-assistant", prompt=PROMPT)
    with pytest.raises(coach.UnknownIdError):
        kb.score(GOOD, prompt=PROMPT, rubric="no-such-rubric")
    with pytest.raises(coach.AnswerTooLongError, match=f"{LONGEST_ANSWER:,}"):
        kb.score("a" * 5_000_000, prompt=PROMPT)


def test_the_longest_answer_is_scored_in_good_time(kb: KnowledgeBase) -> None:
    text = (GOOD + "\n\n") * (LONGEST_ANSWER // (len(GOOD) + 2))
    kb.score(GOOD, prompt=PROMPT)
    started = time.perf_counter()
    kb.score(text, prompt=PROMPT)
    assert time.perf_counter() - started < 5  # a hang is what this is about; the benchmark measures


def test_a_batch_line_has_the_keys_of_the_contract_and_no_others(kb: KnowledgeBase) -> None:
    line = kb.score(GOOD, prompt=PROMPT).line("a-1")
    assert list(line) == ["id", "rubric", "case", "archetype", "overall", "verdict", "criteria"]
    assert list(line["criteria"]["north_star"]) == ["level", "evidence", "missing"]
    assert list(line["criteria"]["north_star"]["evidence"][0]) == ["start", "end", "why"]


def test_a_report_is_frozen_and_comes_back_from_json(kb: KnowledgeBase) -> None:
    report = kb.score(GOOD, prompt=PROMPT)
    assert coach.Report.model_validate_json(report.model_dump_json()) == report
    with pytest.raises(ValueError, match="frozen"):
        report.__setattr__("overall", 100)
    with pytest.raises(TypeError):
        report.criteria["north_star"] = report.criteria["framing"]  # type: ignore[index]


def test_the_same_answer_gives_the_same_bytes_whatever_the_hash_seed() -> None:
    program = "import coach, sys; print(coach.load().score(sys.stdin.read(), prompt=sys.argv[1]).model_dump_json())"
    seen = {
        subprocess.run(
            [sys.executable, "-c", program, PROMPT],
            input=GOOD.encode(),
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(seen) == 1
    assert json.loads(seen.pop())["overall"] > 0


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(answer=st.text(max_size=600))
def test_any_text_is_scored_and_its_evidence_lies_inside(kb: KnowledgeBase, answer: str) -> None:
    report = kb.score(answer, case="crm-writing-assistant")
    for result in report.criteria.values():
        for start, end in [(e.start, e.end) for e in result.evidence] + [(c.start, c.end) for c in result.costs]:
            assert 0 <= start < end <= len(answer)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(GOOD.split("\n\n")), end=st.sampled_from(["\n\n", "\r\n\r\n", "\n\n\n- "]))
def test_order_and_layout_move_little(kb: KnowledgeBase, order: list[str], end: str) -> None:
    assert abs(kb.score(end.join(order), prompt=PROMPT).overall - kb.score(GOOD, prompt=PROMPT).overall) <= 20
