"""The small language in which the lexicon and the rules write phrases, and its matcher.

A phrase is a row of slots separated by spaces:

    share|fraction of        either word, in any of its forms, then "of"
    =us                      that very form
    same .. twice            up to four words between
    every (model) release    a slot that may be missing
    under <duration>         an amount; units share, money, duration, multiple, count, or number for any
    <same-input> <repeat>    what other concepts express

Matching works on a sentence's words and signs, its items, with every amount folded into one and hyphens, quotes and
brackets left out. Its time grows with the length of the sentence, never exponentially: no slot repeats.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from itertools import repeat
from operator import attrgetter
from typing import Final, NamedTuple

from coach.errors import KnowledgeError
from coach.reading.numbers import Quantity
from coach.reading.tokens import Token, stem

GAP: Final = 4
"""The most items that `..` passes over."""
NO_NEED: Final = ""
"""Stands for what is needed by a phrase that needs nothing more."""
MOST_KEPT: Final = 5_000
MOST_GAPS: Final = 3
"""In one phrase, so that a hostile one cannot make matching slow."""

SIGNS: Final = frozenset(["→", "≥", "≤", "<", ">", "=", "÷", "×", "/", "+", "%", "&", "?", "@"])
UNITS: Final = frozenset(["share", "money", "duration", "multiple", "count", "number"])


class Found(NamedTuple):
    """A concept at the items `first` to `last` (exclusive) of a sentence."""

    first: int
    last: int
    concept: str


class PhraseError(KnowledgeError, ValueError):
    """A phrase that cannot be read; `coach lint` tells its line."""


def items(tokens: Sequence[Token], amounts: Sequence[Quantity]) -> list[Token]:
    """A sentence as phrases see it."""
    found: list[Token] = []
    done = 0
    for amount in amounts:
        if amount.first < done:
            continue  # its currency sign was read with the amount before
        found += _seen(tokens[done : amount.first])
        start, _, norm, stem, kind, *_ = tokens[amount.first]
        found.append(Token(start, tokens[amount.last - 1].end, norm, stem, kind, amount.unit, amount.limit))
        done = amount.last
    found += _seen(tokens[done:])
    return found


def _seen(tokens: Iterable[Token]) -> list[Token]:
    return [token for token in tokens if token.kind != "sign" or token.norm in SIGNS]


_ALIKE: Final = attrgetter("norm", "stem", "unit")
"""What tells one item from another, wherever it stands."""

_Places = dict[str, dict[int, set[int]]]
"""Where each concept was found: first item to the items after its last."""


class _Slot(NamedTuple):
    stems: frozenset[str]
    norms: frozenset[str]
    units: frozenset[str]
    concepts: frozenset[str]
    optional: bool
    gap_before: int

    @property
    def words_only(self) -> bool:
        """Neither exact forms, amounts nor concepts: a look at the stems decides."""
        return not (self.norms or self.units or self.concepts)

    @property
    def keys(self) -> frozenset[str]:
        """What can fill the slot, as keys of a sentence's `_View`."""
        named = {f"<{name}>" for name in self.units | self.concepts}
        return self.stems | {f"={norm}" for norm in self.norms} | named


class _Phrase(NamedTuple):
    concept: str
    slots: tuple[_Slot, ...]
    needs: frozenset[str]
    """The keys that can fill the later slot which the fewest can fill, where one must be: none of them, no phrase."""
    also: tuple[frozenset[str], ...]
    """The same for the other slots that must be filled."""
    leaps_to: frozenset[str] | None
    """The words of the second slot of two, where it stands behind a gap and nothing but stems tells it."""

    @classmethod
    def of(cls, concept: str, slots: tuple[_Slot, ...]) -> _Phrase:
        needs, *also = sorted((slot.keys for slot in slots[1:] if not slot.optional), key=len) or [frozenset({NO_NEED})]
        leaps = len(slots) == 2 and slots[1].gap_before > 0 and slots[1].words_only and not slots[1].optional
        return cls(concept, slots, needs, tuple(also), slots[1].stems if leaps else None)


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
            elif (word not in SIGNS and "<" in word) or not (found := stem(word.lower())):
                raise PhraseError(f"{word!r} is no word; an amount or an idea stands between < and >")
            else:
                stems.add(found)
        kinds = frozenset(stems), frozenset(norms), frozenset(units), frozenset(concepts)
        slots.append(_Slot(*kinds, optional, gap))
        gap = 0
    if sum(slot.gap_before > 0 or slot.optional for slot in slots) > MOST_GAPS:
        raise PhraseError(f"{phrase!r} has more than {MOST_GAPS} gaps and optional slots")
    if not slots or slots[0].optional or gap:
        raise PhraseError(f"{phrase!r} must begin with a slot that is required, and not end with a gap")
    return tuple(slots)


