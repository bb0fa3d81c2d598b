"""Every round has its rubric: what it asks, how it decides, and what it says of an answer that is none."""

from __future__ import annotations

import re
from typing import get_args

import pytest

import coach
from coach.facade import KnowledgeBase
from coach.knowledge.models.case import Round
from coach.knowledge.models.rubric import LevelTexts, Rubric
from coach.reading.document import Document
from coach.scoring.strength import NOTHING, Strength
from coach.scoring.subject import Standing, Subject, on_subject
from coach.scoring.verdict import verdict

CRITERIA = {  # core criteria in capitals
    "diagnosis": "SIGNAL_CHECK SEGMENTATION HYPOTHESES AI_MECHANISM ISOLATION decision outcome_link",
    "technical": "MISLEADING_METRIC RIGHT_METRIC ERROR_COSTS slices thresholds plain_language",
    "trade-off": "STAKES quantified options POSITION GUARDRAIL revisit alignment",
    "experiment": "VALIDITY CONFOUNDS READING segments cost_of_wrong DECISION",
    "behavioural": "situation OWNERSHIP action RESULT_METRIC BUSINESS_IMPACT learning",
}
OTHERS = sorted(CRITERIA)
PROMPT = (
    "The app that names birds from their song has twice as many users and half as many recordings. What is going on?"
)
STORY = (
    "At the dairy I ran the tool that told farmers which cow to look at before milking. Nobody trusted it. I sat in "
    "six sheds at five in the morning and saw that it rang for every second animal. I asked for fewer alarms against "
    "the wish of our vet. In ten weeks treated cases caught on the first day rose from a third to more than half, "
    "against twelve sheds that kept the old alarms. Two co-operatives renewed. Since then I never count alarms "
    "without asking who gets up for them."
)
RECIPE = (
    "Peel the apples and cut them in slices. Melt the butter in a wide pan. Stir in the sugar until it is brown. Lay "
    "the slices in a ring and cover them with pastry. Bake in a hot oven and let it rest. Turn it over and serve it "
    "warm. It keeps for two days under a cloth. My aunt adds a pinch of salt and some lemon. Do not open the door too "
    "soon."
)
PLACEHOLDER = re.compile(r"\{.*?\}")


@pytest.fixture(scope="module")
def kb() -> KnowledgeBase:
    return coach.load()


def texts(levels: LevelTexts) -> list[str]:
    return [levels.at(level) for level in (1, 2, 3)]


def judged(kb: KnowledgeBase, rubric: str, answer: str, each: Strength) -> Standing:
    """How an answer to `PROMPT` stands, where every sentence speaks equally strongly for every criterion."""
    workshop = kb.workshop
    subject: Subject = workshop.question(None, PROMPT).subject
    document: Document = workshop.scorer(rubric).read(answer, subject)
    entry = kb.rubrics[rubric]
    strengths = {criterion.id: [each] * len(document.sentences) for criterion in entry.criteria}
    return on_subject(document, subject, entry, strengths)


def test_every_round_has_a_rubric_of_its_name(kb: KnowledgeBase) -> None:
    assert {id_: rubric.round for id_, rubric in kb.rubrics.items()} == {round_: round_ for round_ in get_args(Round)}


@pytest.mark.parametrize("id_", OTHERS)
def test_criteria_stand_in_the_pages_order_with_the_core_ones_marked(kb: KnowledgeBase, id_: str) -> None:
    found = [c.id.upper() if c.core else c.id for c in kb.rubrics[id_].criteria]
    assert found == CRITERIA[id_].split()


@pytest.mark.parametrize("id_", OTHERS)
def test_verdicts_are_those_of_metric_design(kb: KnowledgeBase, id_: str) -> None:
    rubric = kb.rubrics[id_]
    assert rubric.verdicts == kb.rubrics["metric-design"].verdicts
    full = {criterion.id: 3 for criterion in rubric.criteria}
    core = [criterion.id for criterion in rubric.criteria if criterion.core]
    assert verdict(rubric, full) == "strong_hire"
    assert verdict(rubric, full | {core[0]: 1}) == "hire"
    assert verdict(rubric, full | {core[0]: 1, core[1]: 1}) == "borderline"
    assert verdict(rubric, dict.fromkeys(full, 1)) == "no_hire"


