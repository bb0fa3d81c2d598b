"""The shared lexicon: ideas that rules speak of, each with the plain ways people put it."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from coach.knowledge.models.base import Entry, Id, Text


class Concept(Entry):
    """One idea and the phrases that express it.

    A phrase is a row of slots. A word stands for all its forms; `a|b` for either; `=word` for that very form;
    `(word)` for a slot that may be missing; `..` for up to four words; `<share> <money> <duration> <count> <multiple>`
    for an amount of that unit and `<number>` for any; `<other>` for whatever expresses another concept.
    """

    id: Id
    means: Text
    phrases: Annotated[tuple[Text, ...], Field(min_length=1)]
    rubrics: tuple[Id, ...] = ()
    """The rubrics under which it is looked for; empty for all."""
    fires: tuple[Text, ...] = ()
    """Sentences in which the concept is present; checked by the linter."""
    silent: tuple[Text, ...] = ()
    """Sentences in which it is not."""

    def serves(self, rubric: str) -> bool:
        """Whether it is looked for under a rubric."""
        return not self.rubrics or rubric in self.rubrics
