"""A framework as a page of Markdown, as it is or laid over a kind of product."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coach.knowledge.base import Base
    from coach.knowledge.models.framework import Framework
    from coach.scorecards.framework import AppliedFramework


def framework_markdown(framework: Framework, base: Base, template: Path | None = None) -> str:
    """The framework with its metrics by name, ready to be put into a wiki."""
    from coach.export import markdown
    from coach.scorecards.wording import threshold_in_words

    metrics = {id_: base.metrics[id_] for cell in framework.cells for id_ in cell.metrics}
    bars = {
        id_: [(bar, threshold_in_words(bar, metric)) for bar in metric.thresholds]
        for id_, metric in metrics.items()
        if framework.bars
    }
    return markdown.render("framework.md.jinja", template, framework=framework, metrics=metrics, bars=bars)


def applied_markdown(applied: AppliedFramework, template: Path | None = None) -> str:
    """The framework filled for a kind of product, with what is missing."""
    from coach.export import markdown

    return markdown.render("applied_framework.md.jinja", template, applied=applied)
