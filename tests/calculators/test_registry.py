"""Every calculator describes itself, and its arguments are read and refused by name."""

from __future__ import annotations

import inspect
import json
import math
import subprocess
import sys
from dataclasses import asdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach import calculators
from coach.calculators.registry import CALCULATORS, AnyCalculator, find
from coach.calculators.wording import figure_in_words, interval_in_words, value_in_words
from coach.errors import ArgumentError, CoachError
from coach.knowledge.base import load_base

EACH = pytest.mark.parametrize("calculator", CALCULATORS.values(), ids=list(CALCULATORS))


@EACH
def test_the_description_is_whole(calculator: AnyCalculator) -> None:
    assert calculator.about.endswith("?")
    assert calculator.formula
    assert calculator.source
    assert calculator.assumptions
    assert calculator.limits
    assert [argument.name for argument in calculator.arguments] == list(
        inspect.signature(calculator.compute).parameters
    )
    for argument in calculator.arguments:
        assert argument.meaning
        assert argument.unit


@EACH
def test_the_example_can_be_calculated_and_said(calculator: AnyCalculator) -> None:
    values, errors = calculator.read(calculator.example)
    assert errors == ()
    result = calculator.calculate(values)
    assert result.calculator == calculator.id
    assert result.figures
    assert result.working
    json.dumps(asdict(result), allow_nan=False)
    for figure in result.figures:
        assert any(sign.isdigit() for sign in figure_in_words(figure))
        if figure.interval is not None:
            assert figure.interval.low <= figure.value <= figure.interval.high
            assert "confidence" in interval_in_words(figure.interval, figure.unit)


@EACH
def test_what_is_said_of_a_value_is_read_as_that_value(calculator: AnyCalculator) -> None:
    for argument in calculator.arguments:
        value = argument.read(argument.example)
        assert argument.read(value_in_words(argument, value)) == value


@EACH
def test_every_required_argument_is_missed_by_name(calculator: AnyCalculator) -> None:
    for argument in calculator.arguments:
        if argument.required:
            texts = {name: text for name, text in calculator.example.items() if name != argument.name}
            _, errors = calculator.read(texts)
            assert [error.name for error in errors] == [argument.name]
            assert str(errors[0]).startswith(f"{argument.name} is missing: it must be ")


@EACH
@pytest.mark.parametrize("text", ["abc", "nan", "inf", "1e999", "--3", "1,2,3x", "٣", "1_000", "\x1b[2J", "9" * 50])
def test_what_is_no_number_is_refused_by_name(calculator: AnyCalculator, text: str) -> None:
    for argument in calculator.arguments:
        with pytest.raises(ArgumentError) as refused:
            argument.read(text)
        assert refused.value.name == argument.name
        assert isinstance(refused.value, CoachError)


@EACH
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_whatever_is_given_is_calculated_or_refused_by_name(calculator: AnyCalculator, data: st.DataObject) -> None:
    numbers = st.one_of(st.integers(-2, 1200), st.floats(0, 1), st.floats(allow_nan=True), st.just(1e15))
    values = {
        argument.name: data.draw(
            st.lists(st.lists(st.integers(0, 50), min_size=2, max_size=2), min_size=2, max_size=2)
            if argument.kind == "table"
            else st.lists(numbers, max_size=4)
            if argument.kind in ("numbers", "shares", "wholes")
            else numbers
        )
        for argument in calculator.arguments
    }
    try:
        result = calculator.calculate(values)
    except ArgumentError as error:
        refused: str | None = error.name
    else:
        refused = None
        assert all(math.isfinite(figure.value) for figure in result.figures)
        json.dumps(asdict(result), allow_nan=False)
    assert refused is None or refused in values


@pytest.mark.parametrize(
    ("text", "value"),
    [("0.35", 0.35), ("35%", 0.35), (" 35 % ", 0.35), (".5", 0.5), ("5e-3", 0.005), ("1", 1.0)],
)
def test_shares_are_read_as_people_write_them(text: str, value: float) -> None:
    assert CALCULATORS["ab-proportions"].argument("baseline").read(text) == pytest.approx(value)


@pytest.mark.parametrize(("text", "value"), [("1,234,567.5", 1234567.5), ("$1,200", 1200), ("€ 30", 30)])
def test_money_may_have_its_sign_and_its_thousands(text: str, value: float) -> None:
    assert CALCULATORS["roi"].argument("cost").read(text) == value


@pytest.mark.parametrize("text", ["10,8,6", "10 8 6", "10; 8; 6", "10 , 8 ,6"])
def test_lists_may_be_parted_in_any_usual_way(text: str) -> None:
    assert CALCULATORS["pass-at-k-from-runs"].argument("good").read(text) == (10, 8, 6)


def test_an_amount_that_could_be_two_is_refused_and_thousands_are_read_where_it_cannot() -> None:
    cost = CALCULATORS["npv"].argument("cost")
    with pytest.raises(ArgumentError, match="parted by spaces"):
        cost.read("150,000")
    assert cost.read("150000") == (150_000,)
    assert cost.read("150,000 80,000") == (150_000, 80_000)
    assert cost.read("150, 80") == cost.read("150,80") == (150, 80)


def test_a_calculator_is_found_by_its_metric_too() -> None:
    assert find("roi") is find("return-on-investment") is CALCULATORS["roi"]
    assert find("precision") is CALCULATORS["precision-recall-f1"]
    assert find("rouge") is None


def test_an_argument_it_does_not_take_is_refused() -> None:
    with pytest.raises(ArgumentError, match="one of benefit, cost"):
        CALCULATORS["roi"].calculate({"benefit": 1, "cost": 1, "costs": 1})
    with pytest.raises(TypeError):
        CALCULATORS["roi"](1, 2, 3)


def test_ids_name_nothing_else_and_metrics_exist(tmp_path_factory: pytest.TempPathFactory) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COACH_HOME", str(tmp_path_factory.mktemp("home")))
        base = load_base()
    taken = {id_ for kind in ("cases", "archetypes", "metrics", "frameworks", "rubrics") for id_ in base.catalog(kind)}
    assert not taken & CALCULATORS.keys()
    for calculator in CALCULATORS.values():
        assert set(calculator.metrics) <= set(base.metrics)


def test_nothing_heavy_is_imported() -> None:
    heavy = "{'numpy', 'scipy', 'statsmodels', 'pydantic', 'rich', 'yaml', 'rapidfuzz'}"
    probe = f"import sys, coach.calculators.registry; print({heavy} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, check=True, text=True)
    assert done.stdout.strip() == "set()"


def test_the_package_offers_each_by_the_name_of_its_function() -> None:
    offered = {name: getattr(calculators, name) for name in calculators.__all__ if name != "CALCULATORS"}
    assert {id(known) for known in offered.values()} == {id(known) for known in CALCULATORS.values()}
    assert all(known.compute.__name__ == name for name, known in offered.items())
    assert calculators.CALCULATORS is CALCULATORS
    with pytest.raises(AttributeError):
        calculators.nothing  # noqa: B018
