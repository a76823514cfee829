"""What the dataset says of itself in the named graph `dataset`: VoID, named graphs, provenance.

Title, version, dates and licence are authored in graph/shared/dataset.ttl; what can be
counted is counted here. The description is part of the data it counts, so it is written
and counted again until its numbers stand; they are those that SPARQL finds. Provenance
names the code by version and texts by digest, never a time, so that equal sources give
equal bytes. Specs: VoID (sections 2 to 4), SPARQL 1.1 Service Description, PROV-O.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import pyoxigraph as ox

from graph.census import Census, count
from graph.iris import ONTOLOGY_IRI, SHAPES_IRI
from graph.namespaces import CANONICAL_BASE, DCTERMS, PREFIXES, PROV, RDF, RDFS, SCHEMA, SD, VOID, XSD, curie
from graph.partition import named_graph
from graph.rules import Rule
from graph.survey import Survey

DATASET_IRI: Final = CANONICAL_BASE + "dataset"

_GRAPH: Final = named_graph("dataset")
_GRAPHS: Final = CANONICAL_BASE + "graph/"
_PASSES: Final = 5
"""Two passes settle the numbers and a third sees that they have settled."""

_LABELS: Final = MappingProxyType(
    {
        "anchors": "Anchors: the words of the articles that statements rest on",
        "crosslinks": "Cross-links: what is known from outside the articles, with its evidence",
        "dataset": "Description of the dataset",
        "derived": "What follows from the statements",
        "entities": "What the articles speak of",
        "equipment": "Kinds of persons and things in which losses are counted",
        "gaps": "What the articles leave blank, and what was left out of them",
        "ontology": "The vocabulary",
        "references": "The articles' references",
        "report": "What validation found",
        "shapes": "Shapes and checks that the data is validated against",
    }
)


@dataclass(frozen=True, slots=True)
class Build:
    """What provenance tells of a build."""

    base: str
    """The base that the data's IRIs will have."""
    software: str
    """Version of battlegraph."""
    rules: tuple[Rule, ...]
    conforms: bool = False
    """Whether validation found nothing at all, as the report then says."""


def describe(survey: Survey, build: Build) -> frozenset[ox.Quad]:
    """Return the computed description of a dataset: counts over it and the description itself, and provenance."""
    described: frozenset[ox.Quad] = frozenset()
    for _ in range(_PASSES):
        again = frozenset(_description(survey, _with_itself(survey, described), build))
        if again == described:
            return described
        described = again
    raise RuntimeError(
        "the dataset's description of itself does not settle: it counts something that its numbers change"
    )


def _with_itself(survey: Survey, described: Collection[ox.Quad]) -> Census:
    """Return the census of a dataset and its description.

    Nothing else has the subjects of the description, but for what it says again: that is
    no new triple, only one more of its graph.
    """
    again = frozenset(survey.repeated)
    own = {*survey.about, *(quad for quad in described if quad.triple not in again)}
    repeated = {_GRAPH.value: len(again)} if described else {}
    return survey.census + count(own) + Census(0, 0, {}, {}, repeated)


def _description(survey: Survey, census: Census, build: Build) -> Iterator[ox.Quad]:
    dataset = ox.NamedNode(DATASET_IRI)
    yield from _says(
        dataset,
        (RDF + "type", _iri(SD + "Dataset")),
        (VOID + "triples", _number(census.triples)),
        (VOID + "entities", _number(census.entities)),
        (VOID + "classes", _number(len(census.classes))),
        (VOID + "properties", _number(len(census.properties))),
        (VOID + "uriSpace", ox.Literal(build.base + "id/")),
        (VOID + "sparqlEndpoint", _iri(CANONICAL_BASE + "sparql")),
        *((VOID + "exampleResource", _iri(battle)) for battle in survey.battles),
        *((VOID + "vocabulary", _iri(vocabulary)) for vocabulary in _vocabularies(census)),
    )
    yield from _partitions(dataset, census)
    yield from _named_graphs(dataset, survey, census)
    yield from _provenance(dataset, survey, build)


