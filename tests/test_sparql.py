"""The SPARQL endpoint over HTTP: the protocol, formats, errors, the service description and the page."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from graph.namespaces import PREFIXES, RDF, SD
from graph.queries import questions
from server.app import create_app
from server.config import Config
from server.http.formats import RDF_FORMATS, RESULT_FORMATS
from server.query import supervisor
from server.query.gate import check
from server.query.result_table import MOST_ROWS

SELECT = "SELECT ?s ?o { ?s <http://x/p> ?o } ORDER BY ?o LIMIT 2"
CONSTRUCT = "CONSTRUCT WHERE { <http://x/s1> ?p ?o }"
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> Config:
    """Return the settings of a small service on a small dataset."""
    folder = tmp_path_factory.mktemp("sparql")
    lines = [f'<http://x/s{i}> <http://x/p> "{i:04}" <http://x/g{i % 2}> .\n' for i in range(MOST_ROWS + 200)]
    lines.append('<http://x/s1> <http://x/München> "a \\"quoted\\" <b>& word"@en <http://x/g0> .\n')
    file = folder / "small.nq"
    file.write_text("".join(lines))
    return Config(dataset=file, query_socket=folder / "socket", query_deadline=0.5, query_memory=64 << 20)


@pytest.fixture(scope="module")
def client(config: Config) -> Iterator[FlaskClient]:
    """Return a client of an app with a running query service."""
    process = supervisor.start(config)
    yield create_app(config).test_client()
    process.terminate()
    assert process.wait(5) == 0


def ask(client: FlaskClient, query: str, accept: str | None = None, **parameters: str) -> TestResponse:
    headers = {} if accept is None else {"Accept": accept}
    return client.get("/sparql", query_string={"query": query, **parameters}, headers=headers)


def detail(response: TestResponse) -> str:
    assert response.content_type == "application/problem+json"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "Accept" in response.vary
    problem = json.loads(response.data)
    assert problem["status"] == response.status_code
    return str(problem["detail"])


# Formats.


@pytest.mark.parametrize(
    ("accept", "content_type"),
    [
        (None, "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("application/sparql-results+json", "application/sparql-results+json"),
        ("application/json", "application/json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        ("text/csv;q=0.1, text/tab-separated-values;q=0.2", "text/tab-separated-values; charset=utf-8"),
        ("text/turtle, application/sparql-results+xml;q=0.1", "application/sparql-results+xml"),
        # rdflib's SPARQLStore, Comunica, YASGUI, SPARQLWrapper
        ("application/rdf+xml, application/sparql-results+xml", "application/sparql-results+xml"),
        (
            "application/sparql-results+json;q=1.0,application/sparql-results+xml;q=0.7",
            "application/sparql-results+json",
        ),
        ("application/sparql-results+json,*/*;q=0.9", "application/sparql-results+json"),
        (
            "application/sparql-results+json,application/json,text/javascript,application/javascript",
            "application/sparql-results+json",
        ),
        (BROWSER, "text/html; charset=utf-8"),
    ],
)
def test_accept_chooses_the_format_of_solutions(client: FlaskClient, accept: str | None, content_type: str) -> None:
    """The content type says what the body is, and caches are told what it depends on."""
    response = ask(client, SELECT, accept)
    assert response.status_code == 200
    assert response.content_type == content_type
    assert "Accept" in response.vary
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    body = response.data
    as_expected = {
        "json": b'"value":"0000"' in body,
        "xml": body.startswith(b"<?xml") and ET.fromstring(body)[1][0].tag.endswith("result"),  # noqa: S314 - ours
        "csv": body == b"s,o\r\nhttp://x/s0,0000\r\nhttp://x/s1,0001\r\n",
        "values": body == b'?s\t?o\n<http://x/s0>\t"0000"\n<http://x/s1>\t"0001"\n',
        "html": b"<caption>2 rows</caption>" in body,
    }
    kind = re.split(r"[+/-]", content_type.partition(";")[0])[-1]
    assert as_expected[kind]


@pytest.mark.parametrize("offer", RDF_FORMATS, ids=lambda offer: offer.name)
@pytest.mark.parametrize("query", [CONSTRUCT, "DESCRIBE <http://x/s1>"])
def test_triples_come_in_every_rdf_format(client: FlaskClient, query: str, offer: Any) -> None:
    """By Accept and by name; all of them hold the same triples."""
    expected = {
        str(quad.triple) for quad in ox.parse(ask(client, query, format="nt").data, format=ox.RdfFormat.N_TRIPLES)
    }
    assert len(expected) == 2
    for response in (ask(client, query, offer.media_type), ask(client, query, format=offer.name)):
        assert response.content_type.partition(";")[0] == offer.media_type
        parser = ox.RdfFormat.from_media_type(offer.media_type)
        assert parser is not None
        assert {str(quad.triple) for quad in ox.parse(response.data, format=parser)} == expected


def test_triples_are_turtle_unless_something_else_is_asked_for(client: FlaskClient) -> None:
    """Also where solutions would be JSON."""
    for accept in (None, "*/*", "application/sparql-results+json, text/turtle;q=0.1"):
        assert ask(client, CONSTRUCT, accept).content_type == "text/turtle; charset=utf-8"
    assert ask(client, CONSTRUCT, "application/json").content_type == "application/json"


@pytest.mark.parametrize(
    ("query", "accept", "listed"),
    [
        (SELECT, "image/png", "text/csv"),
        (SELECT, "text/turtle", "application/sparql-results+json"),
        (SELECT, "application/sparql-results+json;q=0", None),
        (CONSTRUCT, "text/csv", "text/turtle"),
        ("ASK {}", "application/n-triples", "application/sparql-results+xml"),
    ],
)
def test_what_no_format_satisfies_is_406_with_those_there_are(
    client: FlaskClient, query: str, accept: str, listed: str | None
) -> None:
    """Each with an address that answers; the query is not evaluated for it."""
    response = ask(client, query, accept)
    assert response.status_code == 406
    if listed is not None:
        assert listed in detail(response)
    available = json.loads(response.data)["available"]
    for item in available:
        other = client.get(item["href"])
        assert other.status_code == 200
        assert other.content_type.partition(";")[0] == item["type"]


@pytest.mark.parametrize(
    ("query", "parameters", "accept", "content_type"),
    [
        (SELECT, {"format": "csv"}, None, "text/csv"),
        (SELECT, {"format": "text/csv"}, None, "text/csv"),
        (SELECT, {"format": "xml"}, "application/sparql-results+json", "application/sparql-results+xml"),
        (SELECT, {"format": "html"}, None, "text/html"),
        (SELECT, {"format": ""}, None, "application/sparql-results+json"),
        (SELECT, {"format": "json", "output": "json", "results": "json"}, None, "application/sparql-results+json"),
        (SELECT, {"output": "xml", "results": "nonsense"}, None, "application/sparql-results+json"),
        (SELECT, {"format": "nonsense"}, "text/csv", "text/csv"),
        (SELECT, {"format": "turtle"}, "application/sparql-results+xml", "application/sparql-results+xml"),
        (CONSTRUCT, {"format": "turtle"}, "application/turtle,text/turtle", "text/turtle"),
        (CONSTRUCT, {"format": "xml"}, None, "application/rdf+xml"),
        (CONSTRUCT, {"format": "json-ld"}, None, "application/ld+json"),
        (CONSTRUCT, {"format": "json"}, "*/*", "application/ld+json"),
        (CONSTRUCT, {"format": "n3"}, None, "text/turtle"),
    ],
)
def test_format_names_the_format_for_clients_without_accept(
    client: FlaskClient, query: str, parameters: dict[str, str], accept: str | None, content_type: str
) -> None:
    """As pandas.read_csv; what other clients send under that name does no harm beside an Accept header."""
    response = ask(client, query, accept, **parameters)
    assert response.status_code == 200
    assert response.content_type.partition(";")[0] == content_type


def test_an_unknown_format_without_accept_is_refused(client: FlaskClient) -> None:
    """Nothing else tells what the client wants."""
    assert ask(client, SELECT, format="nonsense").status_code == 400
    assert "json, xml, csv, tsv, html" in detail(ask(client, SELECT, "*/*", format="ttl"))
    assert "ttl, nt" in detail(ask(client, CONSTRUCT, format="csv"))


def test_a_truth_value_comes_in_every_result_format(client: FlaskClient) -> None:
    """In CSV and TSV it is one line with the word."""
    bodies = {offer.name: ask(client, "ASK {}", offer.media_type).data for offer in RESULT_FORMATS}
    assert json.loads(bodies["json"])["boolean"] is True
    assert b"<boolean>true</boolean>" in bodies["xml"]
    assert bodies["csv"] == bodies["tsv"] == b"true\n"


# The protocol.


@pytest.mark.parametrize(
    "query", [SELECT, "SELECT ?o { <http://x/s1> <http://x/München> ?o }", "ASK { ?s ?p '%C3%BC + %25 &=' }"]
)
def test_get_post_form_and_post_direct_are_equal(client: FlaskClient, query: str) -> None:
    """Each decodes the query once."""
    answers = [
        client.get("/sparql?query=" + quote(query, safe="")),
        client.get("/sparql?" + urlencode({"query": query})),
        client.post("/sparql", data={"query": query}),
        client.post("/sparql", data=urlencode({"query": query}), content_type="application/x-www-form-urlencoded"),
        client.post("/sparql", data=query.encode(), content_type="application/sparql-query"),
        client.post("/sparql", data=query.encode(), content_type="Application/SPARQL-Query; charset=UTF-8"),
    ]
    assert {response.status_code for response in answers} == {200}
    assert len({response.data for response in answers}) == 1


def test_percent_signs_in_iris_are_kept(client: FlaskClient) -> None:
    """An IRI with %25 or %C3%BC in it is another than the one without (rdflib-endpoint decodes twice)."""
    query = "SELECT (STR(<http://x/%25/M%C3%BCnchen>) AS ?x) {}"
    for response in (
        client.get("/sparql", query_string={"query": query}),
        client.post("/sparql", data={"query": query}),
    ):
        assert json.loads(response.data)["results"]["bindings"][0]["x"]["value"] == "http://x/%25/M%C3%BCnchen"


def test_head_is_get_without_the_body(client: FlaskClient) -> None:
    """With the same headers."""
    for path in (
        "/sparql",
        "/sparql?" + urlencode({"query": SELECT}),
        "/sparql?query=SELECT",
        "/sparql?query=a&query=b",
    ):
        get, head = client.get(path), client.head(path)
        assert head.status_code == get.status_code
        assert dict(head.headers) == dict(get.headers)
        assert head.data == b""


def test_options_answers_a_preflight(client: FlaskClient) -> None:
    """Any page may ask, with the headers it wants."""
    response = client.options("/sparql", headers={"Access-Control-Request-Headers": "accept, content-type"})
    assert response.status_code == 204
    assert set(response.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS", "POST"}
    assert response.headers["Access-Control-Allow-Headers"] == "accept, content-type"


COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
COUNT_NAMED = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
G0, G1 = "http://x/g0", "http://x/g1"
HALF = (MOST_ROWS + 200) // 2


@pytest.mark.parametrize(
    ("query", "graphs", "expected"),
    [
        (COUNT, [], 2 * HALF + 1),
        (COUNT, [("default-graph-uri", G0)], HALF + 1),
        (COUNT, [("default-graph-uri", G0), ("default-graph-uri", G1)], 2 * HALF + 1),
        (COUNT, [("named-graph-uri", G0)], 0),
        (COUNT_NAMED, [("named-graph-uri", G0)], HALF + 1),
        (COUNT_NAMED, [("named-graph-uri", G0), ("named-graph-uri", G1)], 2 * HALF + 1),
        (COUNT_NAMED, [("default-graph-uri", G0)], 0),
        (COUNT.replace("{", f"FROM <{G0}> {{", 1), [("default-graph-uri", G1)], HALF),
        (COUNT, [("default-graph-uri", "http://elsewhere.invalid/")], 0),
    ],
)
def test_the_protocols_graphs_are_honoured(
    client: FlaskClient, query: str, graphs: list[tuple[str, str]], expected: int
) -> None:
    """In each way a query can be sent; with POST they may stand in the address or in the form."""
    pairs = [("query", query), *graphs]
    form = "application/x-www-form-urlencoded"
    for response in (
        client.get("/sparql?" + urlencode(pairs)),
        client.post("/sparql", data=urlencode(pairs), content_type=form),
        client.post("/sparql?" + urlencode(graphs), data=urlencode([("query", query)]), content_type=form),
        client.post("/sparql?" + urlencode(graphs), data=query, content_type="application/sparql-query"),
    ):
        assert int(json.loads(response.data)["results"]["bindings"][0]["n"]["value"]) == expected


FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"


NO_QUERIES: list[tuple[str, dict[str, Any] | None, int, str]] = [
    ("?default-graph-uri=http://x/", None, 400, "has no query"),
    ("", {"data": b"", "content_type": FORM}, 400, "has no query"),
    ("?query=ASK%7B%7D&query=ASK%7B%7D", None, 400, "has 2 queries"),
    ("?query=ASK%7B%7D", {"data": b"query=ASK%7B%7D", "content_type": FORM}, 400, "has 2 queries"),
    ("?query=ASK%7B%7D", {"data": b"ASK{}", "content_type": DIRECT}, 400, "has 2 queries"),
    ("?query=ASK%7", None, 400, "write % as %25"),
    ("?query=%zz", None, 400, "'%zz'"),
    ("", {"data": b"query=%", "content_type": FORM}, 400, "request's body holds '%'"),
    ("?query=ASK%7B%7D%FF", None, 400, "address is not UTF-8: byte 6"),
    ("", {"data": b"query=%FF", "content_type": FORM}, 400, "body is not UTF-8"),
    ("", {"data": b"ASK{}\xff", "content_type": DIRECT}, 400, "body is not UTF-8: byte 6"),
    ("", {"data": b"ASK{}", "content_type": DIRECT + "; charset=latin-1"}, 400, "not latin-1"),
    ("", {"data": b"ASK{}"}, 415, "application/sparql-query"),
    ("", {"data": b"ASK{}", "content_type": "text/plain"}, 415, "application/sparql-query"),
    ("", {"data": b"ASK{}", "content_type": "nonsense"}, 415, "application/sparql-query"),
    ("", {"data": b"query=ASK{}", "content_type": "multipart/form-data; boundary=x"}, 415, "x-www-form-urlencoded"),
    ("", {"data": b"x", "content_type": DIRECT, "headers": {"Content-Encoding": "gzip"}}, 415, "Content-Encoding"),
    ("?update=CLEAR%20ALL", None, 400, "read-only"),
    ("", {"data": b"update=CLEAR%20ALL", "content_type": FORM}, 400, "read-only"),
    ("", {"data": b"CLEAR ALL", "content_type": "application/sparql-update"}, 415, "read-only"),
    ("?query=CLEAR%20ALL", None, 400, "This is an update (CLEAR)"),
    ("?query=", None, 400, "the query is empty"),
    ("?query=SELECT%20%2A%0A%7B%3Fs%20foaf:name%20%3Fo%7D", None, 400, "line 2, column 14"),
    ("", {"data": b"#" * 200_000, "content_type": DIRECT}, 400, "200,000 bytes"),
    ("", {"data": b"#" * 2_000_000, "content_type": DIRECT}, 413, "larger than this server reads"),
    ("?query=" + "%23" * 10_000, None, 414, "POST"),
]
"""Requests that are none: what follows the address, what is posted, the status, and words of the reason."""


@pytest.mark.parametrize(("path", "sent", "status", "words"), NO_QUERIES)
def test_a_request_that_is_no_query_is_refused(
    client: FlaskClient, path: str, sent: dict[str, Any] | None, status: int, words: str
) -> None:
    """With the status that fits and what to do, as problem details."""
    response = client.get("/sparql" + path) if sent is None else client.post("/sparql" + path, **sent)
    assert response.status_code == status
    assert words in detail(response)


def test_a_syntax_error_carries_its_place(client: FlaskClient) -> None:
    """For programs, beside the words."""
    problem = json.loads(ask(client, "SELECT * {\n ?s foaf:name ?o }").data)
    assert (problem["title"], problem["line"], problem["column"]) == ("Syntax error", 2, 14)


def test_other_methods_are_refused(client: FlaskClient) -> None:
    """With the list of those that are not."""
    for method in ("PUT", "DELETE", "PATCH"):
        response = client.open("/sparql", method=method)
        assert response.status_code == 405
        assert {"GET", "POST"} <= set(response.headers["Allow"].split(", "))


@pytest.mark.parametrize("call", ["SERVICE", "service silent", "SERVICE#\n"])
def test_service_is_refused_with_the_reason(client: FlaskClient, call: str) -> None:
    """It is the client's to send."""
    response = ask(client, f"SELECT * {{ {call} <http://127.0.0.1:1/> {{ ?s ?p ?o }} }}")
    assert response.status_code == 400
    assert "sends no query to other servers" in detail(response)


