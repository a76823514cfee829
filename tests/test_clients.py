"""The clients that researchers have, against the real server: each gets what it asks for, as it asks for it."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final
from urllib.error import HTTPError
from urllib.parse import urlencode

import pandas as pd
import pyoxigraph as ox
import pytest
import rdflib
import SPARQLWrapper as Wrapper
import specimen
from live import Server, running
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

from graph.paths import ROOT

LABELS: Final = """PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?thing ?label { ?thing rdfs:label ?label FILTER(LANG(?label) = "hy") } ORDER BY ?thing"""
EVENT: Final = f"{specimen.BASE}id/{specimen.EVENT}"
DESCRIBE: Final = f"DESCRIBE <{EVENT}>"
CONSTRUCT: Final = f"CONSTRUCT {{ <{EVENT}> ?p ?o }} WHERE {{ <{EVENT}> ?p ?o }}"
ASK: Final = f"ASK {{ <{EVENT}> ?p ?o }}"
BAD: Final = "SELECT * { ?s foaf:name ?o }"
PLACE: Final = f"line 1, column {BAD.index(' ?o') + 1}"
COMUNICA: Final = ROOT / ".comunica" / "node_modules" / ".bin" / "comunica-sparql"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Return a server of the specimen."""
    with running(tmp_path_factory.mktemp("clients") / "scratch", "--query-deadline", "2") as found:
        yield found


@pytest.fixture(scope="module")
def endpoint(server: Server) -> str:
    """Return the address of its endpoint."""
    return f"{server.address}/sparql"


@pytest.fixture(scope="module")
def labels() -> list[tuple[str, str]]:
    """Return the answer to `LABELS`, from the file itself."""
    quads = ox.parse(specimen.FILE.read_bytes(), format=ox.RdfFormat.TRIG)
    found = {
        (quad.subject.value, quad.object.value)
        for quad in quads
        if isinstance(quad.object, ox.Literal) and isinstance(quad.subject, ox.NamedNode)
        if quad.predicate.value == str(rdflib.RDFS.label) and quad.object.language == "hy"
    }
    assert found
    return sorted(found)


@pytest.fixture(scope="module")
def event() -> rdflib.Graph:
    """Return what the file says of the battle."""
    quads = ox.parse(specimen.FILE.read_bytes(), format=ox.RdfFormat.TRIG)
    triples = {quad.triple for quad in quads if quad.subject == ox.NamedNode(EVENT)}
    graph = rdflib.Graph().parse(data=ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES), format="nt")
    assert len(graph) > 5
    return graph


def same(found: rdflib.Graph, expected: rdflib.Graph) -> bool:
    """Tell whether two graphs hold the same triples; none of them has blank nodes."""
    return set(found) == set(expected)


# SPARQLWrapper.


def wrapper(endpoint: str, query: str, form: str, method: str = Wrapper.GET, request: str = Wrapper.URLENCODED) -> Any:
    client = Wrapper.SPARQLWrapper(endpoint, returnFormat=form)
    client.setMethod(method)
    client.setRequestMethod(request)
    client.setQuery(query)
    return client


@pytest.mark.parametrize(
    ("method", "request_"),
    [
        (Wrapper.GET, Wrapper.URLENCODED),
        (Wrapper.POST, Wrapper.URLENCODED),
        (Wrapper.POST, Wrapper.POSTDIRECTLY),
    ],
)
def test_sparqlwrapper_selects(endpoint: str, labels: list[tuple[str, str]], method: str, request_: str) -> None:
    """By each method, in each result format."""
    found = wrapper(endpoint, LABELS, Wrapper.JSON, method, request_).queryAndConvert()
    rows = found["results"]["bindings"]
    assert [(row["thing"]["value"], row["label"]["value"]) for row in rows] == labels
    assert {row["label"]["xml:lang"] for row in rows} == {"hy"}
    document = wrapper(endpoint, LABELS, Wrapper.XML, method, request_).queryAndConvert()
    literals = document.getElementsByTagName("literal")
    assert [node.firstChild.data for node in literals] == [label for _, label in labels]
    for form in (Wrapper.CSV, Wrapper.TSV):
        body = wrapper(endpoint, LABELS, form, method, request_).queryAndConvert()
        assert body.decode().count("\n") == len(labels) + 1


def test_sparqlwrapper_asks(endpoint: str) -> None:
    """For a truth value."""
    assert wrapper(endpoint, ASK, Wrapper.JSON).queryAndConvert()["boolean"] is True


# SPARQLWrapper's own use of rdflib.
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
@pytest.mark.parametrize("form", [Wrapper.TURTLE, Wrapper.N3, Wrapper.RDFXML, Wrapper.JSONLD])
@pytest.mark.parametrize("query", [CONSTRUCT, DESCRIBE])
def test_sparqlwrapper_gets_graphs(endpoint: str, event: rdflib.Graph, query: str, form: str) -> None:
    """In every RDF format it knows."""
    found = wrapper(endpoint, query, form).queryAndConvert()
    graph = found if isinstance(found, rdflib.Graph) else rdflib.Graph().parse(data=found)
    assert same(graph, event)


def test_sparqlwrapper_is_told_what_is_wrong(endpoint: str) -> None:
    """A bad query is a bad query, an update is refused."""
    with pytest.raises(QueryBadFormed, match=PLACE):
        wrapper(endpoint, BAD, Wrapper.JSON).query()
    client = wrapper(endpoint, "CLEAR ALL", Wrapper.JSON, Wrapper.POST)
    with pytest.raises(QueryBadFormed, match="read-only"):
        client.query()


