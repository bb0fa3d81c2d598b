"""A case's model answer, with the passages that earn each criterion its level."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from coach.export.judged.documents import Document
from coach.export.judged.view import JudgedText, plain_blocks

if TYPE_CHECKING:
    from coach.knowledge.models.case import Case
    from coach.scoring.report import Report

_DATA = ("id", "title", "round", "level", "minutes", "prompt", "facts", "main_metric", "model_answer", "weak_answer")


def model_answer(case: Case, report: Report) -> Document:
    """The document for a case. `report` is the judgement of the case's own model answer.

    Question, facts, the answer with notes on what earns what, the weak answer with its faults, and the follow-up
    questions with what a good reply contains.
    """
    from coach.export.judged.word_templates import model_answer_template

    judged = JudgedText(case.model_answer, report, keep_lines=False)
    data = json.loads(case.model_dump_json(include={*_DATA, "follow_ups"}))
    return Document(
        "model_answer",
        {"case": case, "judged": judged, "report": report, "weak": plain_blocks(case.weak_answer.text)},
        {**data, "report": json.loads(report.model_dump_json())},
        model_answer_template,
    )
