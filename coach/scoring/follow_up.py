"""A reply to a follow-up question, judged against what a good reply contains."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from coach.reading.document import Document, Sentence
from coach.scoring.advice import quote
from coach.scoring.follow_up_report import MADE, NOT, TOUCHED, FollowUpReport, Making, PointResult
from coach.scoring.reply_stance import Uncounted, only_listed, uncounted
from coach.scoring.reply_words import NEGATED, PointWords, Sign, key_of
from coach.scoring.report import Cost, Evidence

SLACK: Final = 4
"""How many other words may stand between those of a sign."""
MADE_FROM: Final = 1.35
TOUCHED_FROM: Final = 0.6
_SIGN: Final = 0.6
"""What a sign adds to the words it is made of."""
_MOST_SIGNS: Final = 2
_ECHO: Final = 0.7
"""The share of a sentence's words that are the question's from which it only repeats the question."""
_NOTE: Final = 5
"""So many words or fewer are a note rather than a sentence, where notes are all there is."""
_MANY_NOTES: Final = 5
_NOTES: Final = 0.7
_NEXT_SENTENCE: Final = 0.6
"""Worth of a word in the sentence after."""
_VALUE: Final[Mapping[int, float]] = {NOT: 0.0, TOUCHED: 0.4, MADE: 1.0}
_OFF_SUBJECT: Final = 30
"""The most that a reply gets which could have been given about any product."""
_OWN_WORDS: Final = 3
_WORDS_FOR_ONE: Final = 12
"""So many words of a reply call for one more of the question's own, up to three."""
_MOST_EVIDENCE: Final = 3
_COSTS: Final = (
    "you turn this down, so it earns nothing",
    "you put this off, so it earns nothing",
    "you leave this in somebody else's mouth or said it before, so it earns nothing",
)
OFF_SUBJECT: Final = "Hardly a word of the reply is about this product, so it could have been said of any."


@dataclass(frozen=True, slots=True)
class AskedNext:
    """A follow-up question, ready to judge replies by."""

    case: str
    number: int
    question: str
    points: tuple[PointWords, ...]
    asked: frozenset[str]
    """The keys of the question's own words."""
    subject: frozenset[str]
    """Stems of the words that a reply about this question would use."""


@dataclass(frozen=True, slots=True)
class _Heard:
    """A sentence of the reply."""

    sentence: Sentence
    keys: tuple[str, ...]
    places: Mapping[str, tuple[int, ...]]
    uncounted: Uncounted

    def dead(self, point: PointWords, *, sign: Sign | None = None) -> frozenset[int]:
        """The places that do not count for a point; a point that is a "no" may be made by one."""
        allowed = point.negative and (sign is None or NEGATED in sign.keys)
        denied = frozenset[int]() if allowed or (sign and NEGATED in sign.keys) else self.uncounted.denied
        postponed = frozenset[int]() if point.waits else self.uncounted.postponed
        return denied | postponed | self.uncounted.others


@dataclass(frozen=True, slots=True)
class _Shown:
    """What one sentence shows of one point."""

    words: Mapping[str, float]
    signs: tuple[tuple[Sign, int, int], ...]
    """Each with its first item and the one after its last."""
    places: tuple[int, ...]

    @property
    def strength(self) -> float:
        return sum(self.words.values()) + self.bonus

    @property
    def bonus(self) -> float:
        best = sorted((min(1.0, sign.telling) for sign, _, _ in self.signs), reverse=True)
        return _SIGN * sum(best[:_MOST_SIGNS])


