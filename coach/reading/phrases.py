"""The small language in which the lexicon and the rules write phrases, and its matcher.

A phrase is a row of slots separated by spaces:

    share|fraction of        either word, in any of its forms, then "of"
    =us                      that very form
    same .. twice            up to four words between
    every (model) release    a slot that may be missing
    under <duration>         an amount; units share, money, duration, multiple, count, or number for any
    <same-input> <repeat>    what other concepts express

Matching works on `Item`s: a sentence's words and signs, with every amount folded into one item and hyphens,
quotes and brackets left out. Its time grows with the length of the sentence, never exponentially: no slot repeats.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from typing import Final, NamedTuple

from coach.errors import KnowledgeError
from coach.reading.numbers import Quantity
from coach.reading.tokens import Token, stem

GAP: Final = 4
"""The most items that `..` passes over."""
NO_NEED: Final = ""
"""Stands for the word needed by a phrase that needs none."""
MOST_KEPT: Final = 5_000
MOST_GAPS: Final = 3
"""In one phrase, so that a hostile one cannot make matching slow."""

SIGNS: Final = frozenset(["→", "≥", "≤", "<", ">", "=", "÷", "×", "/", "+", "%", "&", "?", "@"])
UNITS: Final = frozenset(["share", "money", "duration", "multiple", "count", "number"])


class Item(NamedTuple):
    """A word, sign or amount as phrases see it; `start` and `end` in code points of the text."""

    start: int
    end: int
    norm: str
    stem: str
    unit: str | None
    limit: bool


class Found(NamedTuple):
    """A concept at the items `first` to `last` (exclusive) of a sentence."""

    concept: str
    first: int
    last: int


class PhraseError(KnowledgeError, ValueError):
    """A phrase that cannot be read; `coach lint` tells its line."""


def items(tokens: Sequence[Token], amounts: Sequence[Quantity]) -> list[Item]:
    """A sentence as phrases see it."""
    found: list[Item] = []
    starts = {amount.first: amount for amount in amounts}
    i = 0
    while i < len(tokens):
        if (amount := starts.get(i)) is not None:
            span = (tokens[i].start, tokens[amount.last - 1].end)
            found.append(Item(*span, tokens[i].norm, tokens[i].stem, amount.unit, amount.limit))
            i = amount.last
            continue
        token = tokens[i]
        if token.kind != "sign" or token.norm in SIGNS:
            found.append(Item(token.start, token.end, token.norm, token.stem, None, False))
        i += 1
    return found


_Places = dict[str, dict[int, set[int]]]
"""Where each concept was found: first item to the items after its last."""


class _Slot(NamedTuple):
    stems: frozenset[str]
    norms: frozenset[str]
    units: frozenset[str]
    concepts: frozenset[str]
    optional: bool
    gap_before: int
    words_only: bool
    """Neither exact forms, amounts nor concepts: a look at the stems decides."""


class _Phrase(NamedTuple):
    concept: str
    slots: tuple[_Slot, ...]
    needs: tuple[frozenset[str], ...]
    """For each later slot that only words can fill, those words, fewest first: one of each must be in the sentence."""
    leaps_to: frozenset[str] | None
    """The words of the second slot of two, where it stands behind a gap and nothing but stems tells it."""

    @classmethod
    def of(cls, concept: str, slots: tuple[_Slot, ...]) -> _Phrase:
        required = [slot.stems for slot in slots[1:] if slot.words_only and not slot.optional]
        leaps = len(slots) == 2 and bool(required) and slots[1].gap_before > 0
        return cls(concept, slots, tuple(sorted(required, key=len)), slots[1].stems if leaps else None)


def parse(phrase: str) -> tuple[_Slot, ...]:
    """The slots of a phrase. Raises PhraseError when it cannot be read."""
    slots: list[_Slot] = []
    gap = 0
    for part in phrase.split():
        if part == "..":
            gap = GAP
            continue
        optional = part[0] == "(" and part[-1] == ")"
        stems, norms, units, concepts = set[str](), set[str](), set[str](), set[str]()
        for word in (part[1:-1] if optional else part).split("|"):
            if not word:
                raise PhraseError(f"an empty alternative in {part!r}")
            if word[0] == "<" and word[-1] == ">" and len(word) > 2:
                (units if word[1:-1] in UNITS else concepts).add(word[1:-1])
            elif word[0] == "=" and len(word) > 1:
                norms.add(word[1:].lower())
            elif "-" in word and len(word) > 1:
                raise PhraseError(f"write {word!r} as separate words: hyphens are not seen")
            else:
                stems.add(stem(word.lower()))
        kinds = frozenset(stems), frozenset(norms), frozenset(units), frozenset(concepts)
        slots.append(_Slot(*kinds, optional, gap, not (norms or units or concepts)))
        gap = 0
    if sum(slot.gap_before > 0 or slot.optional for slot in slots) > MOST_GAPS:
        raise PhraseError(f"{phrase!r} has more than {MOST_GAPS} gaps and optional slots")
    if not slots or slots[0].optional or gap:
        raise PhraseError(f"{phrase!r} must begin and end with a slot that is required")
    return tuple(slots)


class Lexicon:
    """Concepts compiled for matching.

    `phrases_of` maps a concept's id to its phrases. Raises PhraseError for phrases that cannot be read, for
    references to unknown concepts and for concepts that refer to one another in a circle.
    """

    def __init__(self, phrases_of: Mapping[str, Iterable[str]]) -> None:
        self._levels: list[_Index] = []
        self._kept: dict[tuple[tuple[str, str, str | None], ...], list[Found]] = {}
        parsed = {concept: [parse(phrase) for phrase in phrases] for concept, phrases in phrases_of.items()}
        needs = {
            concept: set().union(*(slot.concepts for slots in phrases for slot in slots))
            for concept, phrases in parsed.items()
        }
        for concept, needed in needs.items():
            if unknown := needed - parsed.keys():
                raise PhraseError(f"{concept} refers to unknown concepts: {', '.join(sorted(unknown))}")
        order = TopologicalSorter(needs)
        try:
            order.prepare()
        except CycleError as error:
            raise PhraseError(f"concepts refer to one another in a circle: {' -> '.join(error.args[1])}") from None
        while order.is_active():
            ready = sorted(order.get_ready())
            self._levels.append(_Index([_Phrase.of(concept, slots) for concept in ready for slots in parsed[concept]]))
            order.done(*ready)
        self.words: frozenset[str] = frozenset(
            word
            for phrases in phrases_of.values()
            for phrase in phrases
            for word in re.findall(r"(?<![<=\w])[^\W\d_]+(?![\w>])", phrase)
        )
        """The plain words that phrases are made of."""

    def may_stand_among(self, stems: frozenset[str]) -> bool:
        """Whether any phrase can begin with one of these stems; true where that cannot be told by stems."""
        return any(index.may_begin(stems) for index in self._levels)

    def find(self, sentence: Sequence[Item]) -> list[Found]:
        """Every concept expressed in a sentence, in order of its first item; the longest reading of each phrase.

        What was found in a sentence is kept: an answer that is being written is read again and again.
        """
        key = tuple([(item.norm, item.stem, item.unit) for item in sentence])
        if (known := self._kept.get(key)) is None:
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            known = self._kept[key] = self._find(sentence)
        return known

    def _find(self, sentence: Sequence[Item]) -> list[Found]:
        at: _Places = {}
        found: set[Found] = set()
        for index in self._levels:
            new = index.find(sentence, at)
            found.update(new)
            for concept, first, last in new:
                at.setdefault(concept, {}).setdefault(first, set()).add(last)
        return sorted(found, key=lambda f: (f.first, f.last, f.concept))


class _Index:
    """Phrases filed under what they begin with, so that most are never tried.

    Phrases of one word, and phrases whose second word follows at once, are found by looking words up; the others are
    tried one by one where their first word stands.
    """

    def __init__(self, phrases: Sequence[_Phrase]) -> None:
        self._single: dict[str, list[str]] = {}
        self._double: dict[tuple[str, str], list[_Phrase]] = {}
        self._begins: set[str] = set()
        self._by_stem: dict[str, dict[str, list[_Phrase]]] = {}
        self._by_norm: dict[str, list[_Phrase]] = {}
        self._by_unit: dict[str, dict[str, list[_Phrase]]] = {}
        self._by_concept: dict[str, list[_Phrase]] = {}
        for phrase in phrases:
            first = phrase.slots[0]
            for word in first.stems:
                self._file(phrase, word)
            for keys, table in ((first.norms, self._by_norm), (first.concepts, self._by_concept)):
                for key in keys:
                    table.setdefault(key, []).append(phrase)
            for unit in first.units:
                _file_by_need(self._by_unit, unit, phrase)
        self._starts = frozenset({*self._single, *self._begins, *self._by_stem})
        self._by_form_or_unit = bool(self._by_norm or self._by_unit)

    def may_begin(self, stems: frozenset[str]) -> bool:
        """Whether a phrase can begin with one of these stems, or with what stems do not tell."""
        return self._by_form_or_unit or bool(self._by_concept) or not self._starts.isdisjoint(stems)

    def _file(self, phrase: _Phrase, word: str) -> None:
        """File a phrase under a word that it may begin with."""
        if len(phrase.slots) == 1:
            self._single.setdefault(word, []).append(phrase.concept)
            return
        second = phrase.slots[1]
        if second.words_only and not second.optional and not second.gap_before:
            self._begins.add(word)
            for following in second.stems:
                self._double.setdefault((word, following), []).append(phrase)
        else:
            _file_by_need(self._by_stem, word, phrase)

    def find(self, sentence: Sequence[Item], at: _Places) -> list[Found]:
        """What these phrases find in a sentence, given the places of the concepts they are made of."""
        found: list[Found] = []
        single, double, begins = self._single, self._double, self._begins
        by_stem, by_norm, by_unit = self._by_stem, self._by_norm, self._by_unit
        words = [item.stem for item in sentence]
        present = frozenset(words)
        last_place = len(words) - 1
        needed_here = present | {NO_NEED}
        nothing_here = not self._by_form_or_unit and self._starts.isdisjoint(present)
        for i, item in enumerate(() if nothing_here else sentence):
            word = words[i]
            if word in single:
                found.extend([Found(concept, i, i + 1) for concept in single[word]])
            if i < last_place and word in begins and (phrases := double.get((word, words[i + 1]))) is not None:
                for phrase in phrases:
                    if (last := _match(phrase.slots, 2, sentence, i + 2, at)) is not None:
                        found.append(Found(phrase.concept, i, last))
            tried: list[list[_Phrase]] = []
            if (filed := by_stem.get(word)) is not None:
                tried += [filed[needed] for needed in filed.keys() & needed_here]
            if item.norm in by_norm:
                tried.append(by_norm[item.norm])
            if item.unit is not None:
                for unit in (item.unit, "number"):
                    if (filed := by_unit.get(unit)) is not None:
                        tried += [filed[needed] for needed in filed.keys() & needed_here]
            for phrases in tried:
                for phrase in phrases:
                    if len(phrase.needs) > 1 and any(map(present.isdisjoint, phrase.needs)):
                        continue
                    if (leaps_to := phrase.leaps_to) is not None:
                        for j in range(i + 1, min(i + 2 + GAP, last_place + 1)):
                            if words[j] in leaps_to:
                                found.append(Found(phrase.concept, i, j + 1))
                                break
                        continue
                    if (last := _match(phrase.slots, 1, sentence, i + 1, at)) is not None:
                        found.append(Found(phrase.concept, i, last))
        for concept, phrases in self._by_concept.items() if at else ():
            for i, ends in at.get(concept, {}).items():
                for phrase in phrases:
                    for end in ends:
                        if (last := _match(phrase.slots, 1, sentence, end, at)) is not None:
                            found.append(Found(phrase.concept, i, last))
        return found


def _file_by_need(table: dict[str, dict[str, list[_Phrase]]], first: str, phrase: _Phrase) -> None:
    """File a phrase under what it begins with and each word of which it needs one further on."""
    for needed in phrase.needs[0] if phrase.needs else (NO_NEED,):
        table.setdefault(first, {}).setdefault(needed, []).append(phrase)


def _match(slots: Sequence[_Slot], k: int, sentence: Sequence[Item], i: int, at: _Places) -> int | None:
    """The item index after the match of `slots[k:]` from item `i` on, or None."""
    if k == len(slots):
        return i
    slot = slots[k]
    for j in range(i, min(i + slot.gap_before + 1, len(sentence))):
        item = sentence[j]
        if item.unit is not None and (item.unit in slot.units or "number" in slot.units):
            fits = True
        else:
            fits = item.stem in slot.stems or item.norm in slot.norms
        if fits and (last := _match(slots, k + 1, sentence, j + 1, at)) is not None:
            return last
        for concept in slot.concepts:
            for end in sorted(at.get(concept, {}).get(j, ()), reverse=True):
                if (last := _match(slots, k + 1, sentence, end, at)) is not None:
                    return last
    return _match(slots, k + 1, sentence, i, at) if slot.optional else None
