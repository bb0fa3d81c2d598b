"""SKOS in JSON-LD: a concept a metric, with every link as a link, and SHACL shapes that say what must hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from importlib.resources import files
from typing import Any, ClassVar

from coach.errors import UsageError
from coach.export.catalog.document import as_text
from coach.export.catalog.losses import FIELDS
from coach.export.catalog.selection import terms_of
from coach.export.catalog.target import NAMESPACE, Export, Files, Target
from coach.knowledge.models.metric import Metric, Threshold
from coach.scorecards.wording import formula_in_words

Data = dict[str, Any]
VOCABULARY = "urn:metric-coach:vocabulary:"
"""Before the names of classes and properties that SKOS has not."""
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`\x00-\x1f]+[/#:]")
_SKOS_LINKS = ("broader", "related", "inScheme", "topConceptOf", "hasTopConcept")
_LINKS = ("counteredBy", "counters", "madeOf", "archetype", "modelKind")
CONTEXT: Data = {
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dct": "http://purl.org/dc/terms/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    NAMESPACE: VOCABULARY,
    **{f"skos:{name}": {"@type": "@id"} for name in _SKOS_LINKS},
    **{f"{NAMESPACE}:{name}": {"@type": "@id"} for name in _LINKS},
    **{f"{NAMESPACE}:{name}": {"@type": "xsd:double"} for name in ("lowest", "highest", "value", "upper")},
}


class SkosTarget(Target):
    """Names, meaning and links in SKOS's own terms, the rest in a small vocabulary."""

    name = "skos"
    about = "vocabularies and knowledge graphs: SKOS in JSON-LD with SHACL shapes"
    carries: ClassVar[Mapping[str, str]] = {
        **{field: f"{NAMESPACE}:{field}" for field in FIELDS},
        "id": "the concept's IRI and skos:notation",
        "name": "skos:prefLabel",
        "aliases": "skos:altLabel",
        "abbreviations": f"skos:altLabel and {NAMESPACE}:abbreviation",
        "question": "skos:definition",
        "layer": "skos:broader",
        "related": "skos:related",
        "thresholds.source": "dct:source",
        "range": f"{NAMESPACE}:lowest and {NAMESPACE}:highest",
        "countered_by": f"{NAMESPACE}:counteredBy",
        "archetypes": f"{NAMESPACE}:archetype",
        "model_kinds": f"{NAMESPACE}:modelKind",
    }

    def render(self, export: Export) -> Files:
        """`metrics.jsonld` and `shapes.ttl`. Raises `UsageError` where the base is no IRI."""
        graph = _Graph(self.exported(export), export)
        return {
            "metrics.jsonld": as_text({"@context": CONTEXT, "@graph": graph.nodes()}),
            "shapes.ttl": (files(__package__) / "shapes.ttl").read_text(encoding="utf-8"),
        }