def test_a_query_over_its_time_is_503_and_the_next_is_answered(client: FlaskClient) -> None:
    """With the limit in words and a time to come back."""
    response = ask(client, RUNAWAY)
    assert response.status_code == 503
    assert "ran for 0.5 s, the most one may take here" in detail(response)
    assert response.headers["Retry-After"] == "1"
    assert response.headers["Cache-Control"] == "no-store"
    assert ask(client, "ASK {}").status_code == 200


def test_a_query_over_its_memory_is_503(client: FlaskClient) -> None:
    """The next one is answered."""
    response = ask(client, "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a")
    assert response.status_code == 503
    assert "more memory" in detail(response)
    assert ask(client, "ASK {}").status_code == 200


def test_an_answer_over_its_size_is_400(config: Config) -> None:
    """Never a part of it with status 200."""
    assert config.query_socket is not None
    small = replace(config, result_bytes=2000, query_socket=config.query_socket.with_name("small"))
    process = supervisor.start(small)
    response = ask(create_app(small).test_client(), "SELECT * { ?s ?p ?o }")
    process.terminate()
    process.wait(5)
    assert response.status_code == 400
    assert "larger than 2,000 bytes" in detail(response)


def test_without_a_query_service_queries_are_503_and_the_page_is_there(config: Config) -> None:
    """The rest of the site does not need it."""
    for changed in (replace(config, query_socket=None), replace(config, query_socket=Path("/nonexistent/socket"))):
        client = create_app(changed).test_client()
        response = ask(client, "ASK {}")
        assert response.status_code == 503
        assert "Pages and data are not affected" in detail(response)
        assert client.get("/sparql").status_code == 200


