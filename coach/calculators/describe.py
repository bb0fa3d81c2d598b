"""A calculator's description as plain data."""

from __future__ import annotations

from typing import Any

from coach.calculators.arguments import LARGEST, Argument
from coach.calculators.calculator import Calculator


def described(calculator: Calculator[Any]) -> dict[str, Any]:
    """All that a form or another program needs to offer the calculator."""
    return {
        "id": calculator.id,
        "name": calculator.name,
        "about": calculator.about,
        "formula": calculator.formula,
        "arguments": [_argument(argument) for argument in calculator.arguments],
        "assumptions": list(calculator.assumptions),
        "limits": list(calculator.limits),
        "source": calculator.source,
        "metrics": list(calculator.metrics),
        "example": calculator.call,
    }


def _argument(argument: Argument) -> dict[str, Any]:
    return {
        "name": argument.name,
        "option": argument.option,
        "meaning": argument.meaning,
        "kind": argument.kind,
        "unit": argument.unit,
        "required": argument.required,
        "default": None if argument.required else argument.default,
        "low": None if argument.low <= -LARGEST else argument.low,
        "high": None if argument.high >= LARGEST else argument.high,
        "low_excluded": argument.open_low,
        "high_excluded": argument.open_high,
        "allowed": argument.allowed,
        "example": argument.example,
    }
