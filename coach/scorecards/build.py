"""A scorecard for a kind of product or for a practice case, filled from the knowledge base."""

from __future__ import annotations

from coach.errors import UnknownIdError
from coach.knowledge.base import Base
from coach.knowledge.models.archetype import Archetype
from coach.knowledge.models.case import Case
from coach.scorecards import plan
from coach.scorecards.main_metric import main_metric
from coach.scorecards.metric_row import Owned
from coach.scorecards.model import CaseContext, Context, ErrorCost, MainMetric, Reading, Scorecard
from coach.scorecards.plan_parts import Owner
from coach.scorecards.product import Product
from coach.scorecards.rows import metric_rows
from coach.scorecards.structure import event_specs, metric_tree, value_chain


def build(base: Base, id_: str, product: Product | None = None) -> Scorecard:
    """The scorecard of an archetype or of a case, or of a product of the user's own that is of that kind.

    Raises `UnknownIdError` for an id that is neither.
    """
    case = base.cases.get(id_)
    if case is None and id_ not in base.archetypes:
        near = (*base.archetypes.nearest(id_), *base.cases.nearest(id_))
        raise UnknownIdError("archetype or case", id_, near)
    archetype = base.archetypes[case.archetype if case else id_]
    main = _owned(main_metric(base, archetype, case), product)
    rows = metric_rows(base, archetype, None if case else archetype.main_metrics[0])
    return Scorecard(
        id=id_,
        own_product=product is not None,
        title=product.name if product else case.title if case else archetype.name,
        archetype=archetype.id,
        archetype_name=archetype.name,
        knowledge=base.digest,
        context=_context(archetype, case, product),
        main=main,
        tree=metric_tree(main, rows),
        chain=value_chain(archetype),
        rows=rows,
        variation=archetype.variation.how,
        repeated_runs=archetype.variation.practice,
        adoption=tuple(Reading(sign=signal.signal, reading=signal.reading) for signal in archetype.adoption),
        over_reliance=archetype.over_reliance,
        under_reliance=archetype.under_reliance,
        segments=plan.segments(rows),
        evaluation=plan.evaluation(archetype),
        events=event_specs(base, rows),
        gates=plan.gates(archetype, main, rows),
        rollback=plan.rollback_triggers(archetype, main),
        experiment=plan.experiment(archetype, main, product),
        decisions=plan.decisions(archetype),
        owners=_named(plan.owners(main), product),
        reviews=plan.reviews(rows),
        questions=plan.open_questions(main, rows, case),
    )


def _owned(main: MainMetric, product: Product | None) -> MainMetric:
    """The main metric with what a product's owner has said of it."""
    if product is None:
        return main
    baseline = None if product.baseline is None else plan.percent(product.baseline)
    return main.model_copy(update={"yours": Owned(owner=product.owner, baseline=baseline)})


def _named(owners: tuple[Owner, ...], product: Product | None) -> tuple[Owner, ...]:
    if product is None or product.owner is None:
        return owners
    first, *others = owners
    return (first.model_copy(update={"name": product.owner}), *others)


def _context(archetype: Archetype, case: Case | None, product: Product | None) -> Context:
    own = product or Product(name=archetype.name)
    return Context(
        summary=own.summary or archetype.summary,
        job=own.job or archetype.job,
        users=own.users or archetype.users,
        payer=own.payer or archetype.payer,
        affected=own.affected or archetype.affected,
        segment=own.segment,
        stage=own.stage,
        why_ai=own.why_ai,
        without_it=own.without_it,
        errors=tuple(ErrorCost(error=e.error, cost=e.cost, bearer=e.bearer) for e in archetype.errors),
        worse_error=archetype.worse_error,
        case=CaseContext(
            id=case.id,
            prompt=case.prompt,
            facts=tuple((fact.ask, fact.answer) for fact in case.facts),
        )
        if case
        else None,
    )