def judge_reply(reply: str, document: Document, asked: AskedNext) -> FollowUpReport:
    """Judge a reply that has been read. Every point given names words of the reply."""
    heard = [_hear(sentence, reply, asked.asked) for sentence in document.sentences]
    shown = [[_show(one, point, counted=True) for one in heard] for point in asked.points]
    notes_only = _in_notes(document)
    listed = [
        (notes_only and len(one.keys) <= _NOTE) or _is_listed(one, [row[i] for row in shown], asked, reply)
        for i, one in enumerate(heard)
    ]
    results = tuple(_judge(point, row, heard, listed) for point, row in zip(asked.points, shown, strict=True))
    total = sum(_VALUE[result.level] for result in results)
    overall = round(100 * total / len(results))
    notes = []
    said = {item.stem for one in heard for item in one.sentence.items}
    if not document.blank and len(said & asked.subject) < min(_OWN_WORDS, 1 + document.words // _WORDS_FOR_ONE):
        overall = min(overall, _OFF_SUBJECT)
        notes.append(OFF_SUBJECT)
    if document.truncated:
        notes.append(f"Only the first {len(heard):,} sentences were read.")
    return FollowUpReport(
        case=asked.case,
        number=asked.number,
        question=asked.question,
        overall=overall,
        points=results,
        advice=_advice(reply, document, results),
        notes=tuple(notes),
    )


def _hear(sentence: Sentence, text: str, asked: frozenset[str]) -> _Heard:
    keys = tuple(key_of(item, text) for item in sentence.items)
    echoed = sum(key in asked for key in keys) >= _ECHO * len(keys)
    places: dict[str, list[int]] = {}
    for place, key in enumerate(keys):
        if not (echoed and key in asked):
            places.setdefault(key, []).append(place)
    return _Heard(sentence, keys, {key: tuple(found) for key, found in places.items()}, uncounted(sentence, text))


def _show(heard: _Heard, point: PointWords, *, counted: bool) -> _Shown:
    """What a sentence shows of a point; without `counted` in any of its words."""
    dead = heard.dead(point) if counted else frozenset[int]()
    words: dict[str, float] = {}
    places: list[int] = []
    for key, worth in point.words.items():
        live = [place for place in heard.places.get(key, ()) if place not in dead]
        if live:
            words[key] = worth
            places += live[:1]
    signs = []
    for sign in point.signs:
        dead = heard.dead(point, sign=sign) if counted else frozenset[int]()
        if (span := _span(sign, heard, dead)) is not None:
            signs.append((sign, *span))
    return _Shown(words, tuple(signs), tuple(sorted(places)))


def _span(sign: Sign, heard: _Heard, dead: frozenset[int]) -> tuple[int, int] | None:
    """The narrowest stretch that holds all words of a sign, in any order but that "not" comes before."""
    rows: list[list[int]] = []
    for key in sign.keys:
        if key not in heard.places:
            return None
        row = [place for place in heard.places[key] if place not in dead]
        if not row:
            return None
        rows.append(row)
    best: tuple[int, int] | None = None
    reach = len(rows) + SLACK
    for start in rows[0]:
        chosen = [start]
        for row in rows[1:]:
            chosen.append(min(row, key=lambda place: abs(place - start)))
        first, last = min(chosen), max(chosen) + 1
        if last - first > reach or (NEGATED in sign.keys and heard.keys[first] != NEGATED and sign.keys[0] == NEGATED):
            continue
        if best is None or last - first < best[1] - best[0]:
            best = first, last
    return best


def _in_notes(document: Document) -> bool:
    """Nearly all of it is a list of a few words each."""
    short = sum(len(sentence.items) <= _NOTE for sentence in document.sentences)
    return short >= _MANY_NOTES and short >= _NOTES * len(document.sentences)


def _is_listed(heard: _Heard, shown: Sequence[_Shown], asked: AskedNext, text: str) -> bool:
    if any(heard.uncounted):
        shown = [_show(heard, point, counted=False) for point in asked.points]
    covered = {place for one in shown for _, first, last in one.signs for place in range(first, last)}
    distinct = len({sign.text for one in shown for sign, _, _ in one.signs})
    return only_listed(heard.sentence, text, covered, distinct)


def _judge(point: PointWords, row: Sequence[_Shown], heard: Sequence[_Heard], listed: Sequence[bool]) -> PointResult:
    level: Making = 0
    strengths = []
    for i, shown in enumerate(row):
        strength = shown.strength
        if i + 1 < len(row) and shown.words:
            following = row[i + 1].words.items()
            strength += _NEXT_SENTENCE * sum(worth for key, worth in following if key not in shown.words)
        strengths.append(strength)
        most: Making = 1 if listed[i] or "asked" in heard[i].sentence.stances else 2
        enough = strength >= MADE_FROM and (shown.signs or len(shown.words) > 1)
        reached: Making = 2 if enough else 1 if strength >= TOUCHED_FROM else 0
        level = max(level, min(reached, most), key=int)
    evidence: list[Evidence] = []
    if level:
        order = sorted(range(len(row)), key=lambda i: (-strengths[i], i))
        for i in order[:_MOST_EVIDENCE]:
            if row[i].strength >= TOUCHED_FROM or (not evidence and (row[i].words or row[i].signs)):
                evidence.append(_evidence(row[i], heard[i], listed[i]))
    costs = () if level == MADE else tuple(_costs(point, row, heard))
    return PointResult(
        point=point.point,
        level=level,
        evidence=tuple(evidence),
        costs=costs,
        missing="" if level == MADE else point.point,
    )


def _evidence(shown: _Shown, heard: _Heard, listed: bool) -> Evidence:
    items = heard.sentence.items
    places = [*shown.places, *(place for _, first, last in shown.signs for place in (first, last - 1))]
    start, end = items[min(places)].start, items[max(places)].end
    if shown.signs:
        names = ", ".join(f"“{sign.text}”" for sign, _, _ in shown.signs[:_MOST_SIGNS])
        why = f"says {names}"
    else:
        why = f"speaks of it: {', '.join(dict.fromkeys(items[place].norm for place in shown.places))}"
    return Evidence(start=start, end=end, why=f"{why}; a list says too little" if listed else why)


def _costs(point: PointWords, row: Sequence[_Shown], heard: Sequence[_Heard]) -> Iterator[Cost]:
    """Words that would have counted, had they been said as the speaker's own."""
    for one, shown in zip(heard, row, strict=True):
        if not any(one.uncounted):
            continue
        would = _show(one, point, counted=False)
        if would.strength < MADE_FROM or shown.strength >= TOUCHED_FROM:
            continue
        lost = [*would.places, *(first for _, first, _ in would.signs)]
        reason = max(range(len(_COSTS)), key=lambda n: (len(one.uncounted[n].intersection(lost)), -n))
        items = one.sentence.items
        yield Cost(start=items[min(lost)].start, end=items[max(lost)].end, why=_COSTS[reason])


def _advice(reply: str, document: Document, results: Sequence[PointResult]) -> str:
    if document.blank:
        return "There is nothing to judge yet: say what you would do first, and why."
    open_ones = [result for result in results if result.level != MADE]
    if not open_ones:
        return "Every point is made. Say it aloud in under a minute, the decision first."
    touched = next((result for result in open_ones if result.level == TOUCHED and result.evidence), None)
    if touched is not None and len(open_ones) <= len(results) // 2:
        best = touched.evidence[0]
        return f"You touch on this with {quote(reply, best.start, best.end)}; say it out: {_small(touched.point)}"
    first = next((result for result in open_ones if result.level == NOT), open_ones[0])
    made = len(results) - len(open_ones)
    return f"{made} of {len(results)} points made. Next: {_small(first.point)}"


def _small(point: str) -> str:
    return point if point.endswith((".", "!", "?")) else f"{point}."
