"""What is asked of cases."""

from __future__ import annotations

import re
from collections.abc import Iterator

from coach.knowledge.checks.corpus import Check, Corpus
from coach.knowledge.entries import Written
from coach.knowledge.faults import Fault
from coach.knowledge.models.case import Case

MODEL_ANSWER_WORDS = (200, 520)
RUN = 8
"""So many words in a row are nobody's by chance."""
_SAME_ANSWER = 0.25
_WORD = re.compile(r"\w+(?:['’]\w+)*")


def words(text: str) -> list[str]:
    """The words of a text in lower case, without punctuation."""
    return _WORD.findall(text.casefold().replace("’", "'"))


def runs(text: str) -> dict[str, None]:
    """Every run of eight words, in order."""
    found = words(text)
    return dict.fromkeys(" ".join(found[at : at + RUN]) for at in range(len(found) - RUN + 1))


def model_answers_have_length(corpus: Corpus) -> Iterator[Fault]:
    """A model answer can be spoken in a few minutes: 200 to 520 words."""
    least, most = MODEL_ANSWER_WORDS
    for entry, case in corpus.chosen(Case):
        count = len(case.model_answer.split())
        if not least <= count <= most:
            yield entry.fault(f"has {count} words, not {least} to {most}", at=("model_answer",))


def model_answers_share_nothing(corpus: Corpus) -> Iterator[Fault]:
    """No two model answers have eight words in a row in common."""
    owners: dict[str, Written] = {}
    order = sorted(corpus.all(Case), key=lambda pair: pair[0].layer in corpus.checked)
    for entry, case in order:
        told: set[str] = set()
        for run in runs(case.model_answer):
            first = owners.setdefault(run, entry)
            if first is not entry and first.id not in told and entry.layer in corpus.checked:
                told.add(first.id)
                message = f"shares {RUN} words in a row with the model answer of {first.id}: {run!r}"
                yield entry.fault(message, at=("model_answer",))


def weak_answers_differ(corpus: Corpus) -> Iterator[Fault]:
    """A weak answer is an answer of its own, not the model answer with changes."""
    for entry, case in corpus.chosen(Case):
        weak, model = runs(case.weak_answer.text), runs(case.model_answer)
        common = sum(run in model for run in weak)
        if common > _SAME_ANSWER * len(weak) or words(case.weak_answer.text) == words(case.model_answer):
            yield entry.fault("repeats the model answer", at=("weak_answer", "text"))


def instrumentation_is_asked_about(corpus: Corpus) -> Iterator[Fault]:
    """One of the follow-up questions takes the instrumentation away."""
    for entry, case in corpus.chosen(Case):
        if all(question.kind != "instrumentation" for question in case.follow_ups):
            yield entry.fault("none is of the kind instrumentation", at=("follow_ups",))


def steps_differ(corpus: Corpus) -> Iterator[Fault]:
    """No hint, follow-up question, fact or product term stands twice in a case."""
    for entry, case in corpus.chosen(Case):
        lists = {
            "hints": list(case.hints),
            "follow_ups": [question.question for question in case.follow_ups],
            "facts": [fact.ask for fact in case.facts],
            "product_terms": list(case.product_terms),
        }
        for key, texts in lists.items():
            seen: set[str] = set()
            for position, text in enumerate(texts):
                if text.casefold() in seen:
                    yield entry.fault("stands twice", at=(key, position))
                seen.add(text.casefold())


CHECKS: tuple[Check, ...] = (
    model_answers_have_length,
    model_answers_share_nothing,
    weak_answers_differ,
    instrumentation_is_asked_about,
    steps_differ,
)
