"""The gate before the query engine: SERVICE in any disguise, updates, and what would crash or hang the engine."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Callable, Iterator

import pyoxigraph as ox
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from graph.queries import Question, questions
from server.query.failures import QueryRefused
from server.query.gate import MAX_BYTES, check, is_volatile, query_form
from server.query.query_size import MAX_DEPTH, MAX_PATTERNS, MAX_TOKENS, _is_surely_small, _Size
from server.query.tokens import possible_tokens, tokens, unescape_codepoints

DISGUISES = {
    "plain": "SELECT * { SERVICE <http://x/> { ?s ?p ?o } }",
    "lower case": "SELECT * { service <http://x/> { ?s ?p ?o } }",
    "mixed case": "SELECT * { SeRvIcE <http://x/> { ?s ?p ?o } }",
    "silent": "SELECT * { SERVICE SILENT <http://x/> { ?s ?p ?o } }",
    "glued": "SELECT*{SERVICESILENT<http://x/>{?s?p?o}}",
    "after a comment": "SELECT * { # a comment\nSERVICE#another\n<http://x/> { ?s ?p ?o } }",
    "after a comment that ends with a carriage return": "SELECT * { ?s ?p ?o #\rSERVICE <http://x/> {} }",
    "in EXISTS": "ASK { FILTER EXISTS { SERVICE <http://x/> { ?s ?p ?o } } }",
    "in a sub-query": "SELECT * { { SELECT * { OPTIONAL { SERVICE <http://x/> { ?s ?p ?o } } } } }",
    "by a variable": "SELECT * { VALUES ?u { <http://x/> } SERVICE ?u { ?s ?p ?o } }",
    "by a prefixed name": "PREFIX : <http://x/> SELECT * { SERVICE:y { ?s ?p ?o } }",
    "by a prefixed name, glued": "PREFIX e: <http://x/> SELECT * { SERVICEe:y{ ?s ?p ?o } }",
    "after a number": "SELECT * { ?s ?p 1SERVICE<http://x/>{} }",
    "after a truth value": "SELECT * { ?s ?p trueSERVICE<http://x/>{} }",
    "after a string": "SELECT * { ?s ?p 'x'SERVICE<http://x/>{} }",
    "after an IRI with a hash": "SELECT * { ?s ?p <http://x/#y> SERVICE<http://x/>{} }",
    "behind less than": "SELECT * { ?s ?p ?b FILTER(?a<?b)SERVICE#>\n<http://x/>{} }",
    "behind a quote behind less than": "SELECT * { FILTER(?a<'x>'||1=1)SERVICE<http://x/>{?s ?p 'z'} }",
    "behind what is no long string": "SELECT * { ?s ?p ('''a') SERVICE<http://x/>{} } #\\q'''",
    "by a code point": "SELECT * { \\u0053ERVICE <http://x/> { ?s ?p ?o } }",
    "by a long code point": "SELECT * { SERV\\U00000049CE <http://x/> { ?s ?p ?o } }",
}
HARMLESS = [
    "SELECT * { ?s ?p 'SERVICE <http://x/> {}' }",
    "SELECT * { ?s ?p '''SERVICE\n<http://x/> {}''' }",
    "SELECT * { ?s ?p ?o } # SERVICE <http://x/> {}",
    "SELECT * { ?s ?p <http://x/SERVICE> }",
    "SELECT * { ?s ?p <http://x/a'b#SERVICE> }",
    "PREFIX service: <http://x/> SELECT * { ?s service:endpoint service:SERVICE }",
    "PREFIX : <http://x/> SELECT * { ?s :service :a-service.b }",
    "SELECT ?service { ?service ?p $SERVICE }",
    "SELECT * { ?s ?p 'x'@service }",
    "SELECT * { _:service ?p ?o }",
    "SELECT * { ?s ?p 'a \\u0022quoted\\u0022 word' }",
]


@pytest.mark.parametrize("query", DISGUISES.values(), ids=DISGUISES)
def test_service_is_refused_in_any_disguise(query: str) -> None:
    """The message names the word and says that no query is sent elsewhere."""
    with pytest.raises(QueryRefused, match=r"SERVICE \(line \d+, column \d+\): this endpoint sends no query"):
        check(query)


@pytest.mark.parametrize("query", HARMLESS)
def test_the_word_service_is_no_service_call(query: str) -> None:
    """Strings, comments, IRIs, prefixed names, variables, language tags and blank nodes may hold the word."""
    check(query)


def test_the_place_of_service_is_told() -> None:
    """Line and column count from 1."""
    with pytest.raises(QueryRefused, match=r"line 2, column 3"):
        check("SELECT * {\n  SERVICE <http://x/> {} }")


@contextlib.contextmanager
def listening() -> Iterator[tuple[str, list[str]]]:
    """Listen on loopback; yield the address and a list with one entry for each connection."""
    seen: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def accept() -> None:
            with contextlib.suppress(OSError):
                while True:
                    connection, _ = listener.accept()
                    seen.append("connection")
                    connection.close()

        thread = threading.Thread(target=accept)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/", seen
        listener.shutdown(socket.SHUT_RDWR)
    thread.join()


PIECES = [
    *"'\"#<>()?{}[].;,/|^*+!~:=\\ \n\r", "'''", '"""', "?a", "1", "'x'", '"y"', "''", "<a>", "<a#b>", "<a:b>", "a:b",
    "e:p", "&&", "||", "<=", "<<", ">>", "\\'", "\\u0027", "\\q", "@en", "^^", "true", "?s ?p ", "FILTER(", "AS ?z)",
    "_:b", "é", "%41", "a", "IN", "VALUES ?v {", "<http://x/'", "OPTIONAL",
]  # fmt: skip
HEADS = [
    "",
    "?s ?p ",
    "FILTER(?a<",
    "FILTER(?a<'x'",
    "?s ?p '",
    "?s ?p '''",
    "?s ?p (",
    "FILTER(1<1&&'a'>'b",
    "?s ?p <<",
]
CALLS = ["SERVICE", "service ", "SERVICE SILENT ", "SERVICESILENT", "SERVICE#>\n", "trueSERVICE", "1SERVICE"]
TAILS = ["", "\n", "#'''\n", "'''", "'", '"', "|| 'x' ) ", "#>\n", ">"]


