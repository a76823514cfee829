"""What a client gets for the Accept header it sends (RFC 9110 section 12.5.1)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.http.formats import (
    HTML,
    JSON_LD,
    N_QUADS,
    N_TRIPLES,
    RDF_FORMATS,
    RDF_XML,
    RESULT_FORMATS,
    TRIG,
    TURTLE,
    Format,
)
from server.http.negotiate import Choice, negotiate

THING: Final = (*RDF_FORMATS, HTML)
PAGE: Final = (HTML, *RDF_FORMATS)

CHROME = (
    "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8,"
    "application/signed-exchange;v=b3;q=0.7"
)
FIREFOX = "text/html,application/xhtml+xml,application/xml;q=0.9,image/png,image/svg+xml,*/*;q=0.8"
SAFARI = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
RAPPER = (
    "application/rdf+xml, text/rdf;q=0.6, text/plain;q=0.1, text/turtle, application/x-turtle, application/turtle, "
    "text/n3;q=0.3, text/rdf+n3;q=0.3, application/rdf+n3;q=0.3, application/x-trig, application/rss;q=0.8, "
    "application/rss+xml;q=0.8, text/rss;q=0.8, application/xml;q=0.3, text/xml;q=0.3, application/atom+xml;q=0.3, "
    "text/html;q=0.2, application/xhtml+xml;q=0.4, text/html;q=0.6, application/xhtml+xml;q=0.8, text/x-nquads, "
    "*/*;q=0.1"
)
JENA_DATASET = (
    "application/trig,application/n-quads;q=0.9,text/x-nquads;q=0.8,application/x-trig;q=0.7,"
    "application/ld+json;q=0.5,*/*;q=0.5"
)
JENA_GRAPH = "text/turtle,application/n-triples;q=0.9,application/ld+json;q=0.8,application/rdf+xml;q=0.7,*/*;q=0.5"
RDF4J = (
    "application/rdf+xml;q=0.8, application/n-triples;q=0.8, text/turtle, application/x-turtle, text/n3;q=0.8, "
    "application/trix;q=0.8, application/trig;q=0.8, application/n-quads;q=0.8, application/ld+json;q=0.8"
)
COMUNICA = (
    "application/n-quads,application/trig;q=0.95,application/ld+json;q=0.9,application/n-triples;q=0.8,"
    "text/turtle;q=0.6,application/rdf+xml;q=0.5,text/n3;q=0.35,application/xml;q=0.3,image/svg+xml;q=0.3,"
    "text/xml;q=0.3,text/html;q=0.2,application/xhtml+xml;q=0.18,application/json;q=0.135,text/shaclc;q=0.1"
)
RDFLIB = (
    "application/rdf+xml, text/n3, text/turtle, application/n-triples, application/ld+json, application/n-quads, "
    "application/trix, application/trig"
)
SPARQL_JS_BROWSER = (
    "application/rdf+xml;q=0.9, application/x-turtle;q=0.9, application/turtle;q=0.9, text/rdf+n3;q=0.9, "
    "text/turtle;q=0.9, text/rdf;q=0.9, application/n3;q=0.8, text/n3;q=0.8, application/xml;q=0.7, text/*;q=0.6, "
    "*/*;q=0"
)
# A semicolon is missing before one q; the member is skipped and the rest holds.
NG4J = (
    "application/rdf+xml;q=1,text/xml;q=0.6,text/rdf+n3;q=0.9,application/octet-stream;q=0.5,application/xml q=0.5,"
    "text/plain; q=0.5,application/x-turtle;q=0.5,text/html;q=0.5"
)
JAVA = "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2"

# Who asks (or which rule is at stake), the header, what a thing answers, what a page's address answers.
ROWS: Final = [
    ("no header", None, "text/turtle", "text/html"),
    ("an empty header", "", "text/turtle", "text/html"),
    ("curl, wget, requests, OpenRefine", "*/*", "text/turtle", "text/html"),
    ("Chrome", CHROME, "text/html", "text/html"),
    ("Firefox", FIREFOX, "text/html", "text/html"),
    ("Safari", SAFARI, "text/html", "text/html"),
    ("lynx", "text/html, text/plain, text/sgml, text/css, application/xhtml+xml, */*;q=0.01", "text/html", "text/html"),
    ("w3m", "text/html, text/*;q=0.5, image/*", "text/html", "text/html"),
    ("Java", JAVA, "text/html", "text/html"),
    ("rdflib, no format", RDFLIB, "application/rdf+xml", "application/rdf+xml"),
    ("rdflib, turtle", "text/turtle, application/x-turtle, */*;q=0.1", "text/turtle", "text/turtle"),
    ("rdflib, xml", "application/rdf+xml, */*;q=0.1", "application/rdf+xml", "application/rdf+xml"),
    ("rdflib, nt", "text/plain, */*;q=0.1", "text/plain", "text/plain"),
    ("rdflib, n3", "text/n3, */*;q=0.1", "text/n3", "text/n3"),
    ("rdflib, trig", "application/trig, */*;q=0.1", "application/trig", "application/trig"),
    (
        "rdflib, json-ld",
        "application/ld+json, application/json;q=0.9, */*;q=0.1",
        "application/ld+json",
        "application/ld+json",
    ),
    ("Jena, graph", JENA_GRAPH, "text/turtle", "text/turtle"),
    ("Jena, dataset", JENA_DATASET, "application/trig", "application/trig"),
    ("Jena, both", f"{JENA_GRAPH},{JENA_DATASET}", "text/turtle", "text/turtle"),
    ("RDF4J", RDF4J, "text/turtle", "text/turtle"),
    ("rapper", RAPPER, "application/rdf+xml", "application/rdf+xml"),
    ("Comunica", COMUNICA, "application/n-quads", "application/n-quads"),
    ("SPARQLWrapper, turtle", "application/turtle,text/turtle", "text/turtle", "text/turtle"),
    ("SPARQLWrapper, n3", "text/rdf+n3,application/n-triples,application/turtle,application/n3,text/n3,text/rdf",
     "text/rdf+n3", "text/rdf+n3"),
    ("SPARQLWrapper, json-ld", "application/ld+json,application/x-json+ld", "application/ld+json",
     "application/ld+json"),
    ("a browser extension for RDF", SPARQL_JS_BROWSER, "application/rdf+xml", "application/rdf+xml"),
    ("a crawler with a broken member", NG4J, "application/rdf+xml", "application/rdf+xml"),
    ("a JSON client", "application/json", "application/json", "application/json"),
    ("an XML client", "application/xml", "application/xml", "application/xml"),
    ("an old Turtle client", "application/x-turtle", "application/x-turtle", "application/x-turtle"),
    ("HTML named first", "text/html, text/turtle", "text/html", "text/html"),
    ("Turtle named first", "text/turtle, text/html", "text/turtle", "text/turtle"),
    ("the higher quality", "text/turtle;q=0.5, text/html;q=0.6", "text/html", "text/html"),
    ("qualities of three digits", "text/turtle;q=0.501, text/html;q=0.500", "text/turtle", "text/turtle"),
    ("a quality without digits", "text/turtle;q=1., text/html;q=0.9", "text/turtle", "text/turtle"),
    ("a type range", "text/*", "text/turtle", "text/html"),
    ("another type range", "application/*", "application/n-triples", "application/n-triples"),
    ("named beats a range of its kind", "text/*, text/html", "text/html", "text/html"),
    ("a range beats any", "*/*, application/*", "application/n-triples", "application/n-triples"),
    ("specificity before quality", "text/*;q=0.9, text/turtle;q=0.1, */*;q=0.2", "text/html", "text/html"),
    ("a refused type under a wildcard", "text/turtle;q=0, */*", "application/n-triples", "text/html"),
    ("all text refused", "text/*;q=0, */*;q=0.5", "application/n-triples", "application/n-triples"),
    ("all but HTML refused", "*/*;q=0, text/html", "text/html", "text/html"),
    ("zero with digits", "text/turtle;q=0.000, text/html;q=0.001", "text/html", "text/html"),
    ("a charset", "text/turtle;charset=utf-8", "text/turtle", "text/turtle"),
    ("a version", "text/turtle;version=1.2", "text/turtle", "text/turtle"),
    (
        "a profile with a comma and a semicolon",
        'application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted, a;q=0";q=0.9, text/html;q=0.8',
        "application/ld+json",
        "application/ld+json",
    ),
    ("parameters after q", "text/html;q=0.2;ext=1, text/turtle;q=0.3", "text/turtle", "text/turtle"),
    ("upper case", "TEXT/HTML;Q=0.9, Text/Turtle;q=0.8", "text/html", "text/html"),
    ("spaces and tabs", " text/html ; q=0.3 ,\ttext/turtle\t;\tq=0.4", "text/turtle", "text/turtle"),
    ("empty members", ",, text/html ,,", "text/html", "text/html"),
    ("members that do not parse", "text, /html, text/, ???, text/html;q=7, text/turtle", "text/turtle", "text/turtle"),
    ("nothing that parses", "garbage", "text/turtle", "text/html"),
    ("a range that is none", "*/html, text/turtle", "text/turtle", "text/turtle"),
    ("a registered type beside its alias", "application/json, application/ld+json", "application/ld+json",
     "application/ld+json"),
    ("an alias liked more", "application/json, application/ld+json;q=0.5", "application/json", "application/json"),
    ("an alias with anything else", "application/x-turtle, */*;q=0.1", "application/x-turtle", "application/x-turtle"),
    ("a type no one has", "text/anot+turtle", None, None),
    ("images", "image/png, image/*;q=0.8", None, None),
    ("everything refused", "*/*;q=0", None, None),
    ("one type, refused", "text/turtle;q=0", None, None),
]  # fmt: skip


@pytest.mark.parametrize(("client", "accept", "thing", "page"), ROWS, ids=[row[0] for row in ROWS])
def test_the_header_decides(client: str, accept: str | None, thing: str | None, page: str | None) -> None:
    """Each client gets what it likes best of a thing's formats, and of a page's."""
    assert _media_type(accept, THING) == thing, client
    assert _media_type(accept, PAGE) == page, client


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (None, "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("application/sparql-results+json,application/json,text/javascript", "application/sparql-results+json"),
        ("application/rdf+xml, application/sparql-results+xml", "application/sparql-results+xml"),
        ("application/json", "application/json"),
        ("text/csv", "text/csv"),
        ("text/tab-separated-values, text/csv;q=0.9", "text/tab-separated-values"),
        ("text/*", "text/csv"),
        ("text/turtle", None),
    ],
)
def test_query_results_are_negotiated_by_the_same_rules(accept: str | None, expected: str | None) -> None:
    """The query service asks the same function."""
    assert _media_type(accept, RESULT_FORMATS) == expected


def test_no_offers_leave_nothing_to_choose() -> None:
    """An address without representations has none to give."""
    assert negotiate(None, ()) is None
    assert negotiate("*/*", ()) is None


MEDIA_TYPES = st.sampled_from([media_type for offer in THING for media_type in offer.media_types])
RANGES = st.one_of(MEDIA_TYPES, st.sampled_from(["*/*", "text/*", "application/*", "image/png", "*/html", "nonsense"]))
QUALITIES = st.one_of(st.none(), st.integers(0, 1000).map(lambda n: f"{n / 1000:.3f}"), st.just("x"))
MEMBERS = st.tuples(RANGES, QUALITIES).map(lambda m: m[0] if m[1] is None else f"{m[0]};q={m[1]}")
HEADERS = st.lists(MEMBERS, max_size=8).map(", ".join)
OFFERS = st.lists(st.sampled_from(THING), min_size=1, unique=True)


@given(HEADERS, OFFERS)
def test_only_offered_formats_are_chosen(accept: str, offers: list[Format]) -> None:
    """Whatever the header, the answer is an offer under one of its own media types."""
    choice = negotiate(accept, offers)
    assert choice is None or (choice.format in offers and choice.media_type in choice.format.media_types)


@given(HEADERS, st.sampled_from([TURTLE, JSON_LD, RDF_XML, N_QUADS, TRIG, N_TRIPLES, HTML]))
def test_a_refused_type_is_never_sent(accept: str, refused: Format) -> None:
    """`q=0` on a type in full holds against every range that would allow it, unless the type is allowed in full too."""
    named = [member for member in accept.split(", ") if member.partition(";")[0] == refused.media_type]
    choice = negotiate(
        ", ".join([*(m for m in accept.split(", ") if m not in named), f"{refused.media_type};q=0"]), THING
    )
    assert choice is None or choice.media_type != refused.media_type


@given(HEADERS, OFFERS, st.text(alphabet=" \t", max_size=3))
def test_optional_white_space_changes_nothing(accept: str, offers: list[Format], space: str) -> None:
    """RFC 9110 section 5.6.3 allows it around commas and semicolons."""
    spaced = accept.replace(", ", f"{space},{space}").replace(";", f"{space};{space}")
    assert negotiate(spaced, offers) == negotiate(accept, offers)


@given(st.text(max_size=200), OFFERS)
def test_no_header_is_an_error(accept: str, offers: list[Format]) -> None:
    """Any text at all is read without a failure."""
    assert isinstance(negotiate(accept, offers), Choice | None)


def _media_type(accept: str | None, offers: Sequence[Format]) -> str | None:
    choice = negotiate(accept, offers)
    return choice.media_type if choice else None
