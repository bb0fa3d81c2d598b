"""A judgement, with the words of the answer that earned or cost each point."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.cli.layout.blocks import Block, Facts, Fixed, Heading, Line, Page, Prose, Run, Title
from coach.cli.pages.verdicts import level_run, verdict_run
from coach.export.judged.view import excerpt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coach.scoring.report import Cost, CriterionResult, Evidence, Report


def report_page(report: Report, answer: str) -> Page:
    """Verdict, score and routing; each criterion with its evidence; then the advice."""
    verdict = verdict_run(report.verdict)
    blocks: list[Block] = [
        Title((verdict._replace(text=verdict.text.capitalize()), f", {report.overall} of 100")),
        Facts([("judged as", _routed(report)), ("rubric", Run(report.rubric, "name"))], 0),
        *(Prose(("Note: ", note), 0) for note in report.notes),
        Heading("Criteria"),
    ]
    width = max(len(result.name) for result in report.criteria.values())
    for result in report.criteria.values():
        blocks.append(Fixed(_headline(result, width)))
        if rows := _details(result, answer):
            blocks.append(Facts(rows, 4))
    if any(result.core for result in report.criteria.values()):
        blocks.append(Prose(Run("* Core: these criteria count double and limit the verdict.", "quiet")))
    return [*blocks, Heading("What to do next"), Prose(report.advice)]


def _routed(report: Report) -> Line:
    routing, kind = report.routing, Run(report.archetype, "name")
    words = ", ".join(f'"{word}"' for word in routing.words)
    if routing.by == "case":
        return (kind, ", the kind of product of the case ", Run(report.case or "", "name"))
    if routing.by == "prompt":
        decided = f" says {words}" if words else ""
        return (kind, f", because the prompt{decided} ({routing.confidence:.0%} sure)")
    return (kind, ", because no kind of product was recognised in the prompt")


def _headline(result: CriterionResult, width: int) -> Line:
    mark = "*" if result.core else " "
    name = Run(f"{result.name:<{width}}", "strong")
    return (f"{mark} ", name, "  ", level_run(result.level), Run(f"  weight {result.weight}", "quiet"))


def _details(result: CriterionResult, answer: str) -> list[tuple[str, Line]]:
    return [
        *_quoted("earned", result.evidence, answer),
        *_quoted("cost", result.costs, answer),
        *(("missing", missing) for missing in result.missing),
    ]


def _quoted(label: str, passages: Sequence[Evidence | Cost], answer: str) -> list[tuple[str, Line]]:
    """Each reason once, and under it the words of the answer that it is given for."""
    by_reason: dict[str, list[str]] = {}
    for passage in passages:
        by_reason.setdefault(passage.why, []).append(excerpt(answer, passage.start, passage.end))
    rows: list[tuple[str, Line]] = []
    for reason, quotes in by_reason.items():
        rows.append((label, reason))
        rows += (("", Run(f"“{quote}”", "quiet")) for quote in quotes)
    return rows
