"""A scorecard as tables: what sheets show, and where what was filled in goes when they are read back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from coach.scorecards.metric_row import STATUSES, MetricRow, Owned
from coach.scorecards.model import Scorecard

Put = Callable[[Scorecard, Sequence[Any]], Scorecard]
Form = Literal["text", "amount", "choice", "key"]
BETTER = {"up": "↑ higher", "down": "↓ lower", "band": "↔ within a band"}
MAIN = "main"
"""The id by which tables name the main metric, which need not be in the catalog."""


@dataclass(frozen=True)
class Column:
    """One column: what it shows of a record, and the field that it is read back into, if it is the owner's."""

    head: str
    get: Callable[[Any], object]
    field: str | None = None
    form: Form = "text"
    width: int = 16
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """Records of one sort. The columns of form `key` tell them apart."""

    name: str
    sheet: str
    columns: tuple[Column, ...]
    records: Callable[[Scorecard], Sequence[Any]]
    put: Put | None = None
    """The scorecard with these records in the place of its own; None for tables that are not read back."""
    grows: bool = False
    """Whether the owner adds records."""

    @property
    def keys(self) -> tuple[Column, ...]:
        """The columns that tell records apart."""
        return tuple(column for column in self.columns if column.form == "key")

    def key(self, record: Any) -> tuple[str, ...]:
        """What tells this record from the others, as the cells show it."""
        return tuple(" ".join(str(column.get(record)).split()) for column in self.keys)


@dataclass(frozen=True)
class Measured:
    """A line of the table of metrics: the main metric or one of the catalog."""

    id: str
    name: str
    yours: Owned
    row: MetricRow | None
    """The catalog's entry; of a main metric the nearest, where there is one."""

    @property
    def fraction(self) -> bool:
        """Whether its amounts are shares; a main metric of nobody's catalog mostly is one."""
        return self.row.fraction if self.row else True

    @property
    def direction(self) -> Literal["up", "down", "band"]:
        """Which way is better."""
        return self.row.direction if self.row else "up"


@dataclass(frozen=True)
class Filled:
    """One named blank of a part of the scorecard."""

    name: str
    label: str
    value: str | None
    owned: bool = True


def measured(card: Scorecard) -> list[Measured]:
    """The main metric, then those of the catalog by layer."""
    main = card.main
    first = Measured(MAIN, main.name, main.yours, card.row(main.metric) if main.metric else None)
    return [first, *(Measured(row.id, row.name, row.yours, row) for row in card.rows)]


def _put_measured(card: Scorecard, lines: Sequence[Measured]) -> Scorecard:
    found = {line.id: line.yours for line in lines}
    main = card.main.model_copy(update={"yours": found.get(MAIN, card.main.yours)})
    rows = tuple(row.model_copy(update={"yours": found.get(row.id, row.yours)}) for row in card.rows)
    return card.model_copy(update={"main": main, "rows": rows})


def _of(get: Callable[[MetricRow], object]) -> Callable[[Measured], object]:
    return lambda line: get(line.row) if line.row else None


def _own(head: str, field: str, form: Form = "text", width: int = 14, choices: tuple[str, ...] = ()) -> Column:
    return Column(head, lambda line: getattr(line.yours, field), field, form, width, choices)


def _field(head: str, field: str, width: int = 18, form: Form = "text", choices: tuple[str, ...] = ()) -> Column:
    return Column(head, lambda record: getattr(record, field), field, form, width, choices)


def _show(head: str, get: Callable[[Any], object], width: int = 24) -> Column:
    return Column(head, get, width=width)


def _key(head: str, get: Callable[[Any], object], width: int = 24) -> Column:
    return Column(head, get, form="key", width=width)


def _part(
    name: str, fields: dict[str, str], shown: dict[str, str] | None = None
) -> Callable[[Scorecard], list[Filled]]:
    def records(card: Scorecard) -> list[Filled]:
        part = getattr(card, name)
        known = [Filled(field, label, _said(getattr(part, field)), False) for field, label in (shown or {}).items()]
        return known + [Filled(field, label, getattr(part, field)) for field, label in fields.items()]

    return records


