"""A judged answer as Markdown, for the clipboard and for files."""

from __future__ import annotations

from coach.export.markdown import inline, passage, quote
from coach.scoring.report import LEVEL_NAMES
from coach.tui.judged import Judged
from coach.tui.verdicts import verdict_words


def as_markdown(judged: Judged) -> str:
    """Question, verdict, advice, every criterion with its grounds, and the answer."""
    report, answer = judged.report, judged.answer
    lines = [
        f"# {inline(judged.title)}",
        "",
        *([str(quote(passage(judged.task.prompt))), ""] if judged.task else []),
        f"**{verdict_words(report.verdict)}, {report.overall} of 100**",
        "",
        *(f"{inline(remark)}\n" for remark in (report.advice, *report.notes)),
        "## Criteria",
    ]
    for result in report.criteria.values():
        level = f"{result.level} of 3, {LEVEL_NAMES[result.level]}"
        weight = f"weight {result.weight}{', core' if result.core else ''}"
        lines += ["", f"### {inline(result.name)}: {level} ({weight})", ""]
        lines += [f"- earned: “{inline(answer[e.start : e.end])}”: {inline(e.why)}" for e in result.evidence]
        lines += [f"- cost: “{inline(answer[c.start : c.end])}”: {inline(c.why)}" for c in result.costs]
        lines += [f"- missing: {inline(missing)}" for missing in result.missing]
    return "\n".join([*lines, "", "## Answer", "", str(passage(answer, below=2)), ""])
