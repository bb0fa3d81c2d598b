"""Scorers made from a knowledge base: compiled when first asked for, then kept."""

from __future__ import annotations

from functools import cached_property
from hashlib import blake2b
from typing import Final

from coach.errors import UsageError
from coach.knowledge.base import Base
from coach.knowledge.models.rule import CapRule, LevelRule, PhraseRule, Rule
from coach.reading.document import read
from coach.reading.phrases import Lexicon
from coach.reading.spelling import Speller
from coach.reading.tokens import stem
from coach.rules.engine import compile_rule
from coach.scoring.follow_up import AskedNext, judge_reply
from coach.scoring.follow_up_report import FollowUpReport
from coach.scoring.judge import CompiledCap, CompiledCriterion, CompiledRule
from coach.scoring.product import product_stems, stems
from coach.scoring.reply_words import ReplyWords, keys
from coach.scoring.report import Report, Routing
from coach.scoring.routing import GENERIC, Router
from coach.scoring.scorer import Question, Scorer
from coach.scoring.subject import Subject

GENERAL_WORDS: Final = "general-words"
DEFAULT_RUBRIC: Final = "metric-design"
LONGEST_PROMPT: Final = 4_000
MOST_KEPT: Final = 500
"""Questions kept read, since answers to one come in rows."""
_VERSION_BYTES: Final = 6


