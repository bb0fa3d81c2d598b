"""Finding metrics by any of their names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.knowledge.search import normal_form, search

TABLE = {
    id_: [normal_form(name) for name in (id_, *names)]
    for id_, names in {
        "hallucination-rate": ["Hallucination rate", "HR", "fabrication rate", "unsupported-claim rate"],
        "human-intervention-rate": ["Human intervention rate", "HitL-F"],
        "task-completion-rate": ["Task completion rate", "TCR", "goal completion"],
        "task-success-rate": ["Task success rate", "agent success rate"],
        "pass-at-k": ["pass@k"],
        "all-of-k-reliability": ["All-of-k reliability", "pass^k"],
        "recall": ["Recall", "sensitivity", "true positive rate", "TPR"],
        "context-recall": ["Context recall", "retrieval recall"],
        "customer-satisfaction": ["Customer satisfaction", "CSAT", "customer satisfaction score"],
    }.items()
}


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("hallucination-rate", "hallucination-rate"),
        ("halucination", "hallucination-rate"),
        ("Halucinaton rate", "hallucination-rate"),
        ("fabrication", "hallucination-rate"),
        ("hr", "hallucination-rate"),
        ("TCR", "task-completion-rate"),
        ("task comp", "task-completion-rate"),
        ("taskcompletion", "task-completion-rate"),
        ("completion task", "task-completion-rate"),
        ("recall", "recall"),
        ("retrieval recal", "context-recall"),
        ("sensitivty", "recall"),
        ("csat", "customer-satisfaction"),
        ("Customer Satisfation", "customer-satisfaction"),
        ("satisfaction", "customer-satisfaction"),
        ("pass@k", "pass-at-k"),
        ("pass^k", "all-of-k-reliability"),
        ("ＨＲ", "hallucination-rate"),
    ],
)
def test_the_metric_that_was_meant_comes_first(text: str, first: str) -> None:
    assert search(TABLE, text, limit=10)[0] == first


def test_whole_names_come_before_beginnings_and_those_before_words_within() -> None:
    assert search(TABLE, "recall", limit=10) == ["recall", "context-recall"]
    assert search(TABLE, "task", limit=10)[:2] == ["task-success-rate", "task-completion-rate"]


@pytest.mark.parametrize("text", ["", "   ", "?!", "\x00", "xylophone"])
def test_nothing_is_found_for_nothing(text: str) -> None:
    assert search(TABLE, text, limit=10) == []


def test_no_more_are_returned_than_asked_for() -> None:
    assert len(search(TABLE, "rate", limit=2)) == 2
    assert search(TABLE, "rate", limit=0) == []
    assert search(TABLE, "rate", limit=-1) == []


@given(st.text(max_size=300), st.integers(-2, 12))
def test_any_text_is_answered_with_known_ids_once_each(text: str, limit: int) -> None:
    found = search(TABLE, text, limit)
    assert set(found) <= TABLE.keys()
    assert len(found) == len(set(found)) <= max(0, limit)
