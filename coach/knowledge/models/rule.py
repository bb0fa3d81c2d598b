"""Rules: what kind of sentence does a criterion's job. A closed set of kinds, each with checked examples.

A condition names ideas of the lexicon, `a|b` for either; `<share> <money> <duration> <count> <multiple> <number>` for
an amount, `<limit>` for an amount said as a bound, and `<product>` for words of the product that is asked about.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from coach.knowledge.models.base import Entry, Frozen, FrozenDict, Id, Text
from coach.knowledge.models.rubric import CriterionId

Condition = Annotated[str, StringConstraints(pattern=r"^[a-z0-9<>|-]+$", max_length=200)]
Conditions = Annotated[tuple[Condition, ...], Field(min_length=1, max_length=6)]
Level = Annotated[int, Field(ge=1, le=3)]
RuleSetId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+/[a-z_]+(/[a-z0-9-]+)?$", max_length=120)]


class _Checked(Entry):
    id: Id
    why: Text
    """Said beside the words, in plain language."""
    fires: Annotated[tuple[Text, ...], Field(min_length=2)]
    """Texts in which the rule must fire."""
    silent: Annotated[tuple[Text, ...], Field(min_length=1)]
    """Texts in which it must not."""


class _Rule(_Checked):
    level: Level
    """The level that a sentence of this kind is a sign of."""
    sure: bool = False
    """Where it fires, the criterion has at least this level: for kinds of sentence that leave no doubt."""


class _Cap(_Checked):
    most: Annotated[int, Field(ge=0, le=2)]
    """The highest level that the criterion can reach where the rule fires."""


class PhraseRule(_Rule):
    """A sentence holds one of the phrases (the lexicon's phrase language)."""

    kind: Literal["phrase"]
    phrases: Annotated[tuple[Text, ...], Field(min_length=1)]


class TogetherRule(_Rule):
    """A sentence, or `within` sentences in a row, holds all of some ideas and none of others."""

    kind: Literal["together"]
    all: Conditions
    none: tuple[Condition, ...] = ()
    within: Annotated[int, Field(ge=1, le=3)] = 1


class FollowsRule(_Rule):
    """A sentence with the first ideas is answered, at most `within` sentences later, by one with the others."""

    kind: Literal["follows"]
    first: Conditions
    then: Conditions
    none: tuple[Condition, ...] = ()
    within: Annotated[int, Field(ge=1, le=4)] = 2


class AmountsRule(_Rule):
    """A sentence holds at least so many amounts of the units, beside the ideas."""

    kind: Literal["amounts"]
    at_least: Annotated[int, Field(ge=1, le=6)] = 1
    units: tuple[Literal["share", "money", "duration", "multiple", "count"], ...] = ()
    """Which units count; empty for any."""
    bound: bool = False
    """Only amounts said as a bound, target or comparison."""
    beside: tuple[Condition, ...] = ()
    none: tuple[Condition, ...] = ()


class SeveralRule(_Rule):
    """The answer holds at least so many different ones of the ideas, each in words of the speaker's own."""

    kind: Literal["several"]
    of: Annotated[tuple[Condition, ...], Field(min_length=2)]
    at_least: Annotated[int, Field(ge=2, le=6)] = 2
    within: Annotated[int, Field(ge=1, le=40)] = 40
    """Sentences in a row."""


class ChainRule(_Rule):
    """At least so many steps, joined by connecting ideas, in at most `within` sentences, one of them about `ends`."""

    kind: Literal["chain"]
    links: Conditions
    ends: Condition
    steps: Annotated[int, Field(ge=2, le=6)] = 3
    within: Annotated[int, Field(ge=1, le=4)] = 2


class RivalsRule(_Cap):
    """At least so many sentences make the same exclusive claim of different things: three "only" main metrics."""

    kind: Literal["rivals"]
    claim: Condition
    at_least: Annotated[int, Field(ge=2, le=5)] = 3


class SameAgainRule(_Cap):
    """A sentence that should bring something new names what was named before: a counter-metric that is the main one."""

    kind: Literal["same-again"]
    named: Condition
    again: Condition
    words: Annotated[int, Field(ge=2, le=6)] = 3
    """So many words in a row must be the same."""


LevelRule = PhraseRule | TogetherRule | FollowsRule | AmountsRule | SeveralRule | ChainRule
CapRule = RivalsRule | SameAgainRule
Rule = Annotated[LevelRule | CapRule, Field(discriminator="kind")]


class RuleSet(Entry):
    """The rules of one criterion; `id` is `rubric/criterion`, or `rubric/criterion/name` for a pack's own."""

    id: RuleSetId
    rules: Annotated[tuple[Rule, ...], Field(min_length=1)]

    @property
    def rubric(self) -> str:
        """The rubric the rules belong to."""
        return self.id.split("/")[0]

    @property
    def criterion(self) -> CriterionId:
        """The criterion the rules belong to."""
        return self.id.split("/")[1]


class Weights(Entry):
    """How strongly a sign speaks for a sentence being evidence of at least level 1, 2 and 3."""

    named: float = 0.0
    applied: float = 0.0
    argued: float = 0.0


class Reading(Entry):
    """How the strengths of an answer's sentences make one level, which is reached where their weighed sum is positive.

    `best`, `second` and `third` weigh the strongest, second and third strongest sentence at each level, `together` all
    of them, and `beside` the levels that other criteria reach by their own sentences: who defines no main metric will
    hardly have paired it.
    """

    bias: float
    best: Weights
    second: Weights
    third: Weights
    together: Weights = Weights()
    beside: Annotated[dict[CriterionId, Annotated[float, Field(ge=0)]], Frozen] = Field(default_factory=FrozenDict)


class Fit(Entry):
    """Weights found from labelled answers by `coach calibrate`; edit them by hand if you must, or delete and refit.

    Signs are written as the rules see a sentence: `rule:<criterion>/<id>`, `idea:<id>`, `word:<stem>`,
    `pair:<stem> <stem>`, `under:<stem>` of a heading, `amount:<unit>`, `shape:<name>`.
    """

    id: RuleSetId
    bias: Weights
    signs: Annotated[dict[Text, tuple[float, float, float]], Frozen]
    """Each sign with its weight for level 1, 2 and 3."""
    alone: Annotated[tuple[Reading, ...], Field(min_length=3, max_length=3)]
    """Level 1, 2 and 3 by the criterion's own sentences: what other criteria look at."""
    levels: Annotated[tuple[Reading, ...], Field(min_length=3, max_length=3)]
    """Level 1, 2 and 3 by the same and by what other criteria reach."""
    brevity: Annotated[float, Field(ge=0)] = 0.0
    """What each doubling of the answer's words takes from the level: among many sentences, a strong one is more often
    chance, and short and good beats long and empty."""
    cuts: tuple[float, float, float] = (0.5, 1.5, 2.5)
    """The expected level from which on an answer is given level 1, 2 and 3."""
    show: Annotated[float, Field(ge=0, le=1)]
    """The share of the best sentence's worth from which another one is shown as evidence."""
