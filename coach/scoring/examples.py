"""What only reading can tell of rules and ideas: whether phrases are well formed and examples do what they say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from coach.knowledge.checks.corpus import Check, Corpus
from coach.knowledge.faults import Fault
from coach.knowledge.models.lexicon import Concept
from coach.knowledge.models.rule import PhraseRule, RuleSet
from coach.reading.document import read
from coach.reading.phrases import Lexicon, PhraseError, parse
from coach.rules.base import Traits
from coach.rules.engine import compile_rule

EVERY: Final = ""
"""Stands for a rubric with no ideas of its own."""


def phrases_can_be_read(corpus: Corpus) -> Iterator[Fault]:
    """Every phrase of an idea and of a rule is well formed."""
    for entry, concept in corpus.chosen(Concept):
        for number, phrase in enumerate(concept.phrases):
            if complaint := _complaint(phrase):
                yield entry.fault(complaint, at=("phrases", number))
    for entry, rules in corpus.chosen(RuleSet):
        for place, rule in enumerate(rules.rules):
            for number, phrase in enumerate(rule.phrases if isinstance(rule, PhraseRule) else ()):
                if complaint := _complaint(phrase):
                    yield entry.fault(complaint, at=("rules", place, "phrases", number))


def examples_hold(corpus: Corpus) -> Iterator[Fault]:
    """Every must-fire example fires, and no must-not-fire example does."""
    lexicons: dict[str, Lexicon | None] = {}
    for entry, concept in corpus.chosen(Concept):
        if (lexicon := _lexicon(corpus, concept.rubrics[0] if concept.rubrics else EVERY, lexicons)) is None:
            return
        for sort, texts in (("fires", concept.fires), ("silent", concept.silent)):
            for number, text in enumerate(texts):
                found = {f.concept for s in read(text, lexicon).sentences for f in lexicon.find(s.items)}
                if (concept.id in found) != (sort == "fires"):
                    yield entry.fault(_missed("the idea", sort), at=(sort, number))
    for entry, rules in corpus.chosen(RuleSet):
        if (lexicon := _lexicon(corpus, rules.rubric, lexicons)) is None:
            return
        for place, rule in enumerate(rules.rules):
            try:
                finder = compile_rule(rule)
            except PhraseError:
                continue
            for sort, texts in (("fires", rule.fires), ("silent", rule.silent)):
                for number, text in enumerate(texts):
                    document = read(text, lexicon)
                    # No product is asked about here: an example that must fire is taken to be about it.
                    about = {"<product>"} if sort == "fires" else set()
                    told = Traits.read(document)
                    traits = Traits(tuple(row | about for row in told.of), told.stems)
                    fired = any(True for _ in finder.find(document, traits))
                    if fired != (sort == "fires"):
                        yield entry.fault(_missed(f"rule {rule.id}", sort), at=("rules", place, sort, number))


CHECKS: tuple[Check, ...] = (phrases_can_be_read, examples_hold)


def _complaint(phrase: str) -> str:
    try:
        parse(phrase)
    except PhraseError as error:
        return str(error)
    return ""


def _missed(what: str, sort: str) -> str:
    return f"{what} does not fire on this example" if sort == "fires" else f"{what} fires on this example"


def _lexicon(corpus: Corpus, rubric: str, made: dict[str, Lexicon | None]) -> Lexicon | None:
    """The lexicon of a rubric; None where a phrase keeps it from being made, which is a fault of its own."""
    if rubric not in made:
        serving = {concept.id: concept.phrases for _, concept in corpus.all(Concept) if concept.serves(rubric)}
        try:
            made[rubric] = Lexicon(serving)
        except PhraseError:
            made[rubric] = None
    return made[rubric]
