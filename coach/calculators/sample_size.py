"""How many cases it takes to tell an effect from chance, and how long that is."""

from __future__ import annotations

import math

from coach.calculators.arguments import LARGEST, Argument
from coach.calculators.calculator import calculator
from coach.calculators.intervals import normal_quantile
from coach.calculators.result import Figure, Outcome
from coach.calculators.wording import percent
from coach.errors import ArgumentError

_BASELINE = Argument("baseline", "the share without the change", "share", "share", "35%", high=1.0)
_DIFFERENCE = Argument("difference", "the smallest change worth having", "points", "points", "3%", low=-1.0, high=1.0)
_POWER = Argument(
    "power",
    "how often a change of that size is to be found",
    "share",
    "share",
    "80%",
    high=1.0,
    open_low=True,
    open_high=True,
    default=0.8,
)
_ALPHA = Argument(
    "alpha",
    "how often chance alone may pass for a change",
    "share",
    "share",
    "5%",
    high=1.0,
    open_low=True,
    open_high=True,
    default=0.05,
)
_DAILY = Argument(
    "per_day",
    "people, or other units, who enter the test each day, both arms together",
    "number",
    "units a day",
    "900",
    open_low=True,
    default=None,
)
_SAME = (
    "Two arms of equal size, one test, both directions.",
    "Units are drawn by lot and do not influence one another.",
    "The length is fixed beforehand: looking daily and stopping at a win finds effects that are not there.",
)


def two_proportions(baseline: float, difference: float, power: float = 0.8, alpha: float = 0.05) -> int:
    """Cases per arm to see a share move from `baseline` by `difference` in a two-sided test of two equal arms.

    All are fractions: 0.35 and 0.03 for 35% and 3 points. By the normal approximation, with the variance pooled
    under no effect; it is too small a number where fewer than about ten cases per arm would show the event.
    Raises `ArgumentError` for a share outside 0 to 1, for no difference, and for power or alpha outside 0 to 1.
    """
    baseline, difference = _BASELINE.check(baseline), _DIFFERENCE.check(difference)
    power, alpha = _plan(power, alpha)
    other = baseline + difference
    if not 0 <= other <= 1:
        allowed = f"from {-baseline * 100:.6g} to {(1 - baseline) * 100:.6g} points, so that the share stays a share"
        raise ArgumentError("difference", f"{difference * 100:.6g} points", allowed)
    if difference == 0:
        raise ArgumentError("difference", difference, "other than zero: no test can find that nothing changed")
    mean = (baseline + other) / 2
    pooled = normal_quantile(1 - alpha / 2) * math.sqrt(2 * mean * (1 - mean))
    apart = normal_quantile(power) * math.sqrt(baseline * (1 - baseline) + other * (1 - other))
    return _whole("difference", difference, ((pooled + apart) / difference) ** 2)


def two_means(deviation: float, difference: float, power: float = 0.8, alpha: float = 0.05) -> int:
    """Cases per arm to see a mean move by `difference`, in the unit of the standard deviation `deviation`.

    By the normal approximation with Guenther's correction for the t-test. Raises `ArgumentError`.
    """
    deviation, difference = _DEVIATION.check(deviation), _SHIFT.check(difference)
    power, alpha = _plan(power, alpha)
    if difference == 0:
        raise ArgumentError("difference", difference, "other than zero: no test can find that nothing changed")
    z = normal_quantile(1 - alpha / 2)
    cases = 2 * ((z + normal_quantile(power)) * deviation / difference) ** 2 + z * z / 4
    return max(2, _whole("difference", difference, cases))


def _plan(power: float, alpha: float) -> tuple[float, float]:
    power, alpha = _POWER.check(power), _ALPHA.check(alpha)
    if power <= alpha:
        raise ArgumentError("power", power, f"above alpha, {alpha:g}: below it the test is a lottery")
    return power, alpha


def _whole(name: str, value: float, cases: float) -> int:
    if cases > LARGEST:
        raise ArgumentError(name, value, "larger: no test has so many cases")
    return math.ceil(cases)


