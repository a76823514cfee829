"""What the query service says of itself in RDF (SPARQL 1.1 Service Description).

Every node has an IRI, so all formats hold the same graph. The limits stand in words.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from urllib.parse import quote

import pyoxigraph as ox

from graph.namespaces import DCTERMS, RDF, RDFS, SD, VOID, XSD
from server.query.limits import limits
from server.site import Site

_FORMATS: Final = "http://www.w3.org/ns/formats/"
_RESULT_FORMATS: Final = (
    "SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV",
    "Turtle", "N-Triples", "N-Quads", "TriG", "JSON-LD", "RDF_XML",
)  # fmt: skip
_NOT_ALL: Final = (
    "Of the named graphs that belong to one article each, a few are listed here; the graph `dataset` lists all of them."
)


def describe_service(site: Site, endpoint: str) -> list[ox.Quad]:
    """Return the description of the service that answers at this address."""
    return [ox.Quad(*triple) for triple in _triples(site, endpoint)]


def _triples(site: Site, endpoint: str) -> Iterator[tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode | ox.Literal]]:
    document = f"{site.dataset.base}sparql"
    service, default = ox.NamedNode(f"{document}#service"), ox.NamedNode(f"{document}#default-graph")
    dataset = ox.NamedNode(site.publication.iri or f"{document}#dataset")
    a, label = ox.NamedNode(RDF + "type"), ox.NamedNode(RDFS + "label")
    yield service, a, _sd("Service")
    yield service, label, ox.Literal("SPARQL endpoint of battlegraph", language="en")
    yield service, _sd("endpoint"), ox.NamedNode(endpoint)
    yield service, _sd("supportedLanguage"), _sd("SPARQL11Query")
    yield service, _sd("feature"), _sd("UnionDefaultGraph")
    yield service, _sd("defaultEntailmentRegime"), ox.NamedNode("http://www.w3.org/ns/entailment/Simple")
    for name in _RESULT_FORMATS:
        yield service, _sd("resultFormat"), ox.NamedNode(_FORMATS + name)
    yield service, ox.NamedNode(DCTERMS + "description"), ox.Literal(" ".join(limits(site.config)), language="en")
    yield service, _sd("defaultDataset"), dataset
    yield dataset, a, _sd("Dataset")
    yield dataset, _sd("defaultGraph"), default
    yield default, a, _sd("Graph")
    yield default, label, ox.Literal("The merge of all named graphs", language="en")
    shelves = (site.shelves.own, site.shelves.shared, site.shelves.of_articles)
    if sum(shelf.count for shelf in shelves) > sum(len(shelf.graphs) for shelf in shelves):
        yield dataset, ox.NamedNode(RDFS + "comment"), ox.Literal(_NOT_ALL, language="en")
    for graph in sorted(graph for shelf in shelves for graph in shelf.graphs):
        quads = site.counts.graphs[graph]
        # As graph-viewpoint/azerbaijan; a graph that is not ours by its whole name, encoded.
        named = f"{document}#graph-{site.links.graph_name(graph) or quote(graph, safe='')}"
        yield dataset, _sd("namedGraph"), ox.NamedNode(named)
        yield ox.NamedNode(named), a, _sd("NamedGraph")
        yield ox.NamedNode(named), _sd("name"), ox.NamedNode(graph)
        yield ox.NamedNode(named), _sd("graph"), ox.NamedNode(f"{named}-triples")
        yield ox.NamedNode(f"{named}-triples"), a, _sd("Graph")
        yield (
            ox.NamedNode(f"{named}-triples"),
            ox.NamedNode(VOID + "triples"),
            ox.Literal(str(quads), datatype=ox.NamedNode(XSD + "integer")),
        )


def _sd(term: str) -> ox.NamedNode:
    return ox.NamedNode(SD + term)
