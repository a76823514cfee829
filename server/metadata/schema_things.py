"""Things of the data in schema.org's words: only what the merged graphs state, and less where viewpoints differ.

A type is given where the data says what a thing is: a polity is a Thing, because no class
of ours says that it is a country. A claim is a Claim, told with its viewpoint and never as a
fact about what it speaks of.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

import pyoxigraph as ox
from flask_babel import gettext as _

from graph.iris import ONTOLOGY_IRI, graph_iri
from graph.namespaces import BG, BIRO, DCTERMS, FABIO, FOAF, ISO639_1, OA, OWL, RDF, RDFS, SCHEMA, SEM, SKOS, VOID
from server.description.json_nodes import Node, compact
from server.metadata.subjects import Subject, read_subject
from server.site import Site
from server.terms.anchors import read_anchor
from server.terms.labels import LABEL_PROPERTIES
from server.terms.rows import MOST_SHOWN

_GEO: Final = "http://www.opengis.net/ont/geosparql#"
_POINT: Final = re.compile(r"\s*POINT\s*\(\s*(-?\d+(?:\.\d+)?)\s+(-?\d+(?:\.\d+)?)\s*\)\s*", re.IGNORECASE)
_DEFINITIONS: Final = tuple(map(ox.NamedNode, (SKOS + "definition", DCTERMS + "description", RDFS + "comment")))
_CLAIMED: Final = tuple(ox.NamedNode(RDF + name) for name in ("subject", "predicate", "object"))

_SUBSET: Final = ox.NamedNode(VOID + "subset")

# The first class of these that a thing is of gives its type; the exact ones come first.
_TYPES: Final = (
    (BG + "Article", "Article"),
    (BG + "Map", "Map"),
    (BG + "ArticleText", "CreativeWork"),
    (SEM + "Event", "Event"),
    (BG + "Place", "Place"),
    (BG + "Person", "Person"),
    (BG + "Organisation", "Organization"),
    (BG + "Claim", "Claim"),
    (FABIO + "Tweet", "SocialMediaPosting"),
    (FABIO + "NewsItem", "NewsArticle"),
    (BG + "Reference", "CreativeWork"),
    (OA + "SpecificResource", "Quotation"),
    (SKOS + "ConceptScheme", "DefinedTermSet"),
    (SKOS + "Concept", "DefinedTerm"),
    (VOID + "Dataset", "Dataset"),
)


def describe_thing(site: Site, subject: Subject) -> Node:
    """Return a thing as a node of JSON-LD, under its own IRI."""
    kind = type_of(subject)
    name = site.labels.label(subject.iri).text
    names = {x.value for x in subject.literals(*(x.value for x in LABEL_PROPERTIES), SKOS + "altLabel")} - {name}
    node: Node = {
        "@type": kind,
        "@id": subject.iri,
        "name": name,
        "alternateName": sorted(filter(str.strip, names))[:MOST_SHOWN],
        "description": site.labels.text(subject.iri, _DEFINITIONS),
        "sameAs": subject.iris(SKOS + "exactMatch")[:MOST_SHOWN],
        "subjectOf": subject.iris(FOAF + "isPrimaryTopicOf")[:MOST_SHOWN],
        **_BY_TYPE.get(kind, _nothing)(site, subject),
    }
    return compact(node)


def refer(site: Site, iri: str) -> Node:
    """Return a thing that another one mentions: its IRI, type and name."""
    subject = read_subject(site, iri)
    return {"@type": type_of(subject) if subject else "Thing", "@id": iri, "name": site.labels.label(iri).text}


def type_of(subject: Subject) -> str:
    """Return the name of the class of schema.org that a thing is of; `Thing` where the data says no more."""
    if subject.iri == ONTOLOGY_IRI:
        return "DefinedTermSet"
    return next((name for iri, name in _TYPES if iri in subject.classes), "Thing")


def _nothing(_site: Site, _subject: Subject) -> Node:
    return {}


def _article(site: Site, subject: Subject) -> Node:
    return {
        "headline": _first(subject, DCTERMS + "title"),
        "isBasedOn": subject.iris(DCTERMS + "source"),
        "license": subject.iris(DCTERMS + "license"),
        "creator": _named(site, subject, DCTERMS + "creator"),
        "inLanguage": _languages(subject),
        "about": [refer(site, iri) for iri in subject.iris(SCHEMA + "about")],
    }


def _event(site: Site, subject: Subject) -> Node:
    # No location: that something of an event was at a place does not make it the place of the whole.
    return {
        "startDate": _uncontested(site, subject, SEM + "hasBeginTimeStamp"),
        "endDate": _uncontested(site, subject, SEM + "hasEndTimeStamp"),
        "superEvent": [refer(site, iri) for iri in subject.iris(SEM + "subEventOf")],
    }


def _uncontested(site: Site, subject: Subject, stamp: str) -> str | None:
    """Return a date that the articles give in their own voice, where they give but one and no claim another.

    The derived graph is not asked: its dates follow from those of other events.
    """
    store, node = site.dataset.store, ox.NamedNode(subject.iri)
    entities = ox.NamedNode(graph_iri("entities", site.dataset.base))
    given = {q.object for q in store.quads_for_pattern(node, ox.NamedNode(stamp), None, entities)}
    claimed_subject, claimed_predicate, claimed_object = _CLAIMED
    if not given:
        return None
    for claim in {q.subject for q in store.quads_for_pattern(None, claimed_subject, node, ox.DefaultGraph())}:
        predicates = store.quads_for_pattern(claim, claimed_predicate, ox.NamedNode(stamp), ox.DefaultGraph())
        if next(predicates, None) is not None:
            given |= {q.object for q in store.quads_for_pattern(claim, claimed_object, None, ox.DefaultGraph())}
    dates = {term.value for term in given if isinstance(term, ox.Literal)}
    return dates.pop() if len(dates) == 1 else None


def _place(site: Site, subject: Subject) -> Node:
    for iri in subject.iris(_GEO + "hasGeometry"):
        geometry = read_subject(site, iri)
        for literal in geometry.literals(_GEO + "asWKT") if geometry else ():
            point = _POINT.fullmatch(literal.value)
            if point:
                return {"geo": {"@type": "GeoCoordinates", "latitude": point[2], "longitude": point[1]}}
    return {}


def _claim(site: Site, subject: Subject) -> Node:
    # The words that a lost value leaves behind are a heading, which nobody claims.
    is_lost = BG + "LostInSource" in subject.iris(BG + "valueStatus")
    return {
        "text": None if is_lost else _first(subject, BG + "lexical"),
        "description": _describe_claim(site, subject),
        "appearance": [refer(site, iri) for iri in subject.iris(BG + "inArticle")],
        "citation": [refer(site, iri) for iri in subject.iris(BG + "citesReference")],
        "about": [refer(site, iri) for iri in subject.iris(BG + "inEvent")],
    }


def _describe_claim(site: Site, subject: Subject) -> str | None:
    viewpoint = next((site.labels.label(iri).text for iri in subject.iris(BG + "accordingTo")), None)
    if viewpoint is None:
        return None
    status = subject.iris(BG + "valueStatus")
    words = _("According to %(viewpoint)s", viewpoint=viewpoint)
    if BG + "LostInSource" in status:
        words = _("According to %(viewpoint)s; what is claimed is missing from the copy", viewpoint=viewpoint)
    elif BG + "StatedUnspecified" in status:
        words = _("According to %(viewpoint)s, who gives no value: stated as unspecified", viewpoint=viewpoint)
    return str(words)


def _work(site: Site, subject: Subject) -> Node:
    titles = sorted(x.value for x in subject.literals(DCTERMS + "title"))
    return {
        "headline": titles,
        "datePublished": _first(subject, DCTERMS + "issued"),
        "publisher": _named(site, subject, DCTERMS + "publisher"),
        "author": _named(site, subject, DCTERMS + "creator") or _first(subject, BG + "authorName"),
        "inLanguage": _languages(subject),
        "position": _first(subject, BG + "refNumber"),
        "mentions": [refer(site, iri) for iri in subject.iris(BIRO + "references")],
        "isPartOf": [refer(site, iri) for iri in subject.iris(BG + "inArticle")],
    }


def _quotation(site: Site, subject: Subject) -> Node:
    anchor = read_anchor(site.dataset.store, subject.iri)
    return {"text": anchor.quote, "isPartOf": refer(site, anchor.article)} if anchor is not None else {}


def _term(_site: Site, subject: Subject) -> Node:
    return {"inDefinedTermSet": subject.iris(SKOS + "inScheme")}


def _published(site: Site, subject: Subject) -> Node:
    store, node = site.dataset.store, ox.NamedNode(subject.iri)
    wholes = (quad.subject for quad in store.quads_for_pattern(None, _SUBSET, node, ox.DefaultGraph()))
    return {
        "license": subject.iris(DCTERMS + "license"),
        "version": _first(subject, OWL + "versionInfo"),
        "dateModified": _first(subject, DCTERMS + "modified"),
        "isPartOf": [refer(site, iri) for iri in sorted({x.value for x in wholes if isinstance(x, ox.NamedNode)})],
    }


def _first(subject: Subject, iri: str) -> str | None:
    return next((literal.value for literal in subject.literals(iri)), None)


def _named(site: Site, subject: Subject, iri: str) -> list[object]:
    texts: list[object] = [literal.value for literal in subject.literals(iri)]
    return texts + [refer(site, thing) for thing in subject.iris(iri)]


def _languages(subject: Subject) -> list[str]:
    iris = subject.iris(DCTERMS + "language")
    return [iri.removeprefix(ISO639_1) for iri in iris if iri.startswith(ISO639_1)]


_BY_TYPE: Final[Mapping[str, Callable[[Site, Subject], Node]]] = MappingProxyType(
    {
        "Article": _article,
        "Event": _event,
        "Place": _place,
        "Claim": _claim,
        "CreativeWork": _work,
        "NewsArticle": _work,
        "SocialMediaPosting": _work,
        "Quotation": _quotation,
        "DefinedTerm": _term,
        "DefinedTermSet": _published,
        "Dataset": _published,
    }
)
