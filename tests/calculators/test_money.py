from __future__ import annotations

from typing import Any

import pytest

from coach.calculators.money import net_impact, net_present_value, return_on_investment
from coach.errors import ArgumentError


def named(figures: tuple[object, ...]) -> dict[str, float]:
    return {figure.name: figure.value for figure in figures}  # type: ignore[attr-defined]


def test_return_is_net_gain_over_cost() -> None:
    result = return_on_investment(480_000, 300_000)
    assert (result.value, result.unit) == (0.6, "share")
    assert named(result.figures)["Net benefit"] == 180_000
    assert return_on_investment(benefit=100, cost=200).value == -0.5
    assert "does not pay" in return_on_investment(100, 200).notes[0]


def test_a_cost_of_nothing_has_no_return() -> None:
    with pytest.raises(ArgumentError, match="cost is 0: it must be a number above 0"):
        return_on_investment(100, 0)


def test_impact_is_the_sum_of_the_drivers_less_the_cost() -> None:
    result = net_impact(90_000, efficiency=120_000, revenue=45_000, experience=20_000)
    assert result.value == 95_000
    assert named(result.figures)["Net impact without experience and strategy"] == 75_000


def test_impact_that_rests_on_soft_drivers_only_is_told() -> None:
    assert "hard to prove" in net_impact(100, efficiency=90, strategy=20).notes[0]
    assert net_impact(100).value == -100


def test_present_value_is_that_of_a_spreadsheet() -> None:
    # The usual textbook case, -10,000 then 3,000, 4,200 and 6,800 at 10%: 1,307.29.
    result = net_present_value([3000, 4200, 6800], 0, 1, set_up=10_000, rate=0.1)  # type: ignore[arg-type]
    assert result.value == pytest.approx(1307.29, abs=0.005)


def test_slow_adoption_takes_its_share_of_the_benefit_and_none_of_the_cost() -> None:
    full = net_present_value([400, 400], [150], [1, 1], rate=0.0)
    slow = net_present_value([400, 400], [150], [0.5, 0.75], rate=0.0)
    assert full.value == 500
    assert slow.value == 400 * 1.25 - 300
    assert named(slow.figures)["The same if use were full from the first day"] == 500
    assert named(slow.figures)["Break-even: planned adoption times"] == pytest.approx(300 / 500)


def test_break_even_adoption_makes_the_value_zero() -> None:
    adoption = [0.4, 0.7, 0.9]
    times = named(net_present_value([500], [200], adoption, 300, 0.12).figures)["Break-even: planned adoption times"]
    assert net_present_value([500], [200], [share * times for share in adoption], 300, 0.12).value == pytest.approx(0)


def test_the_year_from_which_on_it_is_paid_back_is_told() -> None:
    paid = net_present_value([100], [0], [1, 1, 1], set_up=150, rate=0.0)
    assert named(paid.figures)["Discounted sum positive after"] == 2
    never = net_present_value([100], [0], [1], set_up=150, rate=0.0)
    assert "not paid back within 1 year." in never.notes[-1]


@pytest.mark.parametrize(
    ("values", "name"),
    [
        (([1, 2], [1], [1, 1, 1]), "benefit"),
        (([1], [1, 2], [1, 1, 1]), "cost"),
        (([1], [1], [50]), "adoption"),
        (([1], [1], [1] * 31), "adoption"),
        (([], [1], [1]), "benefit"),
        (([1], [1], [1], 0, 5), "rate"),
    ],
)
def test_years_that_do_not_match_are_refused_by_name(values: tuple[Any, ...], name: str) -> None:
    with pytest.raises(ArgumentError) as refused:
        net_present_value(*values)
    assert refused.value.name == name