class _Graph:
    """The concepts of an export: its metrics and all that they link to."""

    def __init__(self, metrics: tuple[Metric, ...], export: Export) -> None:
        self._metrics = metrics
        self._base = export.options.base_iri
        if not _IRI.fullmatch(self._base):
            raise UsageError(f"--base-iri {self._base!r} is no address: write one such as https://example.org/metrics/")
        self._archetypes = export.selection.base.archetypes
        self._catalog = export.selection.catalog

    def nodes(self) -> list[Data]:
        """The scheme, what metrics are grouped by, the metrics, and the names of those that they only mention."""
        layers = dict.fromkeys(metric.layer for metric in self._metrics)
        archetypes = dict.fromkeys(id_ for metric in self._metrics for id_ in metric.archetypes)
        kinds = dict.fromkeys(kind for metric in self._metrics for kind in metric.model_kinds)
        inside = {metric.id for metric in self._metrics}
        mentioned = dict.fromkeys(id_ for metric in self._metrics for id_ in _linked(metric) if id_ not in inside)
        scheme = {
            "@id": self._base,
            "@type": "skos:ConceptScheme",
            "skos:prefLabel": "Metrics of AI products",
            "skos:hasTopConcept": [self._iri(layer, "layer/") for layer in layers],
        }
        return [
            scheme,
            *({**self._group("layer/", layer, "Layer"), "skos:topConceptOf": self._base} for layer in layers),
            *(self._group("archetype/", id_, "Archetype", self._archetypes[id_].name) for id_ in archetypes),
            *(self._group("model-kind/", kind, "ModelKind") for kind in kinds),
            *map(self._metric, self._metrics),
            *(self._named(self._catalog[id_]) for id_ in mentioned),
        ]

    def _iri(self, id_: str, group: str = "") -> str:
        return f"{self._base}{group}{id_}"

    def _iris(self, ids: Iterable[str], group: str = "") -> list[str]:
        return [self._iri(id_, group) for id_ in ids]

    def _group(self, group: str, id_: str, class_: str, label: str | None = None) -> Data:
        return {
            "@id": self._iri(id_, group),
            "@type": ["skos:Concept", _own(class_)],
            "skos:prefLabel": label or id_.capitalize(),
            "skos:notation": id_,
            "skos:inScheme": self._base,
        }

    def _named(self, metric: Metric, *classes: str) -> Data:
        return {
            "@id": self._iri(metric.id),
            "@type": ["skos:Concept", _own("Metric"), *classes],
            "skos:prefLabel": metric.name,
            "skos:notation": metric.id,
            "skos:inScheme": self._base,
        }

    def _metric(self, metric: Metric) -> Data:
        # A concept's other labels must differ from its first.
        other = dict.fromkeys(label for label in (*metric.aliases, *metric.abbreviations) if label != metric.name)
        formula = metric.formula.model_dump_json(exclude_defaults=True)
        own = {
            "abbreviation": list(metric.abbreviations),
            "kind": metric.kind,
            "formula": formula_in_words(metric.formula, lambda id_: self._catalog[id_].name),
            "formulaData": {"@value": formula, "@type": "rdf:JSON"},
            "madeOf": self._iris(terms_of(metric)),
            "unit": metric.unit,
            "direction": metric.direction,
            "lowest": metric.range.min,
            "highest": metric.range.max,
            "timing": metric.timing,
            "cadence": metric.cadence,
            "segment": [_properties(by=cut.by, because=cut.because) for cut in metric.segments],
            "threshold": [_threshold(limit) for limit in metric.thresholds],
            "gaming": [_properties(path=way.path, sign=way.sign) for way in metric.gaming],
            "counteredBy": self._iris(metric.countered_by),
            "counters": self._iris(metric.counters),
            "archetype": self._iris(metric.archetypes, "archetype/"),
            "modelKind": self._iris(metric.model_kinds, "model-kind/"),
            "logging": [
                _properties(event=event.event, field=list(event.fields), when=event.when) for event in metric.logging
            ],
        }
        labels = {"skos:altLabel": list(other)} if other else {}
        related = {"skos:related": self._iris(metric.related)} if metric.related else {}
        return {
            **self._named(metric, _own("DefinedMetric")),
            **labels,
            "skos:definition": metric.question,
            "skos:broader": self._iri(metric.layer, "layer/"),
            **related,
            **_properties(**own),
        }


def _linked(metric: Metric) -> tuple[str, ...]:
    return (*terms_of(metric), *metric.countered_by, *metric.counters, *metric.related)


def _own(name: str) -> str:
    return f"{NAMESPACE}:{name}"


def _properties(**values: Any) -> Data:
    """Properties of the vocabulary, those left out that have no value."""
    return {_own(name): value for name, value in values.items() if value not in (None, [])}


def _threshold(limit: Threshold) -> Data:
    said = _properties(level=limit.level, operator=limit.op, value=limit.value, upper=limit.upper, trust=limit.trust)
    return {**said, "skos:scopeNote": limit.context, "dct:source": limit.source}


TARGET = SkosTarget()
