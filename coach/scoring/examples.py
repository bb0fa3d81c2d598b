"""Do rules and ideas do what their own examples say?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from coach.knowledge.base import Base
from coach.reading.document import Document, read
from coach.reading.phrases import Lexicon
from coach.rules.base import traits_of
from coach.rules.engine import compile_rule


class WrongExample(NamedTuple):
    """An example that does not do what it stands for."""

    kind: str
    """The kind of entry: `rule_sets` or `concepts`."""
    id: str
    where: tuple[str | int, ...]
    """The keys and numbers that lead to the example within the entry."""
    message: str


def wrong_examples(base: Base, lexicon: Lexicon) -> Iterator[WrongExample]:
    """Every must-fire example that does not fire and every must-not-fire example that does."""
    for id_ in base.concepts:
        concept = base.concepts[id_]
        for sort, texts in (("fires", concept.fires), ("silent", concept.silent)):
            for number, text in enumerate(texts):
                present = any(found.concept == id_ for s in _read(text, lexicon).sentences for found in lexicon.find(s.items))
                if present != (sort == "fires"):
                    message = "the idea is not found in this text" if sort == "fires" else "the idea is found in this text"
                    yield WrongExample("concepts", id_, (sort, number), message)
    for set_id in base.rule_sets:
        for place, rule in enumerate(base.rule_sets[set_id].rules):
            finder = compile_rule(rule)
            for sort, texts in (("fires", rule.fires), ("silent", rule.silent)):
                for number, text in enumerate(texts):
                    document = _read(text, lexicon)
                    traits = [traits_of(sentence) for sentence in document.sentences]
                    fired = any(True for _ in finder.find(document, traits))
                    if fired != (sort == "fires"):
                        message = f"rule {rule.id} {'does not fire' if sort == 'fires' else 'fires'} here"
                        yield WrongExample("rule_sets", set_id, ("rules", place, sort, number), message)


def _read(text: str, lexicon: Lexicon) -> Document:
    return read(text, lexicon)
