"""A metric: what it means, how it is computed, when it is good, and how it lies."""

from __future__ import annotations

from typing import Final

from coach.calculators.registry import find
from coach.cli.layout.blocks import Block, Bullets, Facts, Heading, Line, Page, Prose, Run, Title, names
from coach.cli.pages.links import linked
from coach.cli.pages.wording import joined
from coach.knowledge.base import Base
from coach.knowledge.models.formula import Procedure
from coach.knowledge.models.metric import Metric, Threshold
from coach.scorecards.wording import (
    formula_in_words,
    numerator_and_denominator,
    range_in_words,
    threshold_in_words,
    window_in_words,
)

BETTER: Final = {"up": "higher", "down": "lower", "band": "within a band"}
_TRUST: Final = {
    "claimed": "somebody's claim",
    "convention": "common practice",
    "derived": "worked out from stated inputs",
}


def metric_page(metric: Metric, base: Base) -> Page:
    """All that the catalog says of a metric."""
    blocks: list[Block] = [
        Title(metric.name, f"metric, {metric.layer} layer"),
        Prose(metric.question, 0),
        Facts(_facts(metric), 0),
        Heading("How it is computed"),
        *_formula(metric, base),
    ]
    if metric.thresholds:
        blocks += [
            Heading("What number is good"),
            Bullets([_threshold(item, metric) for item in metric.thresholds]),
        ]
    gaming = [f"{way.path} It shows: {way.sign}" for way in metric.gaming]
    blocks += [Heading("How it is gamed or misread"), Bullets(gaming)]
    for heading, ids in (("Kept honest by", metric.countered_by), ("Keeps honest", metric.counters)):
        if ids:
            blocks += [Heading(heading), Bullets(linked(base.metrics, ids))]
    blocks += [Heading("Cut it by"), Bullets([f"{cut.by}: {cut.because}" for cut in metric.segments])]
    if metric.logging:
        logged = [_event(e.event, e.fields, e.when) for e in metric.logging]
        blocks += [Heading("What must be logged"), Bullets(logged)]
    blocks += [Heading("See also"), Facts(_links(metric))]
    return blocks


def _facts(metric: Metric) -> list[tuple[str, Line]]:
    rows: list[tuple[str, Line]] = [("id", Run(metric.id, "name"))]
    if known_as := (*metric.aliases, *metric.abbreviations):
        rows.append(("also called", ", ".join(known_as)))
    return [
        *rows,
        ("kind", metric.kind),
        ("unit", metric.unit),
        ("values", range_in_words(metric)),
        ("better", BETTER[metric.direction]),
        ("timing", metric.timing),
        ("looked at", metric.cadence),
    ]


def _formula(metric: Metric, base: Base) -> list[Block]:
    formula = metric.formula
    if isinstance(formula, Procedure):
        rows: list[tuple[str, Line]] = [("expression", formula.expression)] if formula.expression else []
        rows.append(("inputs", joined(formula.inputs)))
        return [Prose(formula.procedure), Facts(rows)]
    # Events and fields are names that a reader looks up letter by letter, so they are not styled apart.
    counted: list[tuple[str, Line]] = [
        ("one counted is", formula.unit_of_analysis),
        ("taken by", formula.grain),
    ]
    if formula.window:
        counted.append(("within", window_in_words(formula.window)))
    if parts := numerator_and_denominator(formula):
        return [Facts([("numerator", parts[0]), ("denominator", parts[1]), *counted])]

    def name_of(id_: str) -> str:
        return base.metrics[id_].name if id_ in base.metrics else id_

    return [Prose(formula_in_words(formula, name_of)), Facts(counted)]


def _threshold(threshold: Threshold, metric: Metric) -> Line:
    return (
        Run(f"{threshold.level}: {threshold_in_words(threshold, metric)}", "strong"),
        f" — {threshold.context} ",
        Run(f"({_TRUST[threshold.trust]}; source: {threshold.source})", "quiet"),
    )


def _event(event: str, fields: tuple[str, ...], when: str) -> Line:
    return (Run(event, "strong"), f" ({', '.join(fields)}): {when}")


def _links(metric: Metric) -> list[tuple[str, Line]]:
    rows: list[tuple[str, Line]] = [
        ("kinds of product", names(metric.archetypes) if metric.archetypes else "any"),
        ("kinds of model", ", ".join(metric.model_kinds) or "any"),
    ]
    if metric.related:
        rows.append(("related metrics", names(metric.related)))
    if (calculator := find(metric.id)) is not None:
        rows.append(("worked out by", f"coach calculate {calculator.id}"))
    return rows
