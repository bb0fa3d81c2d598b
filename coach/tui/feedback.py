"""A judged answer as Markdown, for the clipboard and for files."""

from __future__ import annotations

from coach.scoring.report import LEVEL_NAMES
from coach.tui.judged import Judged
from coach.tui.verdicts import verdict_words


def as_markdown(judged: Judged) -> str:
    """Verdict, advice, every criterion with its grounds, and the answer."""
    report = judged.report
    lines = [
        f"# {judged.title}",
        "",
        f"**{verdict_words(report.verdict)}, {report.overall} of 100**",
        "",
        report.advice,
        "",
        *(f"> {note}" for note in report.notes),
        "## Criteria",
    ]
    for result in report.criteria.values():
        level = f"{result.level} of 3, {LEVEL_NAMES[result.level]}"
        weight = f"weight {result.weight}{', core' if result.core else ''}"
        lines += ["", f"### {result.name}: {level} ({weight})"]
        lines += [f"- earned: “{_quote(judged.answer, e.start, e.end)}”: {e.why}" for e in result.evidence]
        lines += [f"- cost: “{_quote(judged.answer, c.start, c.end)}”: {c.why}" for c in result.costs]
        lines += [f"- missing: {missing}" for missing in result.missing]
    return "\n".join([*lines, "", "## Answer", "", judged.answer, ""])


def _quote(answer: str, start: int, end: int) -> str:
    return " ".join(answer[start:end].split())