# Caching.


def test_a_repeated_query_is_not_evaluated(client: FlaskClient) -> None:
    """The entity tag tells data, query, graphs and format; 304 keeps the headers caches need."""
    first = ask(client, SELECT, "text/csv")
    again = client.get(
        "/sparql",
        query_string={"query": SELECT},
        headers={"Accept": "text/csv", "If-None-Match": first.headers["ETag"]},
    )
    assert again.status_code == 304
    assert again.data == b""
    for name in ("ETag", "Vary", "Cache-Control"):
        assert again.headers[name] == first.headers[name]
    others = [
        ask(client, SELECT, "application/json"),
        ask(client, SELECT, "text/html"),
        ask(client, SELECT + " ", "text/csv"),
        client.get(
            "/sparql?" + urlencode([("query", SELECT), ("default-graph-uri", G0)]), headers={"Accept": "text/csv"}
        ),
    ]
    tags = [first.headers["ETag"], *(response.headers["ETag"] for response in others)]
    assert len(set(tags)) == len(tags)


def test_an_answer_that_changes_is_not_kept(client: FlaskClient) -> None:
    """NOW() and RAND() have no entity tag."""
    response = ask(client, "SELECT (NOW() AS ?now) {}")
    assert "ETag" not in response.headers
    assert response.headers["Cache-Control"] == "no-store"