class Lexicon:
    """Concepts compiled for matching.

    `phrases_of` maps a concept's id to its phrases. Raises PhraseError for phrases that cannot be read, for
    references to unknown concepts and for concepts that refer to one another in a circle.
    """

    def __init__(self, phrases_of: Mapping[str, Iterable[str]]) -> None:
        self._kept: dict[tuple[object, ...], list[Found]] = {}
        parsed = {concept: [parse(phrase) for phrase in phrases] for concept, phrases in phrases_of.items()}
        needs = {
            concept: set().union(*(slot.concepts for slots in phrases for slot in slots))
            for concept, phrases in parsed.items()
        }
        for concept, needed in needs.items():
            if unknown := needed - parsed.keys():
                raise PhraseError(f"{concept} refers to unknown concepts: {', '.join(sorted(unknown))}")
        # Phrases of words and amounts alone are looked for at once, whatever concept they stand for.
        levels: list[list[_Phrase]] = [[]]
        order = TopologicalSorter(needs)
        try:
            order.prepare()
        except CycleError as error:
            raise PhraseError(f"concepts refer to one another in a circle: {' -> '.join(error.args[1])}") from None
        while order.is_active():
            ready = sorted(order.get_ready())
            levels.append([])
            for concept in ready:
                for slots in parsed[concept]:
                    level = levels[-1 if any(slot.concepts for slot in slots) else 0]
                    level.append(_Phrase.of(concept, slots))
            order.done(*ready)
        self._levels = [_Index(level) for level in levels if level]
        norms = {norm for phrases in parsed.values() for slots in phrases for slot in slots for norm in slot.norms}
        self._exact = {norm: f"={norm}" for norm in norms}
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

    def find(self, sentence: Sequence[Token]) -> list[Found]:
        """Every concept expressed in a sentence, in order of its first item; the longest reading of each phrase.

        What was found in a sentence is kept: an answer that is being written is read again and again.
        """
        key = tuple(map(_ALIKE, sentence))
        if (known := self._kept.get(key)) is None:
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            known = self._kept[key] = self._find(sentence)
        return known

    def _find(self, sentence: Sequence[Token]) -> list[Found]:
        view = _View(sentence, self._exact)
        found: set[tuple[int, int, str]] = set()
        for number, index in enumerate(self._levels):
            if new := index.find(view):
                found.update(new)
                if number + 1 < len(self._levels):
                    view.add(new)
        return list(map(tuple.__new__, repeat(Found), sorted(found)))


class _View:
    """A sentence by what phrases ask for: its stems, exact forms (`=us`), amounts (`<share>`) and concepts so far."""

    def __init__(self, sentence: Sequence[Token], exact: Mapping[str, str]) -> None:
        self.items = sentence
        self.stems = [item.stem for item in sentence]
        self.at: _Places = {}
        places: dict[str, list[int]] = {}
        for i, item in enumerate(sentence):
            places.setdefault(item.stem, []).append(i)
            if item.norm in exact:
                places.setdefault(exact[item.norm], []).append(i)
            if item.unit is not None:
                places.setdefault(f"<{item.unit}>", []).append(i)
                places.setdefault("<number>", []).append(i)
        self.places = places
        self.keys = {NO_NEED, *places}

    def ends_of(self, key: str) -> list[tuple[int, int]]:
        """The places of the concept that a key names, each as its first item and the item after its last."""
        return [(i, end) for i, ends in self.at[key[1:-1]].items() for end in ends]

    def add(self, found: Iterable[tuple[int, int, str]]) -> None:
        """Take in concepts that were found."""
        for first, last, concept in found:
            self.at.setdefault(concept, {}).setdefault(first, set()).add(last)
            self.keys.add(f"<{concept}>")


