"""The vocabulary: its house style, no term unused or undeclared, its logic, its JSON-LD context."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import owlrl
import pyoxigraph as ox
import pytest
from rdflib import OWL, RDF, RDFS, SH, SKOS, Graph, URIRef

from graph.article import read_article
from graph.assemble import assemble_article
from graph.build import Built
from graph.ground import Ground, lay_ground
from graph.iris import SHAPES_IRI
from graph.namespaces import BG, BGSH, PREFIXES, XSD
from graph.paths import ARTICLES, CHECKS, ONTOLOGY, QUESTIONS, RULES
from graph.shacl import to_rdflib
from graph.sources import Sources
from graph.turtle import TurtleFile, read_turtle
from graph.validation import scope_of

TERM_CLASSES = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)
AXIOMS = (RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range, OWL.disjointWith)
MATCHES = (SKOS.exactMatch, SKOS.closeMatch, SKOS.relatedMatch)
# Wikidata names its terms itself, and in every language.
NAMED_ELSEWHERE = (BG, BGSH, PREFIXES["wd"], PREFIXES["wdt"])


@pytest.fixture(scope="module")
def ground() -> Ground:
    """Return ontology, shared things, shapes and rules."""
    return lay_ground(Sources())


@pytest.fixture(scope="module")
def ontology(ground: Ground) -> list[ox.Triple]:
    """Return what the ontology states, with the superclasses of its individuals."""
    return [quad.triple for part in ground.parts if part.name == "ontology" for quad in part.quads]


@pytest.fixture(scope="module")
def data(ground: Ground) -> list[ox.Quad]:
    """Return what articles, shared files and equipment state."""
    articles = [
        assemble_article(read_article(folder), ground.vocabulary, ground.equipment)
        for folder in sorted(ARTICLES.iterdir())
        if folder.is_dir()
    ]
    parts = (*articles, *(part for part in ground.parts if part.name != "ontology"))
    return [quad for part in parts for quad in part.quads]


@pytest.fixture(scope="module")
def context() -> Mapping[str, Any]:
    """Return the JSON-LD context."""
    found: Mapping[str, Any] = json.loads((ONTOLOGY / "context.jsonld").read_text("utf-8"))["@context"]
    return found


def declared(triples: Iterable[ox.Triple], classes: Iterable[URIRef] = ()) -> set[str]:
    """Return the terms of bg: that have a type, or one of these types."""
    wanted = {str(class_) for class_ in classes}
    return {
        triple.subject.value
        for triple in triples
        if triple.predicate.value == str(RDF.type)
        and isinstance(triple.subject, ox.NamedNode)
        and isinstance(triple.object, ox.NamedNode)
        and triple.subject.value.startswith(BG)
        and (not wanted or triple.object.value in wanted)
    }


def terms_in(triples: Iterable[ox.Triple]) -> Iterator[str]:
    """Yield each term of bg: that triples speak of."""
    for triple in triples:
        for term in (triple.subject, triple.predicate, triple.object):
            if isinstance(term, ox.NamedNode) and term.value.startswith(BG):
                yield term.value


def terms_in_queries() -> Iterator[tuple[str, Path]]:
    """Yield each term of bg: in rules, checks and questions, with its file."""
    for file in (*RULES.glob("*.rq"), *CHECKS.glob("*.rq"), *QUESTIONS.glob("*.rq")):
        for name in re.findall(r"\bbg:([A-Za-z]+)", re.sub(r"^#.*$", "", file.read_text("utf-8"), flags=re.MULTILINE)):
            yield BG + name, file


@pytest.mark.parametrize("name", ["battlegraph.ttl", "concepts.ttl", "alignments.ttl", "borrowed.ttl", "equipment.ttl"])
def test_a_file_of_the_ontology_is_there(name: str) -> None:
    """Classes and properties, concepts, what they correspond to, others' terms and kinds of losses have a file each."""
    assert read_turtle(ONTOLOGY / name).triples


def test_the_ontology_keeps_the_house_style(ground: Ground, ontology: list[ox.Triple]) -> None:
    """Label, definition, scheme, header: what shapes/terms.ttl asks for."""
    results = list(ground.constraints.shapes.results(to_rdflib(ontology), only=ground.constraints.names["terms"]))
    assert not results, "\n".join(map(str, results))


def test_the_shapes_have_the_header_of_a_vocabulary(ground: Ground) -> None:
    """Version, licence and prefix are stated for the shapes as for the terms."""
    triples = [triple for found in ground.constraints.files.values() for triple in found]
    names = ground.constraints.names["terms"]
    results = list(ground.constraints.shapes.results(to_rdflib(triples), focus={SHAPES_IRI}, only=names))
    assert not results, "\n".join(map(str, results))
    assert (URIRef(SHAPES_IRI), RDF.type, OWL.Ontology) in to_rdflib(triples)


