"""Whether every format of a release holds the same graph, and whether that is the dataset that was released.

The N-Quads are canonical, so they are the measure: their SHA-256 is the RDFC-1.0 hash that
`release.json` and `RDFC-1.0.sha256` tell. Where they are damaged, the TriG takes their place.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from graph.iris import graph_iri
from server.http.formats import JSON_LD, N_QUADS, N_TRIPLES, RDF_XML, TRIG, TURTLE
from server.releases.check.finding import AGAIN, NOT_OURS, Finding
from server.releases.check.fingerprint import (
    Fingerprint,
    Sum,
    difference,
    of_canonical_file,
    of_file,
)
from server.releases.check.listing import Listing, Unopenable
from server.releases.check.reader import Reader, Unreadable
from server.releases.contents import HASH_FILE, REPORT_FILE
from server.releases.record import RECORD_FILE, Record

_GRAPHS: Final = "graphs/"
_MERGED: Final = (TURTLE, N_TRIPLES, JSON_LD, RDF_XML)
_LARGEST_SHARE: Final = 4
"""No format of ours is so many times as large as the canonical lines of its graph."""
_LEAST_SIZE: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class _Measure:
    """What the files are compared with."""

    listing: Listing
    reader: Reader
    name: str
    """The file it was taken from."""
    fingerprint: Fingerprint


def check_formats(listing: Listing, record: Record, reader: Reader) -> Iterator[Finding]:
    """Yield which files do not hold the graph that they should."""
    stem = record.stem
    for format_ in (N_QUADS, TRIG, *_MERGED):
        if f"{stem}.{format_.name}" not in listing.sums:
            yield Finding(f"{stem}.{format_.name}", "is not listed", "the dataset in every format")
    yield from _check_hash_file(listing, record)
    measure = None
    for format_ in (N_QUADS, TRIG):
        name = f"{stem}.{format_.name}"
        if name not in listing.sound:
            continue
        try:
            found = _fingerprint(listing, name, record, reader)
        except Unreadable as error:
            yield Finding(name, str(error), f"the dataset of RDFC-1.0 hash {record.digest}")
            continue
        wrong = list(_compare(name, found, record))
        yield from wrong
        if measure is None and not wrong:
            measure = _Measure(listing, reader, name, found)
    if measure is None:
        yield Finding(
            f"{stem}.{N_QUADS.name}",
            "neither it nor the TriG is the dataset that was released",
            f"the dataset of RDFC-1.0 hash {record.digest}",
            f"the other formats were not compared; {AGAIN}",
        )
        return
    for format_ in _MERGED:
        yield from _check_file(measure, f"{stem}.{format_.name}", "", measure.fingerprint.merged)
    yield from _check_graphs(measure, record)


def _fingerprint(listing: Listing, name: str, record: Record, reader: Reader) -> Fingerprint:
    file, size = listing.path(name), listing.sound[name]
    if name.endswith(f".{N_QUADS.name}"):
        return reader.call(size, of_canonical_file, file)
    return reader.call(size, of_file, file, record.quads)


def _compare(name: str, found: Fingerprint, record: Record) -> Iterator[Finding]:
    if found.quads.sha256 != record.digest:
        seen = f"has the RDFC-1.0 hash {found.quads.sha256} and {found.quads.count:,} quads"
        yield Finding(name, seen, f"{record.digest} and {record.quads:,} as in {RECORD_FILE}", NOT_OURS)
        return
    counted = (found.quads.count, found.merged.count)
    if counted != (record.quads, record.triples):
        seen = f"says {record.quads:,} quads and {record.triples:,} triples"
        yield Finding(RECORD_FILE, seen, f"{counted[0]:,} and {counted[1]:,}, which {name} has", NOT_OURS)


def _check_hash_file(listing: Listing, record: Record) -> Iterator[Finding]:
    expected = f"{record.digest}  {record.stem}.{N_QUADS.name}"
    if HASH_FILE not in listing.sums:
        yield Finding(HASH_FILE, "is not listed", "the hash of the dataset")
    elif HASH_FILE in listing.sound:
        try:
            found = listing.read(HASH_FILE, _LEAST_SIZE).decode("utf-8", "replace")
        except Unopenable as error:
            found = str(error)
        if found != f"{expected}\n":
            yield Finding(HASH_FILE, f"is {found!r}", f"{expected}, as {RECORD_FILE} has it", NOT_OURS)


def _check_graphs(measure: _Measure, record: Record) -> Iterator[Finding]:
    """Yield where the graphs, each from its own file, do not add up to the dataset."""
    start, listing = graph_iri("", record.base), measure.listing
    graphs = {f"{_GRAPHS}{iri.removeprefix(start)}": iri for iri in measure.fingerprint.graphs}
    for stem, iri in sorted(graphs.items()):
        if f"{stem}.ttl" not in listing.sums:
            yield Finding(f"{stem}.ttl", "is not listed", f"the graph <{iri}>")
    for name in sorted(listing.sums):
        if not name.startswith(_GRAPHS):
            continue
        stem, _, suffix = name.rpartition(".")
        if stem in graphs and suffix in (TURTLE.name, N_TRIPLES.name):
            yield from _check_file(measure, name, graphs[stem], measure.fingerprint.graphs[graphs[stem]])
        else:
            yield Finding(name, "is of no graph that the dataset has", "a file for each graph", NOT_OURS)
    if listing.sums.get(REPORT_FILE) != listing.sums.get(f"{_GRAPHS}report.ttl"):
        yield Finding(REPORT_FILE, f"is another file than {_GRAPHS}report.ttl", "the same file", NOT_OURS)


def _check_file(measure: _Measure, name: str, graph: str, expected: Sum) -> Iterator[Finding]:
    """Yield where a file does not hold the triples of a graph, or of all merged where none is named."""
    listing = measure.listing
    if name not in listing.sound or (name.endswith(".nt") and listing.sums[name] == expected.sha256):
        return
    what = f"the {expected.count:,} triples of " + (f"the graph <{graph}>" if graph else "all graphs merged")
    file, size = listing.path(name), listing.sound[name]
    if size > _LARGEST_SHARE * expected.size + _LEAST_SIZE:
        yield Finding(name, f"has {size:,} bytes, too many to be read", what, NOT_OURS)
        return
    try:
        found = measure.reader.call(size, of_file, file, expected.count)
        if found.quads != expected:
            both = size + listing.sound[measure.name]
            seen = measure.reader.call(both, difference, file, listing.path(measure.name), graph)
            yield Finding(name, seen, what, NOT_OURS)
        elif name.endswith(".nt"):
            yield Finding(name, "holds its triples in another form", "canonical N-Triples, sorted by code point")
    except Unreadable as error:
        yield Finding(name, str(error), what)
