"""A request and a store to an answer, without processes: graphs asked over, formats, and the parser's complaints."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from graph.namespaces import BG
from graph.store import merge_alone
from server.query import scope
from server.query.evaluation import evaluate
from server.query.failures import AnswerUnwritable, QueryRefused, QuerySyntaxError
from server.query.scope import Scope, asks_merge_alone, stated_scope
from server.query.wire import Request

BASE = "http://base/sparql"
COUNT = "SELECT (COUNT(*) AS ?n)"
TRIPLES = "{ ?s ?p ?o }"
IN_GRAPHS = "{ GRAPH ?g { ?s ?p ?o } }"


@pytest.fixture(scope="module")
def store() -> ox.Store:
    """Return a store of three graphs, two of which share two triples; its default graph is their merge."""
    store = ox.Store()
    for graph, numbers in (("a", (1, 2, 3)), ("b", (2, 3, 4)), ("c", (5,))):
        for number in numbers:
            triple = (ox.NamedNode(f"http://x/s{number}"), ox.NamedNode(BG + "p"), ox.Literal(number))
            store.add(ox.Quad(*triple, ox.NamedNode(f"http://x/{graph}")))
            store.add(ox.Quad(*triple))
    return store


def answer(store: ox.Store, query: str, **graphs: tuple[str, ...]) -> str:
    request = Request(query, "csv", "nt", **graphs)
    body = evaluate(store, request, base=BASE, most_bytes=1 << 20, merge=merge_alone(store)).body
    assert body == evaluate(store, request, base=BASE, most_bytes=1 << 20).body
    return body.decode()


def count(store: ox.Store, query: str, **graphs: tuple[str, ...]) -> int:
    return int(answer(store, query, **graphs).split()[1])


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (f"{COUNT} {TRIPLES}", 5),
        (f"{COUNT} {IN_GRAPHS}", 7),
        (f"{COUNT} FROM <http://x/a> {TRIPLES}", 3),
        (f"{COUNT} FROM <http://x/a> FROM <http://x/b> {TRIPLES}", 4),
        (f"{COUNT} FROM <http://x/a> FROM <http://x/a> {TRIPLES}", 3),
        (f"{COUNT} FROM <http://x/a> FROM <http://x/none> {TRIPLES}", 3),
        (f"{COUNT} FROM <http://x/a> FROM <http://x/b> FROM <http://x/c> {TRIPLES}", 5),
        (f"{COUNT} FROM <http://x/none> {TRIPLES}", 0),
        (f"{COUNT} FROM <http://x/none> FROM <http://x/nothing> {TRIPLES}", 0),
        (f"{COUNT} FROM <http://x/a> FROM <http://x/b> {IN_GRAPHS}", 0),
        (f"{COUNT} FROM NAMED <http://x/a> {TRIPLES}", 0),
        (f"{COUNT} FROM NAMED <http://x/a> FROM NAMED <http://x/b> {IN_GRAPHS}", 6),
        (f"{COUNT} FROM <http://x/a> FROM <http://x/b> FROM NAMED <http://x/c> {IN_GRAPHS}", 1),
        (f"{COUNT} FROM <http://x/a> FROM <http://x/b> FROM NAMED <http://x/c> {TRIPLES}", 4),
        (f"PREFIX e: <http://x/> BASE <http://x/y> {COUNT} FROM e:a FROM <b> {TRIPLES}", 4),
        (f"# FROM <http://x/c>\n{COUNT}\nfrom<http://x/a>from<http://x/b>{TRIPLES}", 4),
        (f"{COUNT} {{ ?s ?p ?o FILTER(?o != 'FROM <http://x/a>') }}", 5),
        (f"PREFIX FROM: <http://x/> {COUNT} FROM FROM:a {TRIPLES}", 3),
    ],
)
def test_from_chooses_the_graphs_and_merges_them(store: ox.Store, query: str, expected: int) -> None:
    """A triple in two default graphs counts once (SPARQL 1.1 section 13.2.1); a graph that is not there is empty."""
    assert count(store, query) == expected


@pytest.mark.parametrize(
    ("default", "named", "expected"),
    [
        (("http://x/a",), (), (3, 0)),
        (("http://x/a", "http://x/b"), (), (4, 0)),
        ((), ("http://x/a", "http://x/b"), (0, 6)),
        (("http://x/c",), ("http://x/a",), (1, 3)),
        (("http://x/b", "http://x/c"), ("http://x/a", "http://x/none"), (4, 3)),
    ],
)
def test_graphs_of_the_protocol_replace_those_of_the_query(
    store: ox.Store, default: tuple[str, ...], named: tuple[str, ...], expected: tuple[int, int]
) -> None:
    """As section 2.1.4 of the SPARQL 1.1 Protocol says."""
    for pattern, number in zip((TRIPLES, IN_GRAPHS), expected, strict=True):
        for from_clause in ("", "FROM <http://x/a> FROM NAMED <http://x/c> "):
            query = f"{COUNT} {from_clause}{pattern}"
            assert count(store, query, default_graphs=default, named_graphs=named) == number


def test_every_form_of_query_sees_the_merge(store: ox.Store) -> None:
    """CONSTRUCT has braces before its FROM, DESCRIBE none."""
    graphs = "FROM <http://x/a> FROM <http://x/b>"
    assert len(answer(store, f"CONSTRUCT {{ ?s ?p ?o }} {graphs} WHERE {TRIPLES}").splitlines()) == 4
    assert len(answer(store, f"CONSTRUCT {graphs} WHERE {TRIPLES}").splitlines()) == 4
    assert len(answer(store, f"DESCRIBE <http://x/s2> {graphs}").splitlines()) == 1
    assert answer(store, f"ASK {graphs} {{ <http://x/s5> ?p ?o }}") == "false\n"


@pytest.mark.parametrize(
    ("query", "is_sure"),
    [
        (f"PREFIX bg: <{BG}> SELECT * {{ ?s bg:p ?o }}", True),
        ("SELECT * { GRAPH ?g { ?s ?p ?o } }", False),
        ("SELECT*{graph?g{?s?p?o}}", False),
        ("SELECT * { ?s ?p 1graph<http://x/a>{ ?s ?p ?o } }", False),
        ("SELECT * { \\u0047RAPH ?g { ?s ?p ?o } }", False),
        ("SELECT * { ?paragraph ?p ?o }", False),
    ],
)
def test_what_surely_asks_no_graph_is_answered_from_the_merge_alone(*, query: str, is_sure: bool) -> None:
    """Whatever may name one is not, however it is written."""
    assert asks_merge_alone(query) is is_sure


def test_a_graph_is_named_by_an_absolute_iri(store: ox.Store) -> None:
    """In the protocol there is nothing to resolve it against."""
    with pytest.raises(QueryRefused, match="named by an absolute IRI"):
        count(store, f"{COUNT} {TRIPLES}", default_graphs=("a b",))


def test_a_merge_has_a_bound(store: ox.Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Copying millions of triples for one query would be a way to stop everybody."""
    monkeypatch.setattr(scope, "MAX_MERGED", 5)
    with pytest.raises(QueryRefused, match="more than 5 triples together"):
        count(store, f"{COUNT} FROM <http://x/a> FROM <http://x/b> {TRIPLES}")


