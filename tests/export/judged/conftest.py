from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from coach.export.judged.documents import Document
from coach.export.judged.report import practice_report
from coach.facade import KnowledgeBase
from coach.knowledge.base import Base
from coach.practice.models import Attempt

CASE = "crm-writing-assistant"
ANSWER = """**Goal.** Reps book more meetings. Users: 200 outbound reps.
North star: meetings held per rep per week, within 21 days of the email; opens can be bought with clickbait.

- Guardrail: spam complaints per 1,000 delivered, under 1
- Reach

| Layer | Target |
| --- | --- |
| Latency | first draft p95 under 3 seconds |

2. then an A/B test by team
"""
HOSTILE = (
    '<script>x()</script> [a](javascript:b) ![c](http://d) {{ y }} {% raw %} #set text(red) $x$ "q" &#x202e; '
    "\x1b[31mred\x07 \u202eback \ud800 \U000f0001 ☐ ``` *deep* \\ `code` ]]> </w:t>\n=== \n| a | b\n|---|\n> - 1. x\n"
)


@pytest.fixture(scope="session")
def kb(base: Base) -> KnowledgeBase:
    return KnowledgeBase(base)


Tried = Callable[..., Attempt]


@pytest.fixture(scope="session")
def tried(kb: KnowledgeBase) -> Tried:
    def made(number: int, answer: str = ANSWER, case: str = CASE, **changes: object) -> Attempt:
        report = kb.score(answer, case=case) if case in kb.cases else kb.score(answer, prompt=case)
        then = datetime(2026, 11, 1, 23, 30, tzinfo=UTC) + timedelta(days=number)
        attempt = Attempt(
            id=number, uuid=str(number), case=case, case_digest="", rubric=report.rubric,
            rubric_version=report.rubric_version, started_at=then, finished_at=then, seconds_spent=900, hints_used=1,
            answer=answer, overall=report.overall, verdict=report.verdict,
            levels={key: item.level for key, item in report.criteria.items()}, report_json=report.model_dump_json(),
        )  # fmt: skip
        return replace(attempt, **changes)  # type: ignore[arg-type]

    return made


@pytest.fixture(scope="session")
def document(kb: KnowledgeBase, tried: Tried) -> Document:
    """The second attempt of three."""
    first, second, third = tried(1, "Reply rate."), tried(2), tried(3, "Open rate.")
    return practice_report(kb, second, [third, second, first], kb.cases[CASE].title, kb.cases[CASE].prompt)


@pytest.fixture(scope="session")
def hostile(kb: KnowledgeBase, tried: Tried) -> Document:
    answer = HOSTILE + "North star: meetings held per rep per week " + HOSTILE * 3
    attempts = [tried(1, answer), tried(2, answer)]
    return practice_report(kb, attempts[1], attempts, HOSTILE, HOSTILE)
