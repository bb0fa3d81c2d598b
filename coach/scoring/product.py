"""Which words belong to the product that is asked about, so that specific talk can be told from general talk."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from coach.knowledge.models.archetype import Archetype
from coach.knowledge.models.case import Case
from coach.reading.tokens import tokenize

_SHORTEST: Final = 3


def stems(texts: Iterable[str], leaving_out: frozenset[str]) -> frozenset[str]:
    """Stems of the words in some texts, without general ones."""
    return frozenset(
        token.stem
        for text in texts
        for token in tokenize(text)
        if token.kind == "word" and len(token.norm) >= _SHORTEST and token.stem not in leaving_out
        # "You're" and "don't" name nothing.
        if "'" not in token.stem
    )


def product_stems(prompt: str, archetype: Archetype, case: Case | None, general: frozenset[str]) -> frozenset[str]:
    """Words of the prompt, of the kind of product, and of the case."""
    vocabulary = archetype.vocabulary
    texts = [prompt]
    if archetype.id != "generic":
        texts += [*vocabulary.people, *vocabulary.things, *vocabulary.actions, *vocabulary.outcomes]
    if case is not None:
        texts += case.product_terms
    return stems(texts, general)