def test_an_unresolvable_from_is_left_to_the_parser(store: ox.Store) -> None:
    """It tells the place."""
    assert stated_scope("SELECT * FROM e:a {}", BASE) is None
    assert stated_scope("SELECT * FROM <a:a> FROM NAMED <b> {}", BASE) == Scope(("a:a",), ("http://base/b",))
    with pytest.raises(QuerySyntaxError, match="prefix example: is not declared"):
        answer(store, "SELECT * FROM example:graph {}")


def test_triples_are_sorted_and_without_duplicates_with_the_prefixes_they_use(store: ox.Store) -> None:
    """So an answer is the same bytes each time."""
    query = f"PREFIX bg: <{BG}> CONSTRUCT {{ ?s bg:q ?p . ?s bg:q bg:p }} WHERE {TRIPLES}"
    lines = answer(store, query).splitlines()
    assert lines == sorted(set(lines))
    assert len(lines) == 5
    turtle = evaluate(store, Request(query, None, "ttl"), base=BASE, most_bytes=1 << 20).body.decode()
    assert turtle.startswith(f"@prefix bg: <{BG}> .\n<http://x/s1> bg:q bg:p .\n")
    assert "@prefix rdfs" not in turtle


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("SELECT ('a\\u0001b' AS ?x) {}", "xml"),
        ("SELECT ('a\\uFFFEb' AS ?x) {}", "xml"),
        ("CONSTRUCT { <a:a> <http://x/p> 'a\\u0001b' } WHERE {}", "rdf"),
        ("CONSTRUCT { <a:a> <http://x/1> 'a' } WHERE {}", "rdf"),
    ],
)
def test_what_xml_cannot_write_is_refused(store: ox.Store, query: str, name: str) -> None:
    """The engine writes it all the same, and no XML parser would read it."""
    with pytest.raises(AnswerUnwritable, match=r"Ask for (json|ttl)"):
        evaluate(store, Request(query, name, name), base=BASE, most_bytes=1 << 20)
    other = {"xml": "json", "rdf": "ttl"}[name]
    assert evaluate(store, Request(query, other, other), base=BASE, most_bytes=1 << 20).body


