"""Replies to follow-up questions: what makes a point, and what does not."""

from __future__ import annotations

import time
from collections.abc import Iterator
from statistics import mean, median

import pytest

import coach
from coach.errors import AnswerTooLongError, UnknownIdError, UsageError
from coach.facade import KnowledgeBase
from coach.scoring.follow_up_report import MADE, NOT, TOUCHED, FollowUpReport
from coach.scoring.scorer import LONGEST_ANSWER
from tests.scoring.replies import REPLIES, Replies

CASE, NUMBER = "customs-paper-reader", 1
"""Papers and declarations are still there; the customs authority answers; run again; no bars moved, an alarm."""


@pytest.fixture(scope="module")
def kb() -> KnowledgeBase:
    return coach.load()


def judged(kb: KnowledgeBase, reply: str) -> FollowUpReport:
    return kb.score_follow_up(CASE, NUMBER, reply)


def levels(kb: KnowledgeBase, reply: str) -> list[int]:
    return [point.level for point in judged(kb, reply).points]


def every(kb: KnowledgeBase) -> Iterator[tuple[str, int]]:
    for id_, case in kb.cases.items():
        for number in range(1, len(case.follow_ups) + 1):
            yield id_, number


def in_own_words(kb: KnowledgeBase, id_: str, number: int) -> str:
    """The points' texts as a reply."""
    return " ".join(f"{point.point.rstrip('.')}." for point in kb.cases[id_].follow_up(number).good_reply)


# Replies written before the signs were read


@pytest.mark.parametrize("replies", REPLIES, ids=lambda replies: f"{replies.case} {replies.number}")
def test_a_good_reply_is_told_from_a_bad_one(kb: KnowledgeBase, replies: Replies) -> None:
    good = kb.score_follow_up(replies.case, replies.number, replies.good)
    bad = kb.score_follow_up(replies.case, replies.number, replies.bad)
    assert good.overall >= 35
    assert bad.overall <= 25
    assert good.overall >= bad.overall + 30
    assert any(point.level for point in good.points)


def test_good_replies_in_other_words_make_half_of_the_points_and_bad_ones_none(kb: KnowledgeBase) -> None:
    assert mean(kb.score_follow_up(r.case, r.number, r.good).overall for r in REPLIES) >= 50
    assert mean(kb.score_follow_up(r.case, r.number, r.bad).overall for r in REPLIES) <= 5


# Every follow-up of the bank


def test_the_points_in_their_own_words_make_a_good_reply(kb: KnowledgeBase) -> None:
    low = {
        (id_, number): report.overall
        for id_, number in every(kb)
        if (report := kb.score_follow_up(id_, number, in_own_words(kb, id_, number))).overall < 60
    }
    assert not low


def test_the_question_itself_earns_next_to_nothing(kb: KnowledgeBase) -> None:
    high = {
        (id_, number): report.overall
        for id_, number in every(kb)
        if (report := kb.score_follow_up(id_, number, kb.cases[id_].follow_up(number).question)).overall >= 35
    }
    assert not high


@pytest.mark.parametrize("apart", [3, 30, 90])
def test_a_good_reply_to_another_case_is_no_good_reply_to_this_one(kb: KnowledgeBase, apart: int) -> None:
    asked = list(every(kb))
    high = {
        (this, other): report.overall
        for this, other in zip(asked, asked[apart:] + asked[:apart], strict=True)
        if (report := kb.score_follow_up(*this, in_own_words(kb, *other))).overall >= 35
    }
    assert not high


def test_a_bare_list_of_all_signs_makes_no_point(kb: KnowledgeBase) -> None:
    for id_, number in every(kb):
        follow_up = kb.cases[id_].follow_up(number)
        listed = ", ".join(sign for point in follow_up.good_reply for sign in point.signs)
        for reply in (listed, f"I would use {listed}.", listed.replace(", ", "\n- ")):
            made = [point for point in kb.score_follow_up(id_, number, reply).points if point.level == MADE]
            assert len(made) <= 1, (id_, number, made)


# What counts


def test_a_point_is_made_by_a_sign_in_other_forms_with_words_between_and_a_slip(kb: KnowledgeBase) -> None:
    for reply in (
        "I would draw a random sample of the declarations and have two clerks key them blind.",
        "Clerks were keying them blind, from the images of those weeks, which still exist.",
        "Drawing a fresh and fairly small sample of declarations, I'd compare each with the paper.",
    ):
        assert levels(kb, reply) == [MADE, NOT, NOT, NOT], reply
    slip = "I would run the arhcived images again, with the same verison, to get the confidences."
    assert levels(kb, slip)[2] == MADE


