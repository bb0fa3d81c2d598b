"""What only reading can tell of follow-up questions: whether each sign can ever be found in a reply."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from coach.knowledge.checks.corpus import Check, Corpus
from coach.knowledge.faults import Fault
from coach.knowledge.models.case import Case
from coach.scoring.reply_words import sign_keys

LONGEST: Final = 6
"""Words; nobody says a longer sign."""
_PHRASE_MARKS: Final = re.compile(r"[|<>=()]|\.\.")


def signs_can_be_read(corpus: Corpus) -> Iterator[Fault]:
    """Every sign of a good reply is plain words, at least one of which says something."""
    for entry, case in corpus.chosen(Case):
        for number, follow_up in enumerate(case.follow_ups):
            for place, point in enumerate(follow_up.good_reply):
                for position, sign in enumerate(point.signs):
                    if complaint := _complaint(sign):
                        at = ("follow_ups", number, "good_reply", place, "signs", position)
                        yield entry.fault(complaint, at=at)


def _complaint(sign: str) -> str:
    if _PHRASE_MARKS.search(sign):
        return f"{sign!r} cannot be read: a sign is plain words, without the marks of lexicon phrases"
    if not sign_keys(sign):
        return f"{sign!r} cannot be read: no word of it says anything"
    if len(sign.split()) > LONGEST:
        return f"{sign!r} cannot be read: it has more than {LONGEST} words, which no reply will have"
    return ""


CHECKS: tuple[Check, ...] = (signs_can_be_read,)
