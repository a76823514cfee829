"""What each file of a release is, told from its name: in words, and whether it is the data or goes with it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from server.description.licences import licence_of_file
from server.http.formats import GZIP, N_QUADS, RDF_BY_NAME, TRIG
from server.releases.media_types import media_type
from server.releases.release import Release

_GRAPH: Final = re.compile(r"graphs/(.+)\.(\w+)")
_FOLDERS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "ontology/": "Source of the vocabulary",
        "shapes/": "Source of the shapes that the data is checked against",
        "sources/": "Source that the data is built from",
    }
)
_DATA: Final[Mapping[str, str]] = MappingProxyType(
    {
        "claims.csv": "Claims as a table, a row for each, with who says it, on what source, in which words",
        "nanopubs.trig": "Claims as nanopublications, each with who says it and on what it rests",
        "places.geojson": "Places as GeoJSON",
    }
)
_TITLES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "CITATION.cff": "How to cite this release",
        "LICENSE.txt": "The licence, and the attribution that a copy has to carry",
        "README.txt": "What is in this release",
        "RDFC-1.0.sha256": "Hash of the canonical dataset (RDFC-1.0)",
        "changes.json": "What changed since the release before, as JSON",
        "changes.md": "What changed since the release before, in words",
        "changes.rdfp": "What changed since the release before, as RDF Patch",
        "claims.csv-metadata.json": "What the columns of claims.csv are (CSV on the Web)",
        "datacite.json": "Description of the release for DataCite",
        "description.jsonld": "Description of the release in DCAT, VoID and PROV, as JSON-LD",
        "description.ttl": "Description of the release in DCAT, VoID and PROV, as Turtle",
        "release.json": "Versions and counts of the release",
        "ro-crate-metadata.json": "RO-Crate: every file of the release",
        "schema-org.jsonld": "Description of the dataset in the words of schema.org",
        "validation-report.ttl": "What validation found, as a SHACL report",
    }
)


@dataclass(frozen=True, slots=True)
class FileKind:
    """What a file is."""

    title: str
    media_type: str
    """Of the file; of one that is compressed, of what is inside."""
    is_compressed: bool = False
    """Whether it is inside gzip."""
    is_data: bool = False
    """Whether it holds the data, in whole or in part: what DCAT calls a distribution."""
    is_whole: bool = False
    """Whether it holds every statement of the dataset, the bag aside."""
    has_graphs: bool = False
    """Whether it tells the named graphs apart."""
    license: str | None = None
    """IRI of the licence, where it is not that of the data."""
    graph: str | None = None
    """The named graph that it holds, as `entities`, where it holds one."""

    @property
    def is_graph(self) -> bool:
        """Whether it holds one named graph; there are as many as there are voices."""
        return self.graph is not None


def kind_of(release: Release, name: str) -> FileKind:
    """Return what the file of this name is."""
    licence = licence_of_file(name)
    return replace(_kind_of(release, name), license=licence.iri if licence else None)


def _kind_of(release: Release, name: str) -> FileKind:
    inside = name.removesuffix(".gz")
    is_compressed = inside != name
    suffix = inside.rpartition(".")[2]
    rdf = RDF_BY_NAME.get(suffix)
    type_ = media_type(inside)
    if rdf is not None and inside == f"{release.stem}.{suffix}":
        return FileKind(
            f"The whole dataset as {rdf.label}{', in gzip' if is_compressed else ''}",
            type_,
            is_compressed=is_compressed,
            is_data=True,
            is_whole=True,
            has_graphs=rdf in (N_QUADS, TRIG),
        )
    if name == release.record.bag:
        return FileKind("All other files but SHA256SUMS as one BagIt bag", type_, is_data=True)
    if inside in _DATA:
        title = f"{_DATA[inside]}{', in gzip' if is_compressed else ''}"
        return FileKind(title, type_, is_compressed=is_compressed, is_data=True)
    graph = _GRAPH.fullmatch(name)
    if graph is not None and graph[2] in RDF_BY_NAME:
        title = f"The named graph {graph[1]} as {RDF_BY_NAME[graph[2]].label}"
        return FileKind(title, type_, is_data=True, graph=graph[1])
    for folder, title in _FOLDERS.items():
        if name.startswith(folder):
            return FileKind(f"{title}: {name.removeprefix(folder)}", type_)
    return FileKind(_TITLES.get(name, name), GZIP.media_type if is_compressed else type_)
