"""What a release says of its dataset whichever software wrote it: how many claims, which licence, which day."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Collection, Iterable, Iterator
from typing import Any, Final

import pyoxigraph as ox

from graph.namespaces import BG, DCTERMS, RDF
from graph.store import Store
from server.description.licences import find_licence
from server.description.publication import Publication
from server.releases.check.description import DESCRIPTION, read_description
from server.releases.check.finding import NOT_OURS, Finding
from server.releases.check.listing import Listing, Unopenable
from server.releases.check.reader import Unreadable
from server.releases.record import Record

_TYPE: Final = ox.NamedNode(RDF + "type")
_CLAIM: Final = ox.NamedNode(BG + "Claim")
_TABLE: Final = "claims.csv"
_LARGEST_JSON: Final = 16 << 20


_Said = tuple[str, object, object]
"""What is told, what a file says, and what the dataset does."""


def compare_essentials(
    listing: Listing, record: Record, publication: Publication, store: Store, told: Collection[str]
) -> Iterator[Finding]:
    """Yield where a file tells another number of claims, another licence or another day than the dataset."""
    for name, read in _READERS.items():
        if name not in listing.sound or name in told:
            continue
        try:
            for what, seen, expected in read(listing, record, publication, store):
                if seen != expected:
                    yield Finding(name, f"has {what} {seen!r}", f"{expected!r} as the dataset has it", NOT_OURS)
        except (Unopenable, Unreadable, ValueError, TypeError, LookupError, AttributeError, csv.Error) as error:
            yield Finding(name, f"cannot be understood ({error})", "a file of a release", NOT_OURS)


def _rows(listing: Listing, _record: Record, _publication: Publication, store: Store) -> Iterable[_Said]:
    claims = {quad.subject for quad in store.quads_for_pattern(None, _TYPE, _CLAIM, ox.DefaultGraph())}
    text = listing.read(_TABLE, listing.sound[_TABLE]).decode()
    yield "rows", max(0, sum(1 for _ in csv.reader(io.StringIO(text, newline=""))) - 1), len(claims)


def _schema_org(listing: Listing, record: Record, publication: Publication, _store: Store) -> Iterable[_Said]:
    found = _json(listing, "schema-org.jsonld")
    yield "license", found.get("license"), publication.license
    yield "datePublished", found.get("datePublished"), record.modified


def _datacite(listing: Listing, record: Record, publication: Publication, _store: Store) -> Iterable[_Said]:
    found = _json(listing, "datacite.json")
    licence = find_licence(publication.license).iri if publication.license else None
    yield "rightsUri", [one.get("rightsUri") for one in found.get("rightsList", [])], [licence] if licence else []
    yield "dates", sorted({one["date"] for one in found["dates"]}), [record.modified]


def _description(listing: Listing, record: Record, publication: Publication, _store: Store) -> Iterable[_Said]:
    found = read_description(listing.path(DESCRIPTION), record.iri)
    yield "license", list(found.values.get(DCTERMS + "license", ())), [publication.license]


def _json(listing: Listing, name: str) -> Any:
    return json.loads(listing.read(name, _LARGEST_JSON))


_READERS: Final = {
    _TABLE: _rows,
    "schema-org.jsonld": _schema_org,
    "datacite.json": _datacite,
    DESCRIPTION: _description,
}
