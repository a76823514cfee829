"""A file of a release in RDF: a distribution (DCAT 3) with its SPDX checksum, and the graph that it may hold."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

import pyoxigraph as ox

from graph.namespaces import DCAT, DCTERMS, RDF, SPDX, VOID
from server.description.file_kind import FileKind
from server.description.publication import Publication
from server.description.statements import Triples, english, iri, says, typed
from server.description.versioned import graph_node
from server.http.formats import GEOJSON, GZIP, JSON_LD, N_QUADS, N_TRIPLES, RDF_XML, RESULTS_CSV, TRIG, TURTLE, ZIP
from server.releases.release import Release, ReleaseFile

_MEDIA_TYPES: Final = "https://www.iana.org/assignments/media-types/"
# The list that DCAT-AP names for dcterms:format (section "Controlled vocabularies to be used").
_FILE_TYPES: Final = "http://publications.europa.eu/resource/authority/file-type/"
_FILE_TYPE_OF: Final = MappingProxyType(
    {
        GEOJSON.media_type: "GEOJSON",
        JSON_LD.media_type: "JSON_LD",
        N_QUADS.media_type: "RDF_N_QUADS",
        N_TRIPLES.media_type: "RDF_N_TRIPLES",
        RDF_XML.media_type: "RDF_XML",
        TRIG.media_type: "RDF_TRIG",
        ZIP.media_type: "ZIP",
        RESULTS_CSV.media_type: "CSV",
        TURTLE.media_type: "RDF_TURTLE",
    }
)


def describe_distribution(publication: Publication, release: Release, file: ReleaseFile, kind: FileKind) -> Triples:
    """Yield what one file is, of what, and how to tell that it is whole."""
    download, node = iri(release.file_iri(file.name)), ox.NamedNode(f"{release.iri}#{file.name}")
    checksum, record = ox.NamedNode(f"{node.value}-sha256"), release.record
    # A graph is a dataset of its own; its file holds that and no more.
    whole = graph_node(release, kind.graph) if kind.graph is not None else ox.NamedNode(release.iri)
    yield from says(
        whole,
        (DCAT + "distribution", node),
        (VOID + "dataDump", download if kind.is_whole or kind.graph is not None else None),
    )
    if kind.graph is not None:
        yield from says(
            whole,
            (RDF + "type", iri(VOID + "Dataset")),
            (DCTERMS + "title", english(f"The named graph {kind.graph}")),
            (DCTERMS + "isPartOf", iri(release.iri)),
            (DCTERMS + "license", iri(kind.license or publication.license)),
        )
    file_type = _FILE_TYPE_OF.get(kind.media_type)
    held = f"{record.quads:,} statements in their named graphs." if kind.has_graphs else None
    if kind.is_whole and not kind.has_graphs:
        held = f"{record.triples:,} triples: the named graphs merged, what rules derived among the rest."
    yield from says(
        node,
        (RDF + "type", iri(DCAT + "Distribution")),
        (DCTERMS + "title", english(kind.title)),
        (DCTERMS + "description", english(held)),
        (DCAT + "accessURL", iri(release.iri)),
        (DCAT + "downloadURL", download),
        (DCAT + "byteSize", typed(str(file.size), "nonNegativeInteger")),
        (DCAT + "mediaType", iri(_MEDIA_TYPES + kind.media_type)),
        (DCAT + "compressFormat", iri(_MEDIA_TYPES + GZIP.media_type) if kind.is_compressed else None),
        (DCTERMS + "format", iri(_FILE_TYPES + file_type) if file_type else None),
        (DCTERMS + "license", iri(kind.license or publication.license)),
        (DCTERMS + "issued", typed(record.modified, "date")),
        (SPDX + "checksum", checksum),
    )
    yield from says(
        checksum,
        (RDF + "type", iri(SPDX + "Checksum")),
        (SPDX + "algorithm", iri(SPDX + "checksumAlgorithm_sha256")),
        (SPDX + "checksumValue", typed(file.sha256, "hexBinary")),
    )
