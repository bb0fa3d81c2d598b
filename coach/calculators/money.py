"""What an AI product returns: return on investment, net impact, and present value with slow adoption."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from math import fsum

from coach.calculators.arguments import LARGEST, Argument
from coach.calculators.calculator import calculator
from coach.calculators.result import Figure, Outcome
from coach.calculators.wording import money, percent
from coach.errors import ArgumentError

MOST_YEARS = 30


@calculator(
    id="roi",
    name="Return on investment",
    about="What comes back for every unit of money put in, once the full cost is paid?",
    formula="ROI = (benefit − cost) ÷ cost",
    arguments=(
        Argument("benefit", "gross benefit over the horizon, nothing taken off yet", "number", "money", "480,000"),
        Argument(
            "cost",
            "full cost over the same horizon: licences, inference, integration, training, upkeep",
            "number",
            "money",
            "300,000",
            open_low=True,
        ),
    ),
    assumptions=(
        "Benefit and cost are of the same months and in the same currency.",
        "The benefit is gross and measured against a baseline or a control group.",
    ),
    limits=(
        "Time is left out: money in year three counts as money today (npv does not do that).",
        "Hours set free are a benefit only where a budget line shrinks or more work gets done.",
        "A ratio hides size: a tiny project can lead the list.",
    ),
    source="000_55673459199de0bf; common accounting definition",
    metrics=("return-on-investment",),
)
def return_on_investment(benefit: float, cost: float) -> Outcome:
    """Net gain over cost."""
    net = benefit - cost
    notes = () if net >= 0 else ("The benefit does not pay for the cost.",)
    return Outcome(
        (
            Figure("Return on investment", net / cost, "share"),
            Figure("Net benefit", net, "money"),
            Figure("Benefit for each unit of cost", benefit / cost, "ratio"),
        ),
        f"({money(benefit)} − {money(cost)}) ÷ {money(cost)} = {percent(net / cost)}",
        notes,
    )


def _driver(name: str, meaning: str, example: str) -> Argument:
    return Argument(name, meaning, "number", "money", example, low=-LARGEST, default=0.0)


@calculator(
    id="impact",
    name="Net impact",
    about="How much of the value created is left when the whole investment is paid?",
    formula="net impact = efficiency + revenue + experience + strategy − cost",
    arguments=(
        Argument("cost", "total cost of the investment in the period", "number", "money", "90,000"),
        _driver("efficiency", "costs saved, manual work and errors avoided", "120,000"),
        _driver("revenue", "revenue gained that would not have come otherwise, at its margin", "45,000"),
        _driver("experience", "worth of happier customers and staff, such as churn avoided", "20,000"),
        _driver("strategy", "worth of insight or compliance gained", "0"),
    ),
    assumptions=(
        "The four drivers do not overlap: a churn avoided is not counted as revenue too.",
        "Value and cost are of the same period, set-up cost in the period in which it falls.",
    ),
    limits=(
        "Experience and strategy are seldom measured; read the sum without them too.",
        "A sum says nothing of efficiency: compare it with the return on investment.",
    ),
    source="000_55673459199de0bf",
    metrics=("net-impact",),
)
def net_impact(
    cost: float, efficiency: float = 0.0, revenue: float = 0.0, experience: float = 0.0, strategy: float = 0.0
) -> Outcome:
    """Value created by driver, less the cost."""
    drivers = (efficiency, revenue, experience, strategy)
    value = fsum(drivers)
    hard = efficiency + revenue - cost
    notes = []
    if hard < 0 <= value - cost:
        notes.append("Only experience and strategy, which are hard to prove, make it positive.")
    if not any(drivers):
        notes.append("No value was given, so all that is left is the cost.")
    return Outcome(
        (
            Figure("Net impact", value - cost, "money"),
            Figure("Value created", value, "money"),
            Figure("Net impact without experience and strategy", hard, "money"),
        ),
        f"{' + '.join(map(money, drivers))} − {money(cost)} = {money(value - cost)}",
        tuple(notes),
    )


@calculator(
    id="npv",
    name="Net present value with slow adoption",
    about="What are the years of benefit and cost worth today, if use grows slowly and money later is worth less?",
    formula="NPV = −set_up + Σ over years t of (adoption_t × benefit_t − cost_t) ÷ (1 + rate)^t",
    arguments=(
        Argument(
            "benefit",
            "benefit of each year if everyone planned used it; a single number for every year alike",
            "numbers",
            "money a year",
            "400000 400000 400000",
            low=-LARGEST,
        ),
        Argument("cost", "running cost of each year, or one for all", "numbers", "money a year", "150000"),
        Argument(
            "adoption",
            "share of the planned use that each year reaches; its length sets the number of years",
            "shares",
            "share a year",
            "50% 80% 95%",
            high=1.0,
        ),
        Argument("set_up", "cost before the first year, not discounted", "number", "money", "200,000", default=0.0),
        Argument(
            "rate",
            "the company's discount rate",
            "share",
            "share a year",
            "10%",
            low=-0.5,
            high=2.0,
            default=0.1,
        ),
    ),
    assumptions=(
        "Benefit and cost fall at the end of each year.",
        "Benefit grows in step with adoption; running cost does not shrink with it.",
        "The adoption discount of the sources, 40% to 60% in year 1, is 60% to 40% of the planned use.",
    ),
    limits=(
        "Adoption is the input that nobody knows: work out a low and a high case as well.",
        "A distant horizon or a low rate can make any case positive.",
        "No tax, no inflation, no value after the last year.",
    ),
    source="000_55673459199de0bf; common present-value formula",
    metrics=("net-present-value",),
)
def net_present_value(
    benefit: Sequence[float], cost: Sequence[float], adoption: Sequence[float], set_up: float = 0.0, rate: float = 0.1
) -> Outcome:
    """Discounted sum of what each year leaves."""
    years = max(len(adoption), len(benefit), len(cost))
    if years > MOST_YEARS:
        raise ArgumentError("adoption", f"{years} years", f"at most {MOST_YEARS} years")
    benefits, costs = _yearly("benefit", benefit, years), _yearly("cost", cost, years)
    shares = _yearly("adoption", adoption, years)
    factors = [(1 + rate) ** -year for year in range(1, years + 1)]
    gains = [share * gain * factor for share, gain, factor in zip(shares, benefits, factors, strict=True)]
    spent = [paid * factor for paid, factor in zip(costs, factors, strict=True)]
    flows = [gain - paid for gain, paid in zip(gains, spent, strict=True)]
    value = fsum(flows) - set_up
    at_full_use = fsum(b * f for b, f in zip(benefits, factors, strict=True)) - fsum(spent) - set_up
    figures = [
        Figure("Net present value", value, "money"),
        Figure("The same if use were full from the first day", at_full_use, "money"),
    ]
    notes = []
    if at_full_use > 0 > value:
        notes.append("Adoption decides: with full use it would pay, as planned it does not.")
    if fsum(gains) > 0:
        figures.append(Figure("Break-even: planned adoption times", (fsum(spent) + set_up) / fsum(gains), "ratio"))
    if (paid_back := _first_positive([-set_up, *flows])) is not None:
        figures.append(Figure("Discounted sum positive after", float(paid_back), "years"))
    else:
        notes.append(f"It is not paid back within {years} year{'s' if years > 1 else ''}.")
    terms = " + ".join(
        f"({percent(share)} × {money(gain)} − {money(paid)}) ÷ {1 + rate:.4g}^{year}"
        for year, (share, gain, paid) in enumerate(zip(shares, benefits, costs, strict=True), start=1)
    )
    return Outcome(tuple(figures), f"−{money(set_up)} + {terms} = {money(value)}", tuple(notes))


def _yearly(name: str, values: Sequence[float], years: int) -> tuple[float, ...]:
    if len(values) == years:
        return tuple(values)
    if len(values) == 1:
        return tuple(values) * years
    raise ArgumentError(name, f"{len(values)} numbers", f"one number, or {years}: one for each year")


def _first_positive(flows: Sequence[float]) -> int | None:
    """The first year from which on the sum stays at or above zero."""
    sums = list(accumulate(flows))
    below = [year for year, total in enumerate(sums) if total < 0]
    if not below:
        return 0
    return below[-1] + 1 if below[-1] + 1 < len(sums) else None