def _partitions(dataset: ox.NamedNode, census: Census) -> Iterator[ox.Quad]:
    for class_, members in census.classes.items():
        part = _part("class", class_)
        yield from _says(dataset, (VOID + "classPartition", part))
        yield from _says(part, (VOID + "class", _iri(class_)), (VOID + "entities", _number(members)))
    for property_, triples in census.properties.items():
        part = _part("property", property_)
        yield from _says(dataset, (VOID + "propertyPartition", part))
        yield from _says(part, (VOID + "property", _iri(property_)), (VOID + "triples", _number(triples)))


def _named_graphs(dataset: ox.NamedNode, survey: Survey, census: Census) -> Iterator[ox.Quad]:
    for graph, triples in census.graphs.items():
        name = graph.removeprefix(_GRAPHS)
        called = survey.labels.get(f"{CANONICAL_BASE}id/{name}", name)
        label = _LABELS.get(name) or f"Claims according to: {called}"
        part = ox.NamedNode(f"{_GRAPH.value}#graph-{name}")
        yield from _says(dataset, (SD + "namedGraph", part), (VOID + "subset", _iri(graph)))
        yield from _says(
            part, (RDF + "type", _iri(SD + "NamedGraph")), (SD + "name", _iri(graph)), (SD + "graph", _iri(graph))
        )
        yield from _says(
            _iri(graph),
            (RDF + "type", _iri(SD + "Graph")),
            (RDF + "type", _iri(VOID + "Dataset")),
            (RDFS + "label", ox.Literal(label, language="en")),
            (VOID + "triples", _number(triples)),
        )


def _provenance(dataset: ox.NamedNode, survey: Survey, build: Build) -> Iterator[ox.Quad]:
    activity, agent = _here("build"), _here("software")
    # By the whole digest, so that who has only this description can tell whether a text is the one that was read; and
    # of each article how its copy came here, so that nobody takes the text for more than that copy was.
    for triple in survey.repeated:
        yield ox.Quad(triple.subject, triple.predicate, triple.object, _GRAPH)
    yield from _says(
        dataset,
        (PROV + "wasGeneratedBy", activity),
        *((PROV + "wasDerivedFrom", _iri(article)) for article in survey.articles),
        *((DCTERMS + "conformsTo", _iri(shapes)) for shapes in survey.versions_of_shapes if build.conforms),
    )
    yield from _says(
        activity,
        (RDF + "type", _iri(PROV + "Activity")),
        (RDFS + "label", ox.Literal("Build of the dataset", language="en")),
        (PROV + "wasAssociatedWith", agent),
        (PROV + "used", _iri(ONTOLOGY_IRI)),
        (PROV + "used", _iri(SHAPES_IRI)),
        *((PROV + "used", _iri(text)) for text in survey.texts),
        *((PROV + "used", _here(f"rule-{rule.name}")) for rule in build.rules),
    )
    yield from _says(
        agent,
        (RDF + "type", _iri(PROV + "SoftwareAgent")),
        (RDFS + "label", ox.Literal(f"battlegraph {build.software}", language="en")),
        (SCHEMA + "softwareVersion", ox.Literal(build.software)),
    )
    for rule in build.rules:
        yield from _says(
            _here(f"rule-{rule.name}"),
            (RDF + "type", _iri(PROV + "Plan")),
            (RDFS + "label", ox.Literal(rule.summary, language="en")),
        )


def _vocabularies(census: Census) -> Iterator[str]:
    """Yield the vocabularies of which a class or property is used, under their own names."""
    used = (*census.classes, *census.properties)
    for namespace in PREFIXES.values():
        if any(iri.startswith(namespace) for iri in used):
            yield namespace.removesuffix("#")


def _part(kind: str, iri: str) -> ox.NamedNode:
    short = curie(iri) or hashlib.sha256(iri.encode()).hexdigest()[:12]
    return _here(f"{kind}-{re.sub(':', '-', short)}")


def _here(name: str) -> ox.NamedNode:
    return ox.NamedNode(f"{_GRAPH.value}#{name}")


def _says(subject: ox.NamedNode, *statements: tuple[str, ox.NamedNode | ox.Literal]) -> Iterator[ox.Quad]:
    for predicate, object_ in statements:
        yield ox.Quad(subject, ox.NamedNode(predicate), object_, _GRAPH)


def _iri(value: str) -> ox.NamedNode:
    return ox.NamedNode(value)


def _number(value: int) -> ox.Literal:
    return ox.Literal(str(value), datatype=ox.NamedNode(XSD + "integer"))