# rdflib.


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
@pytest.mark.parametrize("form", ["xml", "json"])
def test_rdflib_reads_through_its_store(
    endpoint: str, labels: list[tuple[str, str]], event: rdflib.Graph, method: str, form: str
) -> None:
    """Queries, patterns and counts."""
    graph = rdflib.Graph(SPARQLStore(endpoint, method=method, returnFormat=form))
    rows = [(str(row[0]), str(row[1])) for row in graph.query(LABELS)]  # type: ignore[index]  # rows of a SELECT
    assert rows == labels
    assert graph.query(ASK).askAnswer is True
    assert set(graph.triples((rdflib.URIRef(EVENT), None, None))) == set(event)
    if form == "xml":
        found = graph.query(CONSTRUCT).graph
        assert found is not None
        assert same(found, event)


def test_rdflib_calls_it_as_a_service(endpoint: str, labels: list[tuple[str, str]]) -> None:
    """From a query over other data."""
    local = rdflib.Graph()
    local.add((rdflib.URIRef(labels[0][0]), rdflib.RDFS.seeAlso, rdflib.Literal("here")))
    rows = local.query(
        f"""SELECT ?thing ?label {{
            ?thing <{rdflib.RDFS.seeAlso}> ?note
            SERVICE <{endpoint}> {{ ?thing <{rdflib.RDFS.label}> ?label FILTER(LANG(?label) = "hy") }}
        }}"""
    )
    found = {(str(row[0]), str(row[1])) for row in rows}  # type: ignore[index]  # rows of a SELECT
    assert found == {pair for pair in labels if pair[0] == labels[0][0]}


# pandas.


def test_pandas_reads_a_table(endpoint: str, labels: list[tuple[str, str]]) -> None:
    """From an address alone: it sends no Accept header, so `format` says what it wants."""
    frame = pd.read_csv(f"{endpoint}?{urlencode({'query': LABELS, 'format': 'csv'})}")
    assert list(frame.columns) == ["thing", "label"]
    assert list(frame.itertuples(index=False, name=None)) == labels
    frame = pd.read_csv(f"{endpoint}?{urlencode({'query': LABELS, 'format': 'tsv'})}", sep="\t", quoting=csv.QUOTE_NONE)
    assert list(frame["?label"]) == [f'"{label}"@hy' for _, label in labels]
    with pytest.raises(HTTPError, match="400"):
        pd.read_csv(f"{endpoint}?{urlencode({'query': BAD, 'format': 'csv'})}")


# Oxigraph.


def test_oxigraph_calls_it_as_a_service(endpoint: str, labels: list[tuple[str, str]]) -> None:
    """By POST of the query itself."""
    pattern = f'?thing <{rdflib.RDFS.label}> ?label FILTER(LANG(?label) = "hy")'
    results = ox.Store().query(f"SELECT ?thing ?label {{ SERVICE <{endpoint}> {{ {pattern} }} }}")
    assert isinstance(results, ox.QuerySolutions)
    found = [(row["thing"].value, row["label"].value) for row in results]
    assert sorted(found) == labels


# curl.

CURL: Final = shutil.which("curl")


def curl(*arguments: str) -> str:
    done = subprocess.run([str(CURL), "-sS", *arguments], capture_output=True, timeout=20, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.decode()


@pytest.mark.skipif(CURL is None, reason="curl is not installed")
def test_curl_asks_in_every_way(endpoint: str, labels: list[tuple[str, str]], tmp_path: Path) -> None:
    """In the address, in a form, in the body; compressed; and again, where it has the answer."""
    expected = "".join(f"{thing},{label}\r\n" for thing, label in (("thing", "label"), *labels))
    file = tmp_path / "labels.rq"
    file.write_text(LABELS)
    table = ["-H", "Accept: text/csv"]
    tag = ["--etag-save", str(tmp_path / "tag")]
    for arguments in (
        [*table, "-G", "--data-urlencode", f"query@{file}"],
        ["-G", "--data-urlencode", f"query@{file}", "-d", "format=csv"],
        [*table, "--data-urlencode", f"query@{file}"],
        [*table, "-H", "Content-Type: application/sparql-query", "--data-binary", f"@{file}"],
        [*table, "--compressed", "-G", "--data-urlencode", f"query@{file}", *tag],
    ):
        assert curl(*arguments, endpoint) == expected
    again = ["--compressed", "-G", "--data-urlencode", f"query@{file}", "--etag-compare", str(tmp_path / "tag")]
    assert curl(*table, *again, "-w", "%{http_code}", endpoint) == "304"
    assert curl("-I", "-G", *table, "--data-urlencode", f"query@{file}", endpoint).startswith("HTTP/1.1 200 OK")
    assert PLACE in json.loads(curl("-G", "--data-urlencode", f"query={BAD}", endpoint))["detail"]


# Comunica.


@pytest.mark.skipif(not COMUNICA.is_file() or shutil.which("node") is None, reason="Comunica is not in .comunica")
@pytest.mark.parametrize("source", ["sparql@{}", "{}"])
def test_comunica_queries_it(endpoint: str, labels: list[tuple[str, str]], source: str) -> None:
    """Told that it is an endpoint, and finding out by itself from the service description."""
    done = subprocess.run(
        [str(COMUNICA), source.format(endpoint), LABELS, "-t", "application/sparql-results+json"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    rows = json.loads(done.stdout)["results"]["bindings"]
    assert [(row["thing"]["value"], row["label"]["value"]) for row in rows] == labels
