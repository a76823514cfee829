"""The endpoint's page: a form that works without script, with the answer or the refusal below it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from urllib.parse import quote, urlencode

from flask import render_template

from graph.namespaces import PREFIXES
from graph.queries import Question, by_audience
from server.http.endpoint import endpoint_address
from server.http.errors import Problem
from server.http.formats import HTML, RDF_FORMATS, RESULT_FORMATS, Format
from server.http.headers import Link
from server.query.limits import limits
from server.query.protocol import Operation
from server.query.result_table import read_answer
from server.query.wire import Answer, Kind
from server.query.yasgui import has_editor
from server.site import Site

# Lines of the form's text.
_LEAST_HEIGHT: Final = 10
_MOST_HEIGHT: Final = 30
_STARTER_PREFIXES: Final = ("bg", "dcterms", "oa", "prov", "rdf", "rdfs", "sem", "skos", "xsd")
STARTER: Final = (
    "".join(f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in _STARTER_PREFIXES)
    + """
SELECT ?claim ?viewpoint ?words WHERE {
  ?claim bg:accordingTo/rdfs:label ?viewpoint ;
    bg:lexical ?words .
}
ORDER BY ?viewpoint ?claim
LIMIT 20
"""
)
"""A query to begin with, which any dataset of ours answers."""


def render_page(
    site: Site,
    operation: Operation | None = None,
    *,
    answer: Answer | None = None,
    problem: Problem | None = None,
    links: Sequence[Link] = (),
) -> str:
    """Return the page with a query to begin with, or with the one that was sent and what became of it.

    An answer is shown as a table of its JSON, or as its Turtle.
    """
    asked = operation or Operation(STARTER)
    return render_template(
        "sparql.html",
        query=asked.query,
        height=min(max(asked.query.count("\n") + 2, _LEAST_HEIGHT), _MOST_HEIGHT),
        graphs=graph_fields(asked),
        question=find_question(site, asked.query),
        result=read_answer(answer, site) if answer is not None else None,
        kind=answer.kind if answer is not None else None,
        problem=problem,
        downloads=downloads(site, asked, answer.kind) if answer is not None else (),
        formats=[HTML, *RESULT_FORMATS, *RDF_FORMATS],
        examples=by_audience(site.questions),
        editor=editor_address(site, asked.query if operation else None),
        limits=limits(site.config),
        endpoint=endpoint_address(site),
        prefixes=PREFIXES,
        links=links,
    )


def address(site: Site, operation: Operation, offer: Format) -> str:
    """Return the address at which a GET has the answer in this format."""
    fields = [("query", operation.query), *graph_fields(operation), ("format", offer.name)]
    path = f"/sparql?{urlencode(fields)}"
    return site.links.to(path) if offer is HTML else f"{site.links.root}{path}"


def downloads(site: Site, operation: Operation, kind: Kind) -> list[tuple[Format, str]]:
    """Return the formats that an answer of this kind can be had in, each with its address."""
    formats = RDF_FORMATS if kind == "triples" else RESULT_FORMATS
    return [(offer, address(site, operation, offer)) for offer in formats]


def editor_address(site: Site, query: str | None = None) -> str | None:
    """Return the address of the editor, with this query in it; None where this server has no editor."""
    if not has_editor():
        return None
    return site.links.to("/sparql/editor" + (f"?query={quote(query, safe='')}" if query else ""))


def find_question(site: Site, query: str) -> Question | None:
    """Return the question that this query is, None where it is nobody's but the client's."""
    # A form sends its lines with CR LF (HTML section 4.10.21.4).
    wanted = query.replace("\r\n", "\n").strip()
    return next((question for question in site.questions if question.text.strip() == wanted), None)


def graph_fields(operation: Operation) -> list[tuple[str, str]]:
    """Return the protocol's parameters for the graphs of an operation."""
    return [
        *(("default-graph-uri", graph) for graph in operation.default_graphs),
        *(("named-graph-uri", graph) for graph in operation.named_graphs),
    ]
