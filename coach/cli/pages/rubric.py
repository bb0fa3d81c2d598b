"""A rubric: what is asked of an answer, what each level takes, and how levels become a verdict."""

from __future__ import annotations

from coach.cli.layout.blocks import Block, Facts, Fixed, Heading, Page, Prose, Run, Title
from coach.cli.pages.verdicts import verdict
from coach.knowledge.models.rubric import Rubric, VerdictRule
from coach.scoring.report import LEVEL_NAMES


def rubric_page(rubric: Rubric) -> Page:
    """All criteria with their levels."""
    blocks: list[Block] = [
        Title(rubric.name, f"rubric for the {rubric.round} round"),
        Prose(rubric.summary, 0),
        Facts([("id", Run(rubric.id, "name"))], 0),
        Heading("Criteria"),
    ]
    for criterion in rubric.criteria:
        core = ", core" if criterion.core else ""
        blocks += [
            Fixed(
                (
                    Run(criterion.name, "strong"),
                    Run(f"  {criterion.id}, weight {criterion.weight}{core}", "quiet"),
                )
            ),
            Facts(
                [
                    ("question", criterion.question),
                    *((f"{level} {LEVEL_NAMES[level]}", criterion.levels.at(level)) for level in (1, 2, 3)),
                ],
                4,
            ),
        ]
    return [
        *blocks,
        Heading("Verdicts"),
        Facts([(verdict(rule.verdict), _rule(rule)) for rule in rubric.verdicts]),
    ]


def _rule(rule: VerdictRule) -> str:
    parts = [f"overall at least {rule.overall_at_least:g}"] if rule.overall_at_least else []
    if rule.core_under_applied_at_most is not None:
        most = rule.core_under_applied_at_most
        parts.append(f"{'at most ' if most else ''}{most or 'no'} core criteri{'on' if most == 1 else 'a'} under 2")
    return " and ".join(parts) or "everything else"
