"""Releases in RDF: DCAT 3 (W3C Recommendation of 2024) with VoID, SPDX checksums and PROV.

The dataset is what all its versions have in common; each release is a dataset of its own,
a version of that one (DCAT 3, section 11) and a member of the series of releases (section
12). Every node has an IRI: that of a file, with a fragment where the node is not the file.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from types import MappingProxyType
from typing import Final, TypeAlias

import pyoxigraph as ox

from graph.iris import ONTOLOGY_IRI
from graph.namespaces import ADMS, DCAT, DCTERMS, FOAF, RDF, RDFS, SPDX, VOID, XSD
from server.description.file_kind import FileKind, kind_of
from server.description.making import describe_making
from server.description.publication import Agent, Publication
from server.description.versioned import as_nodes, graph_node
from server.releases.media_types import GZIP
from server.releases.release import Release, ReleaseFile

Triples: TypeAlias = Iterator[ox.Triple]
_Value: TypeAlias = ox.NamedNode | ox.Literal | None

_MEDIA_TYPES: Final = "https://www.iana.org/assignments/media-types/"
_LANGUAGES: Final = "http://id.loc.gov/vocabulary/iso639-1/"
# The list that DCAT-AP names for dcterms:format (section "Controlled vocabularies to be used").
_FILE_TYPES: Final = "http://publications.europa.eu/resource/authority/file-type/"
_FILE_TYPE_OF: Final = MappingProxyType(
    {
        "application/geo+json": "GEOJSON",
        "application/ld+json": "JSON_LD",
        "application/n-quads": "RDF_N_QUADS",
        "application/n-triples": "RDF_N_TRIPLES",
        "application/rdf+xml": "RDF_XML",
        "application/trig": "RDF_TRIG",
        "application/zip": "ZIP",
        "text/csv": "CSV",
        "text/turtle": "RDF_TURTLE",
    }
)
_RANGES: Final = MappingProxyType(
    {
        DCAT + "compressFormat": DCTERMS + "MediaType",
        DCAT + "mediaType": DCTERMS + "MediaType",
        DCTERMS + "conformsTo": DCTERMS + "Standard",
        DCTERMS + "format": DCTERMS + "MediaTypeOrExtent",
        DCTERMS + "language": DCTERMS + "LinguisticSystem",
        DCTERMS + "license": DCTERMS + "LicenseDocument",
        SPDX + "algorithm": SPDX + "ChecksumAlgorithm",
    }
)
"""What the values of a property are, said of each so that DCAT-AP's shapes need no other vocabulary at hand."""
_SPARQL_PROTOCOL: Final = "http://www.w3.org/TR/sparql11-protocol/"


def describe_endpoint(publication: Publication, base: str) -> Triples:
    """Yield the dataset's SPARQL endpoint as a data service, which serves what is current."""
    if publication.iri is None:
        return
    dataset, service, access = _iri(publication.iri), _iri(f"{base}sparql#service"), _iri(f"{base}sparql#distribution")
    endpoint = _iri(f"{base}sparql")
    licence = _iri(publication.license)
    yield from _says(
        service,
        (RDF + "type", _iri(DCAT + "DataService")),
        (DCTERMS + "title", _english("SPARQL endpoint")),
        (DCAT + "endpointURL", endpoint),
        # The service description (SPARQL 1.1), which the endpoint's address answers with to who asks for RDF.
        (DCAT + "endpointDescription", endpoint),
        (DCAT + "servesDataset", dataset),
        (DCTERMS + "conformsTo", _iri(_SPARQL_PROTOCOL)),
        (DCTERMS + "license", licence),
        (DCTERMS + "publisher", _iri(publication.publisher.iri if publication.publisher else None)),
    )
    yield from _says(dataset, (DCAT + "distribution", access))
    yield from _says(
        access,
        (RDF + "type", _iri(DCAT + "Distribution")),
        (DCTERMS + "title", _english("The dataset by query")),
        (DCAT + "accessURL", endpoint),
        (DCAT + "accessService", service),
        (DCTERMS + "license", licence),
    )


