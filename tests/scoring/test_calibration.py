"""How few labelled answers a calibration takes, what it holds out, and whose severity its cuts follow."""

from __future__ import annotations

import numpy as np
import pytest

import coach
from coach.errors import UsageError
from coach.scoring import calibration
from coach.scoring.fit_levels import ENOUGH_FOR_CUTS, Answers, best_cuts
from coach.scoring.labelled import Labelled


def answers(count: int, products: int) -> list[Labelled]:
    return [
        Labelled(str(n), "Nothing.", None, "How would you measure it?", None, f"product {n % products}", {})
        for n in range(count)
    ]


class TestTooFewAnswers:
    @pytest.mark.parametrize(
        ("own", "products", "beside", "asked"),
        [
            (59, 10, 0, "60 answers on 6 products"),
            (60, 5, 0, "60 answers on 6 products"),
            (20, 4, 59, "60 answers on 6 products"),
            (19, 4, 60, "20 answers on 4 products"),
            (20, 3, 60, "20 answers on 4 products"),
        ],
    )
    def test_are_refused_with_what_would_do(self, own: int, products: int, beside: int, asked: str) -> None:
        with pytest.raises(UsageError, match=f"label at least {asked}$"):
            calibration.calibrate(
                coach.load().workshop, "technical", answers(own, products), answers(beside, 10) if beside else []
            )


class TestFolds:
    def test_few_products_are_held_out_one_at_a_time(self) -> None:
        folds = calibration._folds(["b", "a", "b", "c", "d"])
        assert len(set(folds.values())) == len(folds) == 4

    def test_many_are_held_out_in_groups_that_do_not_depend_on_the_others(self) -> None:
        names = [f"product {n}" for n in range(40)]
        folds = calibration._folds(names)
        assert set(folds.values()) == set(range(calibration.FOLDS))
        assert calibration._folds(names[:20]) == {name: folds[name] for name in names[:20]}


def cuts(own: int, severity: float) -> float:
    """The cut between 0 and 1 where `own` answers show a panel that gives 1 from `severity` on, and 400 others
    labelled elsewhere get it from 0.5 on."""
    values = np.concatenate([np.linspace(0, 3, own), np.linspace(0, 3, 400)])
    starts = [severity] * own + [0.5] * 400
    labels = [int(v >= start) + int(v >= 1.5) + int(v >= 2.5) for v, start in zip(values, starts, strict=True)]
    weights = [1.0] * own + [0.4] * 400
    known = Answers(np.array(labels), np.array(weights), np.zeros((len(labels), 12)))
    return best_cuts(values, known)[0]


class TestCuts:
    """Where a level begins."""

    def test_follow_the_panel_that_is_calibrated_to(self) -> None:
        assert cuts(ENOUGH_FOR_CUTS, 0.7) == pytest.approx(0.7, abs=0.06)

    def test_follow_all_answers_where_the_panel_labelled_few(self) -> None:
        assert cuts(20, 0.7) == pytest.approx(0.5, abs=0.06)
