"""From a line in to the line out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from coach.cli.batch.lines import RawLine
from coach.cli.batch.request import LineError, read_request
from coach.cli.output import json_text
from coach.errors import CoachError

if TYPE_CHECKING:
    from coach.facade import KnowledgeBase


class Judged(NamedTuple):
    """A line out."""

    content: bytes
    """JSON in UTF-8 with a line feed."""
    refused: bool
    end: int
    """Bytes of the input up to the end of its line."""


def judge(kb: KnowledgeBase, line: RawLine) -> Judged:
    """Score a line; one that cannot be scored becomes a line that says why."""
    id_: str | None = None
    try:
        request = read_request(line.content)
        id_ = request.id
        report = kb.score(request.answer, case=request.case, prompt=request.prompt, rubric=request.rubric)
        return Judged(_encoded(report.line(id_)), False, line.end)
    except LineError as error:
        id_, message = error.id, str(error)
    except CoachError as error:
        message = str(error)
    except Exception as error:
        # One answer that meets a fault of the program must not end a run over a million others.
        message = f"internal error: {type(error).__name__}; `coach score` on this answer alone tells more"
    return Judged(_encoded({"id": id_, "line": line.number, "error": message}), True, line.end)


def _encoded(data: dict[str, Any]) -> bytes:
    return f"{json_text(data)}\n".encode()
