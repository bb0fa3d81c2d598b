"""What is to be done with the numbers: gates, roll-back, the experiment, reviews, owners, open questions."""

from __future__ import annotations

from coach.calculators.sample_size import two_proportions
from coach.knowledge.models.archetype import Archetype
from coach.knowledge.models.case import Case
from coach.scorecards.metric_row import MetricRow
from coach.scorecards.model import MainMetric
from coach.scorecards.plan_parts import (
    Criterion,
    Decision,
    Evaluation,
    Experiment,
    Gate,
    Owner,
    Review,
    SampleSize,
    SampleSizes,
    Segment,
    Trigger,
)
from coach.scorecards.product import Product
from coach.scorecards.rows import named_rows

_CADENCES = ("live", "daily", "weekly", "monthly", "quarterly", "release", "experiment")
POWER, ALPHA = 0.8, 0.05
_BASELINES = (0.02, 0.05, 0.1, 0.2, 0.35, 0.5)
_DIFFERENCES = (0.01, 0.02, 0.03, 0.05, 0.1)
_STOP_RULES = (
    "Check first that the arms have the sizes that the split promised; if not, repair it and start again.",
    "Stop for harm as soon as a counter-metric crosses its floor, whatever the main metric shows.",
    "Otherwise read the result once, at the planned size; an early look is not a result.",
)


def gates(archetype: Archetype, main: MainMetric, rows: tuple[MetricRow, ...]) -> tuple[Gate, ...]:
    """Three stages, each with what must hold before it."""
    limits = [
        Criterion(text=f"{row.name} within its budget", metric=row.id, limit=row.budget, borrowed=True)
        for row in rows
        if row.budget
    ]
    floors = [
        Criterion(text=f"{counter.name} on the right side of its floor", metric=counter.metric)
        for counter in main.counters
    ]
    return (
        Gate(
            stage="Offline",
            question="Is it good enough to show to anybody outside the team?",
            criteria=tuple(Criterion(text=step) for step in archetype.evaluation.before),
        ),
        Gate(
            stage="Limited release",
            question="Does it hold with real users, at a size at which mistakes are affordable?",
            criteria=(*floors, *limits),
        ),
        Gate(
            stage="General release",
            question="Is it better than what it replaces, and will we notice when it no longer is?",
            criteria=(
                Criterion(text=f"{main.name}: better than the baseline by the agreed effect", metric=main.metric),
                Criterion(text="Every counter-metric still on the right side of its floor"),
                Criterion(text="Every metric on this page has an owner, and every event arrives"),
            ),
        ),
    )


def rollback_triggers(archetype: Archetype, main: MainMetric) -> tuple[Trigger, ...]:
    """Signs at which a release is taken back: the archetype's risks, and any counter-metric at its floor."""
    risks = [
        Trigger(sign=f"{risk.risk} {risk.measure}", action=risk.response, bearer=risk.bearer)
        for risk in archetype.risks
    ]
    names = ", ".join(counter.name for counter in main.counters)
    return (*risks, Trigger(sign=f"A counter-metric crosses its floor ({names}).", action=None))


def evaluation(archetype: Archetype) -> Evaluation:
    """How it is proven before release and watched after."""
    return Evaluation(before=archetype.evaluation.before, after=archetype.evaluation.after)


def segments(rows: tuple[MetricRow, ...]) -> tuple[Segment, ...]:
    """Every cut that a metric asks for, once, with all metrics that ask for it; the most asked for first."""
    asked: dict[str, list[MetricRow]] = {}
    because: dict[str, str] = {}
    for row in rows:
        for cut in row.segments:
            asked.setdefault(cut.by, []).append(row)
            because.setdefault(cut.by, cut.because)
    order = sorted(asked, key=lambda by: -len(asked[by]))
    return tuple(Segment(by=by, because=because[by], metrics=named_rows(asked[by])) for by in order)


