"""The SPARQL endpoint in RDF: a data service (DCAT 3) that gives access to the dataset."""

from __future__ import annotations

from typing import Final

from graph.namespaces import DCAT, DCTERMS, RDF
from server.description.publication import Publication
from server.description.statements import Triples, english, iri, says

_SPARQL_PROTOCOL: Final = "http://www.w3.org/TR/sparql11-protocol/"


def describe_endpoint(publication: Publication, base: str) -> Triples:
    """Yield the dataset's SPARQL endpoint as a data service, which serves what is current."""
    if publication.iri is None:
        return
    dataset, service, access = iri(publication.iri), iri(f"{base}sparql#service"), iri(f"{base}sparql#distribution")
    endpoint = iri(f"{base}sparql")
    licence = iri(publication.license)
    yield from says(
        service,
        (RDF + "type", iri(DCAT + "DataService")),
        (DCTERMS + "title", english("SPARQL endpoint")),
        (DCAT + "endpointURL", endpoint),
        # The service description (SPARQL 1.1), which the endpoint's address answers with to who asks for RDF.
        (DCAT + "endpointDescription", endpoint),
        (DCAT + "servesDataset", dataset),
        (DCTERMS + "conformsTo", iri(_SPARQL_PROTOCOL)),
        (DCTERMS + "license", licence),
        (DCTERMS + "publisher", iri(publication.publisher.iri if publication.publisher else None)),
    )
    yield from says(dataset, (DCAT + "distribution", access))
    yield from says(
        access,
        (RDF + "type", iri(DCAT + "Distribution")),
        (DCTERMS + "title", english("The dataset by query")),
        (DCAT + "accessURL", endpoint),
        (DCAT + "accessService", service),
        (DCTERMS + "license", licence),
    )