def test_an_error_has_no_entity_tag(client: FlaskClient) -> None:
    """The next build may mend it."""
    for query in ("SELECT", RUNAWAY):
        response = ask(client, query)
        assert "ETag" not in response.headers
        assert response.headers["Cache-Control"] == "no-store"


# The service description.


@pytest.mark.parametrize("offer", RDF_FORMATS, ids=lambda offer: offer.name)
def test_a_get_without_parameters_describes_the_service(client: FlaskClient, config: Config, offer: Any) -> None:
    """In every RDF format the same graph, in which every node has an IRI."""
    response = client.get("/sparql", headers={"Accept": offer.media_type})
    assert response.status_code == 200
    assert response.content_type.partition(";")[0] == offer.media_type
    parser = ox.RdfFormat.from_media_type(offer.media_type)
    assert parser is not None
    triples = [quad.triple for quad in ox.parse(response.data, format=parser)]
    assert not any(isinstance(term, ox.BlankNode) for triple in triples for term in (triple.subject, triple.object))
    [service] = [t.subject for t in triples if t.object == ox.NamedNode(SD + "Service")]

    def values(term: str, subject: Any = None) -> set[str]:
        found = (t.object for t in triples if t.predicate == ox.NamedNode(SD + term) and subject in (None, t.subject))
        return {node.value for node in found if isinstance(node, ox.NamedNode)}

    assert values("endpoint", service) == {"http://localhost/sparql"}
    assert values("supportedLanguage", service) == {SD + "SPARQL11Query"}
    assert values("feature", service) == {SD + "UnionDefaultGraph"}
    assert len(values("resultFormat", service)) == len(RESULT_FORMATS) + len(RDF_FORMATS)
    assert len(values("defaultDataset", service)) == 1
    assert values("name") == {G0, G1}
    types = {str(t.subject) for t in triples if t.predicate == ox.NamedNode(RDF + "type")}
    assert types == {str(t.subject) for t in triples}
    words = " ".join(t.object.value for t in triples if isinstance(t.object, ox.Literal))
    assert f"{config.query_deadline:g} s" in words
    assert "SERVICE are refused" in words


