"""What the three graphs of a claim's nanopublication say.

The assertion is the claim as the data has it, with who is said to assert it: never the
bare statement, so that a reader who merges the assertions of many still sees whose each
is. The provenance is the words of the article that it was read from, and the source that
the article gives for it. The publication info speaks of the nanopublication alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, TypeAlias

import pyoxigraph as ox

from graph.namespaces import BG, DCAT, DCTERMS, FOAF, NPX, OA, PROV, RDFS, SCHEMA, XSD
from server.site import Site
from server.terms.anchors import ANCHOR, IN_ARTICLE
from server.terms.claims import ACCORDING_TO
from server.terms.facts import nodes
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
    BG + name for name in ("anchor", "citesReference", "inArticle", "readingNote", "sourceStatus")
)
# The whole text of the article, which its digest stands for.
_LEFT_OUT: Final = frozenset({SCHEMA + "text"})


def assertion(store: ox.Store, claim: ox.NamedNode) -> Triples:
    """Yield what is said of the claim: who asserts it, how surely, and what."""
    for triple in _described(store, claim):
        if triple.predicate.value not in _OF_ORIGIN:
            yield triple


def origin(site: Site, claim: ox.NamedNode, graph: ox.NamedNode) -> Triples:
    """Yield where the assertion in this graph comes from: words, text, article, the reference it cites, and reading."""
    store = site.dataset.store
    for viewpoint in nodes(store, claim, ACCORDING_TO):
        # Of the claim. The graph is our reading of the article, and nobody else's.
        yield ox.Triple(claim, _ATTRIBUTED, viewpoint)
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
    # The day is all that is known of when.
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


def _making(site: Site, own: ox.NamedNode) -> Triples:
    """Yield what software made the nanopublication."""
    making, software = ox.NamedNode(f"{own.value}#making"), ox.NamedNode(f"{own.value}#software")
    yield ox.Triple(own, _GENERATED, making)
    yield ox.Triple(making, TYPE, ox.NamedNode(PROV + "Activity"))
    yield ox.Triple(making, _ASSOCIATED, software)
    yield ox.Triple(software, TYPE, ox.NamedNode(PROV + "SoftwareAgent"))
    yield ox.Triple(software, _LABEL, ox.Literal(f"battlegraph {site.software}", language="en"))
    yield ox.Triple(software, ox.NamedNode(SCHEMA + "softwareVersion"), ox.Literal(site.software))


def _reached(store: ox.Store, things: Iterable[ox.NamedNode], predicate: ox.NamedNode) -> list[ox.NamedNode]:
    return list(dict.fromkeys(other for thing in things for other in nodes(store, thing, predicate)))


def _described(store: ox.Store, thing: ox.NamedNode) -> Triples:
    """Yield what the data says of a thing, but for what has no name."""
    for quad in store.quads_for_pattern(thing, None, None, ox.DefaultGraph()):
        if isinstance(quad.object, ox.NamedNode | ox.Literal) and quad.predicate.value not in _LEFT_OUT:
            yield quad.triple


def _is_inner(site: Site, triple: ox.Triple) -> bool:
    """Tell whether a triple of an article leads to another thing of the dataset."""
    is_kind = triple.predicate == TYPE
    return not is_kind and isinstance(triple.object, ox.NamedNode) and triple.object.value.startswith(site.dataset.base)
