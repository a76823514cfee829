"""A query about the graphs that clients know becomes one about a version's graphs, and says the same."""

from __future__ import annotations

from typing import Final

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.query.evaluation import evaluate
from server.query.failures import QuerySyntaxError
from server.query.scope import Scope
from server.query.wire import Request
from server.remote.describing import take_apart
from server.remote.dialect import mend, mend_json, mend_triples
from server.remote.mapping import Mapping, visible
from server.remote.names import KEPT_PREFIX, NAME_OF, Version
from server.remote.syntax import require_syntax

BASE: Final = "https://example.org/sparql"
VERSION: Final = Version("v1")
WKT: Final = "http://www.opengis.net/ont/geosparql#wktLiteral"
MAPPING: Final = Mapping(VERSION, BASE, frozenset((WKT,)))
XSD: Final = "http://www.w3.org/2001/XMLSchema#"


def mapped(query: str) -> str:
    """Return what is asked, with white space as single spaces."""
    return " ".join(MAPPING.map(query, None).query.split())


def test_without_graphs_a_query_is_asked_over_the_merge_as_it_is() -> None:
    """But for the base of its relative IRIs."""
    query = "SELECT ?s # GRAPH ?g { }\n{ ?s <p> 'GRAPH ?g {'@en , \"x\"^^<d> FILTER(?s<3&&?s>-2) }"
    question = MAPPING.map(query, None)
    assert question.default_graphs == (VERSION.merged.value,)
    assert question.query.split() == f"BASE <{BASE}> {query.replace('# GRAPH ?g { }', '')}".split()


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (
            "ASK { GRAPH <g> { ?s ?p ?o } }",
            f"ASK {{ GRAPH {VERSION.merged} {{ GRAPH {VERSION.graph('https://example.org/g')} {{ ?s ?p ?o }} }} }}",
        ),
        (
            "ASK { GRAPH ?g { ?s ?p ?o } }",
            (
                f"ASK {{ GRAPH {VERSION.merged} {{ {{ GRAPH {VERSION.names} {{ ?bgPhysical_g {NAME_OF} ?g }}"
                " GRAPH ?bgPhysical_g { ?s ?p ?o } } } }"
            ),
        ),
        (
            "PREFIX g: <http://g/> SELECT (EXISTS { ?x ?y ?z } AS ?e) { GRAPH g:a { } } VALUES (?x) { (g:b) }",
            (
                f"PREFIX g: <http://g/> SELECT (EXISTS {{ GRAPH {VERSION.merged} {{ ?x ?y ?z }} }} AS ?e) "
                f"{{ GRAPH {VERSION.merged} {{ GRAPH {VERSION.graph('http://g/a')} {{ }} }} }} VALUES (?x) {{ (g:b) }}"
            ),
        ),
        (
            "CONSTRUCT { ?s ?p ?g } WHERE { GRAPH <http://g/a> { ?s ?p ?g } }",
            (
                f"CONSTRUCT {{ ?s ?p ?g }} WHERE {{ GRAPH {VERSION.merged} "
                f"{{ GRAPH {VERSION.graph('http://g/a')} {{ ?s ?p ?g }} }} }}"
            ),
        ),
    ],
)
def test_graphs_are_called_as_the_store_has_them(query: str, expected: str) -> None:
    """Every group outside all others is put into the merge, and no template or table of values."""
    assert mapped(query) == f"BASE <{BASE}> {expected}"


def test_a_base_is_written_once_and_whole() -> None:
    """Because Virtuoso takes no other."""
    assert mapped("BASE <http://b/x/> ASK { GRAPH <../g> {} }").startswith("BASE <http://b/x/> ASK")
    assert VERSION.graph("http://b/g").value in mapped("BASE <http://b/x/> ASK { GRAPH <../g> {} }")


def test_a_stated_dataset_is_told_by_the_protocol() -> None:
    """FROM and FROM NAMED are taken out of the query, and a graph variable is one of those named."""
    query = "SELECT * FROM <http://g/a> FROM NAMED <http://g/b> { GRAPH ?g { ?s ?p ?o } }"
    question = MAPPING.map(query, Scope(("http://g/a",), ("http://g/b",)))
    assert question.default_graphs == (VERSION.graph("http://g/a").value,)
    assert question.named_graphs == (VERSION.graph("http://g/b").value,)
    assert "FROM" not in question.query
    assert f"VALUES (?bgPhysical_g ?g) {{ ({VERSION.graph('http://g/b')} <http://g/b>) }}" in question.query


def test_an_empty_default_graph_is_not_the_stores_own() -> None:
    """FROM NAMED alone leaves none."""
    question = MAPPING.map("SELECT * { ?s ?p ?o }", Scope((), ("http://g/b",)))
    assert question.default_graphs == (VERSION.graph("").value,)


def test_what_a_store_does_not_keep_has_another_name_there() -> None:
    """In whatever form it is written."""
    query = f"PREFIX g: <http://www.opengis.net/ont/geosparql#> ASK {{ ?s ?p 'POINT(1 2)'^^g:wktLiteral, <{WKT}> }}"
    assert mapped(query).count(f"<{KEPT_PREFIX}{WKT}>") == 2


