"""Everything behind the screens: the knowledge base, the history and the drafts. Used from worker threads."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from coach import paths
from coach.errors import StorageError
from coach.facade import KnowledgeBase, load
from coach.practice.drafts import Drafts
from coach.practice.history import History
from coach.practice.models import Attempt, Draft, NewAttempt
from coach.practice.progress import CriterionProgress, by_case, by_criterion
from coach.practice.recommend import Recommendation, recommend
from coach.practice.task import Task, find_task, is_own, is_reply

if TYPE_CHECKING:
    from coach.knowledge.models.rubric import Criterion
    from coach.scoring.follow_up_report import FollowUpReport
    from coach.scoring.report import Report


Item = TypeVar("Item")
_EFFECTIVE = os.access in os.supports_effective_ids


@dataclass(frozen=True)
class CaseRow:
    """One line of the case list."""

    id: str
    title: str
    kind: str
    archetype: str
    round: str
    level: str
    minutes: int
    prompt: str
    count: int
    best: int | None
    best_verdict: str
    draft: bool

    @property
    def searchable(self) -> str:
        """What a search looks through."""
        return " ".join((self.id, self.title, self.kind, self.round, self.level)).lower()


@dataclass(frozen=True)
class Overview:
    """What the first screen shows."""

    rows: tuple[CaseRow, ...]
    next: Recommendation | None
    criteria: tuple[CriterionProgress, ...]
    attempts: int
    own_drafts: tuple[Draft, ...]
    faults: tuple[str, ...] = ()
    """What could not be read, and what to do about it."""


class Desk:
    """The services of one run of the app."""

    def __init__(self, kb: KnowledgeBase, history: History, drafts: Drafts, notices: Sequence[str]) -> None:
        self.kb = kb
        self.history = history
        self.drafts = drafts
        self.notices = list(notices)

    @classmethod
    def open(cls, packs: Sequence[str] = ()) -> Desk:
        """Load everything. Raises `KnowledgeError`; a home that cannot be used becomes a notice."""
        kb = load(packs)
        notices = []
        # Not opened here: it may be unusable now and usable once the user has done something about it.
        history = History(paths.database())
        if (blocked := _not_writable(paths.data_dir())) is not None:
            notices.append(blocked)
        return cls(kb, history, Drafts(), notices)

    def close(self) -> None:
        """Let go of the database."""
        self.history.close()

    def attempts(self, key: str | None = None) -> tuple[Attempt, ...]:
        """Attempts, newest first. Raises `StorageError`."""
        return self.history.attempts(key)

    def titles(self) -> Mapping[str, str]:
        """Case titles by id."""
        return {id_: case.title for id_, case in self.kb.cases.items()}

    def overview(self) -> Overview:
        """The case list, the advice and the progress as they are now."""
        faults: list[str] = []
        attempts = _readable(self.attempts, faults)
        if self.history.notice:
            faults.append(self.history.notice)
            self.history.notice = None
        kept = _readable(self.drafts.all, faults)
        drafts = [draft for draft in kept if draft.text.strip() and not is_reply(draft.case)]
        begun = {draft.case for draft in drafts}
        tried = by_case(attempts)
        verdicts = {attempt.case: attempt.verdict for attempt in sorted(attempts, key=lambda a: a.overall)}
        cases = self.kb.cases
        rows = tuple(
            CaseRow(
                id=id_,
                title=case.title,
                kind=self.kb.archetypes[case.archetype].name,
                archetype=case.archetype,
                round=case.round,
                level=case.level,
                minutes=case.minutes,
                prompt=case.prompt,
                count=tried[id_].count if id_ in tried else 0,
                best=tried[id_].best if id_ in tried else None,
                best_verdict=verdicts.get(id_, ""),
                draft=id_ in begun,
            )
            for id_, case in cases.items()
        )
        advice = recommend(cases.values(), attempts, datetime.now(UTC), [draft.case for draft in drafts])
        own = tuple(draft for draft in drafts if is_own(draft.case))
        return Overview(rows, advice, by_criterion(attempts), len(attempts), own, tuple(faults))

    def task(self, key: str) -> Task | None:
        """The task of a key; None for a case that is not in the bank."""
        return find_task(key, self.kb.cases)

    def score(self, task: Task, answer: str) -> Report:
        """Judge an answer. Raises `AnswerTooLongError`."""
        if task.case is not None:
            return self.kb.score(answer, case=task.case.id)
        return self.kb.score(answer, prompt=task.prompt)

    def judge_reply(self, case: str, number: int, reply: str) -> FollowUpReport:
        """Judge a reply to a follow-up question. Raises `AnswerTooLongError`."""
        return self.kb.score_follow_up(case, number, reply)

    def keep(self, task: Task, answer: str, report: Report, *, started: datetime, seconds: int, hints: int) -> Attempt:
        """Put a scored answer into the history. Raises `StorageError`."""
        return self.history.add(
            NewAttempt(
                case=task.key,
                case_digest=_digest(task),
                rubric=report.rubric,
                rubric_version=report.rubric_version,
                started_at=started,
                finished_at=datetime.now(UTC),
                seconds_spent=seconds,
                hints_used=hints,
                answer=answer,
                overall=report.overall,
                verdict=report.verdict,
                levels={key: result.level for key, result in report.criteria.items()},
                report_json=report.model_dump_json(),
            )
        )

    def criteria(self) -> Mapping[tuple[str, str], Criterion]:
        """All criteria by rubric id and criterion id."""
        rubrics = self.kb.rubrics.items()
        return {(id_, criterion.id): criterion for id_, rubric in rubrics for criterion in rubric.criteria}


def _readable(read: Callable[[], tuple[Item, ...]], faults: list[str]) -> tuple[Item, ...]:
    try:
        return read()
    except StorageError as error:
        faults.append(str(error))
        return ()


def _digest(task: Task) -> str:
    from hashlib import sha256

    text = task.case.model_dump_json() if task.case is not None else task.prompt
    return sha256(text.encode(errors="surrogatepass")).hexdigest()[:16]


def _not_writable(folder: Path) -> str | None:
    """What to tell where a folder, or the one it would be made in, takes no files."""
    with suppress(OSError):
        there = folder
        while not there.exists() and there.parent != there:
            there = there.parent
        if there.is_dir() and os.access(there, os.W_OK | os.X_OK, effective_ids=_EFFECTIVE):
            return None
    return (
        f"{folder} cannot be written, so drafts and attempts cannot be kept there.\n"
        "Make it writable, or set COACH_HOME to a folder that is."
    )
