"""The two steps of a conversion, as queries to be joined."""

from __future__ import annotations

from coach.knowledge.models.formula import Step
from coach.measuring.cut import WHOLE, Cut
from coach.measuring.layout import Layout
from coach.measuring.names import identifier
from coach.measuring.source import Source
from coach.measuring.text import Select, named


def step_rows(step: Step, entity: str, layout: Layout, cut: Cut = WHOLE) -> Select:
    """The rows of one step: entity, moment and the keys of a cut."""
    source = Source(step.event, layout)
    keys = named(source.keys(cut), [identifier(column) for column in cut.columns])
    columns = [f"{source.column(entity)} AS entity", f"{source.time} AS moment", *keys]
    return Select(columns, source.table, source.where(step.where))