def _put_part(name: str) -> Put:
    def put(card: Scorecard, records: Sequence[Filled]) -> Scorecard:
        # A name that was wiped out is kept, since nothing is called nothing.
        update = {r.name: r.value for r in records if r.owned and (r.value or r.name != "name")}
        return card.model_copy(update={name: getattr(card, name).model_copy(update=update)})

    return put


def _said(value: object) -> str:
    return "; ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _put(name: str) -> Put:
    return lambda card, records: card.model_copy(update={name: tuple(records)})


def _put_counters(card: Scorecard, records: Sequence[Any]) -> Scorecard:
    return card.model_copy(update={"main": card.main.model_copy(update={"counters": tuple(records)})})


@dataclass(frozen=True)
class Condition:
    """A criterion with the gate that it belongs to."""

    stage: str
    text: str
    limit: str | None
    borrowed: bool
    actual: str | None
    passed: str | None


def _conditions(card: Scorecard) -> list[Condition]:
    return [
        Condition(gate.stage, c.text, c.limit, c.borrowed, c.actual, c.passed)
        for gate in card.gates
        for c in gate.criteria
    ]


def _put_conditions(card: Scorecard, records: Sequence[Condition]) -> Scorecard:
    found = {(record.stage, record.text): record for record in records}

    def criterion(stage: str, old: Any) -> Any:
        new = found.get((stage, old.text))
        if new is None:
            return old
        update = {
            "limit": new.limit,
            "actual": new.actual,
            "passed": new.passed,
            # A limit that the owner has rewritten is the owner's.
            "borrowed": old.borrowed and new.limit == old.limit,
        }
        return old.model_copy(update=update)

    gates = (
        gate.model_copy(update={"criteria": tuple(criterion(gate.stage, c) for c in gate.criteria)})
        for gate in card.gates
    )
    return card.model_copy(update={"gates": tuple(gates)})


def _whose(line: Measured) -> str | None:
    row = line.row
    if line.id == MAIN or row is None or not row.borrowed:
        return None
    said = "; ".join(f"{limit.level} {limit.limit}" for limit in row.borrowed)
    return f"{said} ({row.borrowed[0].mark})" if row.still_borrowed else said


def _names(items: Sequence[Any]) -> str:
    return "; ".join(item.name for item in items)


