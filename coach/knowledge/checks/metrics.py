"""What is asked of metrics."""

from __future__ import annotations

from collections.abc import Iterator

from coach.knowledge.arithmetic import ArithmeticFault, names_in
from coach.knowledge.checks.corpus import Check, Corpus
from coach.knowledge.entries import Written
from coach.knowledge.faults import Fault
from coach.knowledge.field_types import CLASSES, Type, field_uses
from coach.knowledge.models.formula import Derived, events_used
from coach.knowledge.models.metric import Metric
from coach.knowledge.nearest import did_you_mean
from coach.knowledge.nodes import Step
from coach.knowledge.search import normal_form


def names_are_unique(corpus: Corpus) -> Iterator[Fault]:
    """No id, name, alias or abbreviation stands on two metrics, whatever its case and hyphens."""
    owners: dict[str, Written] = {}
    # Metrics that are not being checked come first, so that the fault is told where it can be mended.
    order = sorted(corpus.all(Metric), key=lambda pair: pair[0].layer in corpus.checked)
    for entry, metric in order:
        for at, name in _names(metric):
            form = normal_form(name)
            first = owners.setdefault(form, entry)
            if first is not entry and entry.layer in corpus.checked:
                place = f"{first.path}:{first.node.line}"
                yield entry.fault(f"{name!r} is also a name of the metric {first.id} ({place})", at=at)


def _names(metric: Metric) -> Iterator[tuple[tuple[Step, ...], str]]:
    yield ("id",), metric.id
    yield ("name",), metric.name
    for key in ("abbreviations", "aliases"):
        for position, name in enumerate(getattr(metric, key)):
            yield (key, position), name


def aliases_add_something(corpus: Corpus) -> Iterator[Fault]:
    """No alias or abbreviation repeats another name of the same metric letter for letter."""
    for entry, metric in corpus.chosen(Metric):
        seen = {metric.name.casefold()}
        for at, name in _names(metric):
            if at[0] in ("abbreviations", "aliases"):
                if name.casefold() in seen:
                    yield entry.fault(f"{name!r} stands twice among the names of this metric", at=at)
                seen.add(name.casefold())


def formulas_are_logged(corpus: Corpus) -> Iterator[Fault]:
    """Every event and field that a formula reads stands in the metric's `logging`."""
    for entry, metric in corpus.chosen(Metric):
        logged = {event.event: event.fields for event in metric.logging}
        for event, fields in sorted(events_used(metric.formula).items()):
            if event not in logged:
                hint = did_you_mean(event, logged)
                yield entry.fault(f"reads the event {event}, which logging does not hold", hint, at=("formula",))
                continue
            for field in sorted(fields - set(logged[event])):
                hint = did_you_mean(field, logged[event])
                message = f"reads the field {field} of the event {event}, which logging does not hold"
                yield entry.fault(message, hint, at=("formula",))


def events_are_logged_once(corpus: Corpus) -> Iterator[Fault]:
    """No event stands twice in `logging`, and no field twice in an event."""
    for entry, metric in corpus.chosen(Metric):
        events: set[str] = set()
        for position, event in enumerate(metric.logging):
            if event.event in events:
                yield entry.fault(f"the event {event.event} stands twice", at=("logging", position, "event"))
            events.add(event.event)
            if len(set(event.fields)) < len(event.fields):
                yield entry.fault("a field stands twice", at=("logging", position, "fields"))


def fields_have_one_type(corpus: Corpus) -> Iterator[Fault]:
    """No field of an event is a number in one formula and a text or a flag in another: events share a table."""
    owners: dict[str, tuple[Type, str, Written]] = {}
    # As above, the fault is told where it can be mended.
    for entry, metric in sorted(corpus.all(Metric), key=lambda pair: pair[0].layer in corpus.checked):
        told: set[str] = set()
        for event, field, type_ in field_uses(metric.formula):
            if type_ is None:
                continue
            first, elsewhere, owner = owners.setdefault(field, (type_, event, entry))
            if CLASSES[first] == CLASSES[type_] or field in told or entry.layer not in corpus.checked:
                continue
            told.add(field)
            other = "and" if owner is entry else f"and {owner.id} ({owner.path}:{owner.node.line}) reads it"
            of = "" if elsewhere == event else f" of the event {elsewhere}"
            message = f"reads the field {field} of the event {event} as a {CLASSES[type_]}, {other}{of}"
            yield entry.fault(f"{message} as a {CLASSES[first]}", "give one of them another name", at=("formula",))


def expressions_use_their_terms(corpus: Corpus) -> Iterator[Fault]:
    """A derived formula is arithmetic over all of its terms and over nothing else."""
    for entry, metric in corpus.chosen(Metric):
        if not isinstance(metric.formula, Derived):
            continue
        at = ("formula", "expression")
        try:
            used = names_in(metric.formula.expression)
        except ArithmeticFault as fault:
            yield entry.fault(f"is no arithmetic: {fault}", at=at)
            continue
        terms = metric.formula.terms
        for name in sorted(used - terms.keys()):
            yield entry.fault(f"uses {name}, which is no term", did_you_mean(name, terms), at=at)
        for name in sorted(terms.keys() - used):
            yield entry.fault("is a term that the expression does not use", at=("formula", "terms", name))


def links_lead_elsewhere(corpus: Corpus) -> Iterator[Fault]:
    """No list of links holds the metric itself, or an id twice."""
    for entry, metric in corpus.chosen(Metric):
        for key in ("countered_by", "counters", "related", "archetypes"):
            seen: set[str] = set()
            for position, id_ in enumerate(getattr(metric, key)):
                if id_ == metric.id:
                    yield entry.fault("is the metric itself", at=(key, position))
                if id_ in seen:
                    yield entry.fault(f"{id_} stands twice", at=(key, position))
                seen.add(id_)


def thresholds_are_possible(corpus: Corpus) -> Iterator[Fault]:
    """The range has its ends in order and every threshold lies in it; shares are fractions, not per cent."""
    for entry, metric in corpus.chosen(Metric):
        low, high = metric.range.min, metric.range.max
        if low is not None and high is not None and low >= high:
            yield entry.fault("its min must be below its max", at=("range",))
            continue
        for position, threshold in enumerate(metric.thresholds):
            for key in ("value", "upper"):
                value = getattr(threshold, key)
                if value is None or ((low is None or low <= value) and (high is None or value <= high)):
                    continue
                ends = f"{'…' if low is None else f'{low:g}'} to {'…' if high is None else f'{high:g}'}"
                yield entry.fault(f"{value:g} lies outside the range {ends}", at=("thresholds", position, key))


CHECKS: tuple[Check, ...] = (
    names_are_unique,
    aliases_add_something,
    formulas_are_logged,
    events_are_logged_once,
    fields_have_one_type,
    expressions_use_their_terms,
    links_lead_elsewhere,
    thresholds_are_possible,
)
