"""A case as a candidate meets it; hints, replies and the weak answer only when asked for."""

from __future__ import annotations

from coach.cli.layout.blocks import Block, Bullets, Facts, Heading, Page, Prose, Run, Title, Verbatim
from coach.knowledge.models.case import Case
from coach.knowledge.prose import reflowed


def case_page(case: Case, *, hints: int = 0, everything: bool = False) -> Page:
    """Prompt, facts and follow-up questions; the first `hints` hints; or all but the model answer."""
    blocks: list[Block] = [
        Title(case.title, f"case, {case.round} round, {case.level} level, {case.minutes} minutes"),
        Prose(case.prompt, 0),
        Facts(
            [
                ("id", Run(case.id, "name")),
                ("kind", Run(case.archetype, "name")),
                ("rubric", Run(case.rubric, "name")),
            ],
            0,
        ),
        Heading("What the interviewer tells when asked"),
    ]
    for fact in case.facts:
        blocks += [Prose(Run(fact.ask, "strong")), Prose(fact.answer, 4)]
    shown = case.hints if everything else case.hints[:hints]
    if shown:
        blocks += [Heading("Hints"), Bullets(shown)]
    blocks.append(Heading("Follow-up questions"))
    for follow_up in case.follow_ups:
        blocks.append(Prose(follow_up.question))
        if everything:
            blocks.append(Bullets([point.point for point in follow_up.good_reply], 4))
    if everything:
        blocks += [
            Heading("A weak answer"),
            Verbatim(reflowed(case.weak_answer.text.strip())),
            Heading("Why it is weak"),
            Bullets(case.weak_answer.why),
        ]
    return [*blocks, Heading("Next"), Facts(_next(case, asked=len(shown), everything=everything))]


def _next(case: Case, *, asked: int, everything: bool) -> list[tuple[str, str]]:
    rows = [("be scored", f"coach score FILE --case {case.id}"), ("practise", f"coach practice {case.id}")]
    rows.append(("follow-ups", f"coach follow-up {case.id} 1 FILE"))
    if asked < len(case.hints):
        rows.append(("next hint", f"coach show {case.id} --hints {asked + 1}"))
    if not everything:
        rows.append(("everything", f"coach show {case.id} --all"))
    return [*rows, ("model answer", f"coach model-answer {case.id}")]
