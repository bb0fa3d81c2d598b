"""A scorecard as tables: what sheets show, and where what was filled in goes when they are read back."""

from __future__ import annotations

from coach.scorecards.columns import (
    BETTER,
    MAIN,
    Column,
    Table,
    conditions,
    key,
    measured,
    names,
    of_row,
    own,
    owned,
    part,
    put,
    put_conditions,
    put_counters,
    put_measured,
    put_part,
    show,
    whose,
)
from coach.scorecards.metric_row import STATUSES

METRICS = Table(
    "Metrics",
    "Scorecard",
    (
        key("Id", lambda line: line.id, 19),
        show("Layer", lambda line: line.row.layer if line.row and line.id != MAIN else MAIN, 12),
        show("Metric", lambda line: line.name, 27),
        show("What it asks", lambda line: line.row.question if line.row and line.id != MAIN else None, 40),
        show("Better", lambda line: BETTER[line.direction], 13),
        own("Baseline", "baseline", "amount", 11),
        own("Target", "target", "amount", 11),
        own("Floor", "floor", "amount", 11),
        own("Upper end (bands)", "upper", "amount", 11),
        own("Now", "actual", "amount", 11),
        # The status stands here; it is worked out, not read.
        own("Runs", "runs", width=7),
        own("Spread over repeated runs", "spread", width=14),
        own("Owner", "owner", "choice", 14),
        show("Said by others", whose, 38),
        own("Limits from, since", "limit_source", width=18),
        own("When red", "when_red", width=22),
        own("Take back at", "rollback", width=16),
    ),
    measured,
    put_measured,
)
_OWN_DEFINITION = (
    own("Status of definition", "status", "choice", 14, STATUSES),
    own("Version", "version", width=9),
    own("Reviewer", "reviewer", width=14),
    own("Decision it informs", "decision", width=26),
    own("Goal", "goal", width=22),
    own("Signal", "signal", width=22),
    own("Exclusions", "exclusions", width=22),
    own("Edge cases", "edge_cases", width=22),
    own("Stretch", "stretch", "amount", 10),
    own("Least sample", "sample", width=14),
    own("Confidence", "confidence", width=12),
    own("Refresh", "refresh", width=12),
    own("Alert", "alert", width=18),
    own("Query or dashboard", "query", width=24),
    own("Last reviewed", "last_reviewed", width=13),
    own("Changes", "changes", width=22),
)
DEFINITION = (
    show("Question", of_row(lambda row: row.question), 40),
    show("Numerator", of_row(lambda row: row.formula.numerator), 36),
    show("Denominator", of_row(lambda row: row.formula.denominator), 36),
    show("Formula or procedure", of_row(lambda row: row.formula.words), 48),
    show("Unit", of_row(lambda row: row.unit), 18),
    show("Values", of_row(lambda row: row.values), 14),
    show("Counted", of_row(lambda row: row.population), 22),
    show("Grain", of_row(lambda row: row.grain), 10),
    show("Window", of_row(lambda row: row.window), 12),
    show("Timing", of_row(lambda row: row.timing), 10),
    show("Looked at", of_row(lambda row: row.cadence), 11),
    show("Cut by", of_row(lambda row: "; ".join(cut.by for cut in row.segments)), 32),
    show("Events", of_row(lambda row: "; ".join(row.events)), 28),
    show("How it is gamed", of_row(lambda row: " ".join(way.path for way in row.gaming)), 44),
    show("What gives that away", of_row(lambda row: " ".join(way.sign for way in row.gaming)), 44),
    show("Kept honest by", of_row(lambda row: names(row.countered_by)), 28),
    show("Sources of the limits", of_row(lambda row: "; ".join(dict.fromkeys(b.source for b in row.borrowed))), 32),
)
DEFINITIONS = Table(
    "Definitions",
    "Definitions",
    (
        key("Id", lambda line: line.id, 19),
        show("Metric", lambda line: line.name, 27),
        *DEFINITION,
        *_OWN_DEFINITION,
    ),
    measured,
    put_measured,
)
CONTEXT = Table(
    "Context",
    "Context",
    (
        key("Field", lambda item: item.label, 34),
        Column("Answer", lambda item: item.value, "value", width=100),
    ),
    part(
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
    put_part("context"),
)
MAIN_METRIC = Table(
    "The main metric",
    "Context",
    (
        key("About the main metric", lambda item: item.label, 34),
        Column("Said", lambda item: item.value, "value", width=100),
    ),
    part(
        "main",
        {
            "name": "Name",
            "definition": "Definition",
            "why": "Why this one",
            "misses": "What it misses",
            "gaming": "How it is gamed, and how that would show",
        },
    ),
    put_part("main"),
)
COUNTERS = Table(
    "Counter-metrics",
    "Gates",
    (
        key("Counter-metric", lambda counter: counter.name, 34),
        show("What it asks", lambda counter: counter.question, 48),
        Column("Floor", lambda counter: counter.floor, "floor", "amount", 30),
        owned("What happens there", "when_crossed", 26),
        show("Said by others", lambda counter: "; ".join(f"{b.level} {b.limit}" for b in counter.borrowed), 30),
        show("Better", lambda counter: BETTER[counter.direction], 18),
    ),
    lambda card: card.main.counters,
    put_counters,
)
GATES = Table(
    "Launch gates",
    "Gates",
    (
        key("Stage", lambda item: item.stage, 34),
        key("Must hold", lambda item: item.text, 48),
        Column("Limit", lambda item: item.limit, "limit", width=30),
        owned("Actual", "actual", 26),
        owned("Passed", "passed", 30, "choice", ("yes", "no", "waived")),
        show("Whose limit", lambda item: "borrowed, not yours" if item.borrowed else None),
    ),
    conditions,
    put_conditions,
)
TRIGGERS = Table(
    "Stop, or take back",
    "Gates",
    (
        key("Sign", lambda trigger: trigger.sign, 34),
        owned("Action", "action", 48),
        show("Who bears it", lambda trigger: trigger.bearer, 30),
        owned("Owner", "owner", 26, "choice"),
    ),
    lambda card: card.rollback,
    put("rollback"),
)
EVENTS = Table(
    "Events",
    "Events",
    (
        key("Event", lambda event: event.event, 28),
        show("Properties", lambda event: "; ".join(event.fields), 40),
        show("When it is sent", lambda event: " ".join(event.when), 60),
        show("Needed for", lambda event: names(event.metrics), 32),
        owned("Source", "source", 22),
        owned("Checked on", "verified", 14),
    ),
    lambda card: card.events,
    put("events"),
)
EVALUATION = Table(
    "Evaluation",
    "Plan",
    (
        key("Evaluation", lambda item: item.label, 40),
        Column("Agreed", lambda item: item.value, "value", width=70),
    ),
    part(
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
    put_part("evaluation"),
)
EXPERIMENT = Table(
    "Experiment",
    "Plan",
    (
        key("Experiment", lambda item: item.label, 40),
        Column("Planned", lambda item: item.value, "value", width=70),
    ),
    part(
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
    put_part("experiment"),
)
RULES = Table(
    "Decision rules",
    "Plan",
    (
        key("When these pull apart", lambda rule: rule.between, 40),
        show("We do this", lambda rule: rule.rule, 70),
        owned("Agreed with", "agreed_with", 24),
    ),
    lambda card: card.decisions,
    put("decisions"),
)
OWNERS = Table(
    "Owners",
    "Plan",
    (
        key("Role", lambda owner: owner.role, 40),
        show("Answers for", lambda owner: owner.answers_for, 70),
        owned("Name", "name", 24),
    ),
    lambda card: card.owners,
    put("owners"),
)
REVIEWS = Table(
    "Reviews",
    "Plan",
    (
        key("Looked at", lambda review: review.cadence, 40),
        show("Metrics", lambda review: "; ".join(review.metrics), 70),
        owned("By", "who", 24),
    ),
    lambda card: card.reviews,
    put("reviews"),
)
LOG = Table(
    "Decision log",
    "Decision log",
    (
        owned("Date", "date", 13),
        owned("Decision", "decision", 50),
        owned("Because", "because", 50),
        owned("By", "by", 18),
        owned("Look again on", "revisit", 15),
    ),
    lambda card: card.log,
    put("log"),
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
ONE_TABLE = (*METRICS.columns, *_OWN_DEFINITION, *DEFINITION[1:])
"""The columns of the table that holds a metric a row, for formats that have but one table."""
