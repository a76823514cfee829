"""Placemarks as GeoJSON (RFC 7946): longitude first, WGS 84, one feature for each place that has a point."""

from __future__ import annotations

import json
from collections.abc import Iterable

from server.things.crosslinks import Identity
from server.time_and_place.placemarks import Placemark


def write_geojson(marks: Iterable[Placemark], *, license_iri: str | None, article: str) -> str:
    """Return a FeatureCollection; each feature names its place, its evidence and where the article speaks of it."""
    collection = {
        "type": "FeatureCollection",
        "about": article,
        "license": license_iri,
        "features": [feature for mark in marks for feature in _features(mark)],
    }
    return json.dumps(collection, ensure_ascii=False, indent=2) + "\n"


def _match(identity: Identity) -> dict[str, object]:
    """Return an entry of a register with how sure it is; what is contradicted says so, and by what."""
    return {
        "iri": identity.identifier.iri,
        "relation": identity.property.iri,
        "confidence": identity.confidence.iri if identity.confidence else None,
        "contradicted": identity.standing == "contradicted",
        "evidence": list(identity.evidence),
    }


def _features(mark: Placemark) -> Iterable[dict[str, object]]:
    placement = mark.placement
    if placement is None:
        return
    yield {
        "type": "Feature",
        "id": mark.iri,
        "geometry": {"type": "Point", "coordinates": list(placement.point)},
        "properties": {
            "name": mark.shown.text,
            "names": {name.lang or "en": name.text for name in mark.names},
            "pointOf": "centroid" if placement.is_centroid else "place",
            "words": [quote.text for quote in placement.words],
            "evidence": list(placement.evidence),
            "confidence": placement.confidence.iri if placement.confidence else None,
            "source": placement.statement.iri if placement.statement else None,
            "matches": [_match(identity) for identity in mark.identities if identity.identifier.iri],
        },
    }
