"""The library's front door: a knowledge base that can score answers."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from coach.errors import AnswerTooLongError
from coach.knowledge.base import Base, Catalog, MetricCatalog, load_base

if TYPE_CHECKING:
    from coach.knowledge.models.archetype import Archetype
    from coach.knowledge.models.case import Case, FollowUp
    from coach.knowledge.models.framework import Framework
    from coach.knowledge.models.rubric import Rubric
    from coach.scorecards.framework import AppliedFramework
    from coach.scorecards.model import Scorecard
    from coach.scorecards.product import Product
    from coach.scoring.follow_up_report import FollowUpReport
    from coach.scoring.report import Report
    from coach.scoring.workshop import Workshop


class KnowledgeBase:
    """Metrics, archetypes, cases, frameworks and rubrics, and a scorer that judges answers by them."""

    def __init__(self, base: Base) -> None:
        self._base = base

    @property
    def metrics(self) -> MetricCatalog:
        """The metric catalog by id, with typo-tolerant `search(text)`."""
        return self._base.metrics

    @property
    def archetypes(self) -> Catalog[Archetype]:
        """Kinds of AI product by id."""
        return self._base.archetypes

    @property
    def cases(self) -> Catalog[Case]:
        """Practice cases by id."""
        return self._base.cases

    @property
    def frameworks(self) -> Catalog[Framework]:
        """Ways to organise metrics by id."""
        return self._base.frameworks

    @property
    def rubrics(self) -> Catalog[Rubric]:
        """How answers are judged, by id."""
        return self._base.rubrics

    def score(
        self, answer: str, *, case: str | None = None, prompt: str | None = None, rubric: str | None = None
    ) -> Report:
        """Judge an answer to a case of the bank, or to any interview prompt.

        Exactly one of `case` (an id) and `prompt` is given; a prompt that is a case's own is judged as that case.
        `rubric` defaults to the case's, else `metric-design`. Raises `UnknownIdError` for an id that names nothing,
        `AnswerTooLongError` beyond the size limit, and `UsageError` for other calls that cannot be used.
        """
        from coach.scoring.scorer import LONGEST_ANSWER

        if len(answer) > LONGEST_ANSWER:
            raise AnswerTooLongError(len(answer), LONGEST_ANSWER)
        return self.workshop.score(answer, case, prompt, rubric)

    def follow_up(self, case: str, number: int) -> FollowUp:
        """One of a case's follow-up questions, `number` from 1. Raises `UnknownIdError` and `UsageError`."""
        return self._base.cases[case].follow_up(number)

    def score_follow_up(self, case: str, number: int, reply: str) -> FollowUpReport:
        """Judge a reply to one of a case's follow-up questions, `number` from 1, by what a good reply contains.

        Raises `UnknownIdError` for a case that is not there, `AnswerTooLongError` beyond the size limit, and
        `UsageError` for a number that the case has no question for.
        """
        from coach.scoring.scorer import LONGEST_ANSWER

        if len(reply) > LONGEST_ANSWER:
            raise AnswerTooLongError(len(reply), LONGEST_ANSWER)
        return self.workshop.score_reply(case, number, reply)

    def scorecard(self, id_: str, product: Product | None = None) -> Scorecard:
        """A scorecard template for an archetype or a case, or for an own product of its kind.

        Raises `UnknownIdError`.
        """
        from coach.scorecards.build import build

        return build(self._base, id_, product)

    def apply_framework(self, framework: str, archetype: str) -> AppliedFramework:
        """A framework laid over a kind of product: which metrics fill which cell, and what is missing.

        Raises `UnknownIdError`.
        """
        from coach.scorecards.framework import apply_framework

        return apply_framework(self._base, framework, archetype)

    @property
    def base(self) -> Base:
        """The knowledge alone, without the scorer."""
        return self._base

    @cached_property
    def workshop(self) -> Workshop:
        """What scores: compiled rubrics, the lexicon and the router."""
        from coach.scoring.workshop import Workshop

        return Workshop(self._base)


def load(packs: Iterable[str | Path] = ()) -> KnowledgeBase:
    """The built-in knowledge base, with packs (folders or files of YAML) laid over it in order.

    Raises `KnowledgeError`, which lists everything that is wrong with the files.
    """
    return KnowledgeBase(load_base(packs=packs))
