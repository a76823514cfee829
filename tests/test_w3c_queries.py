"""The W3C SPARQL 1.1 query-evaluation, syntax and result-format tests, over HTTP against the real server.

One server holds the data of all tests, each file as the graph of its address; a test is
asked over its own by the protocol's default-graph-uri and named-graph-uri. So they test
these too. Entailment, federation and updates are no part of this endpoint.
"""

from __future__ import annotations

import contextlib
import http.client
import json
from collections.abc import Iterator
from typing import Final
from urllib.parse import urlencode

import pyoxigraph as ox
import pytest
import w3c
from live import running
from w3c import Case

NOTHING: Final = "urn:x:empty"
"""A graph that is not there: the default graph of a test that has none."""

_CONSTANT_END: Final = "a zero-length path from a constant that stands in no triple has no solution in this engine"
_GROUP_CONCAT: Final = "GROUP_CONCAT of language-tagged strings is unbound in this engine"
_GRAPH: Final = "GRAPH with a variable around a pattern without triples: this engine leaves the variable unbound"
KNOWN_FAILURES: Final = {
    "aggregates/agg-groupconcat-04": _GROUP_CONCAT,
    "aggregates/agg-groupconcat-06": _GROUP_CONCAT,
    "aggregates/agg-empty-group-count-graph": _GRAPH + ", and counts over all graphs at once",
    "bindings/graph": _GRAPH,
    "negation/graph-minus": "GRAPH with a variable around MINUS: this engine takes the variable to be shared",
    "csv-tsv-res/tsv03": "the engine's store makes every type of integer xsd:integer",
    "functions/bnode01": 'BNODE("x") is the same blank node in every row of this engine',
    "property-path/zero_or_more_set_start": _CONSTANT_END,
    "property-path/zero_or_more_set_end": _CONSTANT_END,
    "property-path/zero_or_one_set_start": _CONSTANT_END,
    "property-path/zero_or_one_set_end": _CONSTANT_END,
    "syntax-query/test_4": "a function it does not know is an error of the query in this engine, not of a row",
}
"""What the engine fails, each with the reason. A test that passes after all fails here."""

BY_VALUE: Final = frozenset(
    f"aggregates/agg-{name}"
    for name in ("sum-02", "avg-02", "min-01", "min-02", "max-01", "max-02", "err-02", "max-distinct", "min-distinct")
) | frozenset(
    (
        *(f"cast/cast-{name}" for name in ("bool", "int", "float", "double", "decimal", "string")),
        "csv-tsv-res/csv03",
        "functions/plus-1-corrected",
        "functions/plus-2-corrected",
        "functions/coalesce01",
    )
)
"""Tests whose answers are right but for the way a number is written: the engine's store keeps its value alone."""

EVALUATION: Final = w3c.cases("QueryEvaluationTest", "CSVResultFormatTest")
SYNTAX: Final = w3c.cases("PositiveSyntaxTest11", "NegativeSyntaxTest11")
FEDERATED: Final = ("service/", "syntax-fed/")

pytestmark = w3c.NEEDS_SUITES


class Endpoint:
    """A connection to the server's endpoint that stays open."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self.close = self._connection.close

    def ask(self, case: Case, accept: str, *, with_dataset: bool = True) -> tuple[int, bytes]:
        """Return status and body of the answer to a test's query."""
        fields = [("query", case.text)]
        if with_dataset and not case.states_dataset:
            fields += [("default-graph-uri", graph) for graph in case.default_graphs or (NOTHING,)]
            fields += [("named-graph-uri", graph) for graph in case.named_graphs]
        headers = {"Accept": accept, "Content-Type": "application/x-www-form-urlencoded"}
        self._connection.request("POST", "/sparql", urlencode(fields), headers)
        response = self._connection.getresponse()
        return response.status, response.read()


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Endpoint]:
    """Return the endpoint of a server that holds the data of all tests."""
    folder = tmp_path_factory.mktemp("w3c")
    data = folder / "data.nq"
    data.write_bytes(w3c.all_data(EVALUATION))
    with running(folder / "scratch", dataset=data) as server, contextlib.closing(Endpoint(server.port)) as found:
        yield found


def params(cases: list[Case]) -> list[object]:
    """Return the tests under their names, those that are known to fail marked with the reason."""
    return [
        pytest.param(
            case,
            id=case.name,
            marks=[pytest.mark.xfail(reason=KNOWN_FAILURES[case.name])] if case.name in KNOWN_FAILURES else [],
        )
        for case in cases
        if not case.name.startswith(FEDERATED)
    ]


@pytest.mark.parametrize("case", params(EVALUATION))
def test_evaluation(endpoint: Endpoint, case: Case) -> None:
    """The answer is the one the working group agreed on."""
    assert case.result is not None
    if case.kind == "CSVResultFormatTest":
        status, body = endpoint.ask(case, "text/csv")
        assert status == 200, body
        expected_body = case.result.read_bytes()
        if case.name in BY_VALUE:
            assert w3c.csv_rows(body) != w3c.csv_rows(expected_body)
        by_value = case.name in BY_VALUE
        assert w3c.csv_rows(body, by_value=by_value) == w3c.csv_rows(expected_body, by_value=by_value)
    elif case.result.suffix == ".ttl" and "CONSTRUCT" in case.text.upper():
        status, body = endpoint.ask(case, "application/n-triples")
        assert status == 200, body
        found = ox.Dataset(ox.parse(body, format=ox.RdfFormat.N_TRIPLES))
        assert w3c.same_graph(found, w3c.read(case.result))
    else:
        syntax = {".tsv": ox.QueryResultsFormat.TSV, ".srj": ox.QueryResultsFormat.JSON}
        wanted = syntax.get(case.result.suffix, ox.QueryResultsFormat.XML)
        status, body = endpoint.ask(case, wanted.media_type)
        assert status == 200, body
        found_rows, expected = w3c.rows(body, wanted), w3c.expected_rows(case.result)
        is_same = w3c.same_rows(found_rows, expected, ordered=case.is_ordered)
        if case.name in BY_VALUE:
            assert not is_same
            is_same = w3c.same_rows(found_rows, expected, ordered=case.is_ordered, by_value=True)
        assert is_same, (found_rows, expected)


@pytest.mark.parametrize("case", params(SYNTAX))
def test_syntax(endpoint: Endpoint, case: Case) -> None:
    """What is SPARQL is answered; what is not is a syntax error, and told as one."""
    status, body = endpoint.ask(case, "*/*", with_dataset=False)
    if case.kind == "PositiveSyntaxTest11":
        assert status == 200, body
    else:
        assert (status, json.loads(body)["title"]) == (400, "Syntax error")


@pytest.mark.parametrize(
    "case", [pytest.param(case, id=case.name) for case in EVALUATION + SYNTAX if case.name.startswith(FEDERATED)]
)
def test_federation_is_refused(endpoint: Endpoint, case: Case) -> None:
    """Queries of the federation suites are well-formed, and none of them is sent anywhere."""
    status, body = endpoint.ask(case, "*/*")
    assert (status, json.loads(body)["title"]) == (400, "Query refused")
    assert "SERVICE" in json.loads(body)["detail"]
