"""Weights of signs that answer for sentences and for whole answers."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import approx_fprime
from scipy.sparse import csr_matrix

from coach.knowledge.models.rule import Reading, Weights
from coach.scoring.fit_jointly import Heads, Sentences, joint_loss, moved
from coach.scoring.fit_levels import Answers
from coach.scoring.strength import Strength, pooled

SOME = Weights(named=0.8, applied=0.5, argued=0.3)
READINGS = [Reading(bias=bias, best=SOME, second=SOME, third=SOME, together=SOME) for bias in (0.5, 0.0, -0.5)]


def material(underlined: bool) -> tuple[Sentences, Answers]:
    """Eight answers of one to four sentences; sign 0 stands in all that reach a level, sign 1 in the others."""
    rng = np.random.default_rng(7)
    owner, rows, marks = [], [], []
    labels = np.array([3, 0, 2, 0, 3, 1, 0, 3])
    for answer, label in enumerate(labels):
        for number in range(answer % 4 + 1):
            tells = number == 0
            rows.append([float(tells and label > 0), float(tells and label == 0), float(rng.random() < 0.5)])
            marks.append(label if tells else 0)
            owner.append(answer)
    sentences = Sentences(
        csr_matrix(np.array(rows)), np.array(marks), np.full(len(owner), float(underlined)), np.array(owner)
    )
    return sentences, Answers(labels, np.ones(len(labels)), np.zeros((len(labels), 0)))


def test_the_gradient_is_that_of_the_loss() -> None:
    sentences, answers = material(underlined=True)
    loss = joint_loss(sentences, answers, READINGS, 0.5)
    x = np.random.default_rng(3).normal(size=3 * 3 + 6)
    measured = approx_fprime(x, lambda at: loss(at)[0], 1e-6)
    assert loss(x)[1] == pytest.approx(measured, abs=1e-3)


def test_the_loss_reads_levels_as_the_scorer_does() -> None:
    sentences, answers = material(underlined=False)
    heads = Heads(np.array([[0.4, 0.2, 0.1], [-0.3, 0.0, 0.2], [0.1, 0.1, 0.1]]), np.array([-1.0, -2.0, -3.0]))
    chances = heads.chances(sentences.matrix)
    expected = 0.5 * (heads.weights**2).sum()
    for number, label in enumerate(answers.labels):
        found = np.array(pooled([Strength(*row) for row in chances[sentences.owner == number]]))
        for level, reading in zip((1, 2, 3), READINGS, strict=True):
            weights = np.tile([SOME.named, SOME.applied, SOME.argued], 4)
            reached = reading.bias + found @ weights
            expected += 4.0 * np.logaddexp(0, -reached if label >= level else reached)
    x = np.concatenate([heads.weights.ravel(), heads.bias, np.zeros(3)])
    assert joint_loss(sentences, answers, READINGS, 1.0)(x)[0] == pytest.approx(expected)


def test_answers_without_underlined_passages_teach_by_their_level_alone() -> None:
    sentences, answers = material(underlined=False)
    found = moved(Heads(np.zeros((3, 3)), np.zeros(3)), sentences, answers, READINGS, 1.0)
    assert found.weights[0, 0] > 0 > found.weights[1, 0]


def test_an_answer_that_counts_nothing_teaches_nothing() -> None:
    sentences, answers = material(underlined=False)
    still = Answers(answers.labels, np.zeros(len(answers.labels)), answers.found)
    found = moved(Heads(np.zeros((3, 3)), np.zeros(3)), sentences, still, READINGS, 1.0)
    assert not found.weights.any()
