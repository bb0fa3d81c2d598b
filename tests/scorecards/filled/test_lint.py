from __future__ import annotations

from typing import Any

import pytest

from coach.knowledge.base import Base
from coach.scorecards.build import build
from coach.scorecards.filled.lint import lint
from coach.scorecards.filled.own_metrics import OwnMetric
from coach.scorecards.filled.read import Reading
from coach.scorecards.metric_row import Owned
from coach.scorecards.model import Scorecard
from coach.scorecards.plan_parts import LogEntry
from coach.scorecards.tables import TABLES

ALL = frozenset(table.name for table in TABLES)


def reading(card: Scorecard, *own: OwnMetric) -> Reading:
    return Reading(card, (), ALL, own)


def rules(card: Scorecard) -> set[str]:
    return {finding.rule for finding in lint(reading(card)).findings}


def with_main(card: Scorecard, **fields: Any) -> Scorecard:
    return card.model_copy(update={"main": card.main.model_copy(update=fields)})


@pytest.fixture
def card(base: Base) -> Scorecard:
    return build(base, "writing-assistant")


@pytest.fixture
def complete(card: Scorecard) -> Scorecard:
    """A scorecard in which nothing is left to say."""

    def full(model: Any, **fields: Any) -> Any:
        blanks = {name: "said" for name in type(model).model_fields if getattr(model, name) is None}
        return model.model_copy(update=blanks | fields)

    def yours(direction: str) -> Owned:
        floor, target = ("10%", "20%") if direction != "down" else ("20%", "10%")
        known = {"baseline": "15%", "floor": floor, "target": target, "upper": "30%", "actual": "16%", "stretch": "5%"}
        return full(Owned(), **known)  # type: ignore[no-any-return]

    main = full(card.main, metric=card.main.metric, quoted=None, yours=yours("up"))
    main = main.model_copy(update={"counters": tuple(full(counter, floor="5%") for counter in main.counters)})
    gates = tuple(
        gate.model_copy(update={"criteria": tuple(full(c, limit="5%", borrowed=False) for c in gate.criteria)})
        for gate in card.gates
    )
    return card.model_copy(
        update={
            "main": main,
            "gates": gates,
            "context": full(card.context, case=None),
            "evaluation": full(card.evaluation),
            "rows": tuple(row.model_copy(update={"yours": yours(row.direction)}) for row in card.rows),
            "experiment": full(
                card.experiment, baseline="35%", smallest_effect="3 points", sample_size="4,100 per arm"
            ),
            "log": (LogEntry(decision="Ship"),),
        }
        | {
            name: tuple(full(item) for item in getattr(card, name))
            for name in ("events", "rollback", "decisions", "owners", "reviews")
        }
    )


def test_a_complete_scorecard_has_no_findings(complete: Scorecard) -> None:
    assert lint(reading(complete)) == (100, ())


def test_a_new_template_lacks_what_only_its_owner_knows(card: Scorecard) -> None:
    found = lint(reading(card))
    assert 0 < found.score < 50
    wanted = {"no-owner", "no-baseline", "no-target", "no-spread", "borrowed-left", "no-floor", "no-plan", "no-context"}
    assert wanted <= {finding.rule for finding in found.findings}
    assert "no-counter-metric" not in {finding.rule for finding in found.findings}


def test_each_thing_that_is_taken_away_is_missed_and_costs(complete: Scorecard) -> None:
    owned = complete.main.yours
    spoiled = {
        "no-counter-metric": with_main(complete, counters=()),
        "no-gaming": with_main(complete, gaming=None),
        "no-definition": with_main(complete, definition=None),
        "no-denominator": with_main(complete, definition="The share that is good."),
        "no-owner": with_main(complete, yours=owned.model_copy(update={"owner": None})),
        "no-spread": with_main(complete, yours=owned.model_copy(update={"spread": None})),
        "limits-contradict": with_main(complete, yours=owned.model_copy(update={"floor": "50%"})),
        "red-without-action": with_main(complete, yours=owned.model_copy(update={"actual": "5%", "when_red": None})),
        "no-decisions": complete.model_copy(update={"log": ()}),
        "sample-too-small": complete.model_copy(
            update={"experiment": complete.experiment.model_copy(update={"sample_size": "800 per arm"})}
        ),
        "borrowed-left": complete.model_copy(
            update={
                "rows": tuple(
                    row.model_copy(update={"yours": row.yours.model_copy(update={"baseline": None})})
                    for row in complete.rows
                )
            }
        ),
    }
    for rule, card in spoiled.items():
        assert rules(card) == {rule}, rule
        assert lint(reading(card)).score < 100, rule


def test_a_main_metric_cannot_keep_itself_honest(complete: Scorecard) -> None:
    itself = complete.main.counters[0].metric
    assert "counters-itself" in rules(with_main(complete, metric=itself))


def test_a_ratio_of_ones_own_needs_a_denominator(complete: Scorecard) -> None:
    bare = OwnMetric("meeting-rate", "Scorecard!A19", {"Metric": "Meeting rate"})
    [finding] = lint(reading(complete, bare)).findings
    assert finding.rule == "no-denominator"
    assert finding.place == "Scorecard!A19 Meeting rate"
    whole = OwnMetric("meeting-rate", "", {"Metric": "Meeting rate", "Numerator": "a", "Denominator": "b"})
    assert lint(reading(complete, whole)).score == 100


def test_what_a_format_cannot_hold_is_not_missed(card: Scorecard) -> None:
    only_metrics = Reading(card, (), frozenset({"Metrics"}))
    places = {finding.place for finding in lint(only_metrics).findings}
    assert not {"context", "events", "experiment", "decision log"} & places
