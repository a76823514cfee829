"""The W3C SPARQL 1.1 Protocol and Service Description tests, over HTTP against the real server.

The protocol's requests are sent as the manifest has them. The endpoint takes no updates,
so of the update tests the part that an endpoint without updates can pass is asked for:
every update is refused with a 4xx and changes nothing.
"""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from xml.etree import ElementTree as ET

import pyoxigraph as ox
import pytest
import w3c
from live import Server, running

from graph.namespaces import RDF, SD

HT: Final = "http://www.w3.org/2011/http#"
CNT: Final = "http://www.w3.org/2011/content#"
MANIFEST: Final = w3c.SUITES / "protocol" / "manifest.ttl"
DATA: Final = w3c.SUITES / "protocol" / "w3c_protocol.trig"
UPDATES: Final = "update_"
DESCRIPTION_TESTS: Final = {"returns-rdf", "has-endpoint-triple", "conforms-to-schema"}

TABULAR: Final = ("application/sparql-results+json", "application/sparql-results+xml", "text/csv")
GRAPHS: Final = ("text/turtle", "application/rdf+xml", "application/n-triples", "application/ld+json")

pytestmark = w3c.NEEDS_SUITES


@dataclass(frozen=True, slots=True)
class Request:
    """One request of a protocol test, and the answer it expects."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes | None
    statuses: frozenset[str]
    """As `StatusCode2xx`: one of them is right."""
    kind: str | None
    """`boolean`, `tabular` or `RDF`."""
    truth: bool | None


def protocol_tests() -> dict[str, list[Request]]:
    """Return the requests of each test of the manifest by its name, none where the suites are absent."""
    if not MANIFEST.is_file():
        return {}
    manifest = w3c.read(MANIFEST)
    return {
        entry.value.partition("#")[2]: [
            _request(manifest, request)
            for request in w3c.items(
                manifest, w3c.value(manifest, w3c.value(manifest, entry, w3c.MF + "action"), HT + "requests")
            )
        ]
        for entry in w3c.entries(manifest, w3c.iri(MANIFEST))
    }


def _request(manifest: ox.Dataset, node: w3c.Term) -> Request:
    def text(subject: w3c.Term, name: str) -> str:
        literal = w3c.value(manifest, subject, name)
        assert isinstance(literal, ox.Literal)
        return literal.value

    fields = w3c.items(manifest, w3c.value(manifest, node, HT + "headers"))
    body = w3c.value(manifest, node, HT + "body")
    response = w3c.value(manifest, node, HT + "resp")
    statuses = w3c.values(manifest, response, w3c.MF + "expectedStatus")
    has_kind = w3c.value(manifest, response, w3c.MF + "expectedFormat") is not None
    has_truth = w3c.value(manifest, response, w3c.MF + "expectedBoolean") is not None
    return Request(
        text(node, HT + "methodName"),
        text(node, HT + "absolutePath").replace("/sparql/", "/sparql", 1),
        {text(field, HT + "fieldName"): text(field, HT + "fieldValue") for field in fields},
        text(body, CNT + "chars").encode(text(body, CNT + "characterEncoding")) if body else None,
        frozenset(str(status).rpartition("#")[2].rstrip(">") for status in statuses),
        text(response, w3c.MF + "expectedFormat") if has_kind else None,
        text(response, w3c.MF + "expectedBoolean") == "true" if has_truth else None,
    )


TESTS: Final = protocol_tests()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Return a server with the data the tests expect."""
    with running(tmp_path_factory.mktemp("protocol") / "scratch", dataset=DATA) as found:
        yield found


def send(server: Server, request: Request) -> tuple[http.client.HTTPResponse, bytes]:
    return server.request(request.method, request.path, request.headers, body=request.body)


@pytest.mark.parametrize("name", [name for name in TESTS if not name.startswith(UPDATES)])
def test_protocol(server: Server, name: str) -> None:
    """Queries are answered in the right kind of format, and bad requests of both operations refused."""
    for request in TESTS[name]:
        response, body = send(server, request)
        assert f"StatusCode{response.status // 100}xx" in request.statuses, body
        media_type = response.headers.get_content_type()
        if request.kind == "boolean":
            assert media_type in TABULAR
            assert truth(body, media_type) in ({True, False} if request.truth is None else {request.truth})
        elif request.kind == "tabular":
            assert media_type in TABULAR
        elif request.kind == "RDF":
            assert media_type in GRAPHS
            syntax = ox.RdfFormat.from_media_type(media_type)
            assert syntax is not None
            list(ox.parse(body, format=syntax))
        else:
            assert request.kind is None


def truth(body: bytes, media_type: str) -> bool:
    """Return the truth value of an answer."""
    if media_type.endswith("json"):
        return bool(json.loads(body)["boolean"])
    if media_type.endswith("xml"):
        found = ET.fromstring(body).find("{http://www.w3.org/2005/sparql-results#}boolean")  # noqa: S314 - ours
        return found is not None and found.text == "true"
    return body.strip() == b"true"


