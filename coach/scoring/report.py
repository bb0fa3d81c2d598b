"""What the scorer says about an answer. Every point it gives or withholds names words of the answer."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer, PlainValidator

Verdict = Literal["strong_hire", "hire", "borderline", "no_hire"]
VERDICT_NAMES: Mapping[Verdict, str] = MappingProxyType(
    {"strong_hire": "strong hire", "hire": "hire", "borderline": "borderline", "no_hire": "no hire"}
)
LEVEL_NAMES = ("absent", "named", "applied", "argued")


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Evidence(_Frozen):
    """Words of the answer that earn a level: a span in code points, end exclusive."""

    start: int
    end: int
    why: str
    rule: str = ""
    """The rule that found it, as `rubric/criterion/rule`."""


class Cost(_Frozen):
    """Words of the answer that would have earned a level and do not, with the reason."""

    start: int
    end: int
    why: str


class CriterionResult(_Frozen):
    """One criterion: level 0 to 3, what earned it, what cost it, and what a higher level would take."""

    name: str
    core: bool
    weight: int
    level: Annotated[int, Field(ge=0, le=3)]
    evidence: tuple[Evidence, ...] = ()
    costs: tuple[Cost, ...] = ()
    missing: tuple[str, ...] = ()


class Routing(_Frozen):
    """Which kind of product the answer was judged as, and on what grounds."""

    archetype: str
    by: Literal["case", "prompt", "fallback"]
    """From the case, from the prompt's own words, or the generic kind because nothing fitted."""
    confidence: Annotated[float, Field(ge=0, le=1)]
    words: tuple[str, ...] = ()
    """The words of the prompt that decided it."""


def _frozen_mapping(value: Any) -> Mapping[str, CriterionResult]:
    return MappingProxyType({str(key): CriterionResult.model_validate(item) for key, item in dict(value).items()})


CriteriaMap = Annotated[
    Mapping[str, CriterionResult],
    PlainValidator(_frozen_mapping),
    PlainSerializer(lambda value: {key: item.model_dump() for key, item in value.items()}, return_type=dict[str, Any]),
]


class Report(_Frozen):
    """The judgement of one answer under one rubric."""

    rubric: str
    rubric_version: str
    """A digest of the rubric's content, so that old attempts say what they were judged by."""
    case: str | None
    archetype: str
    routing: Routing
    overall: Annotated[int, Field(ge=0, le=100)]
    verdict: Verdict
    criteria: CriteriaMap
    advice: str
    """One piece of advice that names this product and this text."""
    notes: tuple[str, ...] = ()
    """Remarks on the answer as a whole: blank, off the subject, about another product."""

    def line(self, id_: str | None) -> dict[str, Any]:
        """The batch output line: the contract's keys, in the contract's order, and no others."""
        return {
            "id": id_,
            "rubric": self.rubric,
            "case": self.case,
            "archetype": self.archetype,
            "overall": self.overall,
            "verdict": self.verdict,
            "criteria": {
                key: {
                    "level": result.level,
                    "evidence": [{"start": e.start, "end": e.end, "why": e.why} for e in result.evidence],
                    "missing": list(result.missing),
                }
                for key, result in self.criteria.items()
            },
        }
