"""The first part of a release: the dataset in every format, by graph, as tables, and what it was made from.

The N-Quads are the built file itself, which is canonical (RDFC-1.0); the N-Triples are the
merge of its graphs in the same form. Everything else is written from these quads.
"""

from __future__ import annotations

import gzip
import hashlib
import io
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from graph.iris import graph_iri
from graph.namespaces import BG
from graph.paths import ARTICLES, ONTOLOGY, RULES, SHAPES, SHARED
from graph.releases import UnreadableDataset
from server.description.heading import release_heading
from server.description.licences import licence_of_file
from server.http.formats import JSON_LD, N_QUADS, N_TRIPLES, RDF_XML, TRIG, TURTLE
from server.nanopublications.exports import nanopubs
from server.releases.letters import licence_text
from server.releases.part import Content
from server.releases.readme import Holdings, readme_text
from server.releases.record import RECORD_FILE
from server.releases.release import Release
from server.site import Site
from server.terms.serialise import serialise
from server.time_and_place.places import places
from server.wikidata import exports
from server.wikidata.claim_schema import SCHEMA_FILE, claim_schema

HASH_FILE: Final = "RDFC-1.0.sha256"
REPORT_FILE: Final = "validation-report.ttl"

_WRITTEN: Final = (TURTLE, TRIG, JSON_LD, RDF_XML)
_ACCORDING_TO: Final = ox.NamedNode(BG + "accordingTo")
_SOURCES: Final = {
    "ontology": ONTOLOGY,
    "shapes": SHAPES,
    "sources/articles": ARTICLES,
    "sources/shared": SHARED,
    "sources/rules": RULES,
}
_SUFFIXES: Final = (".jsonld", ".py", ".rq", ".shex", ".ttl", ".txt", ".wiki")
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
    yield from _with_gzip(f"{release.stem}.{N_TRIPLES.name}", serialise(quads, N_TRIPLES))
    whole = ox.NamedNode(site.publication.iri) if site.publication.iri else None
    for target in _WRITTEN:
        head = release_heading(site.publication, release, is_merged=target is not TRIG)
        yield from _with_gzip(f"{release.stem}.{target.name}", serialise(quads, target, first=whole, header=head))
    graphs = _by_name(site, quads)
    yield from _graphs(site, release, graphs)
    yield from _sources()
    yield "claims.csv", (rows.encode() for rows in exports.claims(site))
    yield SCHEMA_FILE, claim_schema(site).encode()
    yield "places.geojson", (piece.encode() for piece in places(site))
    yield "LICENSE.txt", licence_text(site.publication, release).encode()
    yield from _with_gzip("nanopubs.trig", "".join(nanopubs(site)).encode())
    claims = {quad.subject for quad in quads if quad.predicate == _ACCORDING_TO}
    holdings = Holdings({name: len(found) for name, found in graphs.items()}, len(claims))
    yield "README.txt", readme_text(site.publication, release, holdings).encode()
    yield RECORD_FILE, release.record.to_json()


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


def _by_name(site: Site, quads: Iterable[ox.Quad]) -> dict[str, list[ox.Quad]]:
    """Return the quads of each named graph, by its name, as `viewpoint/azerbaijan`."""
    start = graph_iri("", site.dataset.base)
    graphs: dict[str, list[ox.Quad]] = {}
    for quad in quads:
        name = quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else ""
        if not name.startswith(start):
            raise UnreadableDataset(
                f"{site.config.dataset}: a statement in the graph <{name}>, none of ours; run `battlegraph build`"
            )
        graphs.setdefault(name.removeprefix(start), []).append(quad)
    return dict(sorted(graphs.items()))


def _graphs(site: Site, release: Release, graphs: Mapping[str, list[ox.Quad]]) -> Iterator[tuple[str, bytes]]:
    for name, found in graphs.items():
        file, graph = f"graphs/{name}.ttl", graph_iri(name, site.dataset.base)
        licence = licence_of_file(file)
        head = release_heading(site.publication, release, graph=graph, license_iri=licence.iri if licence else None)
        content = serialise(found, TURTLE, header=head)
        yield file, content
        if name.startswith("viewpoint/"):
            yield f"graphs/{name}.nt", serialise(found, N_TRIPLES)
        if name == "report":
            yield REPORT_FILE, content


def _sources() -> Iterator[tuple[str, bytes]]:
    for name, folder in _SOURCES.items():
        for file in sorted(folder.rglob("*")):
            if file.suffix in _SUFFIXES and file.is_file() and not file.name.startswith((".", "_")):
                yield f"{name}/{_below(file, folder)}", file.read_bytes()


def _below(file: Path, folder: Path) -> str:
    return file.relative_to(folder).as_posix()
