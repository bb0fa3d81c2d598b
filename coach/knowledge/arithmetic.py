"""The little arithmetic that derived formulas are written in."""

from __future__ import annotations

import re

_TOKEN = re.compile(r"\s*(?:[a-z_][a-z0-9_]*|(?:0|[1-9][0-9]*)(?:\.[0-9]+)?|[-+*/()])")
_MAX_NESTING = 20


class ArithmeticFault(ValueError):
    """What is wrong with an expression, in words."""


def names_in(expression: str) -> frozenset[str]:
    """The names used. Raises `ArithmeticFault` where it is not arithmetic over names and numbers.

    `sum := product (("+" | "-") product)*`, `product := factor (("*" | "/") factor)*`,
    `factor := "-" factor | name | number | "(" sum ")"`.
    """
    reader = _Reader(_tokens(expression))
    reader.sum(0)
    if reader.next:
        raise ArithmeticFault(f"{reader.next!r} is not expected here")
    return frozenset(reader.names)


def _tokens(expression: str) -> list[str]:
    tokens = []
    at = 0
    text = expression.rstrip()
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None:
            raise ArithmeticFault(f"{text[at:].strip()[0]!r} is not expected here")
        tokens.append(found.group().strip())
        at = found.end()
    return tokens


class _Reader:
    """Recursive descent over the tokens."""

    def __init__(self, tokens: list[str]) -> None:
        self._tokens = tokens[::-1]
        self.names: set[str] = set()

    @property
    def next(self) -> str:
        return self._tokens[-1] if self._tokens else ""

    def sum(self, depth: int) -> None:
        self._product(depth)
        while self.next in ("+", "-"):
            self._tokens.pop()
            self._product(depth)

    def _product(self, depth: int) -> None:
        self._factor(depth)
        while self.next in ("*", "/"):
            self._tokens.pop()
            self._factor(depth)

    def _factor(self, depth: int) -> None:
        if depth > _MAX_NESTING:
            raise ArithmeticFault(f"is nested more than {_MAX_NESTING} levels deep")
        if not self._tokens:
            raise ArithmeticFault("ends too early")
        token = self._tokens.pop()
        if token == "-":
            self._factor(depth + 1)
        elif token == "(":
            self.sum(depth + 1)
            if not self._tokens or self._tokens.pop() != ")":
                raise ArithmeticFault("a parenthesis is not closed")
        elif token in ("+", "*", "/", ")"):
            raise ArithmeticFault(f"{token!r} is not expected here")
        elif not token[0].isdigit():
            self.names.add(token)
