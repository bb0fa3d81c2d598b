"""A judged answer as documents show it: criteria with reasons and quotes, and the answer with its marks."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from coach.export.annotate import annotate
from coach.export.marks import Mark, MarkedBlock, marked_blocks
from coach.knowledge.prose import reflowed

if TYPE_CHECKING:
    from coach.scoring.report import Cost, CriterionResult, Evidence, Report

EXCERPT = 160
"""Signs of a passage that are quoted beside its criterion."""
HIGHEST = 3
_MARKUP = re.compile(r"[*_`#>|]+")


@dataclass(frozen=True)
class Reason:
    """Why words of the answer earn or cost, with the words."""

    why: str
    quotes: tuple[str, ...]


@dataclass(frozen=True)
class JudgedCriterion:
    """A criterion as documents show it."""

    number: int
    name: str
    core: bool
    weight: int
    level: int
    level_name: str
    earned: tuple[Reason, ...]
    cost: tuple[Reason, ...]
    missing: tuple[str, ...]
    worth: float
    """Points of the score that the highest level would add."""
    change: int | None = None
    """Levels gained since the attempt before; None where there is none to compare with."""

    @property
    def dots(self) -> str:
        """The level as full and empty dots."""
        return "●" * self.level + "○" * (HIGHEST - self.level)

    @property
    def changed(self) -> str:
        """The change in words, empty where there is nothing to compare with."""
        if self.change is None:
            return ""
        return f"▲ {self.change}" if self.change > 0 else f"▼ {-self.change}" if self.change < 0 else "="


@dataclass(frozen=True)
class JudgedText:
    """A text and what was said about it."""

    text: str
    report: Report
    keep_lines: bool
    """Whether ends of lines mean something, as in what people type."""
    before: dict[str, int] = field(default_factory=dict)
    """Levels by criterion that an earlier attempt reached."""

    @property
    def verdict(self) -> str:
        """In words."""
        from coach.scoring.report import VERDICT_NAMES

        return VERDICT_NAMES[self.report.verdict]

    @cached_property
    def criteria(self) -> tuple[JudgedCriterion, ...]:
        """In the rubric's order."""
        whole = HIGHEST * sum(result.weight for result in self.report.criteria.values())
        return tuple(
            self._criterion(number, key, result, 100 / (whole or 1))
            for number, (key, result) in enumerate(self.report.criteria.items(), 1)
        )

    @cached_property
    def gaps(self) -> tuple[JudgedCriterion, ...]:
        """What was missing: criteria under the highest level, those worth most first."""
        return tuple(sorted((c for c in self.criteria if c.level < HIGHEST), key=lambda c: (-c.worth, c.number)))

    @cached_property
    def marks(self) -> tuple[Mark, ...]:
        """Every passage that earns or costs something."""
        numbered = tuple(enumerate(self.report.criteria.values(), 1))
        earned = (Mark(e.start, e.end, "earned", n, r.name, e.why) for n, r in numbered for e in r.evidence)
        cost = (Mark(c.start, c.end, "cost", n, r.name, c.why) for n, r in numbered for c in r.costs)
        return (*earned, *cost)

    @cached_property
    def blocks(self) -> tuple[MarkedBlock, ...]:
        """The text with its marks and the notes on each block."""
        text = self.text if self.keep_lines else reflowed(self.text)
        return marked_blocks(text, self.marks, keep_lines=self.keep_lines)

    @cached_property
    def numbered(self) -> str:
        """The text as Markdown with the numbers of criteria behind the sentences; negative ones for costs."""
        spans = [(m.start, m.end, m.number if m.kind == "earned" else -m.number) for m in self.marks]
        return annotate(self.text, (span for span in spans if 0 <= span[0] < span[1] <= len(self.text)))

    def _criterion(self, number: int, key: str, result: CriterionResult, point: float) -> JudgedCriterion:
        from coach.scoring.report import LEVEL_NAMES

        return JudgedCriterion(
            number=number,
            name=result.name,
            core=result.core,
            weight=result.weight,
            level=result.level,
            level_name=LEVEL_NAMES[result.level],
            earned=_reasons(self.text, result.evidence),
            cost=_reasons(self.text, result.costs),
            missing=result.missing,
            worth=point * result.weight * (HIGHEST - result.level),
            change=result.level - self.before[key] if key in self.before else None,
        )


def plain_blocks(text: str) -> tuple[MarkedBlock, ...]:
    """A text of the knowledge base without marks."""
    return marked_blocks(reflowed(text), keep_lines=False)


def excerpt(text: str, start: int, end: int) -> str:
    """A passage in whole words on one line, without marks of Markdown, cut short if it is long."""
    while 0 < start < len(text) and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while 0 < end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    words = " ".join(_MARKUP.sub("", text[start:end]).split())
    if len(words) <= EXCERPT:
        return words
    return words[:EXCERPT].rsplit(" ", 1)[0].rstrip(",;:") + " …"


def _reasons(text: str, passages: Iterable[Evidence | Cost]) -> tuple[Reason, ...]:
    quotes: dict[str, list[str]] = {}
    for passage in passages:
        quotes.setdefault(passage.why, []).append(excerpt(text, passage.start, passage.end))
    return tuple(Reason(why, tuple(dict.fromkeys(said))) for why, said in quotes.items())
