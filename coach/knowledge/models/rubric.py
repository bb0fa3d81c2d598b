"""How answers are judged: criteria, what each level means, and how levels become a verdict."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from coach.knowledge.models.base import Entry, Id, Text
from coach.knowledge.models.case import Round

CriterionId = Annotated[str, StringConstraints(pattern=r"^[a-z]+(_[a-z]+)*$", max_length=40)]


class LevelTexts(Entry):
    """One text for each level above absent."""

    named: Text
    applied: Text
    argued: Text

    def at(self, level: int) -> str:
        """The text for level 1, 2 or 3."""
        return (self.named, self.applied, self.argued)[level - 1]


class Criterion(Entry):
    """One question that the panel asks of an answer."""

    id: CriterionId
    name: Text
    question: Text
    core: bool
    levels: LevelTexts
    """What each level takes, in the panel's words."""
    earned: LevelTexts
    """Said beside the words that earned the level."""
    next_step: LevelTexts
    """What to do to reach the level; `{main}` stands for the answer's main metric, `{product}` for the product."""

    @property
    def weight(self) -> int:
        """Core criteria count double."""
        return 2 if self.core else 1


class VerdictRule(Entry):
    """The least an answer needs for a verdict; the first rule that holds decides."""

    verdict: Literal["strong_hire", "hire", "borderline", "no_hire"]
    overall_at_least: Annotated[float, Field(ge=0, le=100)]
    core_under_applied_at_most: int | None = None


class Caps(Entry):
    """The highest level that words of each kind can earn, whatever else they say."""

    denied: Annotated[int, Field(ge=0, le=3)] = 0
    postponed: Annotated[int, Field(ge=0, le=3)] = 0
    by_others: Annotated[int, Field(ge=0, le=3)] = 0
    asked: Annotated[int, Field(ge=0, le=3)] = 0
    handed_off: Annotated[int, Field(ge=0, le=3)] = 1
    bare_list: Annotated[int, Field(ge=0, le=3)] = 1
    textbook: Annotated[int, Field(ge=0, le=3)] = 1
    other_product: Annotated[int, Field(ge=0, le=3)] = 1
    """An answer about another product than the one asked about."""
    off_subject: Annotated[int, Field(ge=0, le=3)] = 0
    """An answer that is about no such thing at all."""
    echoed: Annotated[int, Field(ge=0, le=3)] = 0
    """An answer that says the question back."""


class Rubric(Entry):
    """The criteria of one interview round."""

    id: Id
    name: Text
    round: Round
    summary: Text
    when_blank: Text = "There is no answer yet. Begin with who uses it and what for, then name one number."
    """The advice where there is no answer."""
    when_off_subject: Text = "This does not speak of measuring the product that was asked about."
    """The remark on an answer that is about no such thing at all."""
    criteria: Annotated[tuple[Criterion, ...], Field(min_length=1)]
    verdicts: Annotated[tuple[VerdictRule, ...], Field(min_length=1)]
    caps: Caps = Caps()

    @model_validator(mode="after")
    def _last_verdict_always_holds(self) -> Self:
        last = self.verdicts[-1]
        if last.overall_at_least > 0 or last.core_under_applied_at_most is not None:
            raise ValueError("the last verdict must hold for every answer: overall_at_least: 0 and nothing else")
        if len({criterion.id for criterion in self.criteria}) != len(self.criteria):
            raise ValueError("two criteria have the same id")
        return self