def _planned(cases: int, per_day: float | None, working: str, notes: tuple[str, ...]) -> Outcome:
    figures = [Figure("Cases per arm", float(cases), "count"), Figure("Cases in both arms", 2.0 * cases, "count")]
    if per_day is not None:
        days = math.ceil(2 * cases / per_day)
        weeks = math.ceil(days / 7)
        figures += [Figure("Days at that inflow", float(days), "days"), Figure("In whole weeks", float(weeks), "weeks")]
        notes = (*notes, *_on_duration(days))
    return Outcome(tuple(figures), working, notes)


def _on_duration(days: int) -> tuple[str, ...]:
    if days < 14:
        return ("Run two whole weeks all the same: weekdays differ, and the charm of the new wears off.",)
    if days > 56:
        return (
            "Longer than eight weeks: cookies and people change meanwhile. Look for a larger effect, a nearer "
            "metric, or a measure with less spread.",
        )
    return ()


@calculator(
    id="ab-proportions",
    name="Sample size and duration: two shares",
    about="How many cases must an A/B test have to find a change of a share, and how many days is that?",
    formula="n per arm = ((z(1−α/2) × √(2m(1−m)) + z(power) × √(p(1−p) + q(1−q))) ÷ (q − p))², m = (p + q) ÷ 2, "
    "q = p + difference; days = 2n ÷ per_day",
    arguments=(_BASELINE, _DIFFERENCE, _DAILY, _POWER, _ALPHA),
    assumptions=_SAME,
    limits=(
        "Too small a number where fewer than about ten cases per arm show the event.",
        "Where the lot is drawn by team or account and counting is by person, the true number is larger.",
        "Several main metrics or several variants need a smaller alpha.",
    ),
    source="Fleiss, Levin and Paik 2003, Statistical Methods for Rates and Proportions",
    metrics=("minimum-detectable-effect", "statistical-power"),
)
def sample_size_proportions(
    baseline: float, difference: float, per_day: float | None = None, power: float = 0.8, alpha: float = 0.05
) -> Outcome:
    """Cases and days to find a change of a share."""
    cases = two_proportions(baseline, difference, power, alpha)
    other = baseline + difference
    rarest = cases * min(baseline, other, 1 - baseline, 1 - other)
    notes = ("Fewer than ten cases per arm will show the rarer outcome: plan an exact test.",) if rarest < 10 else ()
    working = (
        f"from {percent(baseline)} to {percent(other)} at power {percent(power)} and alpha {percent(alpha)}: "
        f"{cases:,} per arm"
    )
    return _planned(cases, per_day, working, notes)


_DEVIATION = Argument(
    "deviation",
    "standard deviation of the measure between units",
    "number",
    "the measure's unit",
    "14",
    open_low=True,
)
_SHIFT = Argument(
    "difference",
    "the smallest change of the mean worth having",
    "number",
    "the measure's unit",
    "1.5",
    low=-LARGEST,
)


@calculator(
    id="ab-means",
    name="Sample size and duration: two means",
    about="How many cases must an A/B test have to find a change of a mean, and how many days is that?",
    formula="n per arm = 2 × ((z(1−α/2) + z(power)) × deviation ÷ difference)² + z(1−α/2)² ÷ 4; days = 2n ÷ per_day",
    arguments=(_DEVIATION, _SHIFT, _DAILY, _POWER, _ALPHA),
    assumptions=(*_SAME, "The spread is the same in both arms."),
    limits=(
        "Money and time have long tails: with few cases the mean is not normal, so cap or log the measure first.",
        "Where the lot is drawn by team or account and counting is by person, the true number is larger.",
        "A deviation guessed too small by a third gives half the cases needed.",
    ),
    source="Guenther 1981, Sample size formulas for normal theory t tests; Cohen 1988 for the tables it agrees with",
    metrics=(),
)
def sample_size_means(
    deviation: float, difference: float, per_day: float | None = None, power: float = 0.8, alpha: float = 0.05
) -> Outcome:
    """Cases and days to find a change of a mean."""
    cases = two_means(deviation, difference, power, alpha)
    size = abs(difference) / deviation
    notes = ("An effect of that size is seldom seen with people: check the deviation.",) if size > 1 else ()
    working = f"effect of {size:.3g} deviations at power {percent(power)} and alpha {percent(alpha)}: {cases:,} per arm"
    return _planned(cases, per_day, working, notes)
