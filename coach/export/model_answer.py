"""A case's model answer as a Markdown page, with the passages that earn each criterion its level."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coach.export.annotate import annotate
from coach.export.markdown import render

if TYPE_CHECKING:
    from coach.knowledge.models.case import Case
    from coach.scoring.report import CriterionResult, Report

EXCERPT = 160
"""Signs of a passage that are quoted beside its criterion."""
_MARKUP = re.compile(r"[*_`#>|]+")


@dataclass(frozen=True)
class _Earned:
    """A criterion as the page shows it."""

    number: int
    name: str
    core: bool
    weight: int
    level: int
    level_name: str
    passages: tuple[tuple[str, str], ...]
    """Excerpt and reason."""
    missing: tuple[str, ...]


def model_answer_markdown(case: Case, report: Report) -> str:
    """The page for a case. `report` is the judgement of the case's own model answer.

    Numbers behind the sentences lead to the criteria they earn, which follow with the reasons;
    then come the weak answer with its faults and the follow-up questions.
    """
    from coach.scoring.report import VERDICT_NAMES

    text = case.model_answer
    criteria = tuple(report.criteria.values())
    spans = [
        (evidence.start, evidence.end, number)
        for number, result in enumerate(criteria, 1)
        for evidence in result.evidence
    ]
    return render(
        "model_answer.md.jinja",
        case=case,
        report=report,
        verdict=VERDICT_NAMES[report.verdict],
        answer=annotate(text, spans),
        marked=bool(spans),
        criteria=[_earned(number, result, text) for number, result in enumerate(criteria, 1)],
    )


def _earned(number: int, result: CriterionResult, text: str) -> _Earned:
    from coach.scoring.report import LEVEL_NAMES

    passages = {excerpt(text, evidence.start, evidence.end): evidence.why for evidence in result.evidence}
    return _Earned(
        number=number,
        name=result.name,
        core=result.core,
        weight=result.weight,
        level=result.level,
        level_name=LEVEL_NAMES[result.level],
        passages=tuple(passages.items()),
        missing=result.missing,
    )


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
