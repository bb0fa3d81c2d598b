"""A kind of AI product: who it serves, what can go wrong, and which numbers tell."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from coach.knowledge.models.base import Entry, Id, Text
from coach.knowledge.models.metric import ModelKind

Some = Annotated[tuple[Text, ...], Field(min_length=1)]


class Recognise(Entry):
    """How a prompt gives the kind away. Matched by word form, ignoring case and how one asks."""

    names: Some
    """What people call it; its words count twice and being named adds to that."""
    phrases: Some
    """What it is said to do, without its name: "listens to doctors and writes the note"."""
    terms: Some
    """Single words that speak for it, none of them enough alone."""
    not_when: tuple[Text, ...] = ()
    """Words that speak for a neighbouring kind instead; each takes a little off."""


class Vocabulary(Entry):
    """The words that a specific answer about such a product uses; single words or short phrases."""

    people: Some
    things: Some
    actions: Some
    outcomes: Some


class ErrorKind(Entry):
    """One way to be wrong, what it costs, and who pays."""

    error: Text
    cost: Text
    bearer: Text


class MainMetric(Entry):
    """A candidate for the one number that says the product works."""

    metric: Id | None = None
    """The catalog's entry for it, where there is one."""
    name: Text
    definition: Text
    captures: Text
    misses: Text
    gamed_by: Text
    countered_by: Annotated[tuple[Id, ...], Field(min_length=1)]


class Measure(Entry):
    """A catalog metric put to work for this kind of product."""

    metric: Id
    because: Text


class Variation(Entry):
    """How the same input gives different outputs, or inputs and versions change, and what to do about it."""

    how: Text
    practice: Some


class Signal(Entry):
    """Something people do, and how to read it."""

    signal: Text
    reading: Text


class ValueChain(Entry):
    """From a metric to money in named steps, with a worked example."""

    metric: Text
    behaviour: Text
    operation: Text
    money: Text
    assumptions: Some
    """The example's inputs, each with its unit; invented for the example and to be replaced."""
    calculation: Text


class Budget(Entry):
    """An operational limit that fits how the product is used."""

    metric: Id
    budget: Text
    because: Text


class Evaluation(Entry):
    """How it is proven."""

    before: Some
    after: Some


class Risk(Entry):
    """Who can be hurt, how it would be seen, and what is done."""

    risk: Text
    bearer: Text
    measure: Text
    response: Text


class Tradeoff(Entry):
    """Two goods that pull apart, and the rule for it."""

    between: Text
    rule: Text


class Trap(Entry):
    """A metric that sounds right here and is wrong."""

    metric: Text
    why: Text


class Archetype(Entry):
    """Everything an interviewer's panel would expect somebody to know about a kind of product."""

    id: Id
    name: Text
    noun: Text
    """How advice speaks of one: "the support bot"."""
    summary: Text
    recognise: Recognise
    vocabulary: Vocabulary
    model_kind: ModelKind
    other_kinds: tuple[ModelKind, ...] = ()
    users: Some
    payer: Text
    affected: Some
    job: Text
    errors: Annotated[tuple[ErrorKind, ...], Field(min_length=2)]
    worse_error: Text
    main_metrics: Annotated[tuple[MainMetric, ...], Field(min_length=2)]
    quality: Annotated[tuple[Measure, ...], Field(min_length=2)]
    variation: Variation
    adoption: Annotated[tuple[Signal, ...], Field(min_length=2)]
    over_reliance: Text
    under_reliance: Text
    value_chain: ValueChain
    operations: Annotated[tuple[Budget, ...], Field(min_length=2)]
    evaluation: Evaluation
    risks: Annotated[tuple[Risk, ...], Field(min_length=2)]
    tradeoffs: Annotated[tuple[Tradeoff, ...], Field(min_length=1)]
    traps: Annotated[tuple[Trap, ...], Field(min_length=2)]
