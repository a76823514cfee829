"""The endpoint's page: a form that works without script, with the answer or the refusal below it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from urllib.parse import urlencode

from flask import render_template

from graph.namespaces import PREFIXES
from graph.queries import questions
from server.errors import Problem
from server.formats import HTML, RDF_FORMATS, RESULT_FORMATS, Format
from server.headers import Link
from server.limits import limits
from server.protocol import Operation
from server.result_table import read_answer
from server.site import Site
from server.wire import Answer

# Lines of the form's text.
_LEAST_HEIGHT: Final = 10
_MOST_HEIGHT: Final = 30
_STARTER_PREFIXES: Final = ("bg", "dcterms", "oa", "prov", "rdf", "rdfs", "sem", "skos", "xsd")
_STARTER: Final = (
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
    asked = operation or Operation(_STARTER)
    formats = RDF_FORMATS if answer is not None and answer.kind == "triples" else RESULT_FORMATS
    return render_template(
        "sparql.html",
        query=asked.query,
        height=min(max(asked.query.count("\n") + 2, _LEAST_HEIGHT), _MOST_HEIGHT),
        graphs=graph_fields(asked),
        result=read_answer(answer, site.links) if answer is not None else None,
        kind=answer.kind if answer is not None else None,
        problem=problem,
        downloads=[(offer.label, address(site, asked, offer)) for offer in formats],
        formats=[HTML, *RESULT_FORMATS, *RDF_FORMATS],
        examples=[(question, address(site, Operation(question.text), HTML)) for question in questions()],
        limits=limits(site.config),
        prefixes=PREFIXES,
        links=links,
    )


def address(site: Site, operation: Operation, offer: Format) -> str:
    """Return the address at which a GET has the answer in this format."""
    fields = [("query", operation.query), *graph_fields(operation), ("format", offer.name)]
    return f"{site.links.root}/sparql?{urlencode(fields)}"


def graph_fields(operation: Operation) -> list[tuple[str, str]]:
    """Return the protocol's parameters for the graphs of an operation."""
    return [
        *(("default-graph-uri", graph) for graph in operation.default_graphs),
        *(("named-graph-uri", graph) for graph in operation.named_graphs),
    ]