def test_the_service_description_is_for_programs_and_the_page_for_people(client: FlaskClient) -> None:
    """A parameter that is none of the protocol's changes nothing."""
    for path in ("/sparql", "/sparql?lang=en"):
        assert client.get(path).content_type == "text/turtle; charset=utf-8"
        assert client.get(path, headers={"Accept": BROWSER}).content_type == "text/html; charset=utf-8"
    assert client.get("/sparql?format=nt").content_type == "application/n-triples"
    assert client.get("/sparql", headers={"Accept": "image/png"}).status_code == 406


def test_the_address_asked_is_the_endpoint_described(client: FlaskClient) -> None:
    """A host that no address can have is not repeated."""
    for host, endpoint in (
        ("data.example:8080", "http://data.example:8080/sparql"),
        ('a"b<>', "https://w3id.org/battlegraph/sparql"),
    ):
        response = client.get("/sparql", headers={"Host": host, "X-Forwarded-Host": "evil.example"})
        assert f"sd:endpoint <{endpoint}>" in response.text
        assert "evil" not in response.text


# The page.


def test_the_page_is_a_form_that_needs_no_script(client: FlaskClient) -> None:
    """With a query that can be run, every prefix, the limits, and the competency questions."""
    page = ask_page(client, "/sparql")
    assert '<form action="/sparql" method="get"' in page
    for prefix, namespace in PREFIXES.items():
        assert f"PREFIX {prefix}: &lt;{namespace}&gt;" in page
    for question in questions():
        assert question.summary in page.replace("&#39;", "'").replace("&#34;", '"')
    assert "0.5 s and 64 MiB of memory" in page
    query = re.search(r"<textarea[^>]*>\n(.*?)</textarea>", page, re.DOTALL)
    assert query is not None
    text = query[1].replace("&lt;", "<").replace("&gt;", ">")
    check(text)
    assert ask(client, text).status_code == 200


