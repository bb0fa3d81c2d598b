"""DataHub: a business glossary in YAML, a term a metric."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from coach.export.catalog.dbt_project import as_yaml
from coach.export.catalog.losses import FIELDS, aside
from coach.export.catalog.selection import terms_of
from coach.export.catalog.simple_parts import snake
from coach.export.catalog.target import NAMESPACE, Export, Files, Target
from coach.knowledge.models.metric import Metric
from coach.scorecards.wording import formula_in_words

Data = dict[str, Any]
ROOT = "AI product metrics"
_SLOT = f"terms[].custom_properties, as {NAMESPACE}."


class DataHubTarget(Target):
    """Terms below a node for each layer; what a glossary has no field for are properties of the term."""

    name = "datahub"
    about = "DataHub: a business glossary"
    carries: ClassVar[Mapping[str, str]] = {
        **dict.fromkeys(FIELDS, _SLOT),
        "id": "terms[].id",
        "name": "terms[].name",
        "question": "terms[].description",
        "layer": "nodes[].name",
        "formula": f"terms[].description and {_SLOT}formula",
        "formula.procedure": f"terms[].description and {_SLOT}formula",
        "related": f"terms[].related_terms and {_SLOT}related",
    }

    def render(self, export: Export) -> Files:
        """`business_glossary.yml`."""
        metrics = self.exported(export)
        inside = {metric.id: metric for metric in metrics}
        layers: dict[str, list[Data]] = {}
        for metric in metrics:
            layers.setdefault(metric.layer, []).append(self._term(metric, inside, export))
        nodes = [
            {
                "id": f"{NAMESPACE}.{layer}",
                "name": layer.capitalize(),
                "description": f"Metrics of the layer {layer}.",
                "terms": terms,
            }
            for layer, terms in layers.items()
        ]
        root = {
            "id": NAMESPACE,
            "name": ROOT,
            "description": "What AI products are measured by, from the metric-coach catalog.",
            "nodes": nodes,
        }
        document = {"version": "1", "source": "metric-coach", "owners": {"users": ["datahub"]}, "nodes": [root]}
        return {"business_glossary.yml": _HEAD + as_yaml(_plain(document))}

    def _term(self, metric: Metric, inside: Mapping[str, Metric], export: Export) -> Data:
        catalog = export.selection.catalog
        said = formula_in_words(metric.formula, lambda id_: catalog[id_].name)
        term: Data = {
            "id": f"{NAMESPACE}.{snake(metric.id)}",
            "name": metric.name,
            "description": f"{metric.question}\n\nFormula: {said}",
            "term_source": "INTERNAL",
            "custom_properties": {f"{NAMESPACE}.{key}": _text(value) for key, value in aside(metric, self).items()},
        }
        # A term is found by the path of names that leads to it; links out of the selection stay with the properties.
        if related := _paths(metric.related, inside):
            term["related_terms"] = related
        if parts := _paths(terms_of(metric), inside):
            term["contains"] = parts
        return term


def _paths(ids: Iterable[str], inside: Mapping[str, Metric]) -> list[str]:
    return [f"{ROOT}.{inside[id_].layer.capitalize()}.{inside[id_].name}" for id_ in ids if id_ in inside]


def _text(value: Any) -> str:
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return ", ".join(value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _plain(data: Any) -> Any:
    """Data without what the reader would replace by a variable of its environment: a space parts the signs."""
    if isinstance(data, dict):
        return {key: _plain(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_plain(each) for each in data]
    return re.sub(r"^\$", " $", data.replace("${", "$ {")) if isinstance(data, str) else data


_HEAD = """\
# A business glossary for DataHub: a recipe with the source `datahub-business-glossary` and this file reads it.
# `owners` must name somebody of yours.
"""
TARGET = DataHubTarget()
