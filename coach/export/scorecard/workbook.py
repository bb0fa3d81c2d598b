"""A scorecard as an Excel workbook: sheets to fill in, with drop-downs and a status that follows the numbers."""

from __future__ import annotations

import io
from datetime import datetime
from typing import TYPE_CHECKING, Any

from coach.export.extras import need
from coach.export.scorecard.readme_sheet import write_readme
from coach.export.scorecard.sheets import Book, Sheet
from coach.export.scorecard.view import ARROWS
from coach.scorecards import tables
from coach.scorecards.cells import amount
from coach.scorecards.columns import BETTER, measured
from coach.scorecards.status import status

if TYPE_CHECKING:
    from coach.scorecards.model import Scorecard, TreeNode

CREATED = datetime(2000, 1, 1)
"""The same in every file, so that the same scorecard gives the same bytes."""
_SPARE = 20
"""Empty rows below a table that grows."""
_SPARE_OWNERS = 4


def scorecard_xlsx(card: Scorecard) -> bytes:
    """The workbook. Raises `UsageError` if XlsxWriter is not installed."""
    xlsxwriter = need("xlsxwriter", "xlsx", "the format xlsx")
    out = io.BytesIO()
    file = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    file.set_properties({"title": f"Scorecard: {card.title}", "created": CREATED, "comments": "Made by metric-coach"})
    book = Book(file)
    _scorecard(book, card)
    _pairs(book.sheet("Context", "Whose success, and the case for the main metric"), card, "CONTEXT", "MAIN_METRIC")
    _definitions(book, card)
    _events(book, card)
    _tree(book, card)
    sheet = book.sheet("Gates", "What must hold before each stage, and what takes a release back")
    for table in (tables.COUNTERS, tables.GATES, tables.TRIGGERS):
        sheet.table(table, card)
    _plan(book, card)
    sheet = book.sheet("Decision log", "Decisions taken on these numbers, one a row")
    sheet.table(tables.LOG, card, spare=_SPARE)
    sheet.freeze()
    write_readme(book, card)
    file.close()
    return out.getvalue()


def _scorecard(book: Book, card: Scorecard) -> None:
    sheet = book.sheet(
        "Scorecard", f"{card.main.name}, kept honest by {', '.join(c.name for c in card.main.counters)}", card.title
    )
    at = [column.head for column in tables.METRICS.columns].index("Now") + 1
    lines = measured(card)
    first = sheet.table(tables.METRICS, card, fractions=[line.fraction for line in lines], gap=(at, "Status", 16))
    better, target, floor, upper, now = (
        [column.head for column in tables.METRICS.columns].index(head)
        for head in ("Better", "Target", "Floor", "Upper end (bands)", "Now")
    )
    for number, line in enumerate(lines):
        row = first + number
        d, f, g, h, i = (sheet.name(row, column) for column in (better, target, floor, upper, now))
        inside = f'IF(AND({g}="",{h}=""),"no limits yet","on target")'
        band = f'IF(OR(AND(ISNUMBER({g}),{i}<{g}),AND(ISNUMBER({h}),{i}>{h})),"past its floor",{inside})'
        no_target = f'IF(ISNUMBER({g}),"within limits","no limits yet")'
        down = _one_sided(i, f, g, "<=", ">", no_target)
        up = _one_sided(i, f, g, ">=", "<", no_target)
        sided = f'IF(LEFT({d},1)="↔",{band},IF(LEFT({d},1)="↓",{down},{up}))'
        formula = f'=IF({i}="","not measured",IF(NOT(ISNUMBER({i})),"not a number",{sided}))'
        sheet.formula(row, at, formula, status(line.yours, line.direction))
    last = first + len(lines) - 1
    sheet.choices(first, better, last, list(BETTER.values()))
    sheet.colour_status(first, at, last)
    sheet.freeze(columns=3)
    sheet.filter(first - 1, 0, last, len(tables.METRICS.columns))


def _one_sided(now: str, target: str, floor: str, reached: str, past: str, otherwise: str) -> str:
    at_target = f'IF(ISNUMBER({target}),IF({now}{reached}{target},"on target","short of target"),{otherwise})'
    return f'IF(AND(ISNUMBER({floor}),{now}{past}{floor}),"past its floor",{at_target})'


