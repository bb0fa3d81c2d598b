"""Which kind of product a prompt asks about, told by the prompt's own words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from coach.knowledge.models.archetype import Archetype
from coach.reading.numbers import quantities
from coach.reading.phrases import Lexicon, items
from coach.reading.tokens import tokenize
from coach.scoring.report import Routing

GENERIC: Final = "generic"
NAME, PHRASE, TERM, AGAINST = 6.0, 3.0, 1.0, -2.0
ENOUGH: Final = 2.0
"""One phrase, or two single terms: less is a guess."""
CLEAR_LEAD: Final = 1.0
_WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


class Router:
    """Weighs the names, phrases and terms of every kind of product against one another."""

    def __init__(self, archetypes: Iterable[Archetype]) -> None:
        phrases: dict[str, set[str]] = {}
        self._kinds: list[str] = []
        for archetype in archetypes:
            if archetype.id == GENERIC:
                continue
            self._kinds.append(archetype.id)
            told_by = archetype.recognise
            for sort, texts in (
                ("name", told_by.names),
                ("phrase", told_by.phrases),
                ("term", told_by.terms),
                ("against", told_by.not_when),
            ):
                for text in texts:
                    if words := _WORD.findall(text):
                        phrases.setdefault(f"{sort}:{archetype.id}", set()).add(" ".join(words).lower())
        self._lexicon = Lexicon({key: sorted(texts) for key, texts in sorted(phrases.items())})

    def route(self, prompt: str) -> Routing:
        """The kind of product and the words that decided; the generic kind where nothing is clear."""
        tokens = list(tokenize(prompt))
        row = items(tokens, quantities(tokens))
        scores: dict[str, float] = dict.fromkeys(self._kinds, 0.0)
        words: dict[str, list[tuple[int, str]]] = {}
        weights: Mapping[str, float] = {"name": NAME, "phrase": PHRASE, "term": TERM, "against": AGAINST}
        counted: set[tuple[str, str]] = set()
        for found in self._lexicon.find(row):
            sort, kind = found.concept.split(":", 1)
            text = prompt[row[found.first].start : row[found.last - 1].end]
            if (found.concept, text.lower()) in counted:
                continue
            counted.add((found.concept, text.lower()))
            scores[kind] += weights[sort]
            if sort != "against":
                words.setdefault(kind, []).append((row[found.first].start, text))
        ranked = sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))
        if not ranked or ranked[0][1] < ENOUGH:
            return Routing(archetype=GENERIC, by="fallback", confidence=0.0)
        (kind, best), second = ranked[0], max(ranked[1][1] if len(ranked) > 1 else 0.0, 0.0)
        if best - second < CLEAR_LEAD:
            return Routing(archetype=GENERIC, by="fallback", confidence=0.0)
        said = tuple(dict.fromkeys(text for _, text in sorted(words.get(kind, ()))))
        return Routing(archetype=kind, by="prompt", confidence=round((best - second) / best, 2), words=said)
