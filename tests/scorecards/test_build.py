from __future__ import annotations

from collections.abc import Iterator

import pytest
from pydantic import BaseModel, ValidationError

from coach.errors import UnknownIdError
from coach.knowledge.base import Base
from coach.scorecards.build import build
from coach.scorecards.main_metric import passage_about
from coach.scorecards.metric_row import Owned
from coach.scorecards.model import Scorecard, TreeNode


@pytest.fixture(scope="module")
def all_scorecards(base: Base) -> list[Scorecard]:
    return [build(base, id_) for id_ in (*base.archetypes, *base.cases)]


def nodes(node: TreeNode) -> Iterator[TreeNode]:
    yield node
    for child in node.children:
        yield from nodes(child)


def test_an_archetypes_first_candidate_leads_and_the_others_are_its_rivals(base: Base) -> None:
    card, archetype = build(base, "writing-assistant"), base.archetypes["writing-assistant"]
    first, *others = archetype.main_metrics
    assert (card.main.name, card.main.definition, card.main.gaming) == (
        first.name,
        first.definition,
        first.gamed_by,
    )
    assert [rival.name for rival in card.main.rivals] == [other.name for other in others]
    assert [counter.metric for counter in card.main.counters] == list(first.countered_by)
    assert [trap.name for trap in card.main.traps] == [trap.metric for trap in archetype.traps]


def test_a_case_leads_with_its_own_metric_and_the_passage_that_argues_for_it(base: Base) -> None:
    card, case = build(base, "crm-writing-assistant"), base.cases["crm-writing-assistant"]
    assert (card.title, card.archetype, card.main.name) == (case.title, case.archetype, case.main_metric)
    assert card.context.case is not None
    assert card.context.case.prompt == case.prompt
    assert card.main.quoted is not None
    assert card.main.quoted in case.model_answer
    assert card.main.definition is None
    assert len(card.main.rivals) == len(base.archetypes[case.archetype].main_metrics)
    assert {follow_up.question for follow_up in case.follow_ups} <= set(card.questions)


def test_an_unknown_id_names_the_nearest_of_both_kinds(base: Base) -> None:
    with pytest.raises(UnknownIdError, match=r"unknown archetype or case 'writing-asistant'.*writing-assistant"):
        build(base, "writing-asistant")


def test_every_layer_that_counts_has_a_metric(all_scorecards: list[Scorecard]) -> None:
    for card in all_scorecards:
        for layer in ("business", "adoption", "experience", "model", "operations", "responsible"):
            assert card.in_layer(layer), f"{card.id} has no {layer} metric"


def test_every_metric_of_the_archetype_is_on_the_card_once(base: Base, all_scorecards: list[Scorecard]) -> None:
    for card in all_scorecards:
        archetype = base.archetypes[card.archetype]
        ids = [row.id for row in card.rows]
        assert len(ids) == len(set(ids))
        named = {measure.metric for measure in archetype.quality}
        named |= {budget.metric for budget in archetype.operations}
        assert named | {counter.metric for counter in card.main.counters} <= set(ids)


def test_what_only_the_owner_knows_is_blank(all_scorecards: list[Scorecard]) -> None:
    for card in all_scorecards:
        assert {row.yours for row in card.rows} | {card.main.yours} == {Owned()}
        assert all(value is None for value in Owned().model_dump().values())
        assert {counter.floor for counter in card.main.counters} == {None}
        assert {owner.name for owner in card.owners} == {None}
        assert card.experiment.sample_size is None


def test_borrowed_limits_carry_their_source_and_the_mark(base: Base) -> None:
    row = build(base, "writing-assistant").row("hallucination-rate")
    assert row is not None
    metric = base.metrics["hallucination-rate"]
    assert [limit.source for limit in row.borrowed] == [threshold.source for threshold in metric.thresholds]
    assert {limit.mark for limit in row.borrowed} == {"borrowed, not yours"}
    assert all(limit.context and limit.trust for limit in row.borrowed)


def test_a_budget_of_the_archetype_is_a_borrowed_gate(base: Base) -> None:
    card = build(base, "writing-assistant")
    budgets = {item.metric: item.budget for item in base.archetypes["writing-assistant"].operations}
    borrowed = {c.metric: c.limit for gate in card.gates for c in gate.criteria if c.borrowed}
    assert borrowed == budgets


def test_every_event_that_a_metric_logs_is_specified_once_with_all_fields(base: Base) -> None:
    card = build(base, "writing-assistant")
    events = {event.event: event for event in card.events}
    assert len(events) == len(card.events)
    for row in card.rows:
        for logged in base.metrics[row.id].logging:
            assert set(logged.fields) <= set(events[logged.event].fields)
            assert row.id in {metric.id for metric in events[logged.event].metrics}


def test_the_tree_holds_the_arithmetic_the_drivers_and_the_counters(base: Base) -> None:
    card = build(base, "writing-assistant")
    made_of = card.tree.children[0]
    assert made_of.operation == "divided by"
    assert len(made_of.children) == 2
    in_tree = {node.metric for node in nodes(card.tree)}
    assert {counter.metric for counter in card.main.counters} <= in_tree
    assert {measure.metric for measure in base.archetypes["writing-assistant"].quality} <= in_tree


def test_every_review_names_metrics_of_the_card_and_none_is_left_out(all_scorecards: list[Scorecard]) -> None:
    for card in all_scorecards:
        reviewed = [name for review in card.reviews for name in review.metrics]
        assert sorted(reviewed) == sorted(row.name for row in card.rows)


def test_a_scorecard_survives_json_and_cannot_be_changed(all_scorecards: list[Scorecard]) -> None:
    for card in all_scorecards:
        assert Scorecard.model_validate_json(card.model_dump_json()) == card
    with pytest.raises(ValidationError):
        all_scorecards[0].title = "another"  # type: ignore[misc]
    assert all(model.model_config["extra"] == "forbid" for model in (Scorecard, Owned, TreeNode))


def test_the_same_knowledge_gives_the_same_scorecard(base: Base) -> None:
    first, second = build(base, "fraud-detection"), build(base, "fraud-detection")
    assert first.model_dump_json() == second.model_dump_json()
    assert first.knowledge == base.digest


def test_the_passage_about_a_metric_is_the_one_that_shares_its_words() -> None:
    number = "- **Number:** promises kept on calls, per call."
    answer = f"We begin.\n\n- **Speed:** it is fast.\n{number}\n\nThe end of calls."
    assert passage_about("Share of promises kept per call", answer) == number
    assert passage_about("Fraud stopped by value", answer) is None
    assert passage_about("a b c", answer) is None


def test_every_case_about_metrics_quotes_its_model_answer(base: Base) -> None:
    for case in base.cases.values():
        quoted = build(base, case.id).main.quoted
        # A story, or a dispute to be settled, may never say its metric in the words of the case.
        assert quoted or case.round != "metric-design", case.id
        assert (quoted or "") in case.model_answer


def test_every_model_of_the_scorecard_is_frozen() -> None:
    def models(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
        for child in model.__subclasses__():
            yield child
            yield from models(child)

    from coach.knowledge.models.base import Entry

    mine = [model for model in models(Entry) if model.__module__.startswith("coach.scorecards.")]
    assert len(mine) > 20
    assert all(model.model_config["frozen"] for model in mine)