class _Begin(NamedTuple):
    """The phrases that begin with one key."""

    alone: list[str]
    """Concepts of phrases that end there."""
    followed: dict[str, list[_Phrase]]
    """By the stem that must follow at once."""
    needing: dict[str, list[_Phrase]]
    """By what the sentence must hold further on."""


class _Index:
    """Phrases filed under what they begin with, so that most are never tried.

    Phrases of one word, and phrases whose second word follows at once, are found by looking words up; the others are
    tried one by one where their first word stands and what they need most stands somewhere.
    """

    def __init__(self, phrases: Sequence[_Phrase]) -> None:
        self._begins: dict[str, _Begin] = {}
        for phrase in phrases:
            for key in phrase.slots[0].keys:
                begin = self._begins.setdefault(key, _Begin([], {}, {}))
                if key[0] == "<" or len(phrase.slots) > 1:
                    self._file(phrase, begin, key)
                else:
                    begin.alone.append(phrase.concept)

    @staticmethod
    def _file(phrase: _Phrase, begin: _Begin, key: str) -> None:
        second = phrase.slots[1] if len(phrase.slots) > 1 else None
        if second and second.words_only and not second.optional and not second.gap_before and key[0] != "<":
            for following in second.stems:
                begin.followed.setdefault(following, []).append(phrase)
        else:
            for needed in phrase.needs:
                begin.needing.setdefault(needed, []).append(phrase)

    def may_begin(self, stems: frozenset[str]) -> bool:
        """Whether a phrase can begin with one of these stems, or with what stems do not tell."""
        return any(key in stems or key[0] in "=<" for key in self._begins)

    def find(self, view: _View) -> list[tuple[int, int, str]]:
        """What these phrases find in a sentence, as first item, item after the last, and concept."""
        found: list[tuple[int, int, str]] = []
        stems, keys, last_place = view.stems, view.keys, len(view.stems) - 1
        for key in self._begins.keys() & keys:
            alone, followed, needing = self._begins[key]
            starts = view.places.get(key, ())
            for i in starts if alone or followed else ():
                for concept in alone:
                    found.append((i, i + 1, concept))
                if i < last_place and (phrases := followed.get(stems[i + 1])) is not None:
                    for phrase in phrases:
                        if len(phrase.slots) == 2:
                            found.append((i, i + 2, phrase.concept))
                        elif (last := _match(phrase.slots, 2, view, i + 2)) is not None:
                            found.append((i, last, phrase.concept))
            if needing and not keys.isdisjoint(needing):
                begun = [(i, i + 1) for i in starts] or view.ends_of(key)
                for needed in needing.keys() & keys:
                    for phrase in needing[needed]:
                        if not phrase.also or not any(map(keys.isdisjoint, phrase.also)):
                            found += _following(phrase, begun, view)
        return found


def _following(phrase: _Phrase, begun: Iterable[tuple[int, int]], view: _View) -> Iterator[tuple[int, int, str]]:
    """Where a phrase is found whose first slot is filled by what stands at `begun`: from there to there."""
    if (leaps_to := phrase.leaps_to) is not None:
        for i, end in begun:
            for j in range(end, min(end + 1 + GAP, len(view.stems))):
                if view.stems[j] in leaps_to:
                    yield i, j + 1, phrase.concept
                    break
        return
    for i, end in begun:
        if (last := _match(phrase.slots, 1, view, end)) is not None:
            yield i, last, phrase.concept


def _match(slots: Sequence[_Slot], k: int, view: _View, i: int) -> int | None:
    """The item index after the match of `slots[k:]` from item `i` on, or None."""
    if k == len(slots):
        return i
    slot = slots[k]
    sentence = view.items
    for j in range(i, min(i + slot.gap_before + 1, len(sentence))):
        item = sentence[j]
        if item.unit is not None and (item.unit in slot.units or "number" in slot.units):
            fits = True
        else:
            fits = item.stem in slot.stems or item.norm in slot.norms
        if fits and (last := _match(slots, k + 1, view, j + 1)) is not None:
            return last
        for concept in slot.concepts:
            for end in sorted(view.at.get(concept, {}).get(j, ()), reverse=True):
                if (last := _match(slots, k + 1, view, end)) is not None:
                    return last
    return _match(slots, k + 1, view, i) if slot.optional else None
