"""Each kind of rule, on a lexicon small enough to see through."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from coach.knowledge.models.rule import Rule
from coach.reading.document import read
from coach.reading.phrases import Lexicon
from coach.rules.base import Hit, Traits
from coach.rules.engine import compile_rule

LEXICON = Lexicon(
    {
        "rise": ["up", "climb"],
        "fall": ["down", "drop"],
        "act": ["stop", "roll back"],
        "money": ["revenue", "<money>"],
        "so": ["so", "→", "then"],
        "sole": ["the only number"],
        "main": ["main number"],
        "guard": ["guardrail"],
        "denied": ["we don't need"],
    }
)


def hits(text: str, **rule: Any) -> list[Hit]:
    given = {"id": "r", "why": "w", "fires": ["a", "b"], "silent": ["c"], **rule}
    if rule["kind"] not in ("rivals", "same-again"):
        given.setdefault("level", 2)
    parsed: Rule = TypeAdapter(Rule).validate_python(given)
    document = read(text, LEXICON)
    return list(compile_rule(parsed).find(document, Traits.read(document)))


def test_phrase_fires_on_the_sentence_that_holds_it() -> None:
    assert hits("Nothing here. A frozen set of calls.", kind="phrase", phrases=["frozen set"]) == [Hit(1, 1)]


def test_together_wants_all_ideas_in_one_sentence_or_a_few_in_a_row() -> None:
    rule: dict[str, Any] = {"kind": "together", "all": ["rise", "fall", "act"]}
    assert hits("If clicks climb and sales drop, stop.", **rule) == [Hit(0, 0)]
    assert hits("Clicks climb. Sales drop. We stop.", **rule) == []
    assert hits("Clicks climb. Sales drop. We stop.", **rule, within=3) == [Hit(0, 2)]
    assert hits("If clicks climb and sales drop, stop.", **rule, none=["money"]) == [Hit(0, 0)]
    assert hits("If clicks climb and revenue and sales drop, stop.", **rule, none=["money"]) == []


def test_together_does_not_reach_across_a_heading() -> None:
    text = "Clicks climb.\n\n## Next\n\nSales drop, stop."
    assert hits(text, kind="together", all=["rise", "fall"], within=3) == []


def test_follows_wants_the_answer_after_the_question_it_answers() -> None:
    rule: dict[str, Any] = {"kind": "follows", "first": ["rise"], "then": ["act"], "within": 2}
    assert hits("Clicks climb. We look. We stop.", **rule) == [Hit(0, 2)]
    assert hits("We stop. Clicks climb.", **rule) == []


def test_amounts_count_units_and_bounds() -> None:
    text = "Under 2 seconds, at most 3 cents. It has 40 users."
    assert hits(text, kind="amounts", at_least=2, units=["duration", "money"]) == [Hit(0, 0)]
    assert hits(text, kind="amounts", bound=True) == [Hit(0, 0)]
    assert hits(text, kind="amounts", units=["count"], beside=["rise"]) == []


def test_several_wants_different_ideas_within_a_stretch() -> None:
    rule: dict[str, Any] = {"kind": "several", "of": ["rise", "fall", "money"], "at_least": 2}
    assert hits("Clicks climb. Clicks go up.", **rule) == []
    assert hits("Clicks climb. Clicks go up. Revenue too.", **rule) == [Hit(1, 1), Hit(2, 2)]
    assert hits("Clicks climb. So. What. Revenue too.", **rule, within=2) == []


def test_chain_wants_steps_and_an_end() -> None:
    rule: dict[str, Any] = {"kind": "chain", "links": ["so"], "ends": "money", "steps": 3}
    assert hits("Better drafts → more replies → more revenue.", **rule) == [Hit(0, 0)]
    assert hits("Better drafts → more replies → more smiles.", **rule) == []
    assert hits("More replies, so more revenue.", **rule) == []


def test_rivals_wants_claims_about_different_things() -> None:
    rule: dict[str, Any] = {"kind": "rivals", "most": 1, "claim": "sole", "at_least": 2}
    assert hits("The only number is lessons finished. The only number is parents renewing.", **rule) != []
    assert hits("The only number is lessons finished weekly. Lessons finished weekly is the only number.", **rule) == []


def test_same_again_wants_the_same_words_where_new_ones_are_due() -> None:
    rule: dict[str, Any] = {"kind": "same-again", "most": 1, "named": "main", "again": "guard", "words": 3}
    text = "The main number is drafts sent per week. The guardrail is drafts sent per week."
    assert hits(text, **rule) == [Hit(1, 1)]
    assert hits("The main number is drafts sent per week. The guardrail is refunds asked for.", **rule) == []


def test_what_is_denied_meets_no_condition() -> None:
    assert hits("We don't need to stop when it drops.", kind="together", all=["fall", "act"]) == []


@pytest.mark.parametrize(
    "broken",
    [
        {"kind": "regex", "pattern": "(a+)+"},
        {"kind": "phrase"},
        {"kind": "together", "all": []},
        {"kind": "phrase", "phrases": ["a"], "fires": []},
        {"kind": "phrase", "phrases": ["a"], "silent": []},
        {"kind": "phrase", "phrases": ["a"], "colour": "red"},
    ],
)
def test_the_set_of_kinds_is_closed_and_examples_are_required(broken: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        hits("a", **broken)
