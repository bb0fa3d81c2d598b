"""What comes after an answer: the questions asked next, and why the weak answer is weak."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from coach.tui.plain import shown

if TYPE_CHECKING:
    from coach.knowledge.models.case import Case


def follow_ups_text(case: Case) -> Content:
    """Each question with what a good reply contains."""
    parts: list[Content] = []
    for number, follow_up in enumerate(case.follow_ups, 1):
        points = "".join(f"\n  • {shown(point.point)}" for point in follow_up.good_reply)
        parts.append(
            Content.assemble(
                (f"{number}. {shown(follow_up.question)}", "bold"),
                ("\nA good reply:", "$quiet"),
                points,
                "\n",
            )
        )
    return Content("\n").join(parts)


def weak_reasons(case: Case) -> Content:
    """Why the weak answer is weak."""
    reasons = "".join(f"\n• {shown(reason)}" for reason in case.weak_answer.why)
    return Content.assemble(("Why it is weak", "bold"), reasons)