TEXTS = st.tuples(
    st.sampled_from(HEADS),
    st.lists(st.sampled_from(PIECES), max_size=3).map("".join),
    st.sampled_from(["", ")", "'", "\n)", "#\n)"]),
    st.sampled_from(CALLS),
    st.sampled_from(["<ADDRESS>", " :x", "e:q", "?u"]),
    st.just("{}"),
    st.sampled_from(TAILS),
    st.lists(st.sampled_from(PIECES), max_size=2).map("".join),
).map("".join)


def test_no_text_the_gate_lets_through_makes_the_engine_call() -> None:
    """The engine, asked with the network within reach, opens no connection."""
    with listening() as (address, seen):

        @given(TEXTS)
        @settings(max_examples=500)
        def ask(text: str) -> None:
            query = f"PREFIX e: <{address}> PREFIX : <{address}> SELECT * {{ {text.replace('ADDRESS', address)} }}"
            try:
                check(query)
            except QueryRefused:
                return
            # An error of the engine is as good as an answer here.
            with contextlib.suppress(SyntaxError, OSError, RuntimeError):
                results = ox.Store().query(query)
                assert isinstance(results, ox.QuerySolutions)
                results.serialize(format=ox.QueryResultsFormat.TSV)
            assert seen == []

        ask()


@pytest.mark.parametrize(
    "update",
    [
        "INSERT DATA { <a:a> <a:a> <a:a> }",
        "PREFIX a: <a:> DELETE WHERE { ?s ?p ?o }",
        "# a comment\nBASE <http://x/> LOAD <http://x/>",
        "WITH <a:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "clear all",
        "DROP GRAPH <a:g>",
        "CREATE GRAPH <a:g>",
        "ADD <a:g> TO <a:h>",
        "MOVE <a:g> TO <a:h>",
        "COPY <a:g> TO <a:h>",
    ],
)
def test_an_update_is_told_that_the_data_is_read_only(update: str) -> None:
    """The parser would only say that it is no query."""
    with pytest.raises(QueryRefused, match=r"This is an update .*read-only"):
        check(update)


