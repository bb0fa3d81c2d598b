"""Which kind of product a prompt asks about."""

from __future__ import annotations

import json
import time
from collections import Counter, defaultdict
from pathlib import Path

import pytest

import coach
from coach.facade import KnowledgeBase
from coach.reading.tokens import tokenize
from coach.scoring.kind_words import kind_words, tells
from coach.scoring.report import Routing
from coach.scoring.routing import GENERIC, Router

PROMPTS = Path(__file__).parent.parent / "data" / "routing-prompts.jsonl"
SURE = 0.7
OF_NO_PRODUCT = "behavioural"
"""Rounds that ask about the candidate, so that nothing in the prompt tells a kind."""


@pytest.fixture(scope="module")
def kb() -> KnowledgeBase:
    return coach.load()


@pytest.fixture(scope="module")
def router(kb: KnowledgeBase) -> Router:
    return Router(kb.archetypes.values())


@pytest.fixture(scope="module")
def routed(router: Router) -> list[tuple[str, str, Routing]]:
    """Prompt, the kind that it describes, and what the router makes of it."""
    rows = [json.loads(line) for line in PROMPTS.read_text(encoding="utf-8").splitlines()]
    return [(row["prompt"], row["archetype"], router.route(row["prompt"])) for row in rows]


def test_prompts_in_interviewers_words_cover_every_kind(
    kb: KnowledgeBase, routed: list[tuple[str, str, Routing]]
) -> None:
    assert len(routed) >= 300
    assert {kind for _, kind, _ in routed} == set(kb.archetypes)


def test_nineteen_in_twenty_prompts_are_routed_right(routed: list[tuple[str, str, Routing]]) -> None:
    wrong: dict[str, list[str]] = defaultdict(list)
    for prompt, kind, routing in routed:
        if routing.archetype != kind:
            wrong[kind].append(f"as {routing.archetype} for {routing.words}: {prompt}")
    listing = "\n".join(f"{kind}\n  " + "\n  ".join(lines) for kind, lines in sorted(wrong.items()))
    missed = sum(map(len, wrong.values()))
    assert missed <= 0.05 * len(routed), f"{missed} of {len(routed)} went wrong\n{listing}"
    asked = Counter(kind for _, kind, _ in routed)
    assert [kind for kind in asked if len(wrong.get(kind, ())) > 0.25 * asked[kind]] == [], listing


def test_a_wrong_specific_kind_is_never_named_with_confidence(routed: list[tuple[str, str, Routing]]) -> None:
    sure = [(prompt, routing) for prompt, kind, routing in routed if routing.archetype != kind]
    assert [(prompt, routing) for prompt, routing in sure if routing.confidence >= SURE] == []


def test_higher_confidence_is_right_more_often(routed: list[tuple[str, str, Routing]]) -> None:
    named = sorted((routing.confidence, routing.archetype == kind) for _, kind, routing in routed if routing.words)
    half = len(named) // 2
    assert sum(right for _, right in named[half:]) >= sum(right for _, right in named[:half])
    assert all(right for confidence, right in named if confidence >= SURE)


def test_every_case_is_routed_to_its_kind_by_its_prompt_alone(kb: KnowledgeBase, router: Router) -> None:
    wrong = {
        case.id: (routing.archetype, routing.words)
        for case in kb.cases.values()
        if case.round != OF_NO_PRODUCT and (routing := router.route(case.prompt)).archetype != case.archetype
    }
    assert wrong == {}


@pytest.mark.parametrize(
    "prompt", ["", "?!", "How would you measure success?", "Tell me about a time when you disagreed."]
)
def test_a_prompt_that_names_no_product_is_generic(router: Router, prompt: str) -> None:
    assert router.route(prompt) == Routing(archetype=GENERIC, by="fallback", confidence=0.0)


def test_the_words_that_decided_stand_in_the_prompts_order(router: Router) -> None:
    prompt = "You're the PM for the thing that listens to doctors and writes the note. Define success."
    routing = router.route(prompt)
    assert (routing.archetype, routing.by) == ("clinical-scribe", "prompt")
    places = [prompt.index(words) for words in routing.words]
    assert places == sorted(places)
    assert "doctors" in " ".join(routing.words)
    assert "success" not in " ".join(routing.words)


def test_what_speaks_for_a_neighbour_counts_against(kb: KnowledgeBase) -> None:
    told_by = kb.archetypes["captioning"].recognise.model_copy(update={"not_when": ("parliament",)})
    strict = kb.archetypes["captioning"].model_copy(update={"recognise": told_by})
    others = [kind for kind in kb.archetypes.values() if kind.id != strict.id]
    prompt = "Live subtitles for parliament"
    before, after = Router(kb.archetypes.values()).route(prompt), Router([*others, strict]).route(prompt)
    assert before.archetype == "captioning"
    assert after.confidence < before.confidence


def test_words_of_every_kind_tell_none() -> None:
    kinds = list(coach.load().archetypes.values())
    weights = kind_words(kinds).words
    assert not [
        token.stem for token in tokenize("How would you measure success?") if token.norm != "?" and tells(token.stem)
    ]
    assert max(weights["translat"], key=weights["translat"].__getitem__) == "translation"
    assert all(weight > 0 for by_kind in weights.values() for weight in by_kind.values())


def test_the_order_of_the_kinds_changes_nothing(kb: KnowledgeBase, routed: list[tuple[str, str, Routing]]) -> None:
    reversed_ = Router(reversed(list(kb.archetypes.values())))
    assert [reversed_.route(prompt) for prompt, _, _ in routed] == [routing for _, _, routing in routed]


def test_a_hostile_prompt_is_routed_quickly(router: Router) -> None:
    started = time.process_time()
    for prompt in ("invoice " * 500, "a" * 4_000, "<" * 4_000, "search result " * 280):
        router.route(prompt)
    assert time.process_time() - started < 0.5
