"""What is asked of rubrics, rules and the lexicon; whether rules fire as they should, the scorer checks."""

from __future__ import annotations

from collections.abc import Iterator

from coach.knowledge.checks.corpus import Check, Corpus
from coach.knowledge.faults import Fault
from coach.knowledge.models.lexicon import Concept
from coach.knowledge.models.rubric import Rubric
from coach.knowledge.models.rule import Fit, RuleSet
from coach.knowledge.nearest import did_you_mean


def criteria_can_be_met(corpus: Corpus) -> Iterator[Fault]:
    """Every criterion of a rubric has rules or weights, without which no answer could ever meet it."""
    judged = {f"{rules.rubric}/{rules.criterion}" for _, rules in corpus.all(RuleSet)}
    judged |= {fit.id for _, fit in corpus.all(Fit)}
    for entry, rubric in corpus.chosen(Rubric):
        for position, criterion in enumerate(rubric.criteria):
            id_ = f"{rubric.id}/{criterion.id}"
            if id_ not in judged:
                hint = f"write a rule set with the id {id_}"
                yield entry.fault("has neither rules nor weights", hint, at=("criteria", position))


def rule_ids_are_unique(corpus: Corpus) -> Iterator[Fault]:
    """No rule id stands twice among the rules of one criterion, whichever rule sets they are in."""
    seen: dict[tuple[str, str, str], str] = {}
    for entry, rules in sorted(corpus.all(RuleSet), key=lambda pair: pair[0].layer in corpus.checked):
        for position, rule in enumerate(rules.rules):
            key = (rules.rubric, rules.criterion, rule.id)
            if key in seen and entry.layer in corpus.checked:
                yield entry.fault(f"{rule.id} stands already in {seen[key]}", at=("rules", position, "id"))
            seen.setdefault(key, rules.id)


def examples_are_one_thing(corpus: Corpus) -> Iterator[Fault]:
    """No example of a rule or an idea is said both to fire and to stay silent."""
    for entry, rules in corpus.chosen(RuleSet):
        for position, rule in enumerate(rules.rules):
            for example in sorted(set(rule.fires) & set(rule.silent)):
                message = f"{example!r} stands under fires and under silent"
                yield entry.fault(message, at=("rules", position, "silent"))
    for entry, concept in corpus.chosen(Concept):
        for example in sorted(set(concept.fires) & set(concept.silent)):
            yield entry.fault(f"{example!r} stands under fires and under silent", at=("silent",))


def fits_know_their_signs(corpus: Corpus) -> Iterator[Fault]:
    """Every rule and idea that weights were found for still exists; otherwise the weights are stale."""
    ideas = {concept.id for _, concept in corpus.all(Concept)}
    rules_of: dict[tuple[str, str], set[str]] = {}
    for _, rules in corpus.all(RuleSet):
        rules_of.setdefault((rules.rubric, rules.criterion), set()).update(
            f"{rules.criterion}/{rule.id}" for rule in rules.rules
        )
    for entry, fit in corpus.chosen(Fit):
        rubric, criterion = fit.id.split("/")[:2]
        known = {"rule": rules_of.get((rubric, criterion), set()), "idea": ideas}
        for sign in fit.signs:
            prefix, _, name = sign.partition(":")
            if prefix in known and name not in known[prefix]:
                hint = did_you_mean(name, known[prefix]) or "fit again"
                yield entry.fault(f"there is no {prefix} {name!r}", hint, at=("signs", sign))


CHECKS: tuple[Check, ...] = (
    criteria_can_be_met,
    rule_ids_are_unique,
    examples_are_one_thing,
    fits_know_their_signs,
)
