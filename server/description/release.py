"""A release in RDF: DCAT 3 (W3C Recommendation of 2024) with VoID, SPDX checksums and PROV."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from graph.iris import ONTOLOGY_IRI
from graph.namespaces import ADMS, DCAT, DCTERMS, FOAF, ISO639_1, RDF, RDFS, VOID
from server.description.distribution import describe_distribution
from server.description.file_kind import kind_of
from server.description.making import describe_making
from server.description.publication import Agent, Publication
from server.description.series import describe_series_itself, describe_version
from server.description.statements import Triples, english, iri, says, typed
from server.description.versioned import as_nodes
from server.releases.release import Release


def describe_release(publication: Publication, release: Release, *, with_graphs: bool = True) -> Triples:
    """Yield all there is to say of a release: whose it is, under what licence, made how, in which files.

    `publication` is what the dataset said of itself in this version. The files that hold
    one named graph each may be left out.
    """
    node, record = iri(release.iri), release.record
    yield from describe_series_itself(publication, record.base)
    yield from describe_version(publication, release)
    yield from says(
        node,
        (RDF + "type", iri(VOID + "Dataset")),
        (DCTERMS + "description", english(publication.description)),
        (ADMS + "versionNotes", english(publication.version_notes)),
        (DCTERMS + "license", iri(publication.license)),
        (DCTERMS + "publisher", iri(publication.publisher.iri if publication.publisher else None)),
        *((DCTERMS + "creator", iri(agent.iri)) for agent in publication.creators),
        *((DCAT + "keyword", english(keyword)) for keyword in publication.keywords),
        *((DCTERMS + "language", iri(ISO639_1 + language)) for language in publication.languages),
        *((DCTERMS + "source", iri(source)) for source in publication.sources),
        *((DCTERMS + "source", iri(register.iri)) for register in publication.registers),
        (DCTERMS + "conformsTo", iri(f"{ONTOLOGY_IRI}/{record.vocabulary}")),
        # Those of which the validation report of this version says that the data conforms.
        *((DCTERMS + "conformsTo", iri(shapes)) for shapes in publication.conforms_to),
        (VOID + "triples", typed(str(record.triples), "integer")),
    )
    for words in (*((DCTERMS + "provenance", told) for told in publication.provenance), *_rights(publication)):
        for triple in says(node, (words[0], english(words[1]))):
            yield from as_nodes(triple, release)
    yield from describe_making(release)
    for agent in {agent.iri: agent for agent in (publication.publisher, *publication.creators) if agent}.values():
        yield from _describe_agent(agent)
    for file in release.files:
        kind = kind_of(release, file.name)
        if kind.is_data and (with_graphs or not kind.is_graph):
            yield from describe_distribution(publication, release, file, kind)


def _rights(publication: Publication) -> Iterator[tuple[str, str]]:
    if publication.rights:
        yield DCTERMS + "rights", publication.rights
    for register in publication.registers:
        if register.rights:
            yield DCTERMS + "rights", f"{register.name} <{register.iri}>: {register.rights}"


def _describe_agent(agent: Agent) -> Triples:
    yield from says(
        ox.NamedNode(agent.iri),
        (RDF + "type", iri(FOAF + "Agent")),
        (RDFS + "label", english(agent.name)),
        (FOAF + "name", ox.Literal(agent.name)),
    )