SHAPES: dict[str, tuple[int, Callable[[int], str]]] = {
    "groups": (MAX_DEPTH, lambda n: "SELECT * " + "{" * n + "?s ?p ?o" + "}" * n),
    "sub-queries": (MAX_DEPTH, lambda n: "SELECT * {" + "{SELECT * " * (n - 1) + "{}" + "}" * n),
    "OPTIONAL": (MAX_DEPTH, lambda n: "SELECT * {" + "OPTIONAL{?s ?p ?o " * (n - 1) + "}" * n),
    "parentheses": (MAX_DEPTH, lambda n: "SELECT * {FILTER" + "(" * (n - 1) + "1" + ")" * (n - 1) + "}"),
    "functions": (MAX_DEPTH, lambda n: "SELECT (" + "abs(" * (n - 1) + "1" + ")" * (n - 1) + " AS ?x) {}"),
    "property lists": (MAX_DEPTH, lambda n: "SELECT * {?s ?p " + "[?p " * (n - 1) + "1" + "]" * (n - 1) + "}"),
    "triples of triples": (
        MAX_DEPTH,
        lambda n: "SELECT * {" + "<< " * (n - 1) + "?s ?p ?o" + " >> ?p ?o" * (n - 1) + "}",
    ),
    "less than, read as an IRI": (MAX_DEPTH, lambda n: f"ASK {{FILTER(1<{'(' * (n - 2)}1{')' * (n - 2)}||2>1)}}"),
    "triples": (MAX_PATTERNS, lambda n: "SELECT * {" + "?s ?p ?o . " * n + "}"),
    "predicates": (MAX_PATTERNS, lambda n: "SELECT * {?s ?p ?o" + " ; ?p ?o" * (n - 1) + "}"),
    "objects": (MAX_PATTERNS, lambda n: "SELECT * {?s ?p ?o" + ", ?o" * (n - 1) + "}"),
    "OPTIONAL, one after another": (MAX_PATTERNS, lambda n: "SELECT * {" + "OPTIONAL {?s ?p ?o} " * n + "}"),
    "UNION": (MAX_PATTERNS, lambda n: "SELECT * {{?s ?p ?o}" + " UNION {?s ?p ?o}" * (n - 1) + "}"),
    "FILTER": (MAX_PATTERNS, lambda n: "SELECT * {" + "FILTER(?s=?o) " * n + "}"),
    "path steps": (MAX_PATTERNS, lambda n: "PREFIX : <a:> SELECT * {?s :a" + "/:a" * (n - 1) + " ?o}"),
    "list items": (MAX_PATTERNS - 1, lambda n: "SELECT * {?s ?p (" + "1 " * n + ")}"),
    "operators among the values of IN": (MAX_TOKENS, lambda n: "ASK {FILTER(1 IN (1" + "+1" * n + "))}"),
    "operators": (MAX_TOKENS // 2 - 5, lambda n: "SELECT (1" + "+1" * n + " AS ?x) {}"),
    "negations": (MAX_TOKENS - 8, lambda n: "SELECT * {FILTER(" + "!" * n + "1)}"),
    "alternatives": (MAX_TOKENS // 2 - 5, lambda n: "PREFIX : <a:> SELECT * {?s :a" + "|:a" * n + " ?o}"),
    "operators, read as an IRI": (MAX_TOKENS // 2 - 7, lambda n: f"ASK {{FILTER(1<1{'||1' * n}||2>1)}}"),
    "DESCRIBE": (MAX_TOKENS - 4, lambda n: "PREFIX : <a:> DESCRIBE" + " :a" * n),
}


@pytest.mark.parametrize(("most", "shape"), SHAPES.values(), ids=SHAPES)
def test_what_would_crash_or_hang_the_engine_is_refused(most: int, shape: Callable[[int], str]) -> None:
    """A little more than the limit is refused with a place and a remedy, a little less is not."""
    check(shape(most * 9 // 10))
    with pytest.raises(QueryRefused, match=r"^This query (has|nests).*line \d+, column \d+.*\.$"):
        check(shape(most * 11 // 10))
    with pytest.raises(QueryRefused):
        check(shape(most * 30)[:MAX_BYTES])


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { VALUES (?a ?b) {" + "(1 'x')" * 10_000 + "} }",
        "SELECT * { VALUES ?a {" + "1 " * 20_000 + "} ?s ?p ?a }",
        "SELECT * { ?s ?p ?o FILTER(?o IN (" + "1," * 20_000 + "2)) }",
        "SELECT * { ?s ?p ?o FILTER(?o NOT IN (" + "1," * 20_000 + "2)) }",
        "SELECT * { ?s ?p ?o } VALUES ?o {" + "1 " * 20_000 + "}",
        "CONSTRUCT { " + "?s ?p ?o . " * 500 + "} WHERE { ?s ?p ?o }",
    ],
)
def test_values_and_templates_may_be_long(query: str) -> None:
    """Tools send thousands of values; they cost the engine next to nothing."""
    check(query)


def test_a_long_query_is_refused_by_its_bytes() -> None:
    """Characters outside ASCII count as what they take."""
    check("#" * MAX_BYTES)
    for text in ("#" * (MAX_BYTES + 1), "#" + "é" * (MAX_BYTES // 2)):
        with pytest.raises(QueryRefused, match="131,072 are read"):
            check(text)


@pytest.mark.parametrize("question", questions(), ids=lambda question: question.name)
def test_the_limits_are_far_from_real_queries(question: Question) -> None:
    """Each competency question passes three times over in one query."""
    body = question.text[question.text.index("{") : question.text.rindex("}") + 1]
    check(question.text.replace(body, f"{{ {body} {body} {body} }}", 1))


@pytest.mark.parametrize(
    ("query", "form"),
    [
        ("SELECT * {}", "SELECT"),
        ("select*{}", "SELECT"),
        ("ASK{}", "ASK"),
        ("# DESCRIBE\nPREFIX select: <ASK> BASE <http://x/> PREFIX : <#> CONSTRUCT WHERE {}", "CONSTRUCT"),
        ('VERSION "1.2" DESCRIBE <a:a>', "DESCRIBE"),
        ("ASKFROM <a:g> {}", "ASK"),
        ("INSERT DATA {}", None),
        ("'SELECT'", None),
        ("", None),
        ("PREFIX", None),
    ],
)
def test_the_form_of_a_query_is_its_first_word_after_the_prologue(query: str, form: str | None) -> None:
    """So the formats of its answer are known before it is parsed."""
    assert query_form(query) == form


def test_a_query_about_now_or_chance_is_volatile() -> None:
    """Its answer may not be kept; the same words in other places change nothing."""
    assert all(map(is_volatile, ("SELECT (NOW() AS ?t) {}", "SELECT (rand() AS ?r) {}", "SELECT (StrUuid() AS ?u) {}")))
    assert all(map(is_volatile, ("SELECT (BNODE() AS ?b) {}", "SELECT (N\\u004FW() AS ?t) {}")))
    assert not any(
        map(is_volatile, ("SELECT ?now {}", "SELECT ('RAND()' AS ?r) {}", "SELECT * { ?s <a:uuid> ?o } # NOW()"))
    )


def test_tokens_are_those_of_the_grammar() -> None:
    """White space and comments are none."""
    query = 'SELECT*{?s a:b\\-c <http://x/y#z>\'a\'@en-GB;a:b.c: 1.5e3,.5,"""a"b"""^^a: .}#c'
    assert [token.text for token in tokens(query)] == [
        "SELECT", "*", "{", "?s", "a:b\\-c", "<http://x/y#z>", "'a'", "@en-GB", ";", "a:b.c:", "1.5e3", ",", ".5", ",",
        '"""a"b"""', "^^", "a:", ".", "}",
    ]  # fmt: skip
    assert all(query[token.start : token.end] == token.text for token in tokens(query))


def test_code_points_are_unescaped_as_the_grammar_says() -> None:
    """Four digits or eight; what is beyond Unicode stays."""
    assert unescape_codepoints("\\u0053\\U0001F600\\U00110000\\u12") == "S\U0001f600\\U00110000\\u12"


@given(st.text(max_size=300) | st.lists(st.sampled_from(PIECES + CALLS), max_size=60).map("".join))
def test_the_gate_takes_any_text(text: str) -> None:
    """It passes or is refused, whatever it is."""
    with contextlib.suppress(QueryRefused):
        check(text)
    query_form(text)
    assert set(tokens(text)) <= set(possible_tokens(text))


@settings(max_examples=300)
@given(st.lists(st.sampled_from(PIECES + CALLS), max_size=150).map("".join))
def test_a_query_that_is_surely_small_is_within_every_limit(query: str) -> None:
    """What is told from a few signs is what counting all tokens would tell."""
    assume(_is_surely_small(query))
    size = _Size()
    for token in tokens(query):
        size.add(token)
        assert not size.is_exceeded


@pytest.mark.parametrize(
    "piece",
    [
        "a.",
        "a-",
        "a1.",
        "'",
        '"',
        "'''",
        "<",
        "<a ",
        "<a:>",
        "?",
        ":a.",
        "_:a.",
        "@a-",
        "\\'",
        "'\\'",
        "%41",
        "#",
        "<<",
        "1e",
        "((",
        "a:",
    ],
)
def test_the_gate_takes_time_in_proportion(piece: str) -> None:
    """The longest query of the worst kind is looked through in less than two seconds; prefixes once took 40."""
    query = "'" * (piece == "\\'") + piece * (MAX_BYTES // len(piece) - 9) + "service"
    begin = time.perf_counter()
    with contextlib.suppress(QueryRefused):
        check(query)
    assert time.perf_counter() - begin < 2
