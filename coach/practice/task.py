"""What is practised: a case of the bank, or a question of the user's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coach.knowledge.models.case import Case

OWN = "prompt: "
"""Begins the key of a question of the user's own; no case id has a space."""
REPLY = "reply: "
"""Begins the key of a reply to a follow-up question."""


@dataclass(frozen=True)
class Task:
    """A question to answer. Drafts and attempts are kept under `key`."""

    key: str
    title: str
    prompt: str
    case: Case | None = None

    @property
    def minutes(self) -> int | None:
        """The case's time limit."""
        return self.case.minutes if self.case else None


def case_task(case: Case) -> Task:
    """A case of the bank."""
    return Task(case.id, case.title, case.prompt, case)


def own_task(prompt: str) -> Task:
    """A question of the user's own, in any words."""
    prompt = prompt.strip()
    return Task(OWN + prompt, "Your own prompt", prompt)


def reply_key(case: str, number: int) -> str:
    """Under what the reply to a case's follow-up question is kept, `number` from 1."""
    return f"{REPLY}{case} {number}"


def is_reply(key: str) -> bool:
    """Whether a key belongs to a reply to a follow-up question."""
    return key.startswith(REPLY)


def is_own(key: str) -> bool:
    """Whether a key belongs to a question of the user's own."""
    return key.startswith(OWN)


def find_task(key: str, cases: Mapping[str, Case]) -> Task | None:
    """The task of a draft or an attempt; None for a case that is no longer in the bank."""
    if is_own(key):
        return own_task(key.removeprefix(OWN))
    return case_task(cases[key]) if key in cases else None


def title_of(key: str, titles: Mapping[str, str]) -> str:
    """How a key is called in lists."""
    if is_own(key):
        return "Own: " + key.removeprefix(OWN)
    return titles.get(key, key)


def question(key: str, cases: Mapping[str, Case]) -> tuple[str, str]:
    """What an attempt's question is called, and the question; empty where its case is no longer in the bank."""
    task = find_task(key, cases)
    return (task.title, task.prompt) if task is not None else (key, "")
