"""The first part of a release: the dataset in every format, by graph, as tables, and what it was made from.

The N-Quads are the built file itself, which is canonical (RDFC-1.0); the N-Triples are the
merge of its graphs in the same form. Everything else is written from these quads, in memory
that does not grow with them.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from graph.iris import graph_iri
from graph.paths import ARTICLES, ONTOLOGY, RULES, SHAPES, SHARED
from graph.releases import UnreadableDataset
from graph.workforce.force import Workforce
from graph.workforce.opening import Here
from server.description.heading import release_heading
from server.description.licences import licence_of_file
from server.http.formats import JSON_LD, N_QUADS, N_TRIPLES, RDF_XML, TRIG, TURTLE, Format
from server.nanopublications.exports import EXPORT_FILE, nanopubs
from server.releases.layout.lines import graph_lines, merged_lines
from server.releases.layout.nodes import jsonld, xml
from server.releases.layout.rows import Rows
from server.releases.layout.survey import Frame
from server.releases.layout.turtle import graph_files, trig, turtle
from server.releases.letters import licence_text
from server.releases.part import Content
from server.releases.readme import Holdings, readme_text
from server.releases.record import RECORD_FILE
from server.releases.release import Release
from server.releases.sink import Sink
from server.site import Site
from server.time_and_place.places import places
from server.wikidata import exports
from server.wikidata.claim_schema import SCHEMA_FILE, claim_schema

HASH_FILE: Final = "RDFC-1.0.sha256"
REPORT_FILE: Final = "validation-report.ttl"

_SOURCES: Final = {
    "ontology": ONTOLOGY,
    "shapes": SHAPES,
    "sources/articles": ARTICLES,
    "sources/shared": SHARED,
    "sources/rules": RULES,
}
_SUFFIXES: Final = (".jsonld", ".py", ".rq", ".shex", ".ttl", ".txt", ".wiki")
_LEVEL: Final = 9
_ALONE: Final = Here()
_PIECE: Final = 1 << 20


def write_contents(
    site: Site, release: Release, workforce: Workforce = _ALONE, scratch: Path | None = None
) -> Iterator[tuple[str, Content]]:
    """Yield the dataset's files, and those that say what it is; formats are written by the workforce.

    What does not fit into memory goes to files without a name in `scratch`, by default where the release is written.
    Raises `UnreadableDataset` where the dataset's file is no more what the site serves.
    """
    name = f"{release.stem}.{N_QUADS.name}"
    yield from _with_gzip(release, name, _read(site))
    # From here on of the copy, which no build replaces.
    quads = release.folder / name
    yield HASH_FILE, f"{release.record.digest}  {name}\n".encode()
    yield from _with_gzip(release, f"{release.stem}.{N_TRIPLES.name}", merged_lines(_lines(quads)))
    with Rows(scratch or release.folder, workforce) as rows:
        graphs = graph_iri("", site.dataset.base)
        rows.read(quads, Frame(str(site.config.dataset), graphs, site.publication.iri))
        for target, pieces in _formats(site, release, rows):
            yield from _with_gzip(release, f"{release.stem}.{target.name}", pieces)
        yield from _graphs(site, release, rows, graphs)
        counts = {name.removeprefix(graphs): found.quads for name, found in rows.facts.graphs.items() if found.quads}
        holdings = Holdings(dict(sorted(counts.items())), rows.facts.claims)
    yield from _sources()
    yield "claims.csv", (row.encode() for row in exports.claims(site))
    yield SCHEMA_FILE, claim_schema(site).encode()
    yield "places.geojson", (piece.encode() for piece in places(site))
    yield "LICENSE.txt", licence_text(site.publication, release).encode()
    yield from _with_gzip(release, EXPORT_FILE, (piece.encode() for piece in nanopubs(site, workforce=workforce)))
    yield "README.txt", readme_text(site.publication, release, holdings).encode()
    yield RECORD_FILE, release.record.to_json()


def _read(site: Site) -> Iterator[bytes]:
    file, total = site.config.dataset, hashlib.sha256()
    try:
        with file.open("rb") as opened:
            while piece := opened.read(_PIECE):
                total.update(piece)
                yield piece
    except OSError as error:
        raise UnreadableDataset(f"{file}: {error.strerror}; run `battlegraph build`") from error
    if total.hexdigest() != site.dataset.digest:
        raise UnreadableDataset(f"{file}: replaced while it was being released; run `battlegraph release` again")


def _lines(file: Path) -> Iterator[bytes]:
    with file.open("rb") as opened:
        yield from opened


def _with_gzip(release: Release, name: str, content: Content) -> Iterator[tuple[str, Content]]:
    yield name, content
    yield f"{name}.gz", _packed(release.folder / name)


def _packed(file: Path) -> Iterator[bytes]:
    sink = Sink()
    # Neither a time nor a name in it (RFC 1952 section 2.3.1). Not by gzip.compress, which in some versions of Python
    # writes the operating system too.
    with file.open("rb") as opened, gzip.GzipFile("", "wb", _LEVEL, sink, mtime=0) as out:
        while piece := opened.read(_PIECE):
            out.write(piece)
            yield sink.take()
    yield sink.take()


def _formats(site: Site, release: Release, rows: Rows) -> Iterator[tuple[Format, Iterator[bytes]]]:
    head = release_heading(site.publication, release)
    merged = release_heading(site.publication, release, is_merged=True)
    yield TURTLE, turtle(rows, merged)
    yield TRIG, trig(rows, head)
    yield JSON_LD, jsonld(rows)
    yield RDF_XML, xml(rows, merged)


def _graphs(site: Site, release: Release, rows: Rows, start: str) -> Iterator[tuple[str, Content]]:
    def file_of(graph: str) -> str:
        return f"graphs/{graph.removeprefix(start)}.{TURTLE.name}"

    def heading(graph: str) -> tuple[str, ...]:
        licence = licence_of_file(file_of(graph))
        return release_heading(site.publication, release, graph=graph, license_iri=licence.iri if licence else None)

    for graph, pieces in graph_files(rows, heading):
        if graph != f"{start}report":
            yield file_of(graph), pieces
            continue
        content = b"".join(pieces)
        yield file_of(graph), content
        yield REPORT_FILE, content
    for graph, pieces in graph_lines(rows, f"{start}viewpoint/"):
        yield f"graphs/{graph.removeprefix(start)}.{N_TRIPLES.name}", pieces


def _sources() -> Iterator[tuple[str, bytes]]:
    for name, folder in _SOURCES.items():
        for file in sorted(folder.rglob("*")):
            if file.suffix in _SUFFIXES and file.is_file() and not file.name.startswith((".", "_")):
                yield f"{name}/{_below(file, folder)}", file.read_bytes()


def _below(file: Path, folder: Path) -> str:
    return file.relative_to(folder).as_posix()
