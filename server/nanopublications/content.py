"""What the three graphs of a claim's nanopublication say.

The assertion is the claim as the data has it, with who is said to assert it: never the
bare statement, so that a reader who merges the assertions of many still sees whose each
is. That the words of the article say so is our reading, so the assertion is attributed to
those who read them, and never to the party it is said to come from. The provenance is the
words that it was read from, the source that the article gives for it, and what else was
read into it: how it stands to other claims. The publication info is of the nanopublication
itself, and has the names of what the others mention, so that it reads without any other file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, TypeAlias

import pyoxigraph as ox

from graph.namespaces import BG, DCAT, DCTERMS, FOAF, NPX, OA, PROV, RDFS, SCHEMA, XSD
from graph.store import Store
from server.http.languages import PAGE_LANGUAGE
from server.site import Site
from server.terms.anchors import ANCHOR, IN_ARTICLE
from server.terms.facts import nodes
from server.terms.labels import LABEL_PROPERTIES
from server.terms.taxonomy import TYPE

Triples: TypeAlias = Iterator[ox.Triple]

_LABEL: Final = ox.NamedNode(RDFS + "label")
_CITES: Final = ox.NamedNode(BG + "citesReference")
_SELECTOR: Final = ox.NamedNode(OA + "hasSelector")
_SOURCE: Final = ox.NamedNode(OA + "hasSource")
_VERSION_OF: Final = ox.NamedNode(DCTERMS + "isVersionOf")
_DERIVED: Final = ox.NamedNode(PROV + "wasDerivedFrom")
_ATTRIBUTED: Final = ox.NamedNode(PROV + "wasAttributedTo")
_GENERATED: Final = ox.NamedNode(PROV + "wasGeneratedBy")
_ASSOCIATED: Final = ox.NamedNode(PROV + "wasAssociatedWith")
_USED: Final = ox.NamedNode(PROV + "used")
_NAME: Final = ox.NamedNode(FOAF + "name")
# How a claim came to be, as against what it says.
_OF_ORIGIN: Final = frozenset(
    BG + name
    for name in (
        "anchor", "citesReference", "inArticle", "incompatibleWith", "mayOverlapWith", "readingNote", "sourceStatus",
    )
)  # fmt: skip
_MERGED: Final = ox.DefaultGraph()
# The whole text of the article, which its digest stands for.
_LEFT_OUT: Final = frozenset({SCHEMA + "text"})


def assertion(store: Store, claim: ox.NamedNode) -> Triples:
    """Yield what is said of the claim: who asserts it, how surely, and what."""
    for triple in _described(store, claim):
        if triple.predicate.value not in _OF_ORIGIN:
            yield triple


def origin(site: Site, claim: ox.NamedNode, graph: ox.NamedNode) -> Triples:
    """Yield where the assertion in this graph comes from: words, text, article, the reference it cites, and reading."""
    store = site.dataset.store
    yield from (triple for triple in _described(store, claim) if triple.predicate.value in _OF_ORIGIN)
    anchors = nodes(store, claim, ANCHOR)
    texts = _reached(store, anchors, _SOURCE)
    articles = {*nodes(store, claim, IN_ARTICLE), *_reached(store, texts, _VERSION_OF)}
    for source in (*anchors, *articles):
        yield ox.Triple(graph, _DERIVED, source)
    for thing in (*anchors, *_reached(store, anchors, _SELECTOR), *texts, *nodes(store, claim, _CITES)):
        yield from _described(store, thing)
    for article in articles:
        # It has many anchors and mentions many events, and none of these says where this claim is from.
        yield from (triple for triple in _described(store, article) if not _is_inner(site, triple))
    yield from _reading(site, graph, texts)


def _reading(site: Site, graph: ox.NamedNode, texts: Iterable[ox.NamedNode]) -> Triples:
    """Yield how the text became the graph: developers read it."""
    reading = ox.NamedNode(f"{graph.value.partition('#')[0]}#reading")
    yield ox.Triple(graph, _GENERATED, reading)
    yield ox.Triple(reading, TYPE, ox.NamedNode(PROV + "Activity"))
    yield ox.Triple(reading, _LABEL, ox.Literal("Reading of the article's text", language="en"))
    for text in texts:
        yield ox.Triple(reading, _USED, text)
    for agent in site.publication.creators:
        yield ox.Triple(reading, _ASSOCIATED, ox.NamedNode(agent.iri))
        yield ox.Triple(graph, _ATTRIBUTED, ox.NamedNode(agent.iri))


def publication_info(site: Site, claim: ox.NamedNode, own: ox.NamedNode) -> Triples:
    """Yield what holds of the nanopublication itself: of which version of the data, by whom, when, on what terms."""
    publication = site.publication
    yield ox.Triple(own, _LABEL, ox.Literal(site.english.label(claim.value).text, language="en"))
    yield ox.Triple(own, ox.NamedNode(NPX + "introduces"), claim)
    for kind in nodes(site.dataset.store, claim, TYPE):
        if kind.value.startswith(BG):
            yield ox.Triple(own, ox.NamedNode(NPX + "hasNanopubType"), kind)
    for agent in publication.creators:
        yield ox.Triple(own, ox.NamedNode(DCTERMS + "creator"), ox.NamedNode(agent.iri))
        yield ox.Triple(ox.NamedNode(agent.iri), _NAME, ox.Literal(agent.name))
    # The guidelines ask for a timestamp and name no datatype; their examples have xsd:dateTime, which alone some tools
    # read. The day is all that is known, and a time of day would be made up.
    day = ox.Literal(publication.modified, datatype=ox.NamedNode(XSD + "date")) if publication.modified else None
    stated: dict[str, ox.NamedNode | ox.Literal | None] = {
        DCTERMS + "created": day,
        DCTERMS + "license": ox.NamedNode(publication.license) if publication.license else None,
        DCTERMS + "rights": ox.Literal(publication.rights, language="en") if publication.rights else None,
        DCTERMS + "isPartOf": ox.NamedNode(publication.iri) if publication.iri else None,
        DCAT + "version": ox.Literal(publication.version) if publication.version else None,
    }
    for name, term in stated.items():
        if term is not None:
            yield ox.Triple(own, ox.NamedNode(name), term)
    yield from _making(site, own)


def names(store: Store, triples: Iterable[ox.Triple]) -> Triples:
    """Yield the labels of what these triples lead to and do not name, but for classes; English ones where there are."""
    triples = tuple(triples)
    named = {triple.subject for triple in triples if triple.predicate == _LABEL}
    for thing in dict.fromkeys(triple.object for triple in triples if triple.predicate != TYPE):
        if isinstance(thing, ox.NamedNode) and thing not in named:
            found = [q for name in LABEL_PROPERTIES for q in store.quads_for_pattern(thing, name, None, _MERGED)]
            english = [q for q in found if getattr(q.object, "language", None) in (None, PAGE_LANGUAGE)]
            yield from (quad.triple for quad in english or found)


def _making(site: Site, own: ox.NamedNode) -> Triples:
    """Yield what software made the nanopublication."""
    making, software = ox.NamedNode(f"{own.value}#making"), ox.NamedNode(f"{own.value}#software")
    yield ox.Triple(own, _GENERATED, making)
    yield ox.Triple(making, TYPE, ox.NamedNode(PROV + "Activity"))
    yield ox.Triple(making, _ASSOCIATED, software)
    yield ox.Triple(software, TYPE, ox.NamedNode(PROV + "SoftwareAgent"))
    yield ox.Triple(software, _LABEL, ox.Literal(f"battlegraph {site.software}", language="en"))
    yield ox.Triple(software, ox.NamedNode(SCHEMA + "softwareVersion"), ox.Literal(site.software))


def _reached(store: Store, things: Iterable[ox.NamedNode], predicate: ox.NamedNode) -> list[ox.NamedNode]:
    return list(dict.fromkeys(other for thing in things for other in nodes(store, thing, predicate)))


def _described(store: Store, thing: ox.NamedNode) -> Triples:
    """Yield what the data says of a thing, but for what has no name."""
    for quad in store.quads_for_pattern(thing, None, None, ox.DefaultGraph()):
        if isinstance(quad.object, ox.NamedNode | ox.Literal) and quad.predicate.value not in _LEFT_OUT:
            yield quad.triple


def _is_inner(site: Site, triple: ox.Triple) -> bool:
    """Tell whether a triple of an article leads to another thing of the dataset."""
    is_kind = triple.predicate == TYPE
    return not is_kind and isinstance(triple.object, ox.NamedNode) and triple.object.value.startswith(site.dataset.base)
