"""Looking entries up."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import cast

import pytest
from pydantic import BaseModel, ValidationError

from coach.errors import UnknownIdError
from coach.knowledge.base import Base
from coach.knowledge.kinds import KINDS, Kind
from coach.knowledge.models.archetype import Archetype
from coach.knowledge.models.formula import Derived
from coach.knowledge.models.metric import Metric
from tests.knowledge.conftest import Load
from tests.knowledge.samples import METRIC


@pytest.fixture
def base(load: Load) -> Base:
    return load()


def test_entries_come_as_frozen_models(base: Base) -> None:
    metric = base.metrics["draft-kept-rate"]
    assert isinstance(metric, Metric)
    assert metric is base.metrics["draft-kept-rate"]
    with pytest.raises(ValidationError):
        metric.name = "Another"  # type: ignore[misc]
    assert Metric.model_validate_json(metric.model_dump_json()) == metric


@pytest.mark.parametrize("kind", [key for key in KINDS if key != "fits"])
def test_every_entry_of_every_kind_can_be_read_and_written_again(kind: str, base: Base) -> None:
    catalog = base.catalog(kind)
    assert len(catalog) > 0
    for id_, entry in catalog.items():
        assert entry == type(entry).model_validate_json(entry.model_dump_json())
        assert getattr(entry, "id", None) == id_


def test_ids_length_and_membership_read_no_entry(base: Base, monkeypatch: pytest.MonkeyPatch) -> None:
    def read(self: Kind) -> type[BaseModel]:
        raise AssertionError("an entry was read")

    monkeypatch.setattr(Kind, "model", read)
    assert list(base.metrics) == ["draft-kept-rate", "complaint-rate", "calm-kept-rate"]
    assert list(base.metrics.keys()) == list(base.metrics)
    assert len(base.metrics) == 3
    assert "complaint-rate" in base.metrics
    assert "complaint" not in base.metrics
    assert base.metrics.get("complaint") is None
    assert repr(base.metrics) == "<metrics: 3>"
    with pytest.raises(AssertionError, match="an entry was read"):
        base.metrics["complaint-rate"]


def test_an_unknown_id_names_the_nearest(base: Base) -> None:
    with pytest.raises(UnknownIdError) as caught:
        base.metrics["draft-cept-rate"]
    assert caught.value.nearest[0] == "draft-kept-rate"
    assert len(caught.value.nearest) <= 3
    assert str(caught.value).startswith("unknown metric 'draft-cept-rate'; did you mean draft-kept-rate")


def test_an_id_like_no_other_names_none(base: Base) -> None:
    with pytest.raises(UnknownIdError) as caught:
        base.archetypes["zzzzzz"]
    assert str(caught.value) == "unknown archetype 'zzzzzz'"


def test_an_unknown_id_is_a_key_error_as_mappings_have_it(base: Base) -> None:
    with pytest.raises(KeyError):
        base.cases["no-such-case"]


def test_find_looks_through_the_kinds_people_ask_for(base: Base) -> None:
    for id_, kind in {
        "council-letters": "cases",
        "reply-writer": "archetypes",
        "complaint-rate": "metrics",
        "two-axes": "frameworks",
        "letter-round": "rubrics",
    }.items():
        found, entry = base.find(id_)
        assert found == kind
        assert entry == base.catalog(kind)[id_]
    assert isinstance(base.find("reply-writer")[1], Archetype)


@pytest.mark.parametrize("id_", ["letter-round/north_star", "main-number"])
def test_find_leaves_out_what_serves_the_scorer_only(id_: str, base: Base) -> None:
    with pytest.raises(UnknownIdError):
        base.find(id_)


def test_find_names_the_nearest_of_all_kinds(base: Base) -> None:
    with pytest.raises(UnknownIdError, match="unknown id 'council-leters'; did you mean council-letters"):
        base.find("council-leters")
    assert base.nearest("two-axis")[0] == "two-axes"


def test_origin_is_the_file_and_the_line(load: Load, roots: tuple[Path, Path], tmp_path: Path) -> None:
    pack = tmp_path / "pack"
    pack.mkdir()
    (pack / "time.yaml").write_text(METRIC)
    base = load(pack)
    assert base.origin("metrics", "complaint-rate") == (str(roots[0] / "metrics.yaml"), 32)
    assert base.origin("metrics", "reply-time") == (str(pack / "time.yaml"), 2)
    assert load(pack / "time.yaml").origin("metrics", "reply-time") == (str(pack / "time.yaml"), 2)
    with pytest.raises(UnknownIdError, match="did you mean reply-time"):
        base.origin("metrics", "reply-tim")


def test_the_digest_tells_contents_apart(load: Load, tmp_path: Path) -> None:
    pack = tmp_path / "pack.yaml"
    pack.write_text(METRIC)
    first = load(pack).digest
    assert first == load(pack).digest
    assert first != load().digest
    pack.write_text(METRIC + "# changed\n")
    assert first != load(pack).digest
    assert int(first, 16) > 0


def test_dictionaries_inside_entries_are_frozen_too(base: Base) -> None:
    formula = base.metrics["calm-kept-rate"].formula
    assert isinstance(formula, Derived)
    changes: list[Callable[[dict[str, object]], object]] = [
        lambda terms: terms.update(more=1),
        lambda terms: terms.__setitem__("more", 1),
        lambda terms: terms.__delitem__("kept"),
        lambda terms: terms.__ior__({"more": 1}),
        lambda terms: terms.pop("kept"),
        lambda terms: terms.popitem(),
        lambda terms: terms.setdefault("more", 1),
        lambda terms: terms.clear(),
    ]
    for change in changes:
        with pytest.raises(TypeError, match="cannot be changed"):
            change(cast("dict[str, object]", formula.terms))
    assert list(formula.terms) == ["kept", "complaints"]
    assert copy.deepcopy(formula) == formula
    assert formula.model_copy(deep=True).terms == formula.terms
