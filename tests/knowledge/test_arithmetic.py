"""The arithmetic of derived formulas."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.knowledge.arithmetic import ArithmeticFault, names_in


@pytest.mark.parametrize(
    ("expression", "names"),
    [
        ("cost / outcomes", {"cost", "outcomes"}),
        ("(gain - cost) / cost", {"gain", "cost"}),
        ("-a * 2.5 + b_2", {"a", "b_2"}),
        ("1", set()),
        ("a - -b", {"a", "b"}),
    ],
)
def test_names(expression: str, names: set[str]) -> None:
    assert names_in(expression) == names


@pytest.mark.parametrize(
    ("expression", "fault"),
    [
        ("a ** b", "'\\*' is not expected here"),
        ("a // b", "'/' is not expected here"),
        ("a b", "'b' is not expected here"),
        ("a / ", "ends too early"),
        ("", "ends too early"),
        ("(a", "a parenthesis is not closed"),
        ("a)", "'\\)' is not expected here"),
        ("01", "'1' is not expected here"),
        ("2a", "'a' is not expected here"),
        ("0x1f", "'x1f' is not expected here"),
        ("a.b", "'.' is not expected here"),
        ("f(a)", "'\\(' is not expected here"),
        ("(" * 100 + "a" + ")" * 100, "nested more than 20 levels deep"),
        ("-" * 250 + "a", "nested more than 20 levels deep"),
    ],
)
def test_anything_else_is_refused(expression: str, fault: str) -> None:
    with pytest.raises(ArithmeticFault, match=fault):
        names_in(expression)


@given(st.text(alphabet="ab1_+-*/(). ", max_size=60))
def test_whatever_is_accepted_is_arithmetic(expression: str) -> None:
    try:
        names = names_in(expression)
    except ArithmeticFault:
        return
    # Python's own grammar, less strict than ours, agrees with what was accepted.
    compiled = compile(expression.strip(), "", "eval", dont_inherit=True)
    assert set(compiled.co_names) <= names
