"""Whether what a release says of itself is so: version, date, and the size and SHA-256 of each file it describes.

Read from the DCAT description and from the RO-Crate, which the release carries beside each other.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import unquote

import pyoxigraph as ox

from graph.namespaces import DCAT, DCTERMS, SPDX
from server.releases.check.finding import NOT_OURS, Finding
from server.releases.check.fingerprint import Fingerprint, difference, of_file
from server.releases.check.listing import Listing
from server.releases.check.reader import Reader, Unreadable
from server.releases.record import Record

DESCRIPTION: Final = "description.ttl"
_AGAIN: Final = "description.jsonld"


@dataclass(frozen=True, slots=True)
class Described:
    """What a description says of one file."""

    name: str
    size: str | None
    sha256: str | None


@dataclass(frozen=True, slots=True)
class Description:
    """What a description says of a release."""

    files: tuple[Described, ...]
    values: dict[str, tuple[str, ...]]
    """Of the release itself, by property."""


def check_description(listing: Listing, record: Record, reader: Reader) -> Iterator[Finding]:
    """Yield where the DCAT description does not agree with the files, or its two formats with each other."""
    for name in (DESCRIPTION, _AGAIN):
        if name not in listing.sums:
            yield Finding(name, "is not listed", "the description of the release")
    if DESCRIPTION not in listing.sound:
        return
    file, size = listing.path(DESCRIPTION), listing.sound[DESCRIPTION]
    iri = record.iri
    try:
        found = reader.call(size, read_description, file, iri)
        whole = reader.call(size, of_file, file)
    except Unreadable as error:
        yield Finding(DESCRIPTION, str(error), "the description of the release as Turtle")
        return
    for property_, expected in ((DCAT + "version", record.version), (DCTERMS + "modified", record.modified)):
        if found.values.get(property_) != (expected,):
            seen = f"gives <{iri}> the {property_.rpartition('#')[2]} {found.values.get(property_)}"
            yield Finding(DESCRIPTION, seen, f"{expected} as in release.json", NOT_OURS)
    if not found.files:
        yield Finding(DESCRIPTION, f"describes no file of <{iri}>", "each with its size and SHA-256", NOT_OURS)
    yield from compare(DESCRIPTION, found.files, listing)
    if _AGAIN in listing.sound:
        yield from _compare_formats(listing, whole, reader)


def _compare_formats(listing: Listing, whole: Fingerprint, reader: Reader) -> Iterator[Finding]:
    file, size = listing.path(_AGAIN), listing.sound[_AGAIN]
    try:
        if reader.call(size, of_file, file) != whole:
            both = size + listing.sound[DESCRIPTION]
            seen = reader.call(both, difference, file, listing.path(DESCRIPTION), "")
            yield Finding(_AGAIN, seen, f"the triples of {DESCRIPTION}", NOT_OURS)
    except Unreadable as error:
        yield Finding(_AGAIN, str(error), f"the triples of {DESCRIPTION}")


def compare(name: str, files: tuple[Described, ...], listing: Listing) -> Iterator[Finding]:
    """Yield where a description tells of files that are not there, or are others."""
    for file in files:
        if file.name not in listing.sums:
            yield Finding(name, f"describes {file.name!r}, which is not listed", "files of the release", NOT_OURS)
            continue
        if file.sha256 is not None and file.sha256.lower() != listing.sums[file.name]:
            yield Finding(name, f"gives {file.name} the SHA-256 {file.sha256}", listing.sums[file.name], NOT_OURS)
        size = listing.sound.get(file.name)
        if size is not None and file.size is not None and file.size != str(size):
            yield Finding(name, f"gives {file.name} {file.size} bytes", f"{size}", NOT_OURS)


def read_description(file: Path, iri: str) -> Description:
    """Return what a Turtle file says in DCAT of the release of this IRI; raise `Unreadable` where it cannot."""
    found: dict[tuple[str, str], list[str]] = {}
    try:
        for quad in ox.parse(path=file, format=ox.RdfFormat.TURTLE):
            if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode | ox.Literal):
                found.setdefault((quad.subject.value, quad.predicate.value), []).append(quad.object.value)
    except SyntaxError as error:
        raise Unreadable(f"is no Turtle: {error.msg}") from error

    def first(subject: str | None, property_: str) -> str | None:
        return next(iter(found.get((subject or "", property_), ())), None)

    files = []
    for (subject, property_), said in sorted(found.items()):
        if property_ == DCAT + "downloadURL" and said[0].startswith(iri):
            sha256 = first(first(subject, SPDX + "checksum"), SPDX + "checksumValue")
            files.append(Described(unquote(said[0].removeprefix(iri)), first(subject, DCAT + "byteSize"), sha256))
    values = {property_: tuple(said) for (subject, property_), said in found.items() if subject == iri}
    return Description(tuple(files), values)
