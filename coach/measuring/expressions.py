"""The arithmetic of derived formulas, as a tree that can be written as SQL or worked out."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Mapping

from coach.knowledge.arithmetic import names_in

PREFIX = "t_"
"""Before each name in the tree, which may otherwise be a word of Python."""
_SIGNS = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}
_RANKS = {"+": 1, "-": 1, "*": 2, "/": 2}


def tree(expression: str) -> ast.expr:
    """The expression's tree. Raises `ArithmeticFault` for anything but sums and products of names and numbers."""
    names_in(expression)
    # The little grammar is a part of Python's, so Python's parser can read it; names such as `in` it cannot.
    safe = _renamed(expression)
    return ast.parse(safe, mode="eval").body


def _renamed(expression: str) -> str:
    return re.sub(r"[a-z_][a-z0-9_]*", lambda found: PREFIX + found.group(), expression.strip())


def cast_to_double(text: str) -> str:
    """A real number, in SQL that names its type."""
    return f"CAST({text} AS DOUBLE)"


def times_one(text: str) -> str:
    """A real number, in SQL that any system reads."""
    return f"1.0 * ({text})" if " " in text else f"1.0 * {text}"


def as_sql(expression: str, name: Callable[[str], str], *, real: Callable[[str], str] = cast_to_double) -> str:
    """The expression in SQL, dividing as real numbers and giving null for a division by nothing."""

    def write(node: ast.expr, rank: int, right: bool = False) -> str:
        match node:
            case ast.Name(id=found):
                return name(found.removeprefix(PREFIX))
            case ast.Constant(value=value):
                return repr(value)
            case ast.UnaryOp(operand=operand):
                return f"(-{write(operand, 3)})"
            case ast.BinOp(left=left, op=op, right=divisor):
                sign = _SIGNS[type(op)]
                own = _RANKS[sign]
                if sign == "/":
                    text = f"{real(write(left, 0))} / NULLIF({write(divisor, 0)}, 0)"
                else:
                    text = f"{write(left, own)} {sign} {write(divisor, own, right=True)}"
                return f"({text})" if own < rank or (right and own == rank) else text
        raise AssertionError("the little grammar has no other nodes")

    return write(tree(expression), 0)


def work_out(expression: str, values: Mapping[str, float | None]) -> float | None:
    """The expression's value; None where a value is missing or a divisor is 0."""

    def value(node: ast.expr) -> float | None:
        match node:
            case ast.Name(id=found):
                return values[found.removeprefix(PREFIX)]
            case ast.Constant(value=number):
                assert isinstance(number, (int, float))
                return number
            case ast.UnaryOp(operand=operand):
                inner = value(operand)
                return None if inner is None else -inner
            case ast.BinOp(left=left, op=op, right=right):
                first, second = value(left), value(right)
                if first is None or second is None:
                    return None
                match _SIGNS[type(op)]:
                    case "+":
                        return first + second
                    case "-":
                        return first - second
                    case "*":
                        return first * second
                return first / second if second else None
        raise AssertionError("the little grammar has no other nodes")

    return value(tree(expression))
