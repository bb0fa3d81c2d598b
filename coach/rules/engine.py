"""From rules as data to rules that find."""

from __future__ import annotations

from typing import assert_never

from coach.knowledge.models.rule import (
    AmountsRule,
    ChainRule,
    FollowsRule,
    PhraseRule,
    RivalsRule,
    Rule,
    SameAgainRule,
    SeveralRule,
    TogetherRule,
)
from coach.rules.amounts import AmountsFinder
from coach.rules.base import Finder
from coach.rules.chain import ChainFinder
from coach.rules.follows import FollowsFinder
from coach.rules.phrase import PhraseFinder
from coach.rules.rivals import RivalsFinder
from coach.rules.same_again import SameAgainFinder
from coach.rules.several import SeveralFinder
from coach.rules.together import TogetherFinder


def compile_rule(rule: Rule, idea: str | None = None) -> Finder:
    """The finder for a rule. Raises `PhraseError` for phrases that cannot be read.

    `idea` is what the phrases of a phrase rule are found as, where they were read with the lexicon.
    """
    match rule:
        case PhraseRule():
            return PhraseFinder(rule, idea)
        case TogetherRule():
            return TogetherFinder(rule)
        case FollowsRule():
            return FollowsFinder(rule)
        case AmountsRule():
            return AmountsFinder(rule)
        case SeveralRule():
            return SeveralFinder(rule)
        case ChainRule():
            return ChainFinder(rule)
        case RivalsRule():
            return RivalsFinder(rule)
        case SameAgainRule():
            return SameAgainFinder(rule)
    assert_never(rule)
