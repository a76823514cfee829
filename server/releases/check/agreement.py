"""Whether the files that tell a version or a date tell those of the release, each in its own format."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from graph.iris import ONTOLOGY_IRI, SHAPES_IRI
from graph.namespaces import OWL
from server.releases.check.description import read_description
from server.releases.check.finding import NOT_OURS, Finding
from server.releases.check.listing import Listing, Unopenable
from server.releases.check.reader import Reader, Unreadable
from server.releases.record import RECORD_FILE, Record

_LARGEST: Final = 16 << 20
"""Bytes; these files say nothing of each file, and of each article no more than its title and address."""
_VOCABULARIES: Final = MappingProxyType({"ontology/battlegraph.ttl": ONTOLOGY_IRI, "shapes/shapes.ttl": SHAPES_IRI})
# The files of a description beside DCAT; DataCite has its dates in a list.
_JSON: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "schema-org.jsonld": {"version": "version", "dateModified": "modified"},
        "datacite.json": {"version": "version"},
    }
)
_CITATION: Final = "CITATION.cff"
_CHANGES: Final = ("changes.json", "changes.md", "changes.rdfp")


def check_agreement(listing: Listing, record: Record, reader: Reader) -> Iterator[Finding]:
    """Yield which files are of another version or date, or miss because there is a version before this one."""
    for name in (*_VOCABULARIES, *_JSON, _CITATION, *(_CHANGES if record.previous else ())):
        if name not in listing.sums:
            yield Finding(name, "is not listed", "what every release has", NOT_OURS)
    for name, iri in _VOCABULARIES.items():
        if name in listing.sound:
            yield from _check_vocabulary(listing, name, iri, record, reader)
    for name, expected in _JSON.items():
        if name in listing.sound:
            yield from _check_json(listing, name, {key: getattr(record, of) for key, of in expected.items()})
    if _CITATION in listing.sound:
        yield from _check_citation(listing, record)


def _check_vocabulary(listing: Listing, name: str, iri: str, record: Record, reader: Reader) -> Iterator[Finding]:
    try:
        found = reader.call(listing.sound[name], read_description, listing.path(name), iri)
    except Unreadable as error:
        yield Finding(name, str(error), "the vocabulary as Turtle")
        return
    versions = found.values.get(OWL + "versionInfo", ())
    if versions != (record.vocabulary,):
        seen = f"is of version {', '.join(versions) or 'unknown'}"
        yield Finding(name, seen, f"{record.vocabulary} as in {RECORD_FILE}", NOT_OURS)


def _check_json(listing: Listing, name: str, expected: Mapping[str, str]) -> Iterator[Finding]:
    try:
        found = json.loads(listing.read(name, _LARGEST))
    except (Unopenable, ValueError, RecursionError) as error:
        yield Finding(name, f"cannot be understood ({error})", "JSON")
        return
    for key, value in expected.items():
        said = found.get(key) if isinstance(found, dict) else None
        if said != value:
            yield Finding(name, f"has the {key} {said!r}", f"{value} as in {RECORD_FILE}", NOT_OURS)


def _check_citation(listing: Listing, record: Record) -> Iterator[Finding]:
    try:
        lines = listing.read(_CITATION, _LARGEST).decode("utf-8", "replace").splitlines()
    except Unopenable as error:
        yield Finding(_CITATION, str(error), "how to cite the release")
        return
    for line in (f'version: "{record.version}"', f'date-released: "{record.modified}"'):
        if line not in lines:
            yield Finding(_CITATION, "is of another version or date", f"the line {line}", NOT_OURS)
