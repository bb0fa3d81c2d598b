"""The report of a practised answer: what one would send to a mentor."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Protocol

from coach.errors import UsageError
from coach.export.judged.documents import Document
from coach.export.judged.view import JudgedText

if TYPE_CHECKING:
    from coach.facade import KnowledgeBase
    from coach.knowledge.models.case import Case
    from coach.scoring.report import Report

MOST_STEPS = 10
"""Attempts that the progress shows: the first and the newest."""


class Kept(Protocol):
    """An attempt from the history."""

    @property
    def id(self) -> int:
        """Counts up."""

    @property
    def case(self) -> str:
        """The case's id, or what stands for a question of the user's own."""

    @property
    def finished_at(self) -> datetime:
        """With a time zone."""

    @property
    def seconds_spent(self) -> int:
        """In the editor."""

    @property
    def hints_used(self) -> int:
        """0 to 3."""

    @property
    def answer(self) -> str:
        """As it was handed in."""

    @property
    def overall(self) -> int:
        """0 to 100."""

    @property
    def verdict(self) -> str:
        """As the report gives it."""

    @property
    def levels(self) -> Mapping[str, int]:
        """Criterion to level, 0 to 3."""

    @property
    def rubric(self) -> str:
        """The rubric's id."""

    @property
    def rubric_version(self) -> str:
        """The rubric's digest."""

    @property
    def report_json(self) -> str:
        """The judgement as it was given."""

    def as_dict(self) -> dict[str, Any]:
        """Plain data."""


@dataclass(frozen=True)
class Step:
    """One attempt in the progress on a case."""

    number: int
    """Among the attempts at the case, from 1."""
    when: str
    overall: int
    verdict: str
    change: int | None
    """Points since the attempt before."""
    minutes: int
    hints: int
    other_rubric: bool
    """Judged by another rubric, or another version of it, than the attempt that the report is on."""

    @property
    def changed(self) -> str:
        """The change with its sign; empty for the first attempt."""
        return "" if self.change is None else f"{self.change:+d}".replace("-", "−")


def practice_report(kb: KnowledgeBase, attempt: Kept, attempts: Sequence[Kept], title: str, prompt: str) -> Document:
    """The report of one attempt. `attempts` are those at the same case; later ones are left out.

    `title` and `prompt` are those of the question. Raises `UsageError` where the judgement that was kept has a shape
    that this version does not know.
    """
    from coach.export.judged.word_templates import report_template

    report = _report(attempt)
    done = sorted((a for a in attempts if a.case == attempt.case and _at(a) <= _at(attempt)), key=_at)
    before = done[-2] if len(done) > 1 else None
    comparable = before is not None and before.rubric == attempt.rubric
    judged = JudgedText(
        attempt.answer, report, keep_lines=True, before=dict(before.levels) if before and comparable else {}
    )
    case = kb.cases.get(attempt.case)
    model = kb.score(case.model_answer, case=case.id) if case is not None else None
    steps = _steps(done, attempt)
    values = {
        "attempt": attempt,
        "title": title,
        "prompt": prompt,
        "case": case,
        "report": report,
        "judged": judged,
        "model": JudgedText(case.model_answer, model, keep_lines=False) if case and model else None,
        "steps": steps,
        "left_out": len(done) - len(steps),
        "count": len(done),
        "limits": _limits(kb, attempt.rubric),
        "when": _when(attempt),
        "minutes": _minutes(attempt),
        "changed_rubric": model is not None and model.rubric_version != attempt.rubric_version,
        "several_rubrics": any(step.other_rubric for step in steps),
    }
    return Document("report", values, _data(attempt, done, title, prompt, case, model), report_template)


def _report(attempt: Kept) -> Report:
    from pydantic import ValidationError

    from coach.scoring.report import Report

    try:
        return Report.model_validate_json(attempt.report_json)
    except ValidationError:
        raise UsageError(
            f"the report of attempt {attempt.id} has a shape that this version does not know; "
            f"`coach history --attempt {attempt.id} --json` prints it as it was kept"
        ) from None


def _at(attempt: Kept) -> tuple[datetime, int]:
    return attempt.finished_at, attempt.id


def _steps(done: Sequence[Kept], attempt: Kept) -> tuple[Step, ...]:
    from coach.scoring.report import VERDICT_NAMES

    judged_by = attempt.rubric, attempt.rubric_version
    names: dict[str, str] = {str(key): words for key, words in VERDICT_NAMES.items()}
    steps = [
        Step(
            number=number,
            when=_when(item),
            overall=item.overall,
            verdict=names.get(item.verdict, item.verdict),
            change=item.overall - done[number - 2].overall if number > 1 else None,
            minutes=_minutes(item),
            hints=item.hints_used,
            other_rubric=(item.rubric, item.rubric_version) != judged_by,
        )
        for number, item in enumerate(done, 1)
    ]
    return tuple(steps if len(steps) <= MOST_STEPS else [steps[0], *steps[1 - MOST_STEPS :]])


def _limits(kb: KnowledgeBase, rubric: str) -> tuple[tuple[int, str], ...]:
    """Scores from which a verdict can be given, and its words, the highest first."""
    from coach.scoring.report import VERDICT_NAMES

    if (known := kb.rubrics.get(rubric)) is None:
        return ()
    return tuple((int(r.overall_at_least), VERDICT_NAMES[r.verdict]) for r in known.verdicts if r.overall_at_least > 0)


def _when(attempt: Kept) -> str:
    # Universal time: the same attempt gives the same report wherever it is made.
    then = attempt.finished_at.astimezone(UTC)
    return f"{then.day} {then:%b %Y, %H:%M} UTC"


def _minutes(attempt: Kept) -> int:
    return round(attempt.seconds_spent / 60)


def _data(
    attempt: Kept, done: Sequence[Kept], title: str, prompt: str, case: Case | None, model: Report | None
) -> dict[str, Any]:
    keys = ("id", "finished_at", "overall", "verdict", "levels", "rubric", "rubric_version")
    answer = None
    if case is not None and model is not None:
        answer = {"text": case.model_answer, "report": json.loads(model.model_dump_json())}
    return {
        "title": title,
        "prompt": prompt,
        "attempt": attempt.as_dict(),
        "progress": [{key: value for key, value in item.as_dict().items() if key in keys} for item in done],
        "model_answer": answer,
    }
