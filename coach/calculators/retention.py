"""Whether people who use the AI feature come back more often, and how sure that is."""

from __future__ import annotations

from coach.calculators.arguments import CONFIDENCE, Argument
from coach.calculators.calculator import calculator
from coach.calculators.intervals import newcombe, wilson
from coach.calculators.result import Figure, Outcome
from coach.calculators.wording import said
from coach.errors import ArgumentError

BAR = 0.08
"""Eight points: what 004_800b3c3cf70b4c98 claims a difference must exceed to justify investment."""


@calculator(
    id="retention-difference",
    name="Retention difference with its interval",
    about="By how many points do people with the AI feature come back more often, and could it be chance?",
    formula="RΔ = kept_with ÷ all_with − kept_without ÷ all_without",
    arguments=(
        Argument("kept_with", "people with the feature who came back", "whole", "people", "552"),
        Argument("all_with", "people with the feature", "whole", "people", "1,200", low=1),
        Argument("kept_without", "people without it who came back", "whole", "people", "444"),
        Argument("all_without", "people without it", "whole", "people", "1,200", low=1),
        CONFIDENCE,
    ),
    assumptions=(
        "Everyone is counted once and decides independently of the others.",
        "Both groups are looked at over the same days after the same kind of start.",
    ),
    limits=(
        "It is an effect of the feature only if access was given by lot; keen users try everything and stay anyway.",
        "The interval covers chance, not selection.",
        "The bar of 8 points is one source's claim for seven-day retention.",
    ),
    source="004_800b3c3cf70b4c98; Newcombe 1998, Interval estimation for the difference between "
    "independent proportions",
    metrics=("retention-delta",),
)
def retention_difference(
    kept_with: int, all_with: int, kept_without: int, all_without: int, confidence: float = 0.95
) -> Outcome:
    """Difference of two retained shares with Newcombe's interval."""
    if kept_with > all_with:
        raise ArgumentError("kept_with", kept_with, f"at most all_with, {all_with:,}")
    if kept_without > all_without:
        raise ArgumentError("kept_without", kept_without, f"at most all_without, {all_without:,}")
    with_it, without = kept_with / all_with, kept_without / all_without
    interval = newcombe((kept_with, all_with), (kept_without, all_without), confidence)
    if interval.low > BAR:
        note = "Even the low end lies above the 8 points that one source asks for."
    elif interval.low <= 0 <= interval.high:
        note = "The interval holds zero: chance alone could have done it."
    elif interval.high < 0:
        note = "People with the feature come back less often."
    else:
        note = "More than chance, but the low end lies below the 8 points that one source asks for."
    return Outcome(
        (
            Figure("Retention difference", with_it - without, "points", interval),
            Figure("Retained with the feature", with_it, "share", wilson(kept_with, all_with, confidence)),
            Figure("Retained without it", without, "share", wilson(kept_without, all_without, confidence)),
        ),
        f"{kept_with:,} ÷ {all_with:,} − {kept_without:,} ÷ {all_without:,} = {said(with_it - without, 'points')}",
        (note,),
    )
