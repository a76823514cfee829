"""The places of an article: those that lie somewhere by outside evidence, and those only described.

A place belongs to an article where its own statements, its events or its claims name it.
Coordinates of places are no article's statement: they come from `bg:CrossLink`s, each with
evidence. Those of the battle itself are, where the article's box gives them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from graph.namespaces import BG, GEO, RDF, SCHEMA, SEM, SKOS
from graph.store import Store
from server.articles.slugs import Article
from server.site import Site
from server.terms.anchors import ANCHOR, read_anchor, things_in
from server.terms.facts import literals, nodes, read_facts
from server.terms.labels import Label, Shown, foreign_language
from server.terms.rows import Quote, natural_key, show_quote
from server.terms.taxonomy import TYPE
from server.things.crosslinks import CrossLink, Identity, identities, read_crosslinks
from server.time_and_place.outlines import Point

PLACE: Final = ox.NamedNode(BG + "Place")
RELATIVE: Final = ox.NamedNode(BG + "relativeTo")
POSITION: Final = ox.NamedNode(BG + "position")
_AS_WKT: Final = ox.NamedNode(GEO + "asWKT")
_CENTROID: Final = GEO + "hasCentroid"
_GEOMETRY: Final = ox.NamedNode(GEO + "hasGeometry")
_GEOMETRIES: Final = (_CENTROID, _GEOMETRY.value)
_NAMES: Final = tuple(ox.NamedNode(SKOS + name) for name in ("altLabel", "prefLabel"))
_TOLD: Final = (ox.NamedNode(SCHEMA + "about"), ox.NamedNode(SCHEMA + "mentions"))
_OF_EVENT: Final = tuple(
    ox.NamedNode(iri) for iri in (SEM + "hasPlace", BG + "place", BG + "contestedPlace", BG + "destination")
)
_PART: Final = ox.NamedNode(SEM + "hasSubEvent")
_IN: Final = tuple(ox.NamedNode(RDF + name) for name in ("subject", "object"))
# CRS 84 counts longitude first; other reference systems are not read.
_POINT: Final = re.compile(
    r"\s*(?:<http://www\.opengis\.net/def/crs/OGC/1\.3/CRS84>)?\s*"
    r"POINT\s*\(\s*(-?\d+(?:\.\d+)?)\s+(-?\d+(?:\.\d+)?)\s*\)\s*",
    re.IGNORECASE,
)
_MOST_QUOTES: Final = 3
_NOT_NAMED: Final = 1 << 40
_HALF_TURN: Final = 180.0
_POLE: Final = 90.0


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a place lies, by what."""

    point: Point
    is_centroid: bool
    """Whether the point stands for the middle of an area."""
    evidence: tuple[str, ...]
    confidence: Shown | None
    statement: Shown | None
    """The cross-link that says so."""
    words: tuple[Quote, ...] = ()
    """The words of the article that give the point, where it is the article's statement."""


@dataclass(frozen=True, slots=True)
class Placemark:
    """A place that an article speaks of, or its battle where the article gives a point for it."""

    iri: str
    shown: Shown
    names: tuple[Label, ...]
    """Other names, each with its language."""
    placement: Placement | None
    position: tuple[str, ...]
    """The words that set it in relation to another."""
    relative_to: tuple[Shown, ...]
    identities: tuple[Identity, ...]
    quotes: tuple[Quote, ...]
    """Where the article names it, the first few."""
    start: int


def read_placemarks(site: Site, article: Article) -> list[Placemark]:
    """Return the places of an article in the order in which its text comes to them."""
    marks = (_read(site, article, node) for node in _places(site, article))
    return sorted(marks, key=lambda mark: (mark.start, natural_key(mark.shown.text), mark.iri))


def read_point(written: str) -> Point | None:
    """Return the longitude and latitude of a WKT point; None where it is none, or off the globe.

    >>> read_point("POINT(47.0318 39.52002)")
    (47.0318, 39.52002)
    """
    found = _POINT.fullmatch(written)
    if found is None:
        return None
    longitude, latitude = float(found[1]), float(found[2])
    return (longitude, latitude) if abs(longitude) <= _HALF_TURN and abs(latitude) <= _POLE else None