@pytest.mark.parametrize(
    "reply",
    [
        "I would not draw a sample of the filed declarations and key them blind.",
        "I wouldn't bother to draw a sample of the filed declarations or to key them blind.",
        "There is no point in drawing a sample of the filed declarations and keying them blind.",
        "Some people would say that you should draw a sample of the filed declarations and key them blind.",
        "Drawing a sample of the filed declarations and keying them blind can come later.",
        "It is pointless to draw a sample of the filed declarations and key them blind.",
        "I would carry on instead of drawing a sample of the filed declarations and keying them blind.",
    ],
)
def test_what_is_turned_down_put_off_or_left_to_others_makes_no_point_and_says_so(
    kb: KnowledgeBase, reply: str
) -> None:
    point = judged(kb, reply).points[0]
    assert point.level == NOT
    assert not point.evidence
    [cost] = point.costs
    assert "earns nothing" in cost.why
    assert "sample" in reply[cost.start : cost.end]


def test_what_stands_after_a_but_counts(kb: KnowledgeBase) -> None:
    assert levels(kb, "I would not wait for it, but draw a sample of declarations and key them blind.")[0] == MADE


def test_a_point_that_is_a_no_is_made_by_a_no(kb: KnowledgeBase) -> None:
    reply = "I would not move the confidence bars until the data are back, with an alarm on missing rows."
    assert levels(kb, reply)[3] == MADE


def test_every_point_names_its_words_and_what_is_missing(kb: KnowledgeBase) -> None:
    for replies in REPLIES:
        report = kb.score_follow_up(replies.case, replies.number, replies.good)
        for result, point in zip(
            report.points, kb.cases[replies.case].follow_up(replies.number).good_reply, strict=True
        ):
            assert result.point == point.point
            assert bool(result.evidence) == (result.level > NOT)
            assert result.missing == ("" if result.level == MADE else point.point)
            for span in result.evidence:
                assert replies.good[span.start : span.end].strip()
                assert span.why
        assert report.advice
        assert "\n" not in report.advice


def test_the_advice_is_the_next_point_in_its_own_words(kb: KnowledgeBase) -> None:
    points = kb.cases[CASE].follow_up(NUMBER).good_reply
    assert judged(kb, "").advice.startswith("There is nothing to judge yet")
    assert judged(kb, "We will see what customs say.").advice.endswith(points[0].point)
    assert "Every point is made" in judged(kb, in_own_words(kb, CASE, NUMBER)).advice


def test_a_reply_that_fits_any_product_is_told_so(kb: KnowledgeBase) -> None:
    report = judged(kb, "Draw a random sample, key it blind, rerun it with the same version and set an alarm. " * 2)
    assert report.overall <= 30
    assert any("could have been said of any" in note for note in report.notes)


def test_a_repeated_sentence_counts_once(kb: KnowledgeBase) -> None:
    once = "Clerks could look at the oldest declarations and the alarm. "
    assert levels(kb, once * 20) == levels(kb, once)
    assert max(levels(kb, once)) <= TOUCHED


# The call


def test_the_same_reply_is_judged_the_same(kb: KnowledgeBase) -> None:
    other = coach.load()
    for replies in REPLIES[:3]:
        call = (replies.case, replies.number, replies.good)
        assert kb.score_follow_up(*call).model_dump_json() == other.score_follow_up(*call).model_dump_json()


def test_a_report_survives_json(kb: KnowledgeBase) -> None:
    report = judged(kb, REPLIES[3].good)
    assert coach.FollowUpReport.model_validate_json(report.model_dump_json()) == report


@pytest.mark.parametrize("number", [0, 4, -1])
def test_a_number_without_a_question_is_refused(kb: KnowledgeBase, number: int) -> None:
    with pytest.raises(UsageError, match=f"{CASE} has follow-up questions 1 to 3, and no {number}"):
        kb.score_follow_up(CASE, number, "x")


def test_an_unknown_case_and_too_long_a_reply_are_refused(kb: KnowledgeBase) -> None:
    with pytest.raises(UnknownIdError, match="did you mean customs-paper-reader"):
        kb.score_follow_up("custom-paper-reader", 1, "x")
    with pytest.raises(AnswerTooLongError):
        judged(kb, "x" * (LONGEST_ANSWER + 1))


@pytest.mark.parametrize("reply", ["", "   \n", "?!", "not", "no", "١٢", "\ud800", "a" * 50_000, "not " * 5_000])
def test_any_text_is_judged(kb: KnowledgeBase, reply: str) -> None:
    assert judged(kb, reply).overall == 0


def test_judging_takes_milliseconds(kb: KnowledgeBase) -> None:
    judged(kb, REPLIES[3].good)
    took = []
    for replies in REPLIES:
        kb.score_follow_up(replies.case, replies.number, replies.bad)
        start = time.process_time()
        kb.score_follow_up(replies.case, replies.number, replies.good)
        took.append(time.process_time() - start)
    assert median(took) < 0.015, "5 ms on a quiet machine"
