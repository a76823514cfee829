"""What we recorded of an entry in Wikidata: the expectations that a check holds against it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from graph.links.entity import ENTITY_ID, Position
from graph.links.holdings import CLOSE, ENTRY_LABEL, EXACT, ITEM, PROPERTY, Holdings
from graph.namespaces import BG, GEO, PREFIXES, RDF, SKOS
from graph.turtle import TurtleFile

CONFIDENCE: Final = BG + "confidence"
EVIDENCE: Final = BG + "evidence"
RELATION: Final = RDF + "predicate"
_ALIKE: Final = (EXACT, CLOSE)
_MATCHES: Final = tuple(
    SKOS + name for name in ("exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch")
)
_POINT: Final = re.compile(r"POINT\((-?[0-9.]+) (-?[0-9.]+)\)")
# A town is a few kilometres across; the point by which a register places a district may be its seat.
_REACHES: Final = ((GEO + "hasGeometry", 15.0), (GEO + "hasCentroid", 60.0))


@dataclass(frozen=True, slots=True)
class Place:
    """Where a thing lies by our record, and how far off another register's point may be."""

    position: Position
    reach: float
    """Kilometres."""


@dataclass(frozen=True, slots=True)
class Record:
    """One thing or term of ours, linked to one item or property of Wikidata."""

    entity: str
    """As `Q157919`."""
    subject: str
    relation: str
    """IRI of the SKOS property."""
    link: str | None
    """IRI of the cross-link; None for an alignment, which keeps no evidence."""
    file: TurtleFile
    """Where the link is written."""
    confidence: str | None = None
    evidence: tuple[ox.Literal, ...] = ()
    names: tuple[ox.Literal, ...] = ()
    """Names of which the entry has at least one; none where nothing is known of its names."""
    types: tuple[str, ...] = ()
    """Items of which the entry is an instance, by our class; any one is enough."""
    geonames: frozenset[str] = frozenset()
    places: tuple[Place, ...] = ()


def records(holdings: Holdings) -> Iterator[Record]:
    """Yield what is recorded of entries in Wikidata: the cross-links first, then the alignments."""
    for link in holdings.crosslinks():
        subjects, relations = holdings.iris(link, RDF + "subject"), holdings.iris(link, RELATION)
        for object_ in holdings.iris(link, RDF + "object"):
            entity = _entity(object_)
            if entity and subjects and relations and relations[0] in _MATCHES:
                yield _linked(holdings, link, subjects[0], relations[0], entity)
    for file in holdings.files:
        for triple in file.triples:
            if triple.predicate.value in _MATCHES and isinstance(triple.object, ox.NamedNode):
                entity = _entity(triple.object.value)
                if entity and isinstance(triple.subject, ox.NamedNode):
                    names = tuple(holdings.literals(triple.object.value, ENTRY_LABEL))
                    yield Record(entity, triple.subject.value, triple.predicate.value, None, file, names=names)


def _linked(holdings: Holdings, link: str, subject: str, relation: str, entity: str) -> Record:
    alike = relation in _ALIKE
    return Record(
        entity,
        subject,
        relation,
        link,
        holdings.home(link),
        next(iter(holdings.iris(link, CONFIDENCE)), None),
        tuple(holdings.literals(link, EVIDENCE)),
        (*(holdings.names(subject) if alike else ()), *holdings.literals(ITEM + entity, ENTRY_LABEL)),
        tuple(item for class_ in sorted(holdings.classes(subject)) for item in holdings.items_of_class(class_))
        if alike
        else (),
        frozenset(_geonames(holdings, subject)) if alike else frozenset(),
        tuple(_places(holdings, subject)) if alike else (),
    )


def _geonames(holdings: Holdings, subject: str) -> Iterator[str]:
    for link in holdings.links(subject):
        if holdings.iris(link, RELATION)[:1] and holdings.iris(link, RELATION)[0] in _ALIKE:
            for object_ in holdings.iris(link, RDF + "object"):
                if object_.startswith(PREFIXES["gn"]):
                    yield object_.removeprefix(PREFIXES["gn"]).strip("/")


def _places(holdings: Holdings, subject: str) -> Iterator[Place]:
    for link in holdings.links(subject):
        for relation, reach in _REACHES:
            if relation in holdings.iris(link, RELATION):
                for geometry in holdings.iris(link, RDF + "object"):
                    for wkt in holdings.literals(geometry, GEO + "asWKT"):
                        if point := _POINT.fullmatch(wkt.value):
                            yield Place(Position(float(point[2]), float(point[1])), reach)


def _entity(iri: str) -> str | None:
    for namespace in (ITEM, PROPERTY):
        id_ = iri.removeprefix(namespace)
        if id_ != iri and ENTITY_ID.fullmatch(id_):
            return id_
    return None
