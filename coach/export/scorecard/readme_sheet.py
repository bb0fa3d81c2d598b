"""The sheet that says how to use the others, and which scorecard this is."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coach.export.scorecard.sheets import Book
    from coach.scorecards.model import Scorecard

_HOW = (
    ("Fill in", "Cells with a pale yellow ground are yours. All others are filled from what is known."),
    (
        "Borrowed limits",
        "What stands under “Said by others” was stated by somebody else, somewhere else: a place to start from, "
        "until you have a baseline of your own.",
    ),
    (
        "Status",
        "Follows from now, target and floor by a formula: past its floor, short of target, within limits, on target.",
    ),
    (
        "Floors",
        "Where less is better, the floor is the ceiling. Where both ends are bad, the floor is the lower end and the "
        "upper end has a column of its own.",
    ),
    (
        "Spread",
        "Run the same inputs several times and write down how far the results lie apart: a change smaller than that "
        "says nothing.",
    ),
    ("Owners", "Write names on the sheet Plan, under Owners; the drop-downs offer them."),
    ("Own metrics", "Add a row below the metrics with an id of your own; say its parts on the sheet Definitions."),
    ("Check it", "`coach scorecard lint FILE` says what is missing; `coach scorecard read FILE` reads it back."),
)


def write_readme(book: Book, card: Scorecard) -> None:
    """The last sheet: how to use the workbook, and what reading it back goes by."""
    sheet = book.sheet("Readme", "How to use this workbook")
    sheet.widths([24, 100])
    for name, text in _HOW:
        sheet.row([name, text])
    sheet.at += 1
    sheet.heading("About this scorecard")
    sheet.heads(["About", "Value"])
    for name, value in about(card).items():
        sheet.row([name, value])


def about(card: Scorecard) -> dict[str, str]:
    """What identifies the scorecard, by the names that reading goes by."""
    return {
        "Scorecard of": card.id,
        "Product": card.title,
        "Own product": "yes" if card.own_product else "no",
        "Kind of product": card.archetype,
        "Knowledge": card.knowledge,
        "Shape": str(card.schema_version),
    }
