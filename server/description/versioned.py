"""What the dataset says of itself, said of the version that says it.

In the data there is one dataset, which is what it is now. A release stays, and the dataset
it is a version of goes on; so whatever another version would say otherwise, its number,
its day, its counts, its graphs and how it was made, is said in a release of the release,
under names that begin with the release's. What all versions have in common stays with the
dataset.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import Final

import pyoxigraph as ox

from graph.iris import graph_iri
from graph.namespaces import ADMS, DCAT, DCTERMS, PROV, RDF, RDFS, SD, VOID
from server.description.publication import Publication
from server.releases.release import Release

_TYPE: Final = RDF + "type"
_BOUND: Final = frozenset(
    (
        ADMS + "versionNotes",
        DCAT + "version",
        DCTERMS + "conformsTo",
        DCTERMS + "modified",
        PROV + "wasDerivedFrom",
        PROV + "wasGeneratedBy",
        SD + "namedGraph",
        *(
            VOID + name
            for name in (
                "classPartition", "classes", "entities", "exampleResource", "properties", "propertyPartition",
                "subset", "triples", "vocabulary",
            )
        ),
    )
)  # fmt: skip
"""What only a version can say of itself."""
_BOUND_KINDS: Final = frozenset((VOID + "Dataset", SD + "Dataset"))
_STATEMENTS: Final = {
    DCTERMS + "provenance": DCTERMS + "ProvenanceStatement",
    DCTERMS + "rights": DCTERMS + "RightsStatement",
}
"""What DCMI Metadata Terms gives a class for its range, so that the words are the label of a node."""


def version_description(quads: Iterable[ox.Triple], publication: Publication, release: Release) -> Iterator[ox.Triple]:
    """Yield the dataset's description of itself as that of one release."""
    dataset, here = publication.iri, ox.NamedNode(release.iri)
    names = _Names(publication, release)
    for triple in quads:
        subject, predicate, value = triple.subject, triple.predicate, triple.object
        if isinstance(subject, ox.NamedNode):
            subject = here if subject.value == dataset and _is_bound(predicate, value) else names.of(subject)
        if isinstance(value, ox.NamedNode) and predicate.value != SD + "name":
            value = names.of(value)
        yield from as_nodes(ox.Triple(subject, predicate, value), release)


def as_nodes(triple: ox.Triple, release: Release) -> Iterator[ox.Triple]:
    """Yield a triple of a release's description, words about rights or provenance as a node that has them for label."""
    kind = _STATEMENTS.get(triple.predicate.value)
    if kind is None or not isinstance(triple.object, ox.Literal):
        yield triple
        return
    words = triple.object
    name = triple.predicate.value.removeprefix(DCTERMS)
    node = ox.NamedNode(f"{release.iri}#{name}-{hashlib.sha256(words.value.encode()).hexdigest()[:8]}")
    yield ox.Triple(triple.subject, triple.predicate, node)
    yield ox.Triple(node, ox.NamedNode(_TYPE), ox.NamedNode(kind))
    yield ox.Triple(node, ox.NamedNode(RDFS + "label"), words)


def graph_node(release: Release, graph: str) -> ox.NamedNode:
    """Return the name of a named graph as it is in a release; `graph` as `viewpoint/azerbaijan`."""
    return ox.NamedNode(f"{release.iri}#graphs/{graph}")


def _is_bound(predicate: ox.NamedNode, value: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> bool:
    if predicate.value == _TYPE:
        return isinstance(value, ox.NamedNode) and value.value in _BOUND_KINDS
    return predicate.value in _BOUND


class _Names:
    """The names that nodes of the description have in a release."""

    def __init__(self, publication: Publication, release: Release) -> None:
        self._release = release
        self._graphs = graph_iri("", release.record.base)
        self._parts = graph_iri("dataset#", release.record.base)
        agents = (*publication.creators, publication.publisher)
        # Who makes the dataset makes the next version too.
        self._lasting = {agent.iri for agent in agents if agent}

    def of(self, node: ox.NamedNode) -> ox.NamedNode:
        iri = node.value
        if iri in self._lasting:
            return node
        if iri.startswith(self._parts):
            return ox.NamedNode(f"{self._release.iri}#{iri.removeprefix(self._parts)}")
        if iri.startswith(self._graphs):
            return graph_node(self._release, iri.removeprefix(self._graphs))
        return node