class Workshop:
    """Everything that scoring needs of a knowledge base."""

    def __init__(self, base: Base) -> None:
        self._base = base
        self._scorers: dict[str, Scorer] = {}
        self._questions: dict[tuple[str | None, str | None], Question] = {}
        self._asked_next: dict[tuple[str, int], AskedNext] = {}

    def lexicon(self, rubric_id: str) -> Lexicon:
        """The ideas that serve a rubric, compiled."""
        concepts = self._base.concepts
        phrases = {
            id_: concepts[id_].phrases for id_ in concepts if id_ != GENERAL_WORDS and concepts[id_].serves(rubric_id)
        }
        for id_, rules in self._base.rule_sets.items():
            if rules.rubric == rubric_id:
                # Read with the lexicon, since one look at a sentence is cheaper than one for each rule.
                phrases |= {_name(id_, rule): rule.phrases for rule in rules.rules if isinstance(rule, PhraseRule)}
        return Lexicon(phrases)

    @cached_property
    def _general(self) -> frozenset[str]:
        if GENERAL_WORDS not in self._base.concepts:
            return frozenset()
        phrases = self._base.concepts[GENERAL_WORDS].phrases
        return frozenset(stem(word.lower()) for phrase in phrases for word in phrase.replace("|", " ").split())

    @cached_property
    def router(self) -> Router:
        """The router over all kinds of product."""
        return Router(self._base.archetypes[id_] for id_ in self._base.archetypes)

    @cached_property
    def _case_of_prompt(self) -> dict[str, str]:
        return {_plain(self._base.cases[id_].prompt): id_ for id_ in self._base.cases}

    def scorer(self, rubric_id: str) -> Scorer:
        """The scorer of a rubric. Raises `UnknownIdError`."""
        if rubric_id not in self._scorers:
            self._scorers[rubric_id] = self._compile(rubric_id)
        return self._scorers[rubric_id]

    def _compile(self, rubric_id: str) -> Scorer:
        rubric = self._base.rubrics[rubric_id]
        rules: dict[str, list[tuple[str, Rule]]] = {criterion.id: [] for criterion in rubric.criteria}
        for id_ in self._base.rule_sets:
            if id_.split("/")[0] == rubric_id:
                named = [(_name(id_, rule), rule) for rule in self._base.rule_sets[id_].rules]
                rules.setdefault(id_.split("/")[1], []).extend(named)
        criteria = [
            CompiledCriterion(
                criterion,
                tuple(
                    CompiledRule(name, rule, compile_rule(rule, name))
                    for name, rule in rules[criterion.id]
                    if isinstance(rule, LevelRule)
                ),
                tuple(
                    CompiledCap(name, rule, compile_rule(rule))
                    for name, rule in rules[criterion.id]
                    if isinstance(rule, CapRule)
                ),
                self._base.fits.get(f"{rubric_id}/{criterion.id}"),
            )
            for criterion in rubric.criteria
        ]
        lexicon = self.lexicon(rubric_id)
        return Scorer(rubric, self._version(rubric_id), criteria, lexicon, Speller(lexicon.words))

    def _version(self, rubric_id: str) -> str:
        """A digest of all that decides a score under this rubric."""
        digest = blake2b(digest_size=_VERSION_BYTES)
        for kind in ("rubrics", "rule_sets", "fits", "concepts"):
            catalog = self._base.catalog(kind)
            for id_ in sorted(catalog):
                if self._base.concepts[id_].serves(rubric_id) if kind == "concepts" else id_.split("/")[0] == rubric_id:
                    digest.update(self._base.text(kind, id_))
        return digest.hexdigest()

    def question(self, case: str | None, prompt: str | None) -> Question:
        """What an answer is to be judged against. Raises `UnknownIdError` and `UsageError`."""
        key = case, prompt
        if key not in self._questions:
            if len(self._questions) >= MOST_KEPT:
                self._questions.clear()
            self._questions[key] = self._question(case, prompt)
        return self._questions[key]

    def _question(self, case: str | None, prompt: str | None) -> Question:
        if (case is None) == (prompt is None):
            raise UsageError("give either a case or a prompt, and not both")
        if prompt is not None:
            if not prompt.strip():
                raise UsageError("the prompt is blank; give the interviewer's question")
            if len(prompt) > LONGEST_PROMPT:
                raise UsageError(f"the prompt has {len(prompt):,} characters and the limit is {LONGEST_PROMPT:,}")
            case = self._case_of_prompt.get(_plain(prompt))
        if case is not None:
            entry = self._base.cases[case]
            archetype = self._base.archetypes[entry.archetype]
            asked = stems([entry.prompt], self._general)
            every = product_stems(entry.prompt, archetype, entry, self._general)
            routing = Routing(archetype=archetype.id, by="case", confidence=1.0)
            subject = Subject(asked, every - asked, self._general)
            return Question(subject, archetype.noun, entry.title, routing, case)
        assert prompt is not None
        routing = self.router.route(prompt)
        archetype = self._base.archetypes[routing.archetype if routing.archetype in self._base.archetypes else GENERIC]
        asked = stems([prompt], self._general)
        every = product_stems(prompt, archetype, None, self._general)
        subject = Subject(asked, every - asked, self._general)
        return Question(subject, archetype.noun, archetype.noun.capitalize(), routing, None)

    def score(self, answer: str, case: str | None, prompt: str | None, rubric: str | None) -> Report:
        """Judge one answer. Raises `UnknownIdError`, `AnswerTooLongError` and `UsageError`."""
        question = self.question(case, prompt)
        if rubric is None:
            rubric = self._base.cases[question.case].rubric if question.case is not None else DEFAULT_RUBRIC
        return self.scorer(rubric).score(answer, question)

    @cached_property
    def _reply_words(self) -> ReplyWords:
        return ReplyWords(self._base.cases.values(), self._general)

    def asked_next(self, case: str, number: int) -> AskedNext:
        """A follow-up question of a case, by its number from 1. Raises `UnknownIdError` and `UsageError`."""
        key = case, number
        if key not in self._asked_next:
            entry = self._base.cases[case]
            follow_up = entry.follow_up(number)
            archetype = self._base.archetypes[entry.archetype]
            subject = product_stems(entry.prompt, archetype, entry, self._general)
            subject |= stems([follow_up.question], self._general) | self._reply_words.rare(follow_up)
            points = self._reply_words.of(entry, follow_up)
            self._asked_next[key] = AskedNext(
                case, number, follow_up.question, points, frozenset(keys(follow_up.question)), subject
            )
        return self._asked_next[key]

    def score_reply(self, case: str, number: int, reply: str) -> FollowUpReport:
        """Judge a reply to a follow-up question. Raises `UnknownIdError` and `UsageError`."""
        asked = self.asked_next(case, number)
        lexicon = self.scorer(self._base.cases[case].rubric).lexicon
        return judge_reply(reply, read(reply, lexicon, (), self._reply_words.speller), asked)


def _name(set_id: str, rule: Rule) -> str:
    """A rule's full name, `rubric/criterion/rule`, whichever set of its criterion it stands in."""
    rubric, criterion = set_id.split("/")[:2]
    return f"{rubric}/{criterion}/{rule.id}"


def _plain(prompt: str) -> str:
    return " ".join(prompt.split()).casefold()