@given(st.sets(st.text(min_size=1), min_size=2, max_size=6))
def test_every_graph_has_a_name_of_its_own(iris: set[str]) -> None:
    """That is an IRI, whatever is in it."""
    assert len({VERSION.graph(iri) for iri in iris}) == len(iris)


def test_hidden_columns_are_no_answer() -> None:
    """SELECT * shows what the client wrote."""
    assert visible(["bgPhysical_g", "g", "s"]) == ["g", "s"]


@pytest.mark.parametrize(
    ("query", "selecting", "named"),
    [
        ("DESCRIBE <a>", None, "SELECT ?term { VALUES ?term { <a> } }"),
        ("DESCRIBE ?s <a> WHERE { ?s ?p ?o } LIMIT 2", "SELECT DISTINCT ?s WHERE { ?s ?p ?o } LIMIT 2", "<a>"),
        ("DESCRIBE * FROM <g> { ?s ?p ?o }", "SELECT DISTINCT * FROM <g> { ?s ?p ?o }", None),
    ],
)
def test_describe_is_taken_apart(query: str, selecting: str | None, named: str | None) -> None:
    """Into what finds the terms and what names them."""
    found = take_apart(query)
    assert (found.selecting or "").split() == (selecting or "").split()
    assert (named is None) == (found.named is None)
    assert (named or "") in " ".join((found.named or "").split())


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?s ?p }",
        "SELECT *\n{ ?s ?p }",
        "PREFIX a: <http://a/> SELECT * FROM <g> { ?s b:c ?o }",
        "SELECT * FROM NAMED <g> WHERE { ?s <a b> ?o }",
        "SELECT * { ?s ?p ?o",
        "SELECT * { ?s ?p ?o } }",
        "SELECT * { } } UNION { {",
        "SELECT * { ?s ?p ?o } LIMIT x",
    ],
)
def test_wrong_syntax_is_told_as_everywhere(query: str) -> None:
    """With the place in the query as it was sent."""
    with pytest.raises(QuerySyntaxError) as embedded:
        evaluate(ox.Store(), Request(query, "json", None), base=BASE, most_bytes=1 << 20)
    with pytest.raises(QuerySyntaxError) as raised:
        require_syntax(query, BASE)
    assert (raised.value.line, raised.value.column) == (embedded.value.line, embedded.value.column)


def test_a_query_is_not_evaluated_to_see_whether_it_is_one() -> None:
    """Twenty-seven thousand million rows would take an hour."""
    values = " ".join(map(str, range(3000)))
    tables = " ".join(f"VALUES ?{name} {{ {values} }}" for name in "abc")
    require_syntax(f"SELECT (COUNT(*) AS ?n) {{ {tables} }} ORDER BY ?n # to the end", BASE)
    inner = f"{{ SELECT DISTINCT * {{ {tables} }} ORDER BY ?a }}"
    require_syntax(f"PREFIX a: <http://a/> SELECT * FROM <g> FROM NAMED a:h {{ {inner} }}", BASE)  # noqa: S608 - SPARQL


@pytest.mark.parametrize(
    ("written", "datatype", "meant"),
    [
        ("1", "boolean", "true"),
        ("0", "boolean", "false"),
        ("true", "boolean", "true"),
        ("1e+10", "double", "10000000000"),
        ("-480", "gYear", "-0480"),
        ("-044-03-15", "date", "-0044-03-15"),
        ("-12044-03-15", "date", "-12044-03-15"),
        ("2020-10-14", "date", "2020-10-14"),
        ("1.5", "decimal", "1.5"),
    ],
)
def test_what_virtuoso_writes_is_read_as_it_is_meant(written: str, datatype: str, meant: str) -> None:
    """Alone, in results and in triples."""
    assert mend(written, XSD + datatype) == (meant, XSD + datatype)
    told = f'{{ "type": "typed-literal", "datatype": "{XSD}{datatype}", "value": "{written}" }}'
    assert mend_json(told.encode()) == told.replace(f'"{written}"', f'"{meant}"').encode()
    triple = f'<s> <p> "{written}"^^<{XSD}{datatype}> .\n'
    assert mend_triples(triple.encode()) == triple.replace(f'"{written}"', f'"{meant}"').encode()


def test_virtuosos_long_integers_are_integers() -> None:
    """It calls them decimals."""
    assert mend("3000000000", XSD + "decimal") == ("3000000000", XSD + "integer")
    assert mend("-3000000000", XSD + "decimal") == ("-3000000000", XSD + "integer")


def test_a_truth_value_told_as_a_table_is_one() -> None:
    """As Virtuoso does where the pattern is in a named graph."""
    number = f'"type": "typed-literal", "datatype": "{XSD}integer", "value": "1"'
    table = '{ "head": { "vars": ["__ASK_RETVAL"] }, "results": { "bindings": [ %s ] } }'
    tables = (table % f'{{ "__ASK_RETVAL": {{ {number} }} }}', table % "")
    told = (ox.parse_query_results(mend_json(one.encode()), format=ox.QueryResultsFormat.JSON) for one in tables)
    assert [bool(value) for value in told] == [True, False]