METRICS = Table(
    "Metrics",
    "Scorecard",
    (
        _key("Id", lambda line: line.id, 19),
        _show("Layer", lambda line: line.row.layer if line.row and line.id != MAIN else MAIN, 12),
        _show("Metric", lambda line: line.name, 27),
        _show("What it asks", lambda line: line.row.question if line.row and line.id != MAIN else None, 40),
        _show("Better", lambda line: BETTER[line.direction], 13),
        _own("Baseline", "baseline", "amount", 11),
        _own("Target", "target", "amount", 11),
        _own("Floor", "floor", "amount", 11),
        _own("Upper end (bands)", "upper", "amount", 11),
        _own("Now", "actual", "amount", 11),
        # The status stands here; it is worked out, not read.
        _own("Runs", "runs", width=7),
        _own("Spread over repeated runs", "spread", width=14),
        _own("Owner", "owner", "choice", 14),
        _show("Said by others", _whose, 38),
        _own("Limits from, since", "limit_source", width=18),
        _own("When red", "when_red", width=22),
        _own("Take back at", "rollback", width=16),
    ),
    measured,
    _put_measured,
)
_OWN_DEFINITION = (
    _own("Status of definition", "status", "choice", 14, STATUSES),
    _own("Version", "version", width=9),
    _own("Reviewer", "reviewer", width=14),
    _own("Decision it informs", "decision", width=26),
    _own("Goal", "goal", width=22),
    _own("Signal", "signal", width=22),
    _own("Exclusions", "exclusions", width=22),
    _own("Edge cases", "edge_cases", width=22),
    _own("Stretch", "stretch", "amount", 10),
    _own("Least sample", "sample", width=14),
    _own("Confidence", "confidence", width=12),
    _own("Refresh", "refresh", width=12),
    _own("Alert", "alert", width=18),
    _own("Query or dashboard", "query", width=24),
    _own("Last reviewed", "last_reviewed", width=13),
    _own("Changes", "changes", width=22),
)
DEFINITION = (
    _show("Question", _of(lambda row: row.question), 40),
    _show("Numerator", _of(lambda row: row.formula.numerator), 36),
    _show("Denominator", _of(lambda row: row.formula.denominator), 36),
    _show("Formula or procedure", _of(lambda row: row.formula.words), 48),
    _show("Unit", _of(lambda row: row.unit), 18),
    _show("Values", _of(lambda row: row.values), 14),
    _show("Counted", _of(lambda row: row.population), 22),
    _show("Grain", _of(lambda row: row.grain), 10),
    _show("Window", _of(lambda row: row.window), 12),
    _show("Timing", _of(lambda row: row.timing), 10),
    _show("Looked at", _of(lambda row: row.cadence), 11),
    _show("Cut by", _of(lambda row: "; ".join(cut.by for cut in row.segments)), 32),
    _show("Events", _of(lambda row: "; ".join(row.events)), 28),
    _show("How it is gamed", _of(lambda row: " ".join(way.path for way in row.gaming)), 44),
    _show("What gives that away", _of(lambda row: " ".join(way.sign for way in row.gaming)), 44),
    _show("Kept honest by", _of(lambda row: _names(row.countered_by)), 28),
    _show("Sources of the limits", _of(lambda row: "; ".join(dict.fromkeys(b.source for b in row.borrowed))), 32),
)
DEFINITIONS = Table(
    "Definitions",
    "Definitions",
    (
        _key("Id", lambda line: line.id, 19),
        _show("Metric", lambda line: line.name, 27),
        *DEFINITION,
        *_OWN_DEFINITION,
    ),
    measured,
    _put_measured,
)
CONTEXT = Table(
    "Context",
    "Context",
    (
        _key("Field", lambda item: item.label, 34),
        Column("Answer", lambda item: item.value, "value", width=100),
    ),
    _part(
        "context",
        {
            "segment": "Segment in scope",
            "stage": "Stage of the product",
            "why_ai": "Why it takes AI",
            "without_it": "How the job is done without it",
        },
        {"summary": "The product", "job": "The job it is hired for", "users": "Who uses it", "payer": "Who pays"}
        | {"affected": "Who is affected", "worse_error": "Which error is worse"},
    ),
    _put_part("context"),
)
MAIN_METRIC = Table(
    "The main metric",
    "Context",
    (
        _key("About the main metric", lambda item: item.label, 34),
        Column("Said", lambda item: item.value, "value", width=100),
    ),
    _part(
        "main",
        {
            "name": "Name",
            "definition": "Definition",
            "why": "Why this one",
            "misses": "What it misses",
            "gaming": "How it is gamed, and how that would show",
        },
    ),
    _put_part("main"),
)
COUNTERS = Table(
    "Counter-metrics",
    "Gates",
    (
        _key("Counter-metric", lambda counter: counter.name, 34),
        _show("What it asks", lambda counter: counter.question, 48),
        Column("Floor", lambda counter: counter.floor, "floor", "amount", 30),
        _field("What happens there", "when_crossed", 26),
        _show("Said by others", lambda counter: "; ".join(f"{b.level} {b.limit}" for b in counter.borrowed), 30),
        _show("Better", lambda counter: BETTER[counter.direction], 18),
    ),
    lambda card: card.main.counters,
    _put_counters,
)
GATES = Table(
    "Launch gates",
    "Gates",
    (
        _key("Stage", lambda item: item.stage, 34),
        _key("Must hold", lambda item: item.text, 48),
        Column("Limit", lambda item: item.limit, "limit", width=30),
        _field("Actual", "actual", 26),
        _field("Passed", "passed", 30, "choice", ("yes", "no", "waived")),
        _show("Whose limit", lambda item: "borrowed, not yours" if item.borrowed else None),
    ),
    _conditions,
    _put_conditions,
)
TRIGGERS = Table(
    "Stop, or take back",
    "Gates",
    (
        _key("Sign", lambda trigger: trigger.sign, 34),
        _field("Action", "action", 48),
        _show("Who bears it", lambda trigger: trigger.bearer, 30),
        _field("Owner", "owner", 26, "choice"),
    ),
    lambda card: card.rollback,
    _put("rollback"),
)
EVENTS = Table(
    "Events",
    "Events",
    (
        _key("Event", lambda event: event.event, 28),
        _show("Properties", lambda event: "; ".join(event.fields), 40),
        _show("When it is sent", lambda event: " ".join(event.when), 60),
        _show("Needed for", lambda event: _names(event.metrics), 32),
        _field("Source", "source", 22),
        _field("Checked on", "verified", 14),
    ),
    lambda card: card.events,
    _put("events"),
)
EVALUATION = Table(
    "Evaluation",
    "Plan",
    (
        _key("Evaluation", lambda item: item.label, 40),
        Column("Agreed", lambda item: item.value, "value", width=70),
    ),
    _part(
        "evaluation",
        {
            "frozen_set": "Frozen set: how many, from where, since when",
            "runs_per_input": "Runs of each input",
            "raters": "Raters: who, blind to what, by which guide",
            "rater_agreement": "Agreement of raters",
            "judge_agreement": "Agreement of a model judge with raters",
            "online": "Sampled from live use",
            "last_run": "Last run",
        },
    ),
    _put_part("evaluation"),
)
EXPERIMENT = Table(
    "Experiment",
    "Plan",
    (
        _key("Experiment", lambda item: item.label, 40),
        Column("Planned", lambda item: item.value, "value", width=70),
    ),
    _part(
        "experiment",
        {
            "unit": "Unit of randomisation",
            "baseline": "Baseline",
            "smallest_effect": "Smallest effect worth having",
            "sample_size": "Sample size per arm",
            "duration": "Duration",
        },
        {"metric": "Decides on", "guardrails": "Must not get worse"},
    ),
    _put_part("experiment"),
)
RULES = Table(
    "Decision rules",
    "Plan",
    (
        _key("When these pull apart", lambda rule: rule.between, 40),
        _show("We do this", lambda rule: rule.rule, 70),
        _field("Agreed with", "agreed_with", 24),
    ),
    lambda card: card.decisions,
    _put("decisions"),
)
OWNERS = Table(
    "Owners",
    "Plan",
    (
        _key("Role", lambda owner: owner.role, 40),
        _show("Answers for", lambda owner: owner.answers_for, 70),
        _field("Name", "name", 24),
    ),
    lambda card: card.owners,
    _put("owners"),
)
REVIEWS = Table(
    "Reviews",
    "Plan",
    (
        _key("Looked at", lambda review: review.cadence, 40),
        _show("Metrics", lambda review: "; ".join(review.metrics), 70),
        _field("By", "who", 24),
    ),
    lambda card: card.reviews,
    _put("reviews"),
)
LOG = Table(
    "Decision log",
    "Decision log",
    (
        _field("Date", "date", 13),
        _field("Decision", "decision", 50),
        _field("Because", "because", 50),
        _field("By", "by", 18),
        _field("Look again on", "revisit", 15),
    ),
    lambda card: card.log,
    _put("log"),
    grows=True,
)

TABLES = (
    METRICS,
    CONTEXT,
    MAIN_METRIC,
    DEFINITIONS,
    EVENTS,
    COUNTERS,
    GATES,
    TRIGGERS,
    EXPERIMENT,
    EVALUATION,
    RULES,
    OWNERS,
    REVIEWS,
    LOG,
)
"""All that is read back."""

ABOUT = {"Scorecard of": "id", "Product": "title", "Knowledge": "knowledge"}
"""What a file says of the scorecard as a whole, by the field that holds it."""
ONE_TABLE = (*METRICS.columns[:5], *DEFINITION[1:], *METRICS.columns[5:], *_OWN_DEFINITION)
"""The columns of the table that holds a metric a row, for formats that have but one table."""
