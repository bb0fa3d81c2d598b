"""A kind of product: who it serves, what can go wrong, and which numbers tell."""

from __future__ import annotations

from collections.abc import Iterable

from coach.cli.layout.blocks import Block, Bullets, Facts, Heading, Line, Page, Prose, Run, Title, names, runs
from coach.cli.pages.wording import joined
from coach.knowledge.base import Base
from coach.knowledge.models.archetype import Archetype, MainMetric


def archetype_page(archetype: Archetype, base: Base) -> Page:
    """All that is known of a kind of product, and the cases about it."""
    kinds = ", ".join((archetype.model_kind, *archetype.other_kinds))
    cases = [id_ for id_, case in base.cases.items() if case.archetype == archetype.id]
    return [
        Title(archetype.name, f"kind of product; model: {kinds}"),
        Prose(archetype.summary, 0),
        Facts(
            [
                ("id", Run(archetype.id, "name")),
                ("the job", archetype.job),
                ("users", joined(archetype.users)),
                ("who pays", archetype.payer),
                ("affected", joined(archetype.affected)),
            ],
            0,
        ),
        Heading("How it goes wrong"),
        Bullets([f"{e.error} Cost: {e.cost} Borne by: {e.bearer}" for e in archetype.errors]),
        Prose(("Worse: ", archetype.worse_error)),
        Heading("Candidates for the main metric"),
        *(block for main in archetype.main_metrics for block in _main(main)),
        Heading("Metrics that sound right here and are wrong"),
        Bullets([_said(trap.metric, trap.why) for trap in archetype.traps]),
        Heading("Quality of the output"),
        Bullets([(Run(m.metric, "name"), f": {m.because}") for m in archetype.quality]),
        Heading("Same input, different output"),
        Prose(archetype.variation.how),
        Bullets(archetype.variation.practice),
        Heading("Adoption and trust"),
        Bullets([_said(signal.signal, signal.reading) for signal in archetype.adoption]),
        Facts([("too much reliance", archetype.over_reliance), ("too little", archetype.under_reliance)]),
        Heading("From the metric to money"),
        *_chain(archetype),
        Heading("Operations"),
        Bullets([(Run(b.metric, "name"), f": {b.budget}. {b.because}") for b in archetype.operations]),
        Heading("Proof before launch"),
        Bullets(archetype.evaluation.before),
        Heading("Proof after launch"),
        Bullets(archetype.evaluation.after),
        Heading("Who can be hurt"),
        Bullets([f"{r.risk} Borne by: {r.bearer}. Seen by: {r.measure} Then: {r.response}" for r in archetype.risks]),
        Heading("When numbers disagree"),
        Bullets([_said(t.between, t.rule) for t in archetype.tradeoffs]),
        Heading("Recognised by"),
        Facts(
            [
                ("names", "; ".join(archetype.recognise.names)),
                ("phrases", "; ".join(archetype.recognise.phrases)),
                ("words", ", ".join(archetype.recognise.terms)),
            ]
        ),
        Heading("See also"),
        Facts(
            [
                ("cases", names(cases) if cases else "none"),
                ("scorecard", f"coach scorecard new {archetype.id}"),
            ]
        ),
    ]


def _main(main: MainMetric) -> Iterable[Block]:
    known: Line = (" (", Run(main.metric, "name"), ")") if main.metric else ""
    yield Prose((Run(main.name, "strong"), *runs(known)))
    rows: list[tuple[str, Line]] = [
        ("definition", main.definition),
        ("captures", main.captures),
        ("misses", main.misses),
        ("gamed by", main.gamed_by),
        ("countered by", names(main.countered_by)),
    ]
    yield Facts(rows, 4)


def _chain(archetype: Archetype) -> Iterable[Block]:
    chain = archetype.value_chain
    yield Facts(
        [
            ("metric", chain.metric),
            ("behaviour", chain.behaviour),
            ("operation", chain.operation),
            ("money", chain.money),
            ("example", chain.calculation),
            ("assuming", joined(chain.assumptions)),
        ]
    )


def _said(what: str, of_it: str) -> Line:
    return (Run(what.rstrip("."), "strong"), f": {of_it}")