def ask_page(client: FlaskClient, path: str) -> str:
    response = client.get(path, headers={"Accept": BROWSER})
    assert response.content_type == "text/html; charset=utf-8"
    return response.text


def test_solutions_are_a_table_on_the_page(client: FlaskClient) -> None:
    """Terms lead where they lead, text is text, and the query stays in the form."""
    query = "SELECT ?s ?p ?o ?none { <http://x/s1> ?p ?o BIND(<http://x/s1> AS ?s) } ORDER BY ?o"
    page = ask_page(client, "/sparql?" + urlencode({"query": query, "default-graph-uri": G0}))
    assert "<caption>1 row</caption>" in page
    assert '<th scope="col">none</th>' in page
    assert '<a href="http://x/s1"' in page
    assert "a &#34;quoted&#34; &lt;b&gt;&amp; word" in page
    assert "BIND(&lt;http://x/s1&gt; AS ?s)" in page
    assert f'<input type="hidden" name="default-graph-uri" value="{G0}">' in page
    for href in re.findall(r'<li><a href="([^"]+)" rel="nofollow">', page):
        assert client.get(href.replace("&amp;", "&")).status_code == 200


def test_a_long_table_says_that_it_is_cut(client: FlaskClient) -> None:
    """Never silently."""
    page = ask_page(client, "/sparql?" + urlencode({"query": "SELECT * { ?s ?p ?o }"}))
    assert f"The first {MOST_ROWS:,} of 1,201 rows; the links below have all of them" in page
    assert page.count("<tr>") == MOST_ROWS + 1