def test_relative_iris_stand_on_the_base(store: ox.Store) -> None:
    """The endpoint's own address, or what the query says (SPARQL 1.1 section 4.1.1.2)."""
    assert answer(store, "SELECT (STR(<id/x>) AS ?a) (STR(<>) AS ?b) {}") == f"a,b\r\nhttp://base/id/x,{BASE}\r\n"
    assert answer(store, "BASE <http://other/> SELECT (STR(<x>) AS ?a) {}") == "a\r\nhttp://other/x\r\n"


def test_values_keep_their_types(store: ox.Store) -> None:
    """In the formats that have types."""
    body = evaluate(
        store, Request(f"SELECT ?o {TRIPLES} ORDER BY ?o LIMIT 1", "tsv", None), base=BASE, most_bytes=1000
    ).body
    assert body == b"?o\n1\n"
    body = evaluate(store, Request("SELECT ('x'@en-gb AS ?x) {}", "json", None), base=BASE, most_bytes=1000).body
    assert b'{"type":"literal","value":"x","xml:lang":"en-gb"}' in body


@pytest.mark.parametrize(
    ("query", "place", "words"),
    [
        ("", (1, 1), "the query is empty"),
        ("SELECT", (1, 7), 'ends too early; expected "$" or "(" or "*" or "?"'),
        ("SELECT * { ?s ?p ?o", (1, 20), 'ends too early; expected "," or "." or ";" or "{" or "{|" or "}" or "~"'),
        ("SELCT * { ?s ?p ?o }", (1, 1), "“SELCT * { ?s ?p ?o }” was not expected here"),
        ("SELECT * {\n  ?s ?p ?o\n  FILER(?o > 1)\n}", (3, 3), "“FILER(?o > 1) }” was not expected here"),
        ("SELECT * { ?s foaf:name ?o }", (1, 24), "begin the query with PREFIX foaf: <http://xmlns.com/foaf/0.1/>"),
        ("SELECT * { ?s xx:name ?o }", (1, 22), "begin the query with PREFIX xx: <…>"),
        ("SELECT * { ?s <a name> ?o }", (1, 23), "this is not an IRI"),
        ("SELECT ?x (1 AS ?x) {}", (1, 23), "Duplicated variable name in SELECT"),
        ("SELECT * {} LIMIT -1", (1, 19), "“-1” was not expected here"),
        ("SELECT * { ?s ?p 'Հադրութ' ]}", (1, 28), "“]}” was not expected here"),
        ("INSERT DATA { <a:a> <a:a> 1 }", (1, 1), "“INSERT DATA { <a:a> <a:a> 1 }” was not expected here"),
    ],
)
def test_a_syntax_error_tells_place_and_remedy(store: ox.Store, query: str, place: tuple[int, int], words: str) -> None:
    """The parser's own message is a list of all characters it knows."""
    with pytest.raises(QuerySyntaxError) as caught:
        answer(store, query)
    assert (caught.value.line, caught.value.column) == place
    assert words in caught.value.message
    assert caught.value.message.startswith(f"Syntax error at line {place[0]}, column {place[1]}: ")
