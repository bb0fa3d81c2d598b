"""Which metrics `--select` chooses."""

from __future__ import annotations

import pytest

from coach.errors import UnknownIdError, UsageError
from coach.export.catalog.selection import is_computable, select
from coach.knowledge.base import Base
from coach.knowledge.models.formula import Procedure


def ids(base: Base, query: str | None) -> list[str]:
    return [metric.id for metric in select(base, query).metrics]


def test_without_a_query_everything_is_chosen(base: Base) -> None:
    assert ids(base, None) == ids(base, " ") == list(base.metrics)


def test_ids_choose_themselves_in_the_catalogs_order(base: Base) -> None:
    first, second = list(base.metrics)[:2]
    assert ids(base, f"{second}, {first}") == [first, second]


def test_conditions_of_one_sort_widen_and_of_two_sorts_narrow(base: Base) -> None:
    chosen = select(base, "layer:model,layer:agent,kind:rate").metrics
    assert {(metric.layer, metric.kind) for metric in chosen} == {("model", "rate"), ("agent", "rate")}
    assert set(ids(base, "layer:model kind:rate precision")) == set(ids(base, "layer:model kind:rate")) | {"precision"}


def test_a_kind_of_product_takes_the_metrics_for_any_product_too(base: Base) -> None:
    for metric in select(base, "archetype:fraud-detection").metrics:
        assert not metric.archetypes or "fraud-detection" in metric.archetypes
    assert "precision" in ids(base, "archetype:fraud-detection")


def test_computable_leaves_out_procedures(base: Base) -> None:
    chosen = ids(base, "computable")
    assert {id_ for id_, metric in base.metrics.items() if is_computable(metric, base.metrics)} == set(chosen)
    assert [id_ for id_ in chosen if isinstance(base.metrics[id_].formula, Procedure)] == []
    assert "feature-drift" not in chosen


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("layer:modle", "unknown layer 'modle': it is one of business,"),
        ("lair:model", "unknown 'lair'"),
        ("layer:business,kind:distance", "chooses no metric"),
    ],
)
def test_words_that_choose_nothing_are_refused(query: str, said: str, base: Base) -> None:
    with pytest.raises(UsageError, match=said):
        select(base, query)


def test_an_unknown_id_brings_the_nearest(base: Base) -> None:
    with pytest.raises(UnknownIdError, match="did you mean precision"):
        select(base, "precison")
