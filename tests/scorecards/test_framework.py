"""Frameworks laid over kinds of product."""

from __future__ import annotations

import pytest

import coach
from coach.errors import UnknownIdError
from coach.knowledge.base import Base
from coach.scorecards.framework import AppliedFramework, apply_framework

REQUIRED = {
    "layered-scorecard",
    "three-tiers",
    "product-analytics-style",
    "five-layers",
    "utilisation-impact-cost",
    "two-s-two-e",
    "two-axes",
    "six-product-outcomes",
    "metric-to-money-bridge",
    "three-tier-adjudication",
    "intent-capture",
    "heart",
    "kpi-tree",
    "north-star-with-inputs",
    "counter-metric-pairing",
    "traditional-against-ai-analytics",
    "offline-to-online",
    "the-2026-bar",
}


def used(base: Base, archetype_id: str) -> set[str]:
    """Every metric of the catalog that an archetype uses."""
    archetype = base.archetypes[archetype_id]
    mains = {main.metric for main in archetype.main_metrics if main.metric}
    counters = {counter for main in archetype.main_metrics for counter in main.countered_by}
    return mains | counters | {m.metric for m in archetype.quality} | {b.metric for b in archetype.operations}


def test_every_framework_is_there_and_whole(base: Base) -> None:
    assert set(base.frameworks) >= REQUIRED
    for framework in base.frameworks.values():
        assert framework.steps, framework.id
        assert framework.example, framework.id
        assert framework.example.startswith("Assumed"), framework.id
        assert framework.related, framework.id
        for cell in framework.cells:
            # Nothing could ever fill it otherwise.
            assert cell.layers or cell.metrics or cell.parts, (framework.id, cell.id)


def test_the_six_outcomes_have_the_bars_of_the_catalog(base: Base) -> None:
    framework = base.frameworks["six-product-outcomes"]
    assert [cell.metrics for cell in framework.cells] == [
        ("task-completion-rate",),
        ("hallucination-rate",),
        ("time-to-accuracy",),
        ("human-in-the-loop-frequency",),
        ("retention-delta",),
        ("cost-per-valid-output",),
    ]
    for cell in framework.cells:
        assert base.metrics[cell.metrics[0]].thresholds


@pytest.mark.parametrize("framework_id", sorted(REQUIRED))
def test_every_metric_of_a_product_is_placed_or_told_to_be_left_over(framework_id: str, base: Base) -> None:
    for archetype_id in base.archetypes:
        applied = apply_framework(base, framework_id, archetype_id)
        placed = {metric.id for cell in applied.cells for metric in cell.metrics}
        left = {metric.id for metric in applied.left_over}
        assert placed | left == used(base, archetype_id)
        assert not placed & left
        assert {cell.id for cell in applied.missing} == {cell.id for cell in applied.cells if cell.state == "missing"}
        for cell in applied.cells:
            assert bool(cell.metrics) == (cell.state == "filled")
            assert bool(cell.remarks) or cell.state != "described"
            assert not {metric.id for metric in cell.offered} & used(base, archetype_id)


def test_the_layered_scorecard_has_a_place_for_everything_but_experiments(base: Base) -> None:
    for archetype_id in base.archetypes:
        left = apply_framework(base, "layered-scorecard", archetype_id).left_over
        assert {base.metrics[metric.id].layer for metric in left} <= {"experiment"}


def test_roles_reasons_and_offers_are_those_of_the_product(base: Base) -> None:
    archetype = base.archetypes["fraud-detection"]
    applied = apply_framework(base, "counter-metric-pairing", "fraud-detection")
    pushed, way, counters, _ = applied.cells
    assert {m.id for m in pushed.metrics} == {m.metric for m in archetype.main_metrics if m.metric}
    assert all("main" in metric.roles for metric in pushed.metrics)
    assert [remark.text for remark in way.remarks] == [main.gamed_by for main in archetype.main_metrics]
    assert way.state == "described"
    assert all("Keeps honest: " in metric.because for metric in counters.metrics)


def test_a_place_that_nothing_fills_is_missing_and_something_is_offered_for_it(base: Base) -> None:
    applied = apply_framework(base, "layered-scorecard", "code-assistant")
    cells = {cell.id: cell for cell in applied.cells}
    assert cells["retrieval"].state == "missing"
    assert "retrieval" in {cell.id for cell in applied.missing}
    assert cells["retrieval"].offered
    # Risks are told in words, with metrics offered for them.
    assert cells["responsible"].state == "described"
    assert cells["responsible"].offered


def test_a_place_for_other_kinds_of_product_is_not_missing(base: Base) -> None:
    # The catalog keeps hallucination for models that write.
    outcomes = {cell.id: cell for cell in apply_framework(base, "six-product-outcomes", "fraud-detection").cells}
    assert (outcomes["hr"].state, outcomes["hr"].offered) == ("inapplicable", ())
    assert outcomes["tcr"].state != "inapplicable" or not outcomes["tcr"].offered
    layers = {cell.id: cell.state for cell in apply_framework(base, "layered-scorecard", "fraud-detection").cells}
    assert layers["agent"] == layers["retrieval"] == "inapplicable"
    agent = {cell.id: cell.state for cell in apply_framework(base, "layered-scorecard", "workflow-agent").cells}
    assert agent["agent"] == "filled"


def test_bars_are_marked_as_borrowed(base: Base) -> None:
    applied = apply_framework(base, "six-product-outcomes", "support-chatbot")
    bars = [bar for cell in applied.cells for metric in cell.metrics for bar in metric.borrowed]
    assert bars
    assert {bar.mark for bar in bars} == {"borrowed, not yours"}


def test_it_serialises_and_cannot_be_changed(base: Base) -> None:
    applied = apply_framework(base, "kpi-tree", "tutor")
    assert AppliedFramework.model_validate_json(applied.model_dump_json()) == applied
    with pytest.raises(ValueError, match="frozen"):
        applied.framework = "x"  # type: ignore[misc]


def test_ids_that_name_nothing_are_refused(base: Base) -> None:
    with pytest.raises(UnknownIdError, match="unknown framework 'two-axis'; did you mean two-axes"):
        apply_framework(base, "two-axis", "tutor")
    with pytest.raises(UnknownIdError, match="unknown archetype 'tutr'"):
        apply_framework(base, "two-axes", "tutr")


def test_the_library_applies_one_too(tmp_path_factory: pytest.TempPathFactory) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COACH_HOME", str(tmp_path_factory.mktemp("home")))
        kb = coach.load()
    assert kb.apply_framework("heart", "tutor").framework_name.startswith("HEART")
