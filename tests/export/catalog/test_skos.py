"""SKOS, read by rdflib and checked by pySHACL."""

from __future__ import annotations

import json

import pytest
from pyshacl import validate
from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, RDF, SKOS

from coach.export.catalog.as_skos import VOCABULARY
from coach.export.catalog.registry import target
from coach.export.catalog.selection import select, terms_of
from coach.export.catalog.target import Export, Options
from coach.knowledge.base import Base

BASE = "https://metrics.test/"
OWN = Namespace(VOCABULARY)


def exported(base: Base, query: str | None = None) -> Graph:
    text = target("skos").render(Export(select(base, query), Options(base_iri=BASE)))["metrics.jsonld"]
    return Graph().parse(data=text, format="json-ld")


def faults(data: Graph, base: Base) -> str:
    shapes = target("skos").render(Export(select(base, "precision")))["shapes.ttl"]
    conforms, _, said = validate(data, shacl_graph=Graph().parse(data=shapes, format="turtle"))
    return "" if conforms else str(said)


@pytest.fixture(scope="module")
def whole(base: Base) -> Graph:
    return exported(base)


def test_every_link_is_a_link(whole: Graph, base: Base) -> None:
    def ids(subject: URIRef, predicate: URIRef, group: str = "") -> set[str]:
        return {str(found).removeprefix(BASE + group) for found in whole.objects(subject, predicate)}

    assert {str(each) for each in whole.subjects(RDF.type, OWN.DefinedMetric)} == {BASE + id_ for id_ in base.metrics}
    for metric in base.metrics.values():
        subject = URIRef(BASE + metric.id)
        assert ids(subject, SKOS.related) == set(metric.related)
        assert ids(subject, OWN.counteredBy) == set(metric.countered_by)
        assert ids(subject, OWN.counters) == set(metric.counters)
        assert ids(subject, OWN.madeOf) == set(terms_of(metric))
        assert ids(subject, OWN.archetype, "archetype/") == set(metric.archetypes)
        assert ids(subject, OWN.modelKind, "model-kind/") == set(metric.model_kinds)
        assert ids(subject, SKOS.broader, "layer/") == {metric.layer}


def test_labels_sources_and_formulas_survive(whole: Graph, base: Base) -> None:
    for metric in base.metrics.values():
        subject = URIRef(BASE + metric.id)
        assert whole.value(subject, SKOS.prefLabel) == Literal(metric.name)
        labels = {str(each) for each in whole.objects(subject, SKOS.altLabel)}
        assert labels == {*metric.aliases, *metric.abbreviations} - {metric.name}
        limits = [
            (str(whole.value(node, DCTERMS.source)), float(str(whole.value(node, OWN.value))))
            for node in whole.objects(subject, OWN.threshold)
        ]
        assert sorted(limits) == sorted((limit.source, limit.value) for limit in metric.thresholds)
        formula = json.loads(str(whole.value(subject, OWN.formulaData)))
        assert type(metric.formula).model_validate_json(json.dumps(formula)) == metric.formula


def test_the_shapes_hold_for_all_and_for_a_part(whole: Graph, base: Base) -> None:
    assert faults(whole, base) == ""
    part = exported(base, "precision")
    assert faults(part, base) == ""
    assert (URIRef(BASE + "recall"), SKOS.prefLabel, Literal(base.metrics["recall"].name)) in part
    assert (URIRef(BASE + "recall"), RDF.type, OWN.DefinedMetric) not in part


def test_the_shapes_find_what_is_wrong(base: Base) -> None:
    precision = URIRef(BASE + "precision")
    dangling = exported(base, "precision").add((precision, OWN.counteredBy, URIRef(BASE + "nowhere")))
    assert "nowhere" in faults(dangling, base)
    unsourced = exported(base, "precision")
    limit = unsourced.value(precision, OWN.threshold)
    assert limit is not None
    unsourced.remove((limit, DCTERMS.source, None))
    assert "source" in faults(unsourced, base)
    unnamed = exported(base, "precision").remove((precision, SKOS.prefLabel, None))
    assert "prefLabel" in faults(unnamed, base)