def describe_series(publication: Publication, base: str, releases: Sequence[Release]) -> Triples:
    """Yield the series of these releases, the newest first, and each of them as a version of the dataset."""
    if not releases:
        return
    newest, oldest = _iri(releases[0].iri), _iri(releases[-1].iri)
    yield from _describe_series_itself(publication, base)
    yield from _says(
        _iri(f"{base}dumps/"),
        (DCAT + "first", oldest),
        (DCAT + "last", newest),
        *((DCAT + "seriesMember", _iri(release.iri)) for release in releases),
    )
    yield from _says(_iri(publication.iri), (DCAT + "hasCurrentVersion", newest))
    for release in releases:
        yield from describe_version(publication, release)


def _describe_series_itself(publication: Publication, base: str) -> Triples:
    title = f"{publication.title or 'Dataset'}: releases"
    yield from _says(
        _iri(f"{base}dumps/"),
        (RDF + "type", _iri(DCAT + "DatasetSeries")),
        (RDFS + "label", _english(title)),
        (DCTERMS + "title", _english(title)),
        (DCTERMS + "description", _english("The versions of the dataset, each as files that never change.")),
        (DCTERMS + "publisher", _iri(publication.publisher.iri if publication.publisher else None)),
    )


def describe_version(publication: Publication, release: Release) -> Triples:
    """Yield that a release is a version of the dataset, of which day, and after which other."""
    dataset, node, record = _iri(publication.iri), _iri(release.iri), release.record
    previous = _iri(f"{record.base}dumps/{record.previous}/") if record.previous else None
    title = f"{publication.title or 'Dataset'}, version {record.version}"
    yield from _says(dataset, (DCAT + "hasVersion", node))
    yield from _says(
        node,
        (RDF + "type", _iri(DCAT + "Dataset")),
        (RDFS + "label", _english(title)),
        (DCTERMS + "title", _english(title)),
        (DCAT + "version", ox.Literal(record.version)),
        (DCTERMS + "issued", _typed(record.modified, "date")),
        (DCTERMS + "modified", _typed(record.modified, "date")),
        (DCAT + "isVersionOf", dataset),
        (DCAT + "inSeries", _iri(f"{record.base}dumps/")),
        (DCAT + "prev", previous),
        (DCAT + "previousVersion", previous),
        (DCAT + "landingPage", node),
    )


def describe_release(publication: Publication, release: Release, *, with_graphs: bool = True) -> Triples:
    """Yield all there is to say of a release: whose it is, under what licence, made how, in which files.

    `publication` is what the dataset said of itself in this version. The files that hold
    one named graph each may be left out.
    """
    node, record = _iri(release.iri), release.record
    yield from _describe_series_itself(publication, record.base)
    yield from describe_version(publication, release)
    yield from _says(
        node,
        (RDF + "type", _iri(VOID + "Dataset")),
        (DCTERMS + "description", _english(publication.description)),
        (ADMS + "versionNotes", _english(publication.version_notes)),
        (DCTERMS + "license", _iri(publication.license)),
        (DCTERMS + "publisher", _iri(publication.publisher.iri if publication.publisher else None)),
        *((DCTERMS + "creator", _iri(agent.iri)) for agent in publication.creators),
        *((DCAT + "keyword", _english(keyword)) for keyword in publication.keywords),
        *((DCTERMS + "language", _iri(_LANGUAGES + language)) for language in publication.languages),
        *((DCTERMS + "source", _iri(source)) for source in publication.sources),
        *((DCTERMS + "source", _iri(register.iri)) for register in publication.registers),
        (DCTERMS + "conformsTo", _iri(f"{ONTOLOGY_IRI}/{record.vocabulary}")),
        # Those of which the validation report of this version says that the data conforms.
        *((DCTERMS + "conformsTo", _iri(shapes)) for shapes in publication.conforms_to),
        (VOID + "triples", _typed(str(record.triples), "integer")),
    )
    for words in (*((DCTERMS + "provenance", told) for told in publication.provenance), *_rights(publication)):
        for triple in _says(node, (words[0], _english(words[1]))):
            yield from as_nodes(triple, release)
    yield from describe_making(release)
    for agent in {agent.iri: agent for agent in (publication.publisher, *publication.creators) if agent}.values():
        yield from _describe_agent(agent)
    for file in release.files:
        kind = kind_of(release, file.name)
        if kind.is_data and (with_graphs or not kind.is_graph):
            yield from _describe_distribution(publication, release, file, kind)