def test_every_term_that_is_used_is_declared(ground: Ground, ontology: list[ox.Triple], data: list[ox.Quad]) -> None:
    """In data, shapes, rules, checks and questions alike; a misspelt term means nothing."""
    shapes = [triple for found in ground.constraints.files.values() for triple in found]
    used = {*terms_in(ontology), *terms_in(quad.triple for quad in data), *terms_in(shapes)}
    used |= {term for term, _ in terms_in_queries()}
    assert used <= declared(ontology)


def test_every_class_and_property_is_used(ground: Ground, ontology: list[ox.Triple], data: list[ox.Quad]) -> None:
    """A term that nothing needs is one more to learn."""
    shapes = [triple for found in ground.constraints.files.values() for triple in found]
    used = {*terms_in(quad.triple for quad in data), *terms_in(shapes), *(term for term, _ in terms_in_queries())}
    # An author's quote is what the build replaces by an anchor.
    authored = {*terms_in(t for file in _authored_files() for t in file.triples)}
    assert declared(ontology, TERM_CLASSES) <= used | authored


def borrowed_terms(built: Built) -> set[str]:
    """Return the classes, properties and datatypes of others that a dataset uses, or that our own terms name."""
    naming = {str(term) for term in (*AXIOMS, *MATCHES)}
    used = set()
    for quad in ox.parse(built.quads, format=ox.RdfFormat.N_QUADS):
        used.add(quad.predicate.value)
        is_term = quad.predicate.value in (str(RDF.type), str(RDF.predicate), str(SH.datatype))
        is_named = quad.predicate.value in naming and str(quad.graph_name).endswith("/ontology>")
        if (is_term or is_named) and isinstance(quad.object, ox.NamedNode):
            used.add(quad.object.value)
        if isinstance(quad.object, ox.Literal):
            used.add(quad.object.datatype.value)
    return {term for term in used if not term.startswith(NAMED_ELSEWHERE)}


def borrowed(predicate: URIRef) -> dict[str, list[ox.Literal | ox.NamedNode]]:
    """Return what borrowed.ttl says by one property, by subject."""
    found: dict[str, list[ox.Literal | ox.NamedNode]] = {}
    for triple in read_turtle(ONTOLOGY / "borrowed.ttl").triples:
        if triple.predicate.value == str(predicate):
            assert isinstance(triple.subject, ox.NamedNode)
            assert isinstance(triple.object, ox.Literal | ox.NamedNode)
            found.setdefault(triple.subject.value, []).append(triple.object)
    return found


def test_every_borrowed_term_in_use_is_named_and_explained(built: Built) -> None:
    """A page shows no bare `sem:hasBeginTimeStamp`."""
    used = borrowed_terms(built)
    assert used - borrowed(RDFS.label).keys() == set()
    assert used - borrowed(SKOS.definition).keys() == set()


def test_no_borrowed_term_is_explained_for_nothing(built: Built) -> None:
    """What is no longer used goes, and a misspelt term is one that is not used."""
    assert borrowed(SKOS.definition).keys() - borrowed_terms(built) == set()


def test_borrowed_terms_keep_the_house_style() -> None:
    """One short label in lower case, one sentence of definition, and the vocabulary that owns the term."""
    labels, definitions, owners = map(borrowed, (RDFS.label, SKOS.definition, RDFS.isDefinedBy))
    assert definitions.keys() == owners.keys()
    for term in definitions:
        (label,), (definition,), (owner,) = labels[term], definitions[term], owners[term]
        assert re.fullmatch(r"([a-z]|[A-Z]{2})[^.]{1,40}", label.value), term
        assert re.fullmatch(r"[A-Z]([^.]|\.[^ ])*\.", definition.value), term
        assert {getattr(text, "language", None) for text in (label, definition)} == {"en"}, term
        (namespace,) = (namespace for namespace in PREFIXES.values() if term.startswith(namespace))
        assert owner.value == namespace.removesuffix("#"), term
    assert labels.keys() - definitions.keys() == {owner.value for (owner,) in owners.values()}


def test_nothing_is_declared_of_borrowed_terms() -> None:
    """What another vocabulary's term is, that vocabulary says."""
    said = {triple.predicate.value for triple in read_turtle(ONTOLOGY / "borrowed.ttl").triples}
    assert said == {str(RDFS.label), str(SKOS.definition), str(RDFS.isDefinedBy)}


