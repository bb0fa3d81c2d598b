"""Whether two raters, or a judge and a person, agree more than chance would have them."""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum, isclose, sqrt

from coach.calculators.arguments import CONFIDENCE, Argument
from coach.calculators.calculator import calculator
from coach.calculators.intervals import two_sided
from coach.calculators.result import Figure, Interval, Outcome
from coach.errors import ArgumentError


@calculator(
    id="cohens-kappa",
    name="Cohen's kappa",
    about="How far do two raters agree beyond what chance would give?",
    formula="kappa = (observed − expected) ÷ (1 − expected)",
    arguments=(
        Argument(
            "table",
            "how often the first rater's class (row) met the second's (column); rows parted by semicolons",
            "table",
            "items",
            "20,5; 10,15",
            low=2,
            high=20,
        ),
        CONFIDENCE,
    ),
    assumptions=(
        "Both judged the same items, each without seeing the other's labels.",
        "Items are independent, and the classes have no order.",
    ),
    limits=(
        "Where one class is rare kappa is low though the raters agree on nearly all: read it with the raw agreement.",
        "It is for two raters and whole tables; Krippendorff's alpha takes more raters, gaps and ordered scales.",
        "The interval is for large samples: below about 50 items it is rough.",
        'Verbal grades such as "substantial" are habits of a field, not limits.',
    ),
    source="Cohen 1960, A Coefficient of Agreement for Nominal Scales; Fleiss, Cohen and Everitt 1969 for the error",
    metrics=("inter-rater-agreement", "judge-human-agreement"),
)
def cohens_kappa(table: Sequence[Sequence[int]], confidence: float = 0.95) -> Outcome:
    """Agreement beyond chance, with its large-sample interval."""
    total = sum(map(sum, table))
    if not total:
        raise ArgumentError("table", "empty of items", "one with at least one item")
    shares = [[cell / total for cell in row] for row in table]
    rows = [fsum(row) for row in shares]
    columns = [fsum(column) for column in zip(*shares, strict=True)]
    observed = fsum(shares[i][i] for i in range(len(shares)))
    expected = fsum(row * column for row, column in zip(rows, columns, strict=True))
    if isclose(expected, 1):
        raise ArgumentError("table", "all in one class", "one with two classes in use: chance alone would agree on all")
    kappa = (observed - expected) / (1 - expected)
    error = _standard_error(shares, rows, columns, kappa, expected, total)
    half = two_sided(confidence) * error
    interval = Interval(max(-1.0, kappa - half), min(1.0, kappa + half), confidence, "large-sample normal")
    notes = []
    if observed >= 0.85 and kappa < 0.6:
        notes.append("High raw agreement and low kappa: one class is so common that chance does most of the work.")
    if total < 50:
        notes.append("Fewer than 50 items: take the interval as a hint.")
    return Outcome(
        (
            Figure("Cohen's kappa", kappa, "score", interval if error else None),
            Figure("Observed agreement", observed, "share"),
            Figure("Agreement expected by chance", expected, "share"),
        ),
        f"({observed:.4g} − {expected:.4g}) ÷ (1 − {expected:.4g}) = {kappa:.3f}",
        tuple(notes),
    )


def _standard_error(
    shares: Sequence[Sequence[float]],
    rows: Sequence[float],
    columns: Sequence[float],
    kappa: float,
    expected: float,
    total: int,
) -> float:
    """Fleiss, Cohen and Everitt's error of kappa where it is not zero."""
    places = range(len(shares))
    diagonal = fsum(shares[i][i] * (1 - (rows[i] + columns[i]) * (1 - kappa)) ** 2 for i in places)
    others = fsum(shares[i][j] * (columns[i] + rows[j]) ** 2 for i in places for j in places if i != j)
    spread = diagonal + (1 - kappa) ** 2 * others - (kappa - expected * (1 - kappa)) ** 2
    return sqrt(max(0.0, spread) / total) / (1 - expected)
