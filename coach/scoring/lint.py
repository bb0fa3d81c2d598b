"""All that can be wrong with a pack: its files, its links, its rules' examples, and how its own answers score."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from coach.knowledge.base import load_base
from coach.knowledge.builtin import builtin_roots
from coach.knowledge.faults import Fault
from coach.knowledge.lint import CHECKS as KNOWLEDGE_CHECKS
from coach.knowledge.lint import lint as lint_knowledge
from coach.scoring.examples import CHECKS as EXAMPLE_CHECKS
from coach.scoring.reply_checks import CHECKS as REPLY_CHECKS
from coach.scoring.report import VERDICT_NAMES
from coach.scoring.workshop import Workshop

MODEL_VERDICTS: Final = frozenset({"strong_hire"})
WEAK_VERDICTS: Final = frozenset({"borderline", "no_hire"})


def lint(paths: Sequence[str | Path]) -> list[Fault]:
    """Every fault of the packs over the built-in knowledge, or of the built-in knowledge where a path lies in it.

    Cases are scored only where nothing else is wrong: a model answer must reach the top verdict, a weak answer must
    stay at borderline or below.
    """
    faults = lint_knowledge(paths, checks=(*KNOWLEDGE_CHECKS, *EXAMPLE_CHECKS, *REPLY_CHECKS))
    return faults or sorted(_misjudged(paths))


def _misjudged(paths: Iterable[str | Path]) -> Iterator[Fault]:
    given = [Path(path).resolve() for path in paths]
    packs = [path for path in given if not any(path.is_relative_to(root) for root in builtin_roots())]
    base = load_base(packs=packs)
    workshop = Workshop(base)
    for id_ in base.cases:
        file, line = base.origin("cases", id_)
        if not any(Path(file).resolve().is_relative_to(path) for path in given):
            continue
        case = base.cases[id_]
        for key, answer, good in (
            ("model_answer", case.model_answer, MODEL_VERDICTS),
            ("weak_answer", case.weak_answer.text, WEAK_VERDICTS),
        ):
            report = workshop.score(answer, id_, None, None)
            if report.verdict not in good:
                levels = ", ".join(f"{name} {result.level}" for name, result in report.criteria.items())
                message = f"this is scored as {VERDICT_NAMES[report.verdict]}, {report.overall}: {levels}"
                yield Fault(str(file), line, 1, f"{id_}.{key}", message)