def test_caps_are_those_of_metric_design_but_a_story_has_a_product_of_its_own(kb: KnowledgeBase) -> None:
    usual = kb.rubrics["metric-design"].caps
    for id_ in OTHERS:
        freed = {"other_product": 3, "off_subject": 3} if id_ == "behavioural" else {}
        assert kb.rubrics[id_].caps.model_dump() == usual.model_dump() | freed


@pytest.mark.parametrize("id_", OTHERS)
def test_nothing_but_next_steps_is_filled_in_and_only_with_what_the_round_has(kb: KnowledgeBase, id_: str) -> None:
    rubric = kb.rubrics[id_]
    # A story is about the speaker's own product, and no other round than metric design asks for a main number.
    allowed = set() if id_ == "behavioural" else {"{product}"}
    for criterion in rubric.criteria:
        assert set(PLACEHOLDER.findall(" ".join(texts(criterion.next_step)))) <= allowed
        said = [criterion.name, criterion.question, *texts(criterion.levels), *texts(criterion.earned)]
        assert PLACEHOLDER.findall(" ".join([*said, rubric.summary, rubric.when_blank, rubric.when_off_subject])) == []


def test_no_text_stands_twice(kb: KnowledgeBase) -> None:
    said = [
        text
        for rubric in kb.rubrics.values()
        for text in (
            rubric.summary,
            rubric.when_blank,
            rubric.when_off_subject,
            *(text for criterion in rubric.criteria for text in texts(criterion.next_step)),
        )
    ]
    assert sorted({text for text in said if said.count(text) > 1}) == []


@pytest.mark.parametrize("id_", ["metric-design", *OTHERS])
def test_the_advice_on_a_blank_answer_is_the_rounds_own(kb: KnowledgeBase, id_: str) -> None:
    report = kb.score(" \n", prompt=PROMPT, rubric=id_)
    assert report.advice == kb.rubrics[id_].when_blank
    assert report.advice.startswith("There is no answer yet. Begin with ")


def test_a_blank_answer_in_metric_design_is_sent_to_the_user_and_a_number(kb: KnowledgeBase) -> None:
    report = kb.score("", prompt=PROMPT)
    assert report.advice == "There is no answer yet. Begin with who uses it and what for, then name one number."


def test_an_answer_about_nothing_of_the_kind_is_told_so_in_the_rounds_words(kb: KnowledgeBase) -> None:
    notes = {id_: judged(kb, id_, RECIPE, NOTHING) for id_ in ["metric-design", *OTHERS] if id_ != "behavioural"}
    assert notes["metric-design"].notes == ("This does not speak of measuring the product that was asked about.",)
    for id_, standing in notes.items():
        assert standing == Standing(0, (kb.rubrics[id_].when_off_subject,))


def test_an_answer_about_another_product_is_held_to_mentions(kb: KnowledgeBase) -> None:
    for id_ in set(kb.rubrics) - {"behavioural"}:
        standing = judged(kb, id_, STORY, Strength(0.9, 0.9, 0.9))
        assert standing.most == 1
        assert "nothing counts for more than a mention" in standing.notes[0]


@pytest.mark.parametrize("each", [NOTHING, Strength(0.9, 0.9, 0.9)])
def test_a_story_may_be_about_the_speakers_own_product(kb: KnowledgeBase, each: Strength) -> None:
    assert judged(kb, "behavioural", STORY, each) == Standing(3)
    assert kb.score(STORY, prompt=PROMPT, rubric="behavioural").notes == ()


@pytest.mark.parametrize("id_", ["metric-design", *OTHERS])
def test_saying_the_question_back_earns_nothing_in_any_round(kb: KnowledgeBase, id_: str) -> None:
    echo = "The app names birds from their song. The users of the app have many recordings. " * 6
    report = kb.score(echo, prompt=PROMPT, rubric=id_)
    assert report.overall == 0
    assert report.notes == ("Most of this says the question back, so there is little to credit.",)


def test_a_rubric_that_says_nothing_of_it_keeps_the_usual_words(kb: KnowledgeBase) -> None:
    given = kb.rubrics["diagnosis"].model_dump(exclude={"when_blank", "when_off_subject"})
    rubric, usual = Rubric.model_validate(given), kb.rubrics["metric-design"]
    assert (rubric.when_blank, rubric.when_off_subject) == (usual.when_blank, usual.when_off_subject)
