from __future__ import annotations

from pathlib import Path

import pytest

from coach.errors import UsageError
from coach.knowledge.base import Base
from coach.knowledge.faults import KnowledgeFaults
from coach.scorecards.build import build
from coach.scorecards.product import Product, read_product

FILE = """\
name: Replyer
kind: writing-assistant
users: [Account managers at a hosting company]
job: Answer a renewal mail before lunch.
owner: Noor
baseline: 0.35
smallest_effect: 0.03
unit: account manager
per_week: 900
"""


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "product.yaml"
    path.write_text(text)
    return path


def test_a_products_own_words_take_the_place_of_its_kinds(base: Base, tmp_path: Path) -> None:
    card = build(base, "writing-assistant", read_product(write(tmp_path, FILE)))
    assert (card.title, card.own_product, card.archetype) == ("Replyer", True, "writing-assistant")
    assert card.context.users == ("Account managers at a hosting company",)
    assert card.context.job == "Answer a renewal mail before lunch."
    assert card.context.payer == base.archetypes["writing-assistant"].payer
    assert (card.main.yours.owner, card.owners[0].name, card.main.yours.baseline) == ("Noor", "Noor", "35%")


def test_a_baseline_and_an_effect_give_the_sample_size_and_the_duration(base: Base, tmp_path: Path) -> None:
    plan = build(base, "writing-assistant", read_product(write(tmp_path, FILE))).experiment
    assert (plan.baseline, plan.smallest_effect) == ("35%", "3 points")
    assert plan.sample_size == "4,042 per arm"
    assert plan.duration == "9 weeks at 900 a week"


def test_without_figures_the_plan_shows_what_effects_cost(base: Base) -> None:
    plan = build(base, "writing-assistant").experiment
    assert plan.sample_size is None
    of_a_third = next(row for row in plan.sizes.rows if row.baseline == 0.35)
    by_difference = dict(zip(plan.sizes.differences, of_a_third.per_difference, strict=True))
    assert by_difference[0.03] == 4042
    assert list(of_a_third.per_difference) == sorted(of_a_third.per_difference, reverse=True)


def test_a_name_is_enough(base: Base) -> None:
    assert build(base, "generic", Product(name="Thing")).title == "Thing"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("name: X\nuser: [a]\n", r"product\.yaml:2:1: .*user.*users"),
        ("name: X\nbaseline: 35\n", r"product\.yaml:2:11: .*baseline"),
        ("users: [a]\n", r"name.*is missing"),
        ("name: [\n", r"product\.yaml:"),
        ("name: !!python/object:os.system x\n", r"product\.yaml:1"),
    ],
)
def test_faults_are_told_with_their_line(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(KnowledgeFaults, match=told):
        read_product(write(tmp_path, text))


def test_a_file_that_is_none_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"none\.yaml: no such file"):
        read_product(tmp_path / "none.yaml")
    with pytest.raises(UsageError, match="describes no product"):
        read_product(write(tmp_path, ""))
    with pytest.raises(UsageError, match="larger than"):
        read_product(write(tmp_path, "#" * 300_000))