def _places(site: Site, article: Article) -> set[ox.NamedNode]:
    store = site.dataset.store
    told = {node for predicate in _TOLD for node in nodes(store, article.node, predicate)}
    told |= {part for node in told for part in nodes(store, node, _PART)}
    found = told | {place for node in told for predicate in _OF_EVENT for place in nodes(store, node, predicate)}
    named = [predicate.value for predicate in (*_OF_EVENT, *_IN, _TOLD[1])]
    for thing in things_in(store, article.node):
        facts = read_facts(store, thing)
        found.update(x for name in named for x in facts.get(name, ()) if isinstance(x, ox.NamedNode))
    places = {node for node in found if ox.Quad(node, TYPE, PLACE, ox.DefaultGraph()) in store}
    places |= {event for event in told if nodes(store, event, _GEOMETRY)}
    return places | {other for node in places for other in nodes(store, node, RELATIVE)}


def _read(site: Site, article: Article, node: ox.NamedNode) -> Placemark:
    store = site.dataset.store
    quotes = _quotes(site, article, node)
    links = read_crosslinks(site, node)
    shown = site.labels.show_iri(node.value)
    name = shown.text.casefold()
    return Placemark(
        iri=node.value,
        shown=shown,
        names=tuple(_names(store, node, shown.text)),
        placement=read_placement(site, node, links, article),
        position=tuple(literal.value for literal in literals(store, node, POSITION)),
        relative_to=tuple(site.labels.show(other) for other in nodes(store, node, RELATIVE)),
        identities=identities(site, store.quads_for_pattern(node, None, None, ox.DefaultGraph()), links),
        # Of the forms in the text, one that a reader of this page can read comes first.
        quotes=tuple(sorted((x for _, x in quotes), key=lambda x: name not in x.text.casefold())[:_MOST_QUOTES]),
        # What the text does not name comes last.
        start=quotes[0][0] if quotes else _NOT_NAMED,
    )


def read_placement(
    site: Site, node: ox.NamedNode, links: Iterable[CrossLink], article: Article | None = None
) -> Placement | None:
    """Return the first point that the dataset states for a place; one held back as unconfirmed is not stated.

    Its words are those of this article.
    """
    store = site.dataset.store
    by_value = {(link.property, str(link.value)): link for link in links}
    for predicate in reversed(_GEOMETRIES):
        for geometry in nodes(store, node, ox.NamedNode(predicate)):
            for literal in literals(store, geometry, _AS_WKT):
                point = read_point(literal.value)
                if point is None:
                    continue
                link = by_value.get((predicate, str(geometry)))
                return Placement(
                    point=point,
                    is_centroid=predicate == _CENTROID,
                    evidence=link.evidence if link else (),
                    confidence=site.labels.show_iri(link.confidence) if link and link.confidence else None,
                    statement=site.labels.show_iri(link.iri) if link else None,
                    words=tuple(quote for _, quote in _quotes(site, article, geometry)) if article else (),
                )
    return None


def _quotes(site: Site, article: Article, node: ox.NamedNode) -> list[tuple[int, Quote]]:
    anchors = (read_anchor(site.dataset.store, other.value) for other in nodes(site.dataset.store, node, ANCHOR))
    own = (anchor for anchor in anchors if anchor is not None and anchor.article == article.node.value)
    return [(anchor.start, show_quote(site, anchor)) for anchor in sorted(own, key=lambda a: (a.start, a.end))]


def _names(store: Store, node: ox.NamedNode, known: str) -> Iterator[Label]:
    found = {literal for predicate in _NAMES for literal in literals(store, node, predicate)}
    for literal in sorted(found, key=lambda literal: (literal.language or "", literal.value)):
        if literal.value != known:
            yield Label(literal.value, foreign_language(literal))
