"""A scorecard for a kind of product or for a practice case, filled from the knowledge base."""

from __future__ import annotations

from coach.errors import UnknownIdError
from coach.knowledge.base import Base
from coach.knowledge.models.archetype import Archetype
from coach.knowledge.models.case import Case
from coach.scorecards import plan
from coach.scorecards.main_metric import main_metric
from coach.scorecards.model import CaseContext, Context, ErrorCost, Reading, Scorecard
from coach.scorecards.rows import metric_rows
from coach.scorecards.structure import event_specs, metric_tree, value_chain


def build(base: Base, id_: str) -> Scorecard:
    """The scorecard of an archetype or of a case; raises `UnknownIdError` for an id that is neither."""
    case = base.cases.get(id_)
    if case is None and id_ not in base.archetypes:
        near = (*base.archetypes.nearest(id_), *base.cases.nearest(id_))
        raise UnknownIdError("archetype or case", id_, near)
    archetype = base.archetypes[case.archetype if case else id_]
    main = main_metric(base, archetype, case)
    rows = metric_rows(base, archetype, None if case else archetype.main_metrics[0])
    return Scorecard(
        id=id_,
        title=case.title if case else archetype.name,
        archetype=archetype.id,
        archetype_name=archetype.name,
        knowledge=base.digest,
        context=_context(archetype, case),
        main=main,
        tree=metric_tree(main, rows),
        chain=value_chain(archetype),
        rows=rows,
        variation=archetype.variation.how,
        repeated_runs=archetype.variation.practice,
        adoption=tuple(Reading(sign=signal.signal, reading=signal.reading) for signal in archetype.adoption),
        over_reliance=archetype.over_reliance,
        under_reliance=archetype.under_reliance,
        events=event_specs(base, rows),
        gates=plan.gates(archetype, main, rows),
        rollback=plan.rollback_triggers(archetype, main),
        experiment=plan.experiment(archetype, main),
        decisions=plan.decisions(archetype),
        owners=plan.owners(main),
        reviews=plan.reviews(rows),
        questions=plan.open_questions(main, rows, case),
    )


def _context(archetype: Archetype, case: Case | None) -> Context:
    return Context(
        summary=archetype.summary,
        job=archetype.job,
        users=archetype.users,
        payer=archetype.payer,
        affected=archetype.affected,
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
