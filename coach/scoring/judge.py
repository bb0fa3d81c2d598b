"""One criterion judged: how strongly each sentence speaks for it, which level that makes, and which words show it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from coach.knowledge.models.rubric import Caps, Criterion
from coach.knowledge.models.rule import CapRule, Fit, LevelRule
from coach.reading.document import Document, Sentence
from coach.reading.stance import Stance
from coach.rules.base import Finder, Hit
from coach.scoring.report import Cost, Evidence
from coach.scoring.strength import Strength, worth_showing

APPLIED: Final = 2
MOST_EVIDENCE: Final = 4
_SHARE_OF_BEST: Final = 0.5
"""Where no share was fitted."""
MOST_COSTS: Final = 3
_LEAST_SHOWN: Final = 0.02
"""A level needs words to show; below this strength there are none, and no level."""
_LEAST_WORDS: Final = 3
"""Of a sentence that is shown beside the best one: "Great question!" is none."""
_LEAST_NAMED: Final = 0.5
"""What a list of terms, a question or a definition must reach to show anything."""
_WORTH_A_WORD: Final = 0.2
"""The strength from which a sentence that earns nothing is worth explaining."""

_COST_REASONS: Final[Mapping[Stance, str]] = {
    "denied": "you turn this down, so it earns nothing",
    "postponed": "you put this off without a plan, so it earns nothing",
    "by_others": "you leave this in somebody else's mouth, so it earns nothing",
    "handed_off": "you hand this to others, so it earns little",
    "bare_list": "a list of terms with nothing said about them earns no more than a mention",
    "textbook": "a definition that is not put to use earns no more than a mention",
    "repeated": "this was said before, so it counts once",
}


@dataclass(frozen=True, slots=True)
class CompiledRule:
    """A rule with its finder and its full name."""

    name: str
    rule: LevelRule
    finder: Finder


@dataclass(frozen=True, slots=True)
class CompiledCap:
    """A rule that limits its criterion, with its finder and its full name."""

    name: str
    rule: CapRule
    finder: Finder


@dataclass(frozen=True, slots=True)
class CompiledCriterion:
    """A criterion with its rules and, where it has been fitted, its weights."""

    criterion: Criterion
    rules: tuple[CompiledRule, ...]
    caps: tuple[CompiledCap, ...]
    fit: Fit | None


@dataclass(frozen=True, slots=True)
class Judgement:
    """What one criterion comes to."""

    level: int
    evidence: tuple[Evidence, ...]
    costs: tuple[Cost, ...]


def sentence_cap(sentence: Sentence, caps: Caps) -> int:
    """The highest level that a sentence can earn, whatever it says."""
    by_stance: dict[Stance, int] = {
        "bare_list": caps.bare_list,
        "textbook": caps.textbook,
        "asked": caps.asked,
        "handed_off": caps.handed_off,
    }
    if sentence.undone:
        by_stance |= {
            "denied": caps.denied,
            "postponed": caps.postponed,
            "by_others": caps.by_others,
            "repeated": 0,
        }
    return min((by_stance[stance] for stance in sentence.stances if stance in by_stance), default=3)


def capped(strength: Strength, cap: int) -> Strength:
    """A strength with nothing above a level."""
    if cap >= 3:
        return strength
    return Strength(*(value if level < cap else 0.0 for level, value in enumerate(strength)))


def within(strengths: Sequence[Strength], limits: Sequence[int]) -> list[Strength]:
    """Strengths with nothing above what each sentence can earn."""
    allowed = list(strengths)
    for index, limit in enumerate(limits):
        if limit < 3:
            allowed[index] = capped(allowed[index], limit)
    return allowed


def by_rules(hits: Mapping[CompiledRule, Sequence[Hit]], count: int) -> list[Strength]:
    """Strengths where no weights were fitted: full for each level up to that of the rules that fired."""
    levels = [0] * count
    for compiled, found in hits.items():
        for hit in found:
            for index in range(hit.first, hit.last + 1):
                levels[index] = max(levels[index], compiled.rule.level)
    return [Strength(float(level >= 1), float(level >= 2), float(level >= 3)) for level in levels]


def judge(
    document: Document,
    compiled: CompiledCriterion,
    hits: Mapping[CompiledRule, Sequence[Hit]],
    limiting: Mapping[CompiledCap, Sequence[Hit]],
    strengths: Sequence[Strength],
    limits: Sequence[int],
    expected: float,
    most: int,
) -> Judgement:
    """The level of one criterion, at most `most`, with the sentences that earn it and those that would have.

    `limits` holds the highest level that each sentence can earn, `expected` the level that the weights expect.
    """
    allowed = within(strengths, limits)
    if compiled.fit is not None:
        level = sum(expected >= cut for cut in compiled.fit.cuts)
        share = compiled.fit.show
    else:
        level = max((sum(value >= 0.5 for value in strength) for strength in allowed), default=0)
        share = _SHARE_OF_BEST
    for rule, found in hits.items():
        for hit in found if rule.rule.sure else ():
            if min(limits[hit.first : hit.last + 1]) >= rule.rule.level:
                level = max(level, rule.rule.level)
                for index in range(hit.first, hit.last + 1):
                    allowed[index] = _at_least(allowed[index], rule.rule.level)
    fired: dict[int, list[CompiledRule]] = {}
    for rule, found in hits.items():
        for index in {index for hit in found for index in range(hit.first, hit.last + 1)}:
            fired.setdefault(index, []).append(rule)
    costs = _costs(document, strengths, limits, min(level, most), fired)
    for cap, found in limiting.items():
        if found and level > cap.rule.most:
            level = cap.rule.most
            costs = [_cost(document.sentences[hit.last], cap.rule.why) for hit in found[:MOST_COSTS]] + costs
    level = min(level, most)
    chosen = _chosen(document, allowed, limits, share, level) if level else []
    if not chosen:
        level = 0
    return Judgement(
        level, tuple(_evidence(document, compiled, fired, allowed, chosen, level)), tuple(costs[:MOST_COSTS])
    )


def _at_least(strength: Strength, level: int) -> Strength:
    return Strength(*(max(value, float(number < level)) for number, value in enumerate(strength)))


def _cost(sentence: Sentence, why: str) -> Cost:
    return Cost(start=sentence.start, end=sentence.end, why=why)


def _chosen(
    document: Document, strengths: Sequence[Strength], limits: Sequence[int], share: float, level: int
) -> list[int]:
    """The sentences to show: the one worth most, then those worth at least this share of it."""
    worth = worth_showing(strengths, level)
    bar = share * max(worth, default=0.0)
    ranked = sorted(
        (i for i, value in enumerate(worth) if value >= bar and strengths[i].named >= _LEAST_SHOWN),
        key=lambda i: (-worth[i], i),
    )
    if ranked and limits[ranked[0]] < 3 and strengths[ranked[0]].named < _LEAST_NAMED:
        return []
    others = [i for i in ranked[1:] if len(document.sentences[i].items) >= _LEAST_WORDS]
    return ranked[:1] + others[: MOST_EVIDENCE - 1]


def _evidence(
    document: Document,
    compiled: CompiledCriterion,
    fired: Mapping[int, Sequence[CompiledRule]],
    strengths: Sequence[Strength],
    chosen: Sequence[int],
    level: int,
) -> list[Evidence]:
    spans: list[Evidence] = []
    for index in sorted(chosen):
        sentence = document.sentences[index]
        # The best of them carries the level, whether or not it would do so alone.
        own = level if index == chosen[0] else max(1, min(level, sum(value >= 0.5 for value in strengths[index])))
        fitting = [rule for rule in fired.get(index, ()) if rule.rule.level <= own]
        best = max(fitting, key=lambda rule: rule.rule.level, default=None)
        start = (
            sentence.items[sentence.live_from].start if 0 < sentence.live_from < len(sentence.items) else sentence.start
        )
        spans.append(
            Evidence(
                start=start,
                end=sentence.end,
                why=best.rule.why if best is not None else compiled.criterion.earned.at(own),
                rule=best.name if best is not None else "",
            )
        )
    return spans


def _costs(
    document: Document, strengths: Sequence[Strength], limits: Sequence[int], level: int, fired: Collection[int]
) -> list[Cost]:
    """Sentences that do the job but may not earn a higher level than was reached, the strongest first.

    `fired` are those in which a rule of the criterion fired.
    """
    lost: list[tuple[float, int, Stance]] = []
    for index in (index for index, limit in enumerate(limits) if limit < APPLIED):
        sentence, strength, limit = document.sentences[index], strengths[index], limits[index]
        if level > max(limit, 1) or not (strength.named >= _WORTH_A_WORD or index in fired):
            continue
        reason = min(
            (stance for stance in sentence.stances if stance in _COST_REASONS),
            key=lambda stance: list(_COST_REASONS).index(stance),
            default=None,
        )
        if reason is not None:
            lost.append((-strength.named, index, reason))
    return [_cost(document.sentences[index], _COST_REASONS[reason]) for _, index, reason in sorted(lost)]
