"""What to do next: one step that names this product and these words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from coach.knowledge.models.rubric import Criterion, Rubric
from coach.scoring.judge import Judgement
from coach.scoring.report import CriterionResult

LONGEST_QUOTE: Final = 64
YOUR_MAIN: Final = "your main number"


def quote(text: str, start: int, end: int) -> str:
    """Words of the answer in quotation marks, cut at a word's end, on one line."""
    words = " ".join(text[start:end].split())
    if len(words) > LONGEST_QUOTE:
        words = words[:LONGEST_QUOTE].rsplit(" ", 1)[0].rstrip(",;:—–-") + " …"
    return f"“{words}”"


def main_words(answer: str, results: Mapping[str, CriterionResult | Judgement]) -> str:
    """How the answer itself speaks of its main number; a plain phrase where it has none."""
    result = results.get("north_star")
    if result is None or result.level < 2 or not result.evidence:
        return YOUR_MAIN
    first = result.evidence[0]
    return quote(answer, first.start, first.end)


def steps(criterion: Criterion, level: int, main: str, product: str) -> tuple[str, ...]:
    """What the next level takes, and from absent also the one after; nothing at the top."""
    wanted = range(level + 1, min(level + 2, 3) + 1) if level == 0 else range(level + 1, min(level + 1, 3) + 1)
    return tuple(criterion.next_step.at(k).replace("{main}", main).replace("{product}", product) for k in wanted)


def most_worth_doing(rubric: Rubric, levels: Mapping[str, int]) -> Criterion | None:
    """The criterion whose next level gains most; core first, then the lowest, then the rubric's order."""
    open_ones = [criterion for criterion in rubric.criteria if levels[criterion.id] < 3]
    return min(
        open_ones,
        key=lambda c: (-c.weight * (1 if levels[c.id] >= 2 else 2), levels[c.id]),
        default=None,
    )


def advise(rubric: Rubric, answer: str, results: Mapping[str, CriterionResult], product: str, title: str) -> str:
    """One piece of advice. It quotes the answer where there is something to build on."""
    levels = {key: result.level for key, result in results.items()}
    criterion = most_worth_doing(rubric, levels)
    if criterion is None:
        return f"{title}: every criterion is argued. Say it aloud in the time you would have, and cut a third."
    result = results[criterion.id]
    step = criterion.next_step.at(result.level + 1).replace("{product}", product)
    step = step.replace("{main}", main_words(answer, results))
    if result.evidence:
        best = result.evidence[0]
        return f"{criterion.name}: you say {quote(answer, best.start, best.end)}. {step}"
    if result.costs:
        lost = result.costs[0]
        return f"{criterion.name}: {quote(answer, lost.start, lost.end)} - {lost.why}. {step}"
    return f"{title}, {criterion.name.lower()}: nothing in your answer speaks to this yet. {step}"
