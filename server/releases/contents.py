"""The first part of a release: the dataset in every format, by graph, as tables, and what it was made with.

The N-Quads are the built file itself, which is canonical (RDFC-1.0); the N-Triples are the
merge of its graphs in the same form. Everything else is written from these quads.
"""

from __future__ import annotations

import gzip
import hashlib
import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from graph.iris import graph_iri
from graph.paths import ONTOLOGY, SHAPES
from graph.releases import UnreadableDataset
from server.http.formats import JSON_LD, N_QUADS, N_TRIPLES, RDF_XML, TRIG, TURTLE
from server.releases.heading import heading
from server.releases.letters import licence_text, readme_text
from server.releases.release import RECORD_FILE, Content, Release
from server.site import Site
from server.terms.serialise import serialise
from server.time_and_place.places import places
from server.wikidata import exports

HASH_FILE: Final = "RDFC-1.0.sha256"
REPORT_FILE: Final = "validation-report.ttl"

_WRITTEN: Final = (TURTLE, TRIG, JSON_LD, RDF_XML)
_SOURCES: Final = {"ontology": ONTOLOGY, "shapes": SHAPES}
_SUFFIXES: Final = (".jsonld", ".py", ".rq", ".shex", ".ttl")
_LEVEL: Final = 9


def write_contents(site: Site, release: Release) -> Iterator[tuple[str, Content]]:
    """Yield the dataset's files, and those that say what it is.

    Raises `UnreadableDataset` where the dataset's file is no more what the site serves.
    """
    nquads = _read(site)
    quads = list(ox.parse(nquads, format=ox.RdfFormat.N_QUADS))
    yield from _with_gzip(f"{release.stem}.{N_QUADS.name}", nquads)
    del nquads
    yield HASH_FILE, f"{release.record.digest}  {release.stem}.{N_QUADS.name}\n".encode()
    yield from _with_gzip(f"{release.stem}.{N_TRIPLES.name}", canonical_triples(quads))
    head = heading(site.publication, release)
    for target in _WRITTEN:
        yield from _with_gzip(f"{release.stem}.{target.name}", serialise(quads, target, header=head))
    yield from _graphs(site, release, quads)
    yield from _sources()
    yield "claims.csv", (rows.encode() for rows in exports.claims(site))
    yield "places.geojson", (piece.encode() for piece in places(site))
    yield "LICENSE.txt", licence_text(site.publication, release).encode()
    yield "README.txt", readme_text(site.publication, release).encode()
    yield RECORD_FILE, release.record.to_json()


def canonical_triples(quads: Iterable[ox.Quad]) -> bytes:
    """Return the merge of the graphs as canonical N-Triples, sorted by code point.

    Without blank nodes, which nothing we publish has, this is what RDFC-1.0 comes down to (section 4.4).
    """
    lines = ox.serialize((quad.triple for quad in quads), format=ox.RdfFormat.N_TRIPLES) or b""
    # UTF-8 sorts as bytes as it does by code point.
    return b"".join(sorted(set(lines.splitlines(keepends=True))))


def _read(site: Site) -> bytes:
    file = site.config.dataset
    try:
        content = file.read_bytes()
    except OSError as error:
        raise UnreadableDataset(f"{file}: {error.strerror}; run `battlegraph build`") from error
    if hashlib.sha256(content).hexdigest() != site.dataset.digest:
        raise UnreadableDataset(f"{file}: replaced while it was being released; run `battlegraph release` again")
    return content


def _with_gzip(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    yield name, content
    packed = io.BytesIO()
    # Neither a time nor a name in it (RFC 1952 section 2.3.1). Not by gzip.compress, which in some versions of Python
    # writes the operating system too.
    with gzip.GzipFile("", "wb", _LEVEL, packed, mtime=0) as out:
        out.write(content)
    yield f"{name}.gz", packed.getvalue()


def _graphs(site: Site, release: Release, quads: Iterable[ox.Quad]) -> Iterator[tuple[str, bytes]]:
    start = graph_iri("", site.dataset.base)
    graphs: dict[str, list[ox.Quad]] = {}
    for quad in quads:
        name = quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else ""
        if not name.startswith(start):
            raise UnreadableDataset(
                f"{site.config.dataset}: a statement in the graph <{name}>, none of ours; run `battlegraph build`"
            )
        graphs.setdefault(name.removeprefix(start), []).append(quad)
    for name, found in sorted(graphs.items()):
        content = serialise(found, TURTLE, header=heading(site.publication, release, graph=start + name))
        yield f"graphs/{name}.ttl", content
        if name.startswith("viewpoint/"):
            yield f"graphs/{name}.nt", canonical_triples(found)
        if name == "report":
            yield REPORT_FILE, content


def _sources() -> Iterator[tuple[str, bytes]]:
    for name, folder in _SOURCES.items():
        for file in sorted(folder.rglob("*")):
            if file.suffix in _SUFFIXES and file.is_file() and not file.name.startswith((".", "_")):
                yield f"{name}/{_below(file, folder)}", file.read_bytes()


def _below(file: Path, folder: Path) -> str:
    return file.relative_to(folder).as_posix()
