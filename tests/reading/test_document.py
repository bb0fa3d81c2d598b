"""What counts of a sentence: denial, postponement, others' opinions, bare lists, repetition."""

from __future__ import annotations

import pytest

import coach
from coach.facade import KnowledgeBase
from coach.reading.document import Document, Sentence, read


@pytest.fixture(scope="module")
def kb() -> KnowledgeBase:
    return coach.load()


def document(kb: KnowledgeBase, text: str) -> Document:
    return kb.workshop.scorer("metric-design").read(text, kb.workshop.question(None, "an AI tool").subject)


def only(kb: KnowledgeBase, text: str) -> Sentence:
    (sentence,) = document(kb, text).sentences
    return sentence


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("I would not bother with a counter-metric.", "denied"),
        ("We don't need an A/B test for this.", "denied"),
        ("Latency isn't a concern at this stage.", "denied"),
        ("Guardrails can come later.", "postponed"),
        ("Some would say latency matters most.", "by_others"),
        ("At my last company the lead insisted on a frozen test set.", "by_others"),
        ("The platform team tracks it.", "handed_off"),
        ("Precision, recall, F1, AUC, calibration, groundedness.", "bare_list"),
        ("Precision is the ratio of true positives to everything flagged.", "textbook"),
    ],
)
def test_stances_are_recognised(kb: KnowledgeBase, text: str, stance: str) -> None:
    assert stance in only(kb, text).stances


@pytest.mark.parametrize(
    "text",
    [
        "Callers who don't have to ring again within a week, over all callers.",
        "Nothing ships that is worse than the version before it.",
        "If returns climb as well, the change goes back the same day.",
        "Half the nurses get it, half don't, for six weeks.",
    ],
)
def test_plain_negation_is_not_denial(kb: KnowledgeBase, text: str) -> None:
    assert not only(kb, text).undone


def test_what_comes_after_but_counts_again(kb: KnowledgeBase) -> None:
    sentence = only(kb, "I don't need repeat runs, but no build ships that scores worse on our fixed set of calls.")
    assert "denied" in sentence.stances
    assert not sentence.undone
    assert sentence.items[sentence.live_from].norm == "but"


def test_a_sentence_said_twice_counts_once(kb: KnowledgeBase) -> None:
    text = "We run each brief eight times and read the worst. " * 2
    first, second = document(kb, text).sentences
    assert not first.undone
    assert second.undone


def test_taking_it_all_back_undoes_what_was_said_before(kb: KnowledgeBase) -> None:
    text = "The bank wanted each case rescored monthly. Personally I don't subscribe to any of it. I count refunds."
    before, itself, after = document(kb, text).sentences
    assert before.undone
    assert itself.undone
    assert not after.undone


def test_misspelt_words_are_read_as_meant(kb: KnowledgeBase) -> None:
    assert "speed" in only(kb, "We watch latancy closely.").ideas


def test_offsets_are_code_points_of_the_original_text(kb: KnowledgeBase) -> None:
    text = "👩‍👧 Parents pay.\r\n\r\nÉlèves learn – ½ of them."
    for sentence in document(kb, text).sentences:
        assert text[sentence.start : sentence.end].strip()
        for item in sentence.items:
            assert sentence.start <= item.start < item.end <= sentence.end


def test_reading_needs_no_knowledge_base() -> None:
    from coach.reading.phrases import Lexicon

    assert read("One. Two.", Lexicon({})).words == 2
