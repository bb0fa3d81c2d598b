"""What a filled-in scorecard lacks, and how complete it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from textwrap import shorten
from typing import Literal, NamedTuple

from coach.scorecards.cells import amount
from coach.scorecards.columns import MAIN, SHARE, measured
from coach.scorecards.filled.own_metrics import OwnMetric
from coach.scorecards.filled.read import Reading
from coach.scorecards.metric_row import Owned
from coach.scorecards.model import Scorecard
from coach.scorecards.plan import sample_size
from coach.scorecards.status import status

Weight = Literal[1, 2, 3]
_OVER = re.compile(
    r"\b(?:divided by|over|out of|of all|of the|per|among|for each|denominator|as a share of|in every)\b|[/÷]",
    re.IGNORECASE,
)
_MOST_NAMED = 4


class Finding(NamedTuple):
    """Something that is missing or cannot be right."""

    rule: str
    place: str
    message: str


class Lint(NamedTuple):
    """What was found, and how complete the scorecard is."""

    score: int
    """0 to 100: the share of what ought to be there, main things counting up to three times."""
    findings: tuple[Finding, ...]


class _Check(NamedTuple):
    """One thing that ought to be there: met in part or in whole."""

    weight: Weight
    met: float
    findings: tuple[Finding, ...]


def lint(reading: Reading) -> Lint:
    """Check everything that the file can hold; tables that a format does not have are not held against it."""
    card, have = reading.card, reading.tables
    checks = [check for needs, rule in _RULES if needs in have for check in rule(card)]
    checks += _own_metrics(reading.own)
    total = sum(check.weight for check in checks)
    met = sum(check.weight * check.met for check in checks)
    score = int(100 * met / total) if total else 0
    return Lint(score, tuple(finding for check in checks for finding in check.findings))


def _counted(weight: Weight, rule: str, place: str, done: Iterable[tuple[str, bool]], message: str) -> _Check:
    """A check of many of a sort; one finding, whose message has places for `{n}`, how many fail, and `{named}`."""
    items = list(done)
    lacking = [name for name, fine in items if not fine]
    if not items or not lacking:
        return _Check(weight, 1.0, ())
    named = ", ".join(lacking[:_MOST_NAMED]) + (f" and {more} more" if (more := len(lacking) - _MOST_NAMED) > 0 else "")
    return _Check(
        weight, 1 - len(lacking) / len(items), (Finding(rule, place, message.format(named=named, n=len(lacking))),)
    )


def _short(text: str) -> str:
    """The beginning of a text, in whole words."""
    return shorten(text, 50, placeholder=" …")


def _one(weight: Weight, rule: str, place: str, fine: bool, message: str) -> _Check:
    return _Check(weight, float(fine), () if fine else (Finding(rule, place, message),))


def _main(card: Scorecard) -> Iterator[_Check]:
    main, yours = card.main, card.main.yours
    place = f"main metric “{main.name}”"
    yield _one(3, "no-counter-metric", place, bool(main.counters), "has no counter-metric: what would a cheat break?")
    yield _one(3, "no-owner", place, bool(yours.owner), "has no owner")
    yield _one(3, "no-baseline", place, bool(yours.baseline), "has no baseline of your own")
    yield _one(2, "no-target", place, bool(yours.target), "has no target")
    yield _one(2, "no-spread", place, bool(yours.spread), "has no spread over repeated runs of the same inputs")
    yield _one(1, "no-limit-source", place, not yours.target or bool(yours.limit_source), "has a target from nowhere")
    honest = main.metric is None or main.metric not in {counter.metric for counter in main.counters}
    yield _one(2, "counters-itself", place, honest, "is its own counter-metric")


def _argument(card: Scorecard) -> Iterator[_Check]:
    main = card.main
    place = f"main metric “{main.name}”"
    yield _one(3, "no-definition", place, bool(main.definition), "is not defined")
    if main.definition:
        whole = not SHARE.search(f"{main.name} {main.definition}") or bool(_OVER.search(main.definition))
        yield _one(3, "no-denominator", place, whole, "is a ratio without a denominator: of what is it a share?")
    yield _one(3, "no-gaming", place, bool(main.gaming), "has no gaming scenario: how could it rise while value falls?")
    yield _one(2, "no-reason", place, bool(main.why), "does not say why this one and not its rivals")
    yield _one(1, "no-blind-spot", place, bool(main.misses), "does not say what it misses")


def _rows(card: Scorecard) -> Iterator[_Check]:
    rows = [row for row in card.rows if "main" not in row.roles]
    yield _counted(
        3,
        "borrowed-left",
        "metrics",
        [(row.name, not row.still_borrowed) for row in card.rows if row.borrowed and "main" not in row.roles],
        "{n} with borrowed limits only, none yours until you have a baseline: {named}",
    )
    for field, rule, message in (
        ("owner", "no-owner", "without an owner"),
        ("target", "no-target", "without a target"),
        ("floor", "no-floor", "without a floor"),
        ("spread", "no-spread", "without spread over repeated runs"),
    ):
        asked = [row for row in rows if field != "spread" or row.layer in ("model", "retrieval", "agent")]
        done = [(row.name, getattr(row.yours, field) is not None) for row in asked]
        yield _counted(2, rule, "metrics", done, f"{{n}} {message}: {{named}}")
    shares = [row for row in rows if row.formula.kind in ("ratio", "share", "conversion")]
    yield _counted(
        2,
        "no-denominator",
        "metrics",
        [(row.name, bool(row.formula.numerator and row.formula.denominator)) for row in shares],
        "{n} ratios without a denominator: {named}",
    )
    yield from _sense(card)


def _sense(card: Scorecard) -> Iterator[_Check]:
    """Limits that contradict each other, and red numbers that nobody acts on."""
    for line in measured(card):
        contradiction = _contradiction(line.yours, line.direction)
        if contradiction:
            yield _Check(2, 0.0, (Finding("limits-contradict", line.name, contradiction),))
        elif line.yours.actual and status(line.yours, line.direction) == "past its floor" and not line.yours.when_red:
            yield _Check(
                2, 0.0, (Finding("red-without-action", line.name, "is past its floor, and nothing is to follow"),)
            )
        if line.id != MAIN and line.direction == "band" and line.yours.floor and not line.yours.upper:
            yield _Check(1, 0.0, (Finding("half-a-band", line.name, "is bad at both ends and has one limit only"),))


def _contradiction(yours: Owned, direction: str) -> str:
    floor, target, upper = amount(yours.floor), amount(yours.target), amount(yours.upper)
    if direction == "band":
        crossed = floor is not None and upper is not None and floor > upper
        return f"has its lower end ({yours.floor}) above its upper end ({yours.upper})" if crossed else ""
    if floor is None or target is None:
        return ""
    if direction == "up" and floor > target:
        return f"has a floor ({yours.floor}) above its target ({yours.target})"
    if direction == "down" and floor < target:
        return f"has a ceiling ({yours.floor}) below its target ({yours.target}), though less is better"
    return ""


def _counters(card: Scorecard) -> Iterator[_Check]:
    floors = {row.id: row.yours.floor for row in card.rows}
    done = [(counter.name, bool(counter.floor or floors.get(counter.metric))) for counter in card.main.counters]
    yield _counted(3, "no-floor", "counter-metrics", done, "{n} without a floor: {named}")
    done = [(counter.name, counter.when_crossed is not None) for counter in card.main.counters]
    yield _counted(
        2,
        "no-consequence",
        "counter-metrics",
        done,
        "nothing follows when the floor is crossed: {named}",
    )


def _gates(card: Scorecard) -> Iterator[_Check]:
    for gate in card.gates:
        limits = [(_short(c.text), c.limit is not None and not c.borrowed) for c in gate.criteria]
        place = f"gate “{gate.stage}”"
        yield _counted(1, "no-limit", place, limits, "{n} conditions without a limit of yours: {named}")


def _triggers(card: Scorecard) -> Iterator[_Check]:
    done = [(_short(trigger.sign), trigger.action is not None) for trigger in card.rollback]
    yield _counted(2, "no-action", "roll-back", done, "{n} signs without an action: {named}")
    done = [(_short(trigger.sign), trigger.owner is not None) for trigger in card.rollback]
    yield _counted(1, "no-owner", "roll-back", done, "{n} signs without an owner: {named}")


def _context(card: Scorecard) -> Iterator[_Check]:
    context = card.context
    blanks = {
        "segment in scope": context.segment,
        "stage": context.stage,
        "why it takes AI": context.why_ai,
        "how the job is done without it": context.without_it,
    }
    yield _counted(
        2,
        "no-context",
        "context",
        [(n, v is not None) for n, v in blanks.items()],
        "not said: {named}",
    )


def _experiment(card: Scorecard) -> Iterator[_Check]:
    plan = card.experiment
    needed = sample_size(amount(plan.baseline), amount(plan.smallest_effect))
    blanks = {
        "unit of randomisation": plan.unit,
        "baseline": plan.baseline,
        "smallest effect worth having": plan.smallest_effect,
        # It follows from the two above, which a sheet's own formula shows only once a program has calculated it.
        "sample size": plan.sample_size or needed,
        "duration": plan.duration,
    }
    done = [(name, value is not None) for name, value in blanks.items()]
    yield _counted(2, "no-plan", "experiment", done, "not planned: {named}")
    said = amount((plan.sample_size or "").removesuffix(" per arm"))
    if needed is not None and said is not None and said < 0.95 * needed:
        message = f"{said:,.0f} per arm are planned, and it takes {needed:,} to see {plan.smallest_effect}"
        yield _Check(3, 0.0, (Finding("sample-too-small", "experiment", message),))


def _evaluation(card: Scorecard) -> Iterator[_Check]:
    plan = card.evaluation
    blanks = {
        "frozen set": plan.frozen_set,
        "runs of each input": plan.runs_per_input,
        "raters": plan.raters,
        "agreement of raters": plan.rater_agreement,
        "sampling from live use": plan.online,
    }
    done = [(name, value is not None) for name, value in blanks.items()]
    yield _counted(2, "no-evaluation", "evaluation", done, "not agreed: {named}")


def _people(card: Scorecard) -> Iterator[_Check]:
    done = [(owner.role, owner.name is not None) for owner in card.owners]
    yield _counted(2, "no-owner", "roles", done, "{n} without a name: {named}")


def _reviews(card: Scorecard) -> Iterator[_Check]:
    done = [(review.cadence, review.who is not None) for review in card.reviews]
    yield _counted(1, "no-reviewer", "reviews", done, "nobody looks: {named}")


def _events(card: Scorecard) -> Iterator[_Check]:
    done = [(event.event, event.source is not None) for event in card.events]
    yield _counted(1, "no-source", "events", done, "{n} come from nowhere yet: {named}")
    done = [(event.event, event.verified is not None) for event in card.events]
    yield _counted(1, "not-checked", "events", done, "{n} were never checked: {named}")


def _rules(card: Scorecard) -> Iterator[_Check]:
    done = [(_short(rule.between), rule.agreed_with is not None) for rule in card.decisions]
    yield _counted(1, "not-agreed", "decision rules", done, "{n} agreed with nobody: {named}")


def _log(card: Scorecard) -> Iterator[_Check]:
    yield _one(1, "no-decisions", "decision log", bool(card.log), "is empty: what has been decided so far?")


def _own_metrics(own: Iterable[OwnMetric]) -> Iterator[_Check]:
    for metric in own:
        message = "is a ratio without a denominator: of what is it a share?"
        yield _one(2, "no-denominator", f"{metric.place} {metric.name}", not metric.without_denominator, message)


_RULES: tuple[tuple[str, Callable[[Scorecard], Iterator[_Check]]], ...] = (
    ("Metrics", _main),
    ("The main metric", _argument),
    ("Counter-metrics", _counters),
    ("Metrics", _rows),
    ("Context", _context),
    ("Evaluation", _evaluation),
    ("Events", _events),
    ("Launch gates", _gates),
    ("Stop, or take back", _triggers),
    ("Experiment", _experiment),
    ("Decision rules", _rules),
    ("Owners", _people),
    ("Reviews", _reviews),
    ("Decision log", _log),
)
"""What is checked, by the table that a file must have for it."""
