from __future__ import annotations

from typing import Any

import pytest

from coach.knowledge.base import Base
from coach.scorecards.build import build
from coach.scorecards.metric_row import Owned
from coach.scorecards.model import Scorecard

HOSTILE = '=HYPERLINK("http://e") a|b `c` <script>x()</script> & "q" #set {x} {{ y }} *h* _i_ \x1b[31m\n\n# k ☐ ≥'
CLOSED_SETS = {"layer", "roles", "direction", "timing", "level", "mark", "step", "operation"}


@pytest.fixture(scope="session")
def card(base: Base) -> Scorecard:
    return build(base, "writing-assistant")


@pytest.fixture(scope="session")
def filled(card: Scorecard) -> Scorecard:
    """A scorecard with numbers in every relation to their limits."""
    said = [
        Owned(baseline="30%", target="40%", floor="25%", actual="20%", owner="Noor"),
        Owned(baseline="30%", target="40%", floor="25%", actual="35%"),
        Owned(target="40%", actual="45%"),
        Owned(floor="10%", upper="20%", actual="15%"),
        Owned(actual="rather good"),
        Owned(actual="50%"),
        Owned(floor="10%", actual="11%"),
    ]
    rows = tuple(row.model_copy(update={"yours": said[n % len(said)]}) for n, row in enumerate(card.rows))
    return card.model_copy(
        update={
            "rows": rows,
            "main": card.main.model_copy(update={"yours": said[0]}),
            "experiment": card.experiment.model_copy(update={"baseline": "35%", "smallest_effect": "3 points"}),
        }
    )


def poisoned(value: Any, key: str = "") -> Any:
    """The same data with hostile text wherever a pack may put text."""
    if isinstance(value, dict):
        return {name: poisoned(item, name) for name, item in value.items()}
    if isinstance(value, list):
        return [poisoned(item, key) for item in value]
    return HOSTILE if isinstance(value, str) and key not in CLOSED_SETS else value


@pytest.fixture(scope="session")
def hostile(card: Scorecard) -> Scorecard:
    return Scorecard.model_validate(poisoned(card.model_dump(mode="json")))
