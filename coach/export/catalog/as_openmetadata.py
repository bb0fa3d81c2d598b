"""OpenMetadata: a request to create or update each metric, and the links between them in a second round."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from coach.export.catalog.blocks import yaml_block
from coach.export.catalog.document import as_text
from coach.export.catalog.losses import FIELDS
from coach.export.catalog.selection import is_computable
from coach.export.catalog.simple_parts import parts_of, snake
from coach.export.catalog.target import NAMESPACE, Export, Files, Target
from coach.knowledge.models.formula import Conversion, Cumulative, Derived, Procedure, Simple
from coach.knowledge.models.metric import Metric
from coach.measuring.dialects import in_dialect
from coach.measuring.sql import query
from coach.scorecards.wording import formula_in_words, is_fraction, measure_in_words

Data = dict[str, Any]
_SLOT = f"extension.{NAMESPACE}"
_GRAINS = ("hour", "day", "week", "month", "quarter")
_AGGREGATES = {
    "count": "COUNT",
    "count_distinct": "COUNT",
    "sum": "SUM",
    "avg": "AVERAGE",
    "min": "MIN",
    "max": "MAX",
}


class OpenMetadataTarget(Target):
    """What it has no field for goes into a custom property of the type Markdown."""

    name = "openmetadata"
    about = "OpenMetadata: a request a metric"
    carries: ClassVar[Mapping[str, str]] = {
        **dict.fromkeys(FIELDS, _SLOT),
        "id": f"name and {_SLOT}",
        "name": "displayName",
        "question": "description",
        "formula": "metricExpression, metricType and measures",
        "formula.procedure": "metricExpression",
        "unit": f"unitOfMeasurement, customUnitOfMeasurement and {_SLOT}",
        "segments.by": "dimensions[].name",
        "segments.because": "dimensions[].description",
        "related": f"relatedMetrics and {_SLOT}",
    }

    def render(self, export: Export) -> Files:
        """`1-metrics/ID.json` to begin with, `2-links/ID.json` once all are there, and `README.md`."""
        metrics = self.exported(export)
        inside = {metric.id for metric in metrics}
        files = {"README.md": _README}
        links: dict[str, str] = {}
        for metric in metrics:
            request = self._request(metric, export)
            files[f"1-metrics/{metric.id}.json"] = as_text(request)
            if related := [snake(id_) for id_ in metric.related if id_ in inside]:
                links[f"2-links/{metric.id}.json"] = as_text({**request, "relatedMetrics": related})
        return {**files, **links}

    def _request(self, metric: Metric, export: Export) -> Data:
        request: Data = {
            "name": snake(metric.id),
            "displayName": metric.name,
            "description": metric.question,
            "metricExpression": _expression(metric, export),
            "metricType": _type(metric),
            **_unit(metric),
            "dimensions": [
                {"name": cut.by, "type": "CATEGORICAL", "description": cut.because} for cut in metric.segments
            ],
            "extension": {NAMESPACE: yaml_block(metric, self)},
        }
        if (grain := getattr(metric.formula, "grain", None)) in _GRAINS:
            request["granularity"] = str(grain).upper()
        if parts := parts_of(metric):
            request["measures"] = [
                {
                    "name": part.name,
                    "aggregation": part.measure.agg,
                    "description": measure_in_words(part.measure),
                }
                for part in parts.values()
            ]
        return request


def _expression(metric: Metric, export: Export) -> Data:
    catalog = export.selection.catalog
    if is_computable(metric, catalog):
        sql = query(metric, export.options.layout, catalog)
        return {"language": "SQL", "code": in_dialect(sql, export.options.dialect)}
    said = formula_in_words(metric.formula, lambda id_: catalog[id_].name)
    if isinstance(metric.formula, Procedure) and metric.formula.expression:
        said = f"{metric.formula.expression}\n\n{said}"
    return {"language": "External", "code": said}


def _type(metric: Metric) -> str:
    match metric.formula:
        case Simple(measure=measure):
            if measure.percentile is not None:
                return "MEDIAN" if measure.percentile == 0.5 else "OTHER"
            return _AGGREGATES[measure.agg]
        case Cumulative():
            return "CUMULATIVE"
        case Conversion():
            return "CONVERSION"
        case Derived():
            return "DERIVED"
        case Procedure():
            return "OTHER"
    return "RATIO"


def _unit(metric: Metric) -> Data:
    if is_fraction(metric):
        return {"unitOfMeasurement": "PERCENTAGE"}
    return {"unitOfMeasurement": "OTHER", "customUnitOfMeasurement": metric.unit}


_README = f"""# Metrics for OpenMetadata

1. In the settings, under custom properties of the metric, add `{NAMESPACE}` of the type Markdown. It takes what
   OpenMetadata has no field for: thresholds with their sources, counter-metrics, ways to game the number.
2. Send the metrics, then the links between them, with a token that may create metrics:

       for file in 1-metrics/*.json 2-links/*.json; do
         curl --fail --silent --show-error --output /dev/null --request PUT "$OPENMETADATA/api/v1/metrics" \\
           --header "Authorization: Bearer $TOKEN" --header "Content-Type: application/json" --data "@$file"
       done

Values of rates and shares are fractions: 0.85, not 85.
"""
TARGET = OpenMetadataTarget()