def _rights(publication: Publication) -> Iterator[tuple[str, str]]:
    if publication.rights:
        yield DCTERMS + "rights", publication.rights
    for register in publication.registers:
        if register.rights:
            yield DCTERMS + "rights", f"{register.name} <{register.iri}>: {register.rights}"


def _describe_agent(agent: Agent) -> Triples:
    yield from _says(
        ox.NamedNode(agent.iri),
        (RDF + "type", _iri(FOAF + "Agent")),
        (RDFS + "label", _english(agent.name)),
        (FOAF + "name", ox.Literal(agent.name)),
    )


def _describe_distribution(publication: Publication, release: Release, file: ReleaseFile, kind: FileKind) -> Triples:
    download, node = _iri(release.file_iri(file.name)), ox.NamedNode(f"{release.iri}#{file.name}")
    checksum, record = ox.NamedNode(f"{node.value}-sha256"), release.record
    # A graph is a dataset of its own; its file holds that and no more.
    whole = graph_node(release, kind.graph) if kind.graph is not None else ox.NamedNode(release.iri)
    yield from _says(
        whole,
        (DCAT + "distribution", node),
        (VOID + "dataDump", download if kind.is_whole or kind.graph is not None else None),
    )
    if kind.graph is not None:
        yield from _says(
            whole,
            (RDF + "type", _iri(VOID + "Dataset")),
            (DCTERMS + "title", _english(f"The named graph {kind.graph}")),
            (DCTERMS + "isPartOf", _iri(release.iri)),
            (DCTERMS + "license", _iri(kind.license or publication.license)),
        )
    file_type = _FILE_TYPE_OF.get(kind.media_type)
    held = f"{record.quads:,} statements in their named graphs." if kind.has_graphs else None
    if kind.is_whole and not kind.has_graphs:
        held = f"{record.triples:,} triples: the named graphs merged, what rules derived among the rest."
    yield from _says(
        node,
        (RDF + "type", _iri(DCAT + "Distribution")),
        (DCTERMS + "title", _english(kind.title)),
        (DCTERMS + "description", _english(held)),
        (DCAT + "accessURL", _iri(release.iri)),
        (DCAT + "downloadURL", download),
        (DCAT + "byteSize", _typed(str(file.size), "nonNegativeInteger")),
        (DCAT + "mediaType", _iri(_MEDIA_TYPES + kind.media_type)),
        (DCAT + "compressFormat", _iri(_MEDIA_TYPES + GZIP) if kind.is_compressed else None),
        (DCTERMS + "format", _iri(_FILE_TYPES + file_type) if file_type else None),
        (DCTERMS + "license", _iri(kind.license or publication.license)),
        (DCTERMS + "issued", _typed(record.modified, "date")),
        (SPDX + "checksum", checksum),
    )
    yield from _says(
        checksum,
        (RDF + "type", _iri(SPDX + "Checksum")),
        (SPDX + "algorithm", _iri(SPDX + "checksumAlgorithm_sha256")),
        (SPDX + "checksumValue", _typed(file.sha256, "hexBinary")),
    )


def _says(subject: ox.NamedNode | None, *statements: tuple[str, _Value]) -> Triples:
    """Yield what is known of a subject; None stands for what is not."""
    for predicate, value in statements:
        if subject is not None and value is not None:
            yield ox.Triple(subject, ox.NamedNode(predicate), value)
            if predicate in _RANGES and isinstance(value, ox.NamedNode):
                yield ox.Triple(value, ox.NamedNode(RDF + "type"), ox.NamedNode(_RANGES[predicate]))


def _iri(value: str | None) -> ox.NamedNode | None:
    return ox.NamedNode(value) if value is not None else None


def _english(text: str | None) -> ox.Literal | None:
    return ox.Literal(text, language="en") if text is not None else None


def _typed(text: str, datatype: str) -> ox.Literal:
    return ox.Literal(text, datatype=ox.NamedNode(XSD + datatype))
