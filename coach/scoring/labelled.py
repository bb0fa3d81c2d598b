"""Answers that a panel has labelled: read from JSON lines and checked."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from coach.errors import UsageError

HIGHEST: Final = 3


@dataclass(frozen=True, slots=True)
class Labelled:
    """One labelled answer; `evidence` holds spans in code points, end exclusive."""

    id: str
    answer: str
    case: str | None
    prompt: str | None
    rubric: str | None
    topic: str
    labels: Mapping[str, int]
    evidence: Mapping[str, tuple[tuple[int, int], ...]] = field(default_factory=dict)


def read_labelled(lines: Iterable[str], name: str) -> Iterator[Labelled]:
    """The labelled answers of a file. Raises `UsageError` naming the line and what is wrong with it."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield _labelled(json.loads(line), number)
        except (ValueError, RecursionError) as error:
            raise UsageError(f"{name}:{number}: {error}") from None


def _labelled(row: Any, number: int) -> Labelled:
    if not isinstance(row, dict):
        raise ValueError("a labelled line is a JSON object")
    answer = row.get("answer")
    if not isinstance(answer, str):
        raise ValueError('the key "answer" must hold the text of the answer')
    labels = row.get("labels")
    if not isinstance(labels, dict) or not labels:
        raise ValueError('the key "labels" must hold levels by criterion')
    for key, level in labels.items():
        if not isinstance(level, int) or isinstance(level, bool) or not 0 <= level <= HIGHEST:
            raise ValueError(f"labels.{key}: a level is 0, 1, 2 or 3")
    case, prompt = row.get("case"), row.get("prompt")
    if not isinstance(case or prompt, str):
        raise ValueError('give "case" or "prompt"')
    return Labelled(
        id=str(row.get("id", number)),
        answer=answer,
        case=case,
        prompt=None if case is not None else prompt,
        rubric=row.get("rubric"),
        topic=str(row.get("topic") or case or prompt),
        labels=labels,
        evidence={key: _spans(answer, key, passages) for key, passages in (row.get("evidence") or {}).items()},
    )


def _spans(answer: str, key: str, passages: Any) -> tuple[tuple[int, int], ...]:
    spans = []
    for passage in passages:
        start = answer.find(passage)
        if start < 0:
            raise ValueError(f"evidence.{key}: this passage is not in the answer: {passage[:60]!r}")
        spans.append((start, start + len(passage)))
    return tuple(spans)
