"""The phrase language of the lexicon and the rules."""

from __future__ import annotations

import time

import pytest

from coach.reading.numbers import quantities
from coach.reading.phrases import Lexicon, PhraseError, items
from coach.reading.tokens import tokenize


def matches(phrases: dict[str, list[str]], text: str) -> set[tuple[str, str]]:
    tokens = list(tokenize(text))
    row = items(tokens, quantities(tokens))
    return {(f.concept, text[row[f.first].start : row[f.last - 1].end]) for f in Lexicon(phrases).find(row)}


def test_a_word_stands_for_its_forms_and_an_exact_form_for_itself() -> None:
    assert matches({"x": ["retrain"]}, "We retrained it") == {("x", "retrained")}
    assert matches({"x": ["=us"]}, "users use us") == {("x", "us")}


def test_hyphens_and_quotes_are_not_seen() -> None:
    assert matches({"x": ["counter metric"]}, "a 'counter-metric' beside it") == {("x", "counter-metric")}


def test_alternatives_gaps_and_slots_that_may_be_missing() -> None:
    phrases = {"x": ["every|each (new) model", "same .. twice"]}
    assert matches(phrases, "on each model") == {("x", "each model")}
    assert matches(phrases, "on every new model") == {("x", "every new model")}
    assert matches(phrases, "ask the same awkward question twice") == {("x", "same awkward question twice")}
    assert matches(phrases, "the same question, as I said before lunch today, twice") == set()


def test_amounts_stand_by_unit() -> None:
    assert matches({"x": ["under <duration>"]}, "under 2 seconds") == {("x", "under 2 seconds")}
    assert matches({"x": ["under <number>"]}, "under 5%") == {("x", "under 5%")}
    assert matches({"x": ["under <money>"]}, "under 5%") == set()


def test_concepts_may_be_made_of_concepts() -> None:
    phrases = {"thing": ["reply|mail"], "act": ["send <thing>"], "both": ["<act> again"]}
    assert ("both", "send the mail again") not in matches(phrases, "send the mail again")
    assert ("both", "send mail again") in matches(phrases, "send mail again")


@pytest.mark.parametrize("phrase", ["", "a||b", "(a) b", "a ..", "re-run it", "a (b) (c) (d) (e) f"])
def test_phrases_that_cannot_be_read_are_refused(phrase: str) -> None:
    with pytest.raises(PhraseError):
        Lexicon({"x": [phrase]})


def test_circles_and_unknown_concepts_are_refused() -> None:
    with pytest.raises(PhraseError, match="circle"):
        Lexicon({"a": ["<b>"], "b": ["<a>"]})
    with pytest.raises(PhraseError, match="unknown"):
        Lexicon({"a": ["<nothing>"]})


def test_a_hostile_text_costs_no_more_than_its_length() -> None:
    lexicon = {"x": ["a .. a .. a .. b"]}
    started = time.perf_counter()
    assert matches(lexicon, "a " * 5_000) == set()
    assert time.perf_counter() - started < 5
