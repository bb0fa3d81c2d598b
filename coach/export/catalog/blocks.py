"""What a free slot for prose holds: data under the namespaced key, as YAML that people read too."""

from __future__ import annotations

from coach.export.catalog.dbt_project import as_yaml
from coach.export.catalog.losses import aside
from coach.export.catalog.target import NAMESPACE, Target
from coach.knowledge.models.metric import Metric


def yaml_block(metric: Metric, target: Target) -> str:
    """A block of Markdown with all that the target keeps aside of a metric."""
    return f"```yaml\n{as_yaml({NAMESPACE: {'id': metric.id, **aside(metric, target)}})}```"
