"""`coach calculate`: listed, calculated, refused."""

from __future__ import annotations

import json

import pytest

from coach.calculators.registry import CALCULATORS
from tests.cli.conftest import Coach


def test_the_calculators_are_listed_one_a_line(coach: Coach) -> None:
    status, out, err = coach("calculate")
    assert (status, err) == (0, "")
    assert [line.split()[0] for line in out.splitlines()[1:]] == list(CALCULATORS)


def test_as_data_the_list_tells_all_that_a_form_needs(coach: Coach) -> None:
    listed = coach("calculate", "--json").data
    assert [item["id"] for item in listed] == list(CALCULATORS)
    baseline = next(item for item in listed if item["id"] == "ab-proportions")["arguments"][0]
    assert baseline["option"] == "--baseline"
    assert (baseline["low"], baseline["high"], baseline["required"]) == (0, 1, True)


@pytest.mark.parametrize("id_", CALCULATORS)
def test_the_example_of_each_can_be_called_and_fits_the_screen(id_: str, coach: Coach) -> None:
    words = [word for name, text in CALCULATORS[id_].example.items() for word in (f"--{name.replace('_', '-')}", text)]
    status, out, err = coach("calculate", id_, *words)
    assert (status, err) == (0, "")
    assert max(map(len, out.splitlines())) <= 80
    for heading in ("HOW IT WAS WORKED OUT", "HOLDS WHERE", "LIMITS", "SOURCE"):
        assert heading in out


def test_a_result_as_data_has_value_interval_and_inputs(coach: Coach) -> None:
    call = "retention-difference --kept-with 56 --all-with 70 --kept-without 48 --all-without 80 --json"
    data = coach("calculate", *call.split()).data
    assert data["value"] == pytest.approx(0.2)
    assert data["unit"] == "points"
    assert data["interval"]["low"] == pytest.approx(0.0524, abs=0.0001)
    assert data["inputs"]["all_without"] == 80
    assert data["limits"]
    assert coach("calculate", "--json", *call.split()[:-1]).data == data


def test_a_metric_stands_for_the_calculator_that_computes_it(coach: Coach) -> None:
    assert coach("calculate", "return-on-investment", "--benefit", "3", "--cost", "2").out.startswith(
        "Return on investment: 50%\n"
    )


@pytest.mark.parametrize("words", [["--difference", "-3%"], ["--difference=-3%"], ["--difference", "-.03"]])
def test_a_value_may_begin_with_a_minus(words: list[str], coach: Coach) -> None:
    assert coach("calculate", "ab-proportions", "--baseline", "35%", *words, "--json").data["value"] == 3885


@pytest.mark.parametrize(
    ("call", "said"),
    [
        ("rio", "unknown calculator 'rio'; did you mean roi?"),
        ("zzzzzz", "unknown calculator 'zzzzzz'; `coach calculate` lists them"),
        ("roi", "missing: --benefit, --cost; see `coach calculate roi --help`"),
        ("roi --benefit 3", "missing: --cost; see `coach calculate roi --help`"),
        ("roi --benefit 3 --cost 0", "cost is 0: it must be a number above 0"),
        ("roi --benefit 3 --cost x\x1b[2J", "cost is x\\x1b[2J: it must be a number above 0"),
        ("roi --benfit 3", "unexpected argument '--benfit'; did you mean --benefit? See `coach calculate roi --help`"),
        ("roi 3", "unexpected argument '3'; see `coach calculate roi --help`"),
        ("roi --benefit", "argument --benefit: expected one argument; see `coach calculate roi --help`"),
        (
            "ab-proportions --baseline 35 --difference 3%",
            "baseline is 35: it must be a share from 0 to 1, such as 0.35 or 35%",
        ),
    ],
)
def test_what_cannot_be_used_is_refused_in_one_line(call: str, said: str, coach: Coach) -> None:
    assert coach("calculate", *call.split(" ")) == (2, "", f"coach: {said}\n")


@pytest.mark.parametrize("id_", CALCULATORS)
def test_the_help_of_each_names_its_arguments_and_ends_with_its_example(id_: str, coach: Coach) -> None:
    status, out, _ = coach("calculate", id_, "--help")
    assert status == 0
    assert all(argument.option in out for argument in CALCULATORS[id_].arguments)
    assert out.rstrip().endswith(CALCULATORS[id_].call)


@pytest.mark.parametrize("id_", CALCULATORS)
def test_each_can_be_shown_and_is_data_too(id_: str, coach: Coach) -> None:
    status, out, err = coach("show", id_)
    assert (status, err) == (0, "")
    assert CALCULATORS[id_].about in " ".join(out.split())
    assert coach("show", id_, "--json").data["type"] == "calculator"


def test_an_id_that_is_nearly_a_calculator_is_told(coach: Coach) -> None:
    assert coach("show", "cohen-kappa").err == "coach: unknown id 'cohen-kappa'; did you mean cohens-kappa?\n"
    assert coach("show", "roi", "--hints", "1").status == 2


def test_the_same_call_gives_the_same_bytes(coach: Coach) -> None:
    call = ["calculate", "all-of-k-from-runs", "--good", "10,8,6,10,0,9", "--runs", "10", "--k", "3", "--json"]
    first, again = coach(*call), coach(*call)
    assert first == again
    assert json.loads(first.out)["figures"][0]["name"] == "All of 3"
