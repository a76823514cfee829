"""Whether the files that tell a version or a date tell those of the release, each in its own format."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from graph.iris import ONTOLOGY_IRI, SHAPES_IRI
from graph.namespaces import OWL
from server.releases.check.description_check import read_description
from server.releases.check.fingerprint import UnreadableGraph
from server.releases.check.listing import Listing, Unopenable
from server.releases.check.problem import NOT_OURS, Problem
from server.releases.check.reader import Reader
from server.releases.release import RECORD_FILE, Record

_LARGEST: Final = 16 << 20
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


def check_agreement(listing: Listing, record: Record, reader: Reader) -> Iterator[Problem]:
    """Yield which files are of another version or date, or miss because there is a version before this one."""
    for name in (*_VOCABULARIES, *_JSON, _CITATION, *(_CHANGES if record.previous else ())):
        if name not in listing.sums:
            yield Problem(name, "is not listed", "what every release has", NOT_OURS)
    for name, iri in _VOCABULARIES.items():
        if name in listing.sound:
            yield from _check_vocabulary(listing, name, iri, record, reader)
    for name, expected in _JSON.items():
        if name in listing.sound:
            yield from _check_json(listing, name, {key: getattr(record, of) for key, of in expected.items()})
    if _CITATION in listing.sound:
        yield from _check_citation(listing, record)


def _check_vocabulary(listing: Listing, name: str, iri: str, record: Record, reader: Reader) -> Iterator[Problem]:
    try:
        found = reader.call(listing.sound[name], read_description, listing.path(name), iri)
    except UnreadableGraph as error:
        yield Problem(name, str(error), "the vocabulary as Turtle")
        return
    versions = found.values.get(OWL + "versionInfo", ())
    if versions != (record.vocabulary,):
        seen = f"is of version {', '.join(versions) or 'unknown'}"
        yield Problem(name, seen, f"{record.vocabulary} as in {RECORD_FILE}", NOT_OURS)


def _check_json(listing: Listing, name: str, expected: Mapping[str, str]) -> Iterator[Problem]:
    try:
        found = json.loads(listing.read(name, _LARGEST))
    except (Unopenable, ValueError, RecursionError) as error:
        yield Problem(name, f"cannot be understood ({error})", "JSON")
        return
    for key, value in expected.items():
        said = found.get(key) if isinstance(found, dict) else None
        if said != value:
            yield Problem(name, f"has the {key} {said!r}", f"{value} as in {RECORD_FILE}", NOT_OURS)


def _check_citation(listing: Listing, record: Record) -> Iterator[Problem]:
    try:
        lines = listing.read(_CITATION, _LARGEST).decode("utf-8", "replace").splitlines()
    except Unopenable as error:
        yield Problem(_CITATION, str(error), "how to cite the release")
        return
    for line in (f'version: "{record.version}"', f'date-released: "{record.modified}"'):
        if line not in lines:
            yield Problem(_CITATION, "is of another version or date", f"the line {line}", NOT_OURS)
