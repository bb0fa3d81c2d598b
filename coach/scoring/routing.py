"""Which kind of product a prompt asks about, told by the prompt's own words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from coach.knowledge.models.archetype import Archetype
from coach.reading.tokens import Token, tokenize
from coach.scoring.kind_words import AGAINST, KindWords, kind_words, tells
from coach.scoring.report import Routing

GENERIC: Final = "generic"
ENOUGH: Final = 3.0
"""What the generic kind weighs, in nats: two middling words or one strong one go beyond it."""
UNHEARD: Final = 0.6
"""What a word that no kind's texts hold adds to that, since it may be what the product is about."""
MOST_UNHEARD: Final = 5
FADING: Final = 80
"""The telling word that weighs half: what a product is stands at the beginning, then come incidents and figures."""
HALF_SURE: Final = 1.5
"""The lead at which the confidence is a half."""
DECIDING: Final = 0.1
"""The share of the score below which a word is not named among those that decided."""


class _Evidence(NamedTuple):
    """A passage of the prompt and what it weighs for a kind of product."""

    first: int
    last: int
    kind: str
    weight: float


class Router:
    """Weighs the words of a prompt by how well they tell each kind of product from the others."""

    def __init__(self, archetypes: Iterable[Archetype]) -> None:
        kinds = [archetype for archetype in archetypes if archetype.id != GENERIC]
        self._kinds = [kind.id for kind in kinds]
        self._words: KindWords = kind_words(kinds)

    def route(self, prompt: str) -> Routing:
        """The kind of product and the words that decided; the generic kind where nothing is clear."""
        tokens = [token for token in tokenize(prompt) if token.kind == "word" and tells(token.stem)]
        scores: dict[str, float] = dict.fromkeys(self._kinds, 0.0)
        found = list(self._evidence(tokens))
        for one in found:
            scores[one.kind] += one.weight
        unheard = len({token.stem for token in tokens if token.stem not in self._words.words})
        generic = ENOUGH + UNHEARD * min(unheard, MOST_UNHEARD)
        ranked = sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))
        if not ranked or ranked[0][1] <= generic:
            return Routing(archetype=GENERIC, by="fallback", confidence=0.0)
        kind, best = ranked[0]
        lead = best - max([generic, *(score for _, score in ranked[1:2])])
        said = _deciding([one for one in found if one.kind == kind], tokens, prompt, DECIDING * best)
        return Routing(archetype=kind, by="prompt", confidence=round(lead / (lead + HALF_SURE), 2), words=said)

    def _evidence(self, tokens: Sequence[Token]) -> Iterator[_Evidence]:
        """What each word and each phrase weighs, once, at its first place."""
        stems = [token.stem for token in tokens]
        heard: set[tuple[str, ...]] = set()
        for i in range(len(stems)):
            here = 1 / (1 + (i / FADING) ** 2)
            for j in range(i + 1, min(i + self._words.longest, len(stems)) + 1):
                row = tuple(stems[i:j])
                if row in heard:
                    continue
                heard.add(row)
                if j == i + 1:
                    for kind, weight in self._words.words.get(row[0], {}).items():
                        yield _Evidence(i, j, kind, weight * here)
                for kind, weight in self._words.phrases.get(row, {}).items():
                    yield _Evidence(i, j, kind, weight * here)
                for kind in self._words.against.get(row, ()):
                    yield _Evidence(i, j, kind, -AGAINST * here)


def _deciding(found: Iterable[_Evidence], tokens: Sequence[Token], prompt: str, least: float) -> tuple[str, ...]:
    """The passages that weigh most for a kind, in the prompt's order, overlapping ones as one."""
    spans: list[tuple[int, int]] = []
    for one in sorted(found):
        if one.weight < least:
            continue
        if spans and one.first < spans[-1][1]:
            spans[-1] = spans[-1][0], max(spans[-1][1], one.last)
        else:
            spans.append((one.first, one.last))
    return tuple(dict.fromkeys(prompt[tokens[i].start : tokens[j - 1].end] for i, j in spans))