def _pairs(sheet: Sheet, card: Scorecard, *names: str) -> None:
    for name in names:
        sheet.table(getattr(tables, name), card)
    if card.context.case is not None:
        sheet.heading("The question")
        sheet.row(["Asked", card.context.case.prompt])
        for ask, answer in card.context.case.facts:
            sheet.row([ask, answer])
    sheet.heading("Why not its rivals")
    for rival in card.main.rivals:
        sheet.row([rival.name, f"{rival.definition} Misses: {rival.misses} Gamed: {rival.gaming}"])
    sheet.heading("Sounds right, and is wrong here")
    for trap in card.main.traps:
        sheet.row([trap.name, trap.why])


def _definitions(book: Book, card: Scorecard) -> None:
    sheet = book.sheet("Definitions", "Locked, but for the columns that are yours (no password: Review, Unprotect)")
    first = sheet.table(tables.DEFINITIONS, card, fractions=[line.fraction for line in measured(card)])
    sheet.freeze(columns=2)
    sheet.filter(first - 1, 0, first + len(card.rows), len(tables.DEFINITIONS.columns) - 1)
    sheet.protect()


def _events(book: Book, card: Scorecard) -> None:
    sheet = book.sheet("Events", "What has to be logged, with which properties")
    sheet.table(tables.EVENTS, card)
    sheet.freeze()


def _tree(book: Book, card: Scorecard) -> None:
    sheet = book.sheet("Tree", "The main metric, what it is made of, what drives it and what keeps it honest")
    sheet.widths([34, 40, 60, 12])
    sheet.heads(["Main metric", "Branch", "Metric or part", "Joined by"])

    def walk(node: TreeNode, depth: int, sign: str) -> None:
        cells: list[str | None] = [None] * depth + [node.name + ARROWS[node.direction]] + [None] * (2 - depth)
        sheet.row([*cells, sign or None])
        for number, child in enumerate(node.children):
            walk(child, depth + 1, "divided by" if node.operation and number else "")

    walk(card.tree, 0, "")
    sheet.freeze()


def _plan(book: Book, card: Scorecard) -> None:
    sheet = book.sheet("Plan", "Experiment, evaluation, decision rules, owners and reviews")
    first = sheet.table(tables.EXPERIMENT, card, note="Baseline and effect as percentages: the sample size follows.")
    labels = [record.name for record in tables.EXPERIMENT.records(card)]
    base, effect, size = (first + labels.index(name) for name in ("baseline", "smallest_effect", "sample_size"))
    sizes = card.experiment.sizes
    for row, value in ((base, card.experiment.baseline), (effect, card.experiment.smallest_effect)):
        sheet.amount(row, 1, amount(value), fraction=True)
    p, d = sheet.name(base, 1), sheet.name(effect, 1)
    q, mean = f"({p}+{d})", f"({p}+{d}/2)"
    pooled = f"NORMSINV(1-{sizes.alpha:g}/2)*SQRT(2*{mean}*(1-{mean}))"
    apart = f"NORMSINV({sizes.power:g})*SQRT({p}*(1-{p})+{q}*(1-{q}))"
    number = f"ROUNDUP((({pooled}+{apart})/{d})^2,0)"
    asked = (
        f'IF(AND(ISNUMBER({p}),ISNUMBER({d})),IF(AND({d}<>0,{p}>=0,{q}>=0,{p}<=1,{q}<=1),{number},"not a share"),"")'
    )
    sheet.formula(size, 1, f"={asked}", _cached_size(card), "left")
    sheet.grid(
        first - 2,
        4,
        f"Cases per arm to see a share move: two-sided, {sizes.alpha:.0%} significance, {sizes.power:.0%} power",
        ["Baseline", *(f"+{change * 100:g} pts" for change in sizes.differences)],
        [[row.baseline, *row.per_difference] for row in sizes.rows],
    )
    for table in (tables.EVALUATION, tables.RULES, tables.REVIEWS):
        sheet.table(table, card)
    first = sheet.table(tables.OWNERS, card, spare=_SPARE_OWNERS)
    book.file.define_name("Owners", f"='Plan'!$C${first + 1}:$C${first + len(card.owners) + _SPARE_OWNERS}")
    sheet.heading("Open questions")
    for place, question in enumerate(card.questions, 1):
        sheet.row([f"{place}.", question])


def _cached_size(card: Scorecard) -> Any:
    """What the formula gives for the figures that are there."""
    from coach.scorecards.plan import sample_size

    baseline, effect = amount(card.experiment.baseline), amount(card.experiment.smallest_effect)
    if baseline is None or effect is None:
        return ""
    return sample_size(baseline, effect) or "not a share"
