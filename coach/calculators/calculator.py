"""A calculation with its description: callable like the function it was made from, with its arguments checked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, ParamSpec

from coach.calculators.arguments import Argument
from coach.calculators.result import Outcome, Result
from coach.errors import ArgumentError

P = ParamSpec("P")


@dataclass(frozen=True)
class Calculator(Generic[P]):
    """Call it with its arguments, by place or by name, for a `Result`; bad ones raise `ArgumentError`."""

    id: str
    name: str
    about: str
    """The question it answers, in one sentence."""
    formula: str
    arguments: tuple[Argument, ...]
    assumptions: tuple[str, ...]
    limits: tuple[str, ...]
    source: str
    metrics: tuple[str, ...]
    """The catalog's metrics that it computes or plans; its other names on the command line."""
    compute: Callable[P, Outcome]

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> Result:
        """Check the arguments and calculate."""
        given: dict[str, Any] = dict(zip((argument.name for argument in self.arguments), args, strict=False))
        if len(args) > len(self.arguments) or given.keys() & kwargs.keys():
            raise TypeError(f"{self.id} takes {len(self.arguments)} arguments, each once")
        return self.calculate({**given, **kwargs})

    def calculate(self, values: Mapping[str, Any]) -> Result:
        """The result of values by name; those left out take their default. Raises `ArgumentError`."""
        for name in values:
            self.argument(name)
        checked: dict[str, Any] = {}
        for argument in self.arguments:
            if argument.name not in values and argument.required:
                raise argument.refusal(None)
            checked[argument.name] = argument.check(values.get(argument.name, argument.default))
        outcome = self.compute(**checked)  # type: ignore[call-arg]  # the names are checked above
        return Result(
            calculator=self.id,
            figures=outcome.figures,
            formula=self.formula,
            working=outcome.working,
            notes=outcome.notes,
            assumptions=self.assumptions,
            limits=self.limits,
        )

    def read(self, texts: Mapping[str, str]) -> tuple[dict[str, Any], tuple[ArgumentError, ...]]:
        """The values that texts stand for, and what is wrong with the others, in the order of the arguments."""
        values: dict[str, Any] = {}
        errors: list[ArgumentError] = []
        for argument in self.arguments:
            try:
                values[argument.name] = argument.read(texts.get(argument.name, ""))
            except ArgumentError as error:
                errors.append(error)
        return values, tuple(errors)

    def argument(self, name: str) -> Argument:
        """An argument by name. Raises `ArgumentError` for one that it does not take."""
        for argument in self.arguments:
            if argument.name == name:
                return argument
        names = ", ".join(argument.name for argument in self.arguments)
        raise ArgumentError(name, "unknown", f"one of {names}")

    @property
    def example(self) -> dict[str, str]:
        """Each argument as it might be typed."""
        return {argument.name: argument.example for argument in self.arguments if argument.example}

    @property
    def call(self) -> str:
        """The example as a command."""
        parts = (
            f"{argument.option} {_quoted(argument.example)}"
            for argument in self.arguments
            if argument.required or argument.read(argument.example) != argument.default
        )
        return f"coach calculate {self.id} {' '.join(parts)}"


def calculator(
    *,
    id: str,
    name: str,
    about: str,
    formula: str,
    arguments: tuple[Argument, ...],
    assumptions: tuple[str, ...],
    limits: tuple[str, ...],
    source: str,
    metrics: tuple[str, ...] = (),
) -> Callable[[Callable[P, Outcome]], Calculator[P]]:
    """Make a calculator of a function whose parameters are the arguments, in their order."""

    def made(compute: Callable[P, Outcome]) -> Calculator[P]:
        return Calculator(id, name, about, formula, arguments, assumptions, limits, source, metrics, compute)

    return made


def _quoted(text: str) -> str:
    return f"'{text}'" if set(text) & set(" ;$") else text
