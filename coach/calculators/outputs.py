"""What outputs cost and how long people work on them: valid outputs, verified answers, interventions."""

from __future__ import annotations

import math

from coach.calculators.arguments import CONFIDENCE, Argument
from coach.calculators.calculator import calculator
from coach.calculators.intervals import byar, wilson
from coach.calculators.result import Figure, Interval, Outcome
from coach.calculators.wording import money, percent
from coach.errors import ArgumentError

GOAL, RETRAIN, NET_LOSS = 5, 6, 10
"""Interventions per hundred that 004_800b3c3cf70b4c98 claims as goal, as trigger for retraining, and as net loss."""


@calculator(
    id="cpvo",
    name="Cost per valid output",
    about="What does the infrastructure cost for each output that did its job and stated nothing false?",
    formula="CPVO = cost ÷ (outputs × valid ÷ sampled)",
    arguments=(
        Argument("cost", "what the infrastructure cost in the period", "number", "money", "1,840"),
        Argument("outputs", "all outputs of the period", "whole", "outputs", "600,000", low=1),
        Argument(
            "sampled",
            "outputs drawn at random and judged; all of them if none was left out",
            "whole",
            "outputs",
            "400",
            low=1,
        ),
        Argument(
            "valid",
            "of those judged, the ones that reached the goal and hold no false claim",
            "whole",
            "outputs",
            "312",
            low=1,
        ),
        CONFIDENCE,
    ),
    assumptions=(
        "The judged outputs are a random sample of the period's outputs.",
        "Judges are people or a checked procedure, not the model that wrote the output.",
    ),
    limits=(
        "People's minutes are not in it; cost per successful outcome has those.",
        "Outputs that cost far more than others can be the invalid ones: cut by use case.",
        "The interval is for the sampled share only; the cost is taken as known.",
    ),
    source="004_800b3c3cf70b4c98; Wilson 1927 for the interval",
    metrics=("cost-per-valid-output",),
)
def cost_per_valid_output(cost: float, outputs: int, sampled: int, valid: int, confidence: float = 0.95) -> Outcome:
    """Cost over the valid outputs that a sample points to."""
    if sampled > outputs:
        raise ArgumentError("sampled", sampled, f"at most the {outputs:,} outputs there are")
    if valid > sampled:
        raise ArgumentError("valid", valid, f"at most the {sampled:,} outputs that were judged")
    share, each = valid / sampled, cost / outputs
    likely = wilson(valid, sampled, confidence)
    interval = None
    if sampled < outputs:
        interval = Interval(each / likely.high, each / likely.low, confidence, f"from the {likely.method} of the share")
    return Outcome(
        (
            Figure("Cost per valid output", each / share, "money", interval),
            Figure("Cost per output", each, "money"),
            Figure("Valid share", share, "share", likely if interval else None),
            Figure("Spent on invalid outputs", cost * (1 - share), "money"),
        ),
        f"{money(cost)} ÷ ({outputs:,} × {valid:,} ÷ {sampled:,}) = {money(each / share)}",
    )


@calculator(
    id="tta",
    name="Time to accuracy",
    about="How many seconds pass from the request until the person holds an answer they have checked and found right?",
    formula="TTA = (latency + checking) ÷ correct",
    arguments=(
        Argument("latency", "from the request to the answer", "number", "seconds", "0.6"),
        Argument("checking", "from the answer until the person has judged it", "number", "seconds", "4"),
        Argument(
            "correct",
            "share of answers that prove right",
            "share",
            "share",
            "90%",
            high=1.0,
            open_low=True,
            default=1.0,
        ),
    ),
    assumptions=(
        "A wrong answer is found wrong by the check, and the person asks again.",
        "Every try is right with the same chance, whatever came before.",
    ),
    limits=(
        "A mean; the catalog's metric is a median of measured times, which is lower where a few take long.",
        "Errors that the check does not find are not in it: they make the figure look better.",
        "People who give up instead of asking again have no time and would have to be told separately.",
    ),
    source="004_800b3c3cf70b4c98; the division by the chance of success follows from repeated tries",
    metrics=("time-to-accuracy",),
)
def time_to_accuracy(latency: float, checking: float, correct: float = 1.0) -> Outcome:
    """Mean seconds until a verified answer, repeats included."""
    each = latency + checking
    notes = []
    if each and latency / each < 0.1:
        notes.append("Under a tenth of it is the machine's: a faster model would hardly be noticed.")
    return Outcome(
        (
            Figure("Time to accuracy", each / correct, "seconds"),
            Figure("One try", each, "seconds"),
            Figure("Tries until one is right, on average", 1 / correct, "ratio"),
            *((Figure("The machine's part of a try", latency / each, "share"),) if each else ()),
        ),
        f"({latency:,.6g} s + {checking:,.6g} s) ÷ {percent(correct)} = {each / correct:,.4g} s",
        tuple(notes),
    )


@calculator(
    id="interventions-per-hundred",
    name="Human interventions per hundred requests",
    about="How often must somebody step in for every hundred requests, and does the product still save time?",
    formula="HitL-F = 100 × interventions ÷ requests; net minutes = 100 × saved − HitL-F × minutes",
    arguments=(
        Argument(
            "interventions",
            "unplanned edits, takeovers, rollbacks; several at one request count singly",
            "whole",
            "interventions",
            "84",
        ),
        Argument("requests", "requests of the same period", "whole", "requests", "1,200", low=1),
        Argument("minutes", "what one intervention takes", "number", "minutes", "6", default=None),
        Argument("saved", "what a request saves if nobody steps in", "number", "minutes", "2.5", default=None),
        CONFIDENCE,
    ),
    assumptions=("Interventions come independently of one another, at one rate over the period.",),
    limits=(
        "Interventions come in clusters where one task type causes them; then the interval is too narrow.",
        "Repairs made outside of the product are not seen.",
        "The limits 5, 6 and 10 are one source's claims for products built on language models, not laws.",
    ),
    source="004_800b3c3cf70b4c98; Breslow and Day 1987 for Byar's limits",
    metrics=("human-in-the-loop-frequency",),
)
def interventions_per_hundred(
    interventions: int,
    requests: int,
    minutes: float | None = None,
    saved: float | None = None,
    confidence: float = 0.95,
) -> Outcome:
    """Interventions per hundred requests, and the time balance where both times are known."""
    each = 100 / requests
    rate = each * interventions
    expected = byar(interventions, confidence)
    interval = Interval(expected.low * each, expected.high * each, confidence, expected.method)
    figures = [Figure("Interventions per hundred", rate, "per hundred", interval)]
    notes = [_against_claims(rate)]
    if minutes is not None and saved is not None:
        net = 100 * saved - rate * minutes
        figures.append(Figure("Net minutes saved per hundred requests", net, "count"))
        if minutes:
            figures.append(Figure("Break-even", 100 * saved / minutes, "per hundred"))
        if net < 0:
            notes.append("Stepping in costs more time than the product saves.")
    elif (minutes is None) != (saved is None):
        notes.append("Give both minutes and saved for the time balance.")
    return Outcome(
        tuple(figures), f"100 × {interventions:,} ÷ {requests:,} = {rate:.4g}", tuple(note for note in notes if note)
    )


def _against_claims(rate: float) -> str:
    if rate > NET_LOSS:
        return f"Above {NET_LOSS}, which one source calls a net loss of efficiency."
    if rate > RETRAIN:
        return f"Above {RETRAIN}, where one source asks for a plan for retraining."
    return "" if math.isclose(rate, GOAL) or rate > GOAL else f"Below {GOAL}, one source's goal."