def experiment(archetype: Archetype, main: MainMetric, product: Product | None) -> Experiment:
    """How the effect will be told from chance; the figures are the owner's."""
    described = product or Product(name=archetype.name)
    baseline, effect = described.baseline, described.smallest_effect
    size = sample_size(baseline, effect)
    weeks = -(-2 * size // described.per_week) if size and described.per_week else None
    return Experiment(
        advice=archetype.evaluation.after,
        metric=main.name,
        guardrails=tuple(counter.name for counter in main.counters),
        unit=described.unit,
        baseline=None if baseline is None else percent(baseline),
        smallest_effect=None if effect is None else f"{percent(effect)[:-1]} points",
        sample_size=None if size is None else f"{size:,} per arm",
        duration=None if weeks is None else f"{weeks} week{'s' if weeks != 1 else ''} at {described.per_week:,} a week",
        sizes=_sizes(),
        stop_rules=_STOP_RULES,
    )


def sample_size(baseline: float | None, effect: float | None) -> int | None:
    """Cases per arm; None where a figure is missing or the two do not make a share."""
    if baseline is None or not effect or not 0 <= baseline + effect <= 1:
        return None
    return two_proportions(baseline, effect, POWER, ALPHA)


def percent(fraction: float) -> str:
    """A fraction as a percentage: "35%"."""
    return f"{fraction * 100:.6g}%"


def _sizes() -> SampleSizes:
    rows = tuple(
        SampleSize(
            baseline=baseline,
            per_difference=tuple(two_proportions(baseline, change, POWER, ALPHA) for change in _DIFFERENCES),
        )
        for baseline in _BASELINES
    )
    return SampleSizes(power=POWER, alpha=ALPHA, differences=_DIFFERENCES, rows=rows)


def decisions(archetype: Archetype) -> tuple[Decision, ...]:
    """Rules agreed on before the numbers disagree."""
    return tuple(Decision(between=pair.between, rule=pair.rule) for pair in archetype.tradeoffs)


def owners(main: MainMetric) -> tuple[Owner, ...]:
    """The roles that somebody must take."""
    return (
        Owner(role="Product", answers_for=f"{main.name}, its target, and the decision log"),
        Owner(role="Evaluation", answers_for="The frozen set, repeated runs, raters and their agreement"),
        Owner(role="Operations", answers_for="Budgets, alerts, fall-back and roll-back"),
        Owner(role="Risk", answers_for="Who can be hurt, the limits for it, and the right to stop a release"),
        Owner(role="Data", answers_for="Events, definitions, and a word when either changes"),
        Owner(role="Finance", answers_for="The assumptions between the main metric and money"),
    )


def reviews(rows: tuple[MetricRow, ...]) -> tuple[Review, ...]:
    """Which numbers are due when."""
    return tuple(
        Review(cadence=cadence, metrics=names)
        for cadence in _CADENCES
        if (names := tuple(row.name for row in rows if row.cadence == cadence))
    )


def open_questions(main: MainMetric, rows: tuple[MetricRow, ...], case: Case | None) -> tuple[str, ...]:
    """What has to be answered before the scorecard is worth reading."""
    rated = [row.name for row in rows if not row.formula.from_events]
    questions = [
        f"What is “{main.name}” today, and how was the job done before?",
        f"Below what does each counter-metric make a rise of “{main.name}” worthless?",
        "Which of the borrowed limits fit here, and on what evidence?",
        "Which assumptions of the calculation hold here, and who in finance agrees?",
    ]
    if main.metric is None:
        questions.insert(1, f"Which events give “{main.name}”? The catalog has no formula for it.")
    if rated:
        questions.append(f"Who does the work behind {_and(rated)}, which no event log gives?")
    if case is not None:
        questions.extend(follow_up.question for follow_up in case.follow_ups)
    return tuple(questions)


def _and(names: list[str]) -> str:
    return " and ".join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else names[0]
