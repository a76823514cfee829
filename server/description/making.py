"""How a version was made, in RDF (PROV) and in words: from which sources, by which version of the software.

The build describes itself in the data under a name that every version shares; here its
nodes are those of one version.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import pyoxigraph as ox

from graph.namespaces import DCTERMS, PROV, RDF, RDFS, SCHEMA, SPDX, XSD
from server.releases.release import Release

SOURCES_ALGORITHM: Final = (
    "That is the SHA-256 of these lines in UTF-8, with a line feed between two of them and none at the end: the base "
    "of the IRIs; the versions of battlegraph, pyoxigraph, pyshacl and rdflib; then of each file its name and the "
    "SHA-256 of its content. The files are those of each folder of sources/articles/ (.ttl, .txt and .wiki together, "
    "by name, as articles/FOLDER/FILE), then sources/shared/*.ttl (as shared/FILE), ontology/*.ttl, shapes/*.ttl, "
    "shapes/checks/*.rq (as checks/FILE), sources/rules/*.rq (as rules/FILE), each by name, and last the modules "
    "graph/*.py of that version of battlegraph (as code/FILE), which are not in this release."
)
"""How the hash of the sources is computed, so that it can be without our software."""
BUILD_ALGORITHM: Final = (
    "The statements of the sources are read; each quotation is found in the text of its article and becomes an "
    "anchor; the superclasses of each class are stated; the rules derive statements, each into its own graph; shapes "
    "and checks validate the whole; what they found and a description with counts are added; the quads are written as "
    "canonical N-Quads (RDFC-1.0). No clock, no network and no chance take part."
)


def describe_making(release: Release) -> Iterator[ox.Triple]:
    """Yield how the data of a release was built; what `<release>#build` used besides, the data says itself."""
    record = release.record
    build, software, sources, checksum = (
        ox.NamedNode(f"{release.iri}#{name}") for name in ("build", "software", "sources", "sources-sha256")
    )
    yield from _says(ox.NamedNode(release.iri), (PROV + "wasGeneratedBy", build))
    yield from _says(
        build,
        (RDF + "type", ox.NamedNode(PROV + "Activity")),
        (RDFS + "label", _english("Build of the dataset")),
        (DCTERMS + "description", _english(BUILD_ALGORITHM)),
        (PROV + "used", sources),
        (PROV + "wasAssociatedWith", software),
    )
    yield from _says(
        software,
        (RDF + "type", ox.NamedNode(PROV + "SoftwareAgent")),
        (RDFS + "label", _english(f"battlegraph {record.software}")),
        (SCHEMA + "softwareVersion", ox.Literal(record.software)),
    )
    yield from _says(
        sources,
        (RDF + "type", ox.NamedNode(PROV + "Entity")),
        (RDFS + "label", _english(f"Everything that the build of version {record.version} read")),
        (DCTERMS + "description", _english(f"Its checksum: {SOURCES_ALGORITHM}")),
        (SPDX + "checksum", checksum),
    )
    yield from _says(
        checksum,
        (RDF + "type", ox.NamedNode(SPDX + "Checksum")),
        (SPDX + "algorithm", ox.NamedNode(SPDX + "checksumAlgorithm_sha256")),
        (SPDX + "checksumValue", ox.Literal(record.sources, datatype=ox.NamedNode(XSD + "hexBinary"))),
    )


def _says(subject: ox.NamedNode, *statements: tuple[str, ox.NamedNode | ox.Literal]) -> Iterator[ox.Triple]:
    for predicate, value in statements:
        yield ox.Triple(subject, ox.NamedNode(predicate), value)


def _english(text: str) -> ox.Literal:
    return ox.Literal(text, language="en")