def _authored_files() -> Iterator[TurtleFile]:
    yield from (read_turtle(path) for path in sorted(ARTICLES.glob("*/*.ttl")))


def test_only_classes_properties_and_concepts_are_declared(ontology: list[ox.Triple]) -> None:
    """Each term has a type that says how it may be used."""
    graph = to_rdflib(ontology)
    kinds = {*TERM_CLASSES, *graph.subjects(RDF.type, OWL.Class), *map(URIRef, PREFIXES.values())}
    for term in declared(ontology):
        types = set(graph.objects(URIRef(term), RDF.type))
        assert types & kinds or any("ConceptScheme" in str(type_) for type_ in types), term


def reasoned(triples: Iterable[ox.Triple], more: str = "") -> list[str]:
    """Return the contradictions that OWL 2 RL reasoning finds in triples, and in a little more Turtle."""
    graph = to_rdflib(triples)
    graph.parse(data=f"@prefix bg: <{BG}> .\n{more}", format="turtle")
    closure = owlrl.OWLRL_Semantics(graph, axioms=False, daxioms=False, rdfs=False)
    closure.closure()
    return [*closure.error_messages, *(f"{thing} is nothing" for thing in members_of_nothing(graph))]


def members_of_nothing(graph: Graph) -> Iterator[str]:
    """Yield what reasoning put into the empty class."""
    yield from map(str, graph.subjects(RDF.type, OWL.Nothing))


def statements(ontology: list[ox.Triple], data: list[ox.Quad]) -> list[ox.Triple]:
    """Return ontology and data; anchors, which no axiom is about, are left out."""
    return [*ontology, *(quad.triple for quad in data if not str(quad.graph_name).endswith("/anchors>"))]


def test_the_ontology_is_consistent_with_the_data(ontology: list[ox.Triple], data: list[ox.Quad]) -> None:
    """No axiom contradicts another, and no statement an axiom."""
    assert reasoned(statements(ontology, data)) == []


@pytest.mark.parametrize(
    "contradiction",
    [
        "<https://w3id.org/battlegraph/id/place/hadrut> a bg:Battle .",
        "<https://w3id.org/battlegraph/id/viewpoint/azerbaijan> a bg:Claim .",
        "<https://w3id.org/battlegraph/id/reference/battle-of-hadrut/4> a bg:Polity .",
        "<https://w3id.org/battlegraph/id/event/battle-of-hadrut> bg:position 'north'@en .",
    ],
    ids=[
        "a place that is a battle",
        "a viewpoint that is a claim",
        "a reference that is a polity",
        "a battle that lies",
    ],
)
def test_a_contradiction_is_found(contradiction: str, ontology: list[ox.Triple], data: list[ox.Quad]) -> None:
    """Disjoint classes, domains and ranges say enough to be contradicted."""
    assert reasoned(statements(ontology, data), contradiction)


def test_the_context_has_every_prefix(context: Mapping[str, Any]) -> None:
    """The same prefixes as everywhere else, and no others."""
    assert {name: value for name, value in context.items() if name in PREFIXES} == dict(PREFIXES)


def test_the_context_covers_every_term(context: Mapping[str, Any], ontology: list[ox.Triple]) -> None:
    """Each class, property and concept can be written by its local name, and nothing that is not declared."""
    names = {value["@id"] if isinstance(value, dict) else value for name, value in context.items()}
    written = {BG + name.removeprefix("bg:") for name in names if isinstance(name, str) and name.startswith("bg:")}
    assert written == declared(ontology)


def test_the_context_types_values_as_the_ontology_does(context: Mapping[str, Any], ontology: list[ox.Triple]) -> None:
    """Links are IRIs, and dates, numbers and booleans have the datatype of their range."""
    graph = to_rdflib(ontology)
    for name, value in context.items():
        if not isinstance(value, dict) or not value.get("@id", "").startswith("bg:"):
            continue
        term = URIRef(BG + value["@id"].removeprefix("bg:"))
        if (term, RDF.type, OWL.ObjectProperty) in graph:
            assert value.get("@type") == "@id", name
            continue
        ranges = [str(range_).removeprefix(XSD) for range_ in graph.objects(term, RDFS.range) if XSD in str(range_)]
        expected = f"xsd:{ranges[0]}" if ranges and ranges[0] != "string" else None
        assert value.get("@type") == expected, name


def test_scopes_know_the_ontology(ground: Ground) -> None:
    """What the ontology states is validated as terms, whatever file it stands in."""
    assert {scope_of(quad) for part in ground.parts if part.name == "ontology" for quad in part.quads} == {"terms"}
