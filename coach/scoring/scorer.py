"""The road from an answer to a report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from coach.knowledge.models.rubric import Rubric
from coach.reading.document import Document, read
from coach.reading.phrases import Lexicon
from coach.reading.spelling import Speller
from coach.rules.base import Hit, Traits
from coach.scoring.advice import advise, main_words, steps
from coach.scoring.judge import CompiledCriterion, CompiledRule, by_rules, judge, sentence_cap, within
from coach.scoring.report import CriterionResult, Report, Routing
from coach.scoring.signs import document_signs
from coach.scoring.strength import LevelReader, Strength, Weighing, for_length, pooled
from coach.scoring.subject import Subject, on_subject
from coach.scoring.verdict import overall, verdict

LONGEST_ANSWER: Final = 60_000
"""Characters. An hour of talk has fewer."""


@dataclass(frozen=True, slots=True)
class Question:
    """What an answer is judged against: the words of its product, and how the report names it."""

    subject: Subject
    product: str
    """The product in a sentence: "the support bot"."""
    title: str
    """The product by its full name: the case's title, else the same as `product`."""
    routing: Routing
    case: str | None


class Scorer:
    """One rubric, compiled: its rules, its weights and the lexicon they speak."""

    def __init__(
        self,
        rubric: Rubric,
        version: str,
        criteria: Sequence[CompiledCriterion],
        lexicon: Lexicon,
        speller: Speller,
    ) -> None:
        self.rubric = rubric
        self._version = version
        self.criteria = tuple(criteria)
        self.lexicon, self._speller = lexicon, speller
        fits = {c.criterion.id: c.fit for c in self.criteria if c.fit is not None}
        self._fitted = tuple(fits)
        self._readers = {
            key: (LevelReader(fit.alone), LevelReader(fit.levels), fit.brevity) for key, fit in fits.items()
        }
        self._weighing = Weighing(fits) if fits else None

    def with_criteria(self, criteria: Sequence[CompiledCriterion]) -> Scorer:
        """The same rubric with other rules or weights."""
        return Scorer(self.rubric, self._version, criteria, self.lexicon, self._speller)

    def read(self, answer: str, subject: Subject) -> Document:
        """The answer as rules see it."""
        return read(answer, self.lexicon, subject.words, self._speller)

    def hits(self, document: Document, traits: Traits | None = None) -> dict[str, dict[CompiledRule, list[Hit]]]:
        """For every criterion the rules that fired, each with its hits."""
        traits = Traits.read(document) if traits is None else traits
        return {
            compiled.criterion.id: {
                rule: found for rule in compiled.rules if (found := list(rule.finder.find(document, traits)))
            }
            for compiled in self.criteria
        }

    def signs(
        self, document: Document, hits: Mapping[str, Mapping[CompiledRule, Sequence[Hit]]]
    ) -> list[frozenset[str]]:
        """The signs of every sentence, the rules that fired among them as `rule:criterion/id`."""
        signs = [set(found) for found in document_signs(document)]
        for criterion, fired in hits.items():
            for rule, found in fired.items():
                for hit in found:
                    for index in range(hit.first, hit.last + 1):
                        if signs[index]:
                            signs[index].add(f"rule:{criterion}/{rule.rule.id}")
        return [frozenset(found) for found in signs]

    def _strengths(
        self, document: Document, hits: Mapping[str, Mapping[CompiledRule, Sequence[Hit]]]
    ) -> dict[str, Sequence[Strength]]:
        """For every criterion how strongly each sentence speaks for it."""
        fitted: dict[str, Sequence[Strength]] = {}
        if self._weighing is not None and document.sentences:
            rows = [self._weighing.strengths(found) for found in self.signs(document, hits)]
            fitted = dict(zip(self._fitted, zip(*rows, strict=True), strict=True))
        return {
            key: fitted[key] if key in fitted else by_rules(found, len(document.sentences))
            for key, found in hits.items()
        }

    def _expected(
        self, document: Document, strengths: Mapping[str, Sequence[Strength]], limits: Sequence[int]
    ) -> dict[str, float]:
        """The level that the weights expect of every criterion that has any."""
        found = {key: pooled(within(strengths[key], limits)) for key in self._readers}
        words = document.words_once
        own = {key: alone.expected(found[key], {}) for key, (alone, _, _) in self._readers.items()}
        return {
            key: all_told.expected(found[key], own) - for_length(words, brevity)
            for key, (_, all_told, brevity) in self._readers.items()
        }

    def score(self, answer: str, question: Question) -> Report:
        """Judge one answer."""
        document = self.read(answer, question.subject)
        traits = Traits.read(document)
        hits = self.hits(document, traits)
        strengths = self._strengths(document, hits)
        standing = on_subject(document, question.subject, self.rubric, strengths)
        limits = [sentence_cap(sentence, self.rubric.caps) for sentence in document.sentences]
        expected = self._expected(document, strengths, limits)
        results: dict[str, CriterionResult] = {}
        judged = {
            compiled.criterion.id: judge(
                document,
                compiled,
                hits[compiled.criterion.id],
                {cap: list(cap.finder.find(document, traits)) for cap in compiled.caps},
                strengths[compiled.criterion.id],
                limits,
                expected.get(compiled.criterion.id, 0.0),
                standing.most,
            )
            for compiled in self.criteria
        }
        main = main_words(answer, judged)
        for criterion in self.rubric.criteria:
            found = judged[criterion.id]
            results[criterion.id] = CriterionResult(
                name=criterion.name,
                core=criterion.core,
                weight=criterion.weight,
                level=found.level,
                evidence=found.evidence,
                costs=found.costs,
                missing=steps(criterion, found.level, main, question.product),
            )
        levels = {key: result.level for key, result in results.items()}
        notes = list(standing.notes)
        if document.truncated:
            notes.append(f"Only the first {len(document.sentences):,} sentences were read.")
        return Report(
            rubric=self.rubric.id,
            rubric_version=self._version,
            case=question.case,
            archetype=question.routing.archetype,
            routing=question.routing,
            overall=overall(self.rubric, levels),
            verdict=verdict(self.rubric, levels),
            criteria=results,
            advice=(
                self.rubric.when_blank
                if document.blank
                else advise(self.rubric, answer, results, question.product, question.title)
            ),
            notes=tuple(notes),
        )
