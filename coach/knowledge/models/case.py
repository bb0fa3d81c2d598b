"""An interview case: what is asked, what is told when asked, and what good and weak answers sound like."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from coach.errors import UsageError
from coach.knowledge.models.base import Entry, Id, Text

Round = Literal["metric-design", "diagnosis", "technical", "trade-off", "experiment", "behavioural"]
CaseLevel = Literal["associate", "senior", "lead"]


class Fact(Entry):
    """Something the interviewer knows and tells when asked."""

    ask: Text
    answer: Text


class ReplyPoint(Entry):
    """One thing a good reply to a follow-up contains."""

    point: Text
    signs: Annotated[tuple[Text, ...], Field(min_length=2)]
    """Words or short phrases, any of which shows it, in whatever form the words take."""


class FollowUp(Entry):
    """A question asked after the answer."""

    kind: Literal["instrumentation", "pushback", "divergence", "scale", "definition", "trade-off", "risk"]
    question: Text
    good_reply: Annotated[tuple[ReplyPoint, ...], Field(min_length=2)]


class WeakAnswer(Entry):
    """A plausible weak answer, with the reasons why it is weak."""

    text: Text
    why: Annotated[tuple[Text, ...], Field(min_length=2)]


class Case(Entry):
    """One practice case."""

    id: Id
    title: Text
    archetype: Id
    round: Round
    level: CaseLevel
    rubric: Id
    minutes: Annotated[int, Field(ge=3, le=60)]
    prompt: Text
    """As an interviewer would say it."""
    product_terms: Annotated[tuple[Text, ...], Field(min_length=4)]
    """Words a specific answer would use for the people, things, actions and outcomes of this product."""
    facts: Annotated[tuple[Fact, ...], Field(min_length=3)]
    hints: Annotated[tuple[Text, ...], Field(min_length=3, max_length=3)]
    """Three steps, each giving away more."""
    follow_ups: Annotated[tuple[FollowUp, ...], Field(min_length=3, max_length=3)]
    main_metric: Text
    """The main metric that the model answer chooses, in a few words."""
    model_answer: Text
    weak_answer: WeakAnswer

    def follow_up(self, number: int) -> FollowUp:
        """One of the follow-up questions, counted from 1. Raises `UsageError` where there is none."""
        if not 1 <= number <= len(self.follow_ups):
            raise UsageError(f"{self.id} has follow-up questions 1 to {len(self.follow_ups)}, and no {number}")
        return self.follow_ups[number - 1]
