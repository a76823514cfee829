"""Every place of the dataset as one GeoJSON file (RFC 7946), a place at a time.

A place without a point of its own is a feature without a geometry (section 3.2), so that
none is lost: it has the words that set it in relation to another. Nothing is placed
there by guessing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Final

import pyoxigraph as ox

from graph.namespaces import BG
from graph.store import Store
from server.site import Site
from server.terms.facts import instances, literals, nodes
from server.terms.labels import ALTERNATIVE, LABEL_PROPERTIES
from server.things.crosslinks import MATCHES, CrossLink, read_crosslinks
from server.time_and_place.placemarks import PLACE, POSITION, RELATIVE, Placement, read_placement

_NO_LANGUAGE: Final = "und"
_CONTRADICTED: Final = BG + "Contradicted"
_NOTE: Final = (
    "Coordinates are not statements of the articles: each comes from outside registers, which its evidence names. "
    "A place that none of them locates has no geometry, and the words of the article that describe where it lies. "
    "A point says where a place is; no boundary is drawn, and nothing here says to whom a place belongs."
)


def places(site: Site) -> Iterator[str]:
    """Yield the file in pieces: its head, then a place on each line in the order of their IRIs, then the counts.

    The head has the terms of the registers that coordinates, names and links come from, too.
    A place has a geometry where the dataset states a point for it with evidence. Equal
    datasets give equal text.
    """
    publication = site.publication
    head = {
        "type": "FeatureCollection",
        "title": publication.title,
        "version": publication.version,
        "modified": publication.modified,
        "license": publication.license,
        "attribution": publication.attribution,
        "registers": [asdict(register) for register in publication.registers],
        "note": _NOTE,
    }
    lines = "".join(f"{_json(name)}: {_json(value)},\n" for name, value in head.items())
    yield f'{{\n{lines}"features": ['
    counts = {True: 0, False: 0}
    for place in instances(site.dataset.store, PLACE):
        feature = _feature(site, place)
        yield f"{',' if any(counts.values()) else ''}\n{_json(feature)}"
        counts[feature["geometry"] is not None] += 1
    yield f'\n],\n"withCoordinates": {counts[True]},\n"withoutCoordinates": {counts[False]}\n}}\n'


def _feature(site: Site, place: ox.NamedNode) -> dict[str, object]:
    store = site.dataset.store
    links = read_crosslinks(site, place)
    placement = read_placement(site, place, links)
    located = placement if placement and placement.evidence else None
    return {
        "type": "Feature",
        "id": place.value,
        "geometry": {"type": "Point", "coordinates": list(located.point)} if located else None,
        "properties": {
            "name": site.english.label(place.value).text,
            "names": _names(store, place),
            **(_whence(located) if located else {}),
            "position": [literal.value for literal in literals(store, place, POSITION)],
            "relativeTo": [other.value for other in nodes(store, place, RELATIVE)],
            "matches": list(_matches(store, place, links)),
        },
    }


def _whence(placement: Placement) -> dict[str, object]:
    """Return what a point stands for, and by what."""
    return {
        "pointOf": "centroid" if placement.is_centroid else "place",
        "evidence": list(placement.evidence),
        "confidence": placement.confidence.iri if placement.confidence else None,
        "source": placement.statement.iri if placement.statement else None,
    }


def _names(store: Store, place: ox.NamedNode) -> dict[str, list[str]]:
    """Return all names of a place by their language."""
    found: dict[str, set[str]] = {}
    for predicate in (*LABEL_PROPERTIES, ALTERNATIVE):
        for literal in literals(store, place, predicate):
            found.setdefault(literal.language or _NO_LANGUAGE, set()).add(literal.value)
    return {language: sorted(found[language]) for language in sorted(found)}


def _matches(store: Store, place: ox.NamedNode, links: Iterable[CrossLink]) -> Iterator[dict[str, object]]:
    """Yield the entries of outside registers with how sure each is; one that is only proposed says so."""
    linked = {(link.property, link.value.value): link for link in links if isinstance(link.value, ox.NamedNode)}
    stated = {(match, node.value) for match in MATCHES for node in nodes(store, place, ox.NamedNode(match))}
    for match, iri in sorted(stated | {key for key in linked if key[0] in MATCHES}):
        link = linked.get((match, iri))
        confidence = link.confidence if link else None
        yield {
            "iri": iri,
            "relation": match,
            "confidence": confidence,
            "contradicted": confidence == _CONTRADICTED,
            "evidence": list(link.evidence) if link else [],
        }


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