def test_truth_values_triples_and_nothing_are_shown_too(client: FlaskClient) -> None:
    """In words."""
    for query, words in (
        ("ASK {}", "Yes <small"),
        ("ASK { <a:a> ?p ?o }", "No <small"),
        (CONSTRUCT, "&lt;http://x/s1&gt; &lt;http://x/München&gt;"),
        ("SELECT * { <a:a> ?p ?o }", "There are no solutions."),
        ("DESCRIBE <a:a>", "There are no such triples."),
        ("SELECT (BNODE() AS ?b) (2 AS ?n) ('x'@hy AS ?l) (1e0 AS ?d) {}", 'lang="hy"'),
    ):
        assert words in ask_page(client, "/sparql?" + urlencode({"query": query}))


def test_an_error_is_shown_above_the_query(client: FlaskClient) -> None:
    """So that it can be mended where it stands."""
    for query, status, words in (
        ("SELECT * { ?s foaf:name", 400, "the prefix foaf: is not declared"),
        (RUNAWAY, 503, "ran for 0.5 s"),
        ("SELECT * { SERVICE <http://x/> {} }", 400, "sends no query to other servers"),
    ):
        response = client.get("/sparql", query_string={"query": query}, headers={"Accept": BROWSER})
        assert response.status_code == status
        assert words in response.text
        assert 'role="alert"' in response.text
        assert query.replace("<", "&lt;").replace(">", "&gt;") in response.text
        assert "Retry-After" in response.headers or status != 503


@given(
    st.sampled_from(["GET", "POST"]),
    st.binary(max_size=60) | st.text(max_size=40).map(lambda text: ("query=" + quote(text)).encode()),
    st.sampled_from([FORM, DIRECT, "text/plain", "", FORM + "; charset=x", ";;", "a/b"]),
    st.sampled_from(["", "*/*", "text/html", "text/csv", ",;q", "image/*", 'application/ld+json;profile="x"']),
)
@settings(max_examples=150)
def test_no_request_is_our_fault(
    client: FlaskClient, method: str, content: bytes, content_type: str, accept: str
) -> None:
    """Whatever comes, the answer is a 2xx or a 4xx."""
    headers = {"Accept": accept, "Content-Type": content_type}
    if method == "GET":
        response = client.get("/sparql", environ_overrides={"QUERY_STRING": content.decode("latin-1")}, headers=headers)
    else:
        response = client.post("/sparql", data=content, headers=headers)
    assert response.status_code in (200, 400, 406, 414, 415)