@pytest.mark.parametrize("name", [name for name in TESTS if name.startswith(UPDATES)])
def test_updates_are_refused(server: Server, name: str) -> None:
    """Each of them, whichever way it is sent; and nothing has changed after it."""
    count = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    for request in TESTS[name]:
        if (request.body or b"").startswith(b"update=") or "update" in request.headers.get("content-type", ""):
            response, body = send(server, request)
            assert response.status in (400, 415)
            assert "read-only" in json.loads(body)["detail"]
    _, body = server.ask(count, {"Accept": "text/csv"})
    assert body == b"n\r\n4\r\n"


def test_the_manifests_are_the_ones_known() -> None:
    """A test that is new in them must not be passed over."""
    assert len(TESTS) == 34
    assert sum(name.startswith(UPDATES) for name in TESTS) == 7
    manifest = w3c.SUITES / "service-description" / "manifest.ttl"
    listed = {entry.value.partition("#")[2] for entry in w3c.entries(w3c.read(manifest), w3c.iri(manifest))}
    assert listed == DESCRIPTION_TESTS


# Service description: the manifest only names its tests.


@pytest.mark.parametrize("accept", [*GRAPHS, "*/*", "application/sparql-results+json, text/turtle"])
def test_returns_rdf(server: Server, accept: str) -> None:
    """`returns-rdf`: a GET on the endpoint returns RDF."""
    assert len(describe(server, accept)) > 20


def test_has_endpoint_triple(server: Server) -> None:
    """`has-endpoint-triple`: the description's sd:endpoint is the address that was asked."""
    graph = describe(server, "text/turtle")
    [service] = instances(graph, "Service")
    assert w3c.values(graph, service, SD + "endpoint") == [ox.NamedNode(f"{server.address}/sparql")]


# What the SPARQL 1.1 Service Description vocabulary says of the properties in it: domain and range.
_SCHEMA: Final = {
    "endpoint": ("Service", None),
    "feature": ("Service", "Feature"),
    "defaultEntailmentRegime": ("Service", "EntailmentRegime"),
    "supportedLanguage": ("Service", "Language"),
    "languageExtension": ("Service", "Feature"),
    "propertyFeature": ("Service", "Feature"),
    "extensionFunction": ("Service", "Function"),
    "extensionAggregate": ("Service", "Aggregate"),
    "resultFormat": ("Service", None),
    "inputFormat": ("Service", None),
    "defaultDataset": ("Service", "Dataset"),
    "availableGraphs": ("Service", "GraphCollection"),
    "defaultGraph": ("Dataset", "Graph"),
    "namedGraph": ("GraphCollection", "NamedGraph"),
    "name": ("NamedGraph", None),
    "graph": ("NamedGraph", "Graph"),
    "entailmentRegime": ("NamedGraph", "EntailmentRegime"),
    "supportedEntailmentProfile": ("NamedGraph", "EntailmentProfile"),
}
_SUBCLASSES: Final = {"GraphCollection": {"Dataset"}}
_INSTANCES: Final = {
    "Feature": {"DereferencesURIs", "UnionDefaultGraph", "RequiresDataset", "EmptyGraphs", "BasicFederatedQuery"},
    "Language": {"SPARQL10Query", "SPARQL11Query", "SPARQL11Update"},
}


def test_conforms_to_schema(server: Server) -> None:
    """`conforms-to-schema`: it uses the vocabulary's own terms, on things of the classes these are for."""
    graph = describe(server, "text/turtle")
    for quad in graph:
        if quad.predicate.value.startswith(SD):
            domain, range_ = _SCHEMA[quad.predicate.value.removeprefix(SD)]
            assert is_a(graph, quad.subject, domain), quad
            assert isinstance(quad.object, ox.NamedNode), quad
            if range_ is not None and not quad.object.value.startswith("http://www.w3.org/ns/entailment/"):
                known = {SD + name for name in _INSTANCES.get(range_, ())}
                assert quad.object.value in known or is_a(graph, quad.object, range_), quad
    [service] = instances(graph, "Service")
    assert ox.NamedNode(SD + "SPARQL11Query") in w3c.values(graph, service, SD + "supportedLanguage")
    names = {w3c.value(graph, node, SD + "name") for node in instances(graph, "NamedGraph")}
    assert names == {ox.NamedNode(f"http://kasei.us/2009/09/sparql/data/data{number}.rdf") for number in range(4)}


def describe(server: Server, accept: str) -> ox.Dataset:
    """Return the service description."""
    response, body = server.request("GET", "/sparql", {"Accept": accept})
    assert response.status == 200
    syntax = ox.RdfFormat.from_media_type(response.headers.get_content_type())
    assert syntax is not None
    return ox.Dataset(ox.parse(body, format=syntax))


def instances(graph: ox.Dataset, name: str) -> list[w3c.Term]:
    """Return the things of a class of the vocabulary."""
    return [quad.subject for quad in graph if quad.object == ox.NamedNode(SD + name)]


def is_a(graph: ox.Dataset, thing: w3c.Term, name: str) -> bool:
    """Tell whether a thing is typed with a class of the vocabulary or one below it."""
    types = {str(kind) for kind in w3c.values(graph, thing, RDF + "type")}
    return any(f"<{SD}{kind}>" in types for kind in {name, *_SUBCLASSES.get(name, ())})
