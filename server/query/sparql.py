"""The SPARQL endpoint: SPARQL 1.1 Protocol over the query service, and its page.

A GET without parameters is a person looking for the form or a program looking for the
service description. Everything else is a query. The form a query has is known from its
first word, so its format is settled, and a 304 sent, before any worker is asked.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping
from typing import Any, Final

from flask import Blueprint, Response, request

from server.http.connections import Client
from server.http.endpoint import endpoint_address
from server.http.errors import Problem
from server.http.formats import HTML, RDF_FORMATS, RESULT_FORMATS, Format, content_type
from server.http.headers import Link, add_links, license_links
from server.http.negotiate import Choice
from server.http.preconditions import is_known
from server.http.representations import CACHE_CONTROL, alternates, choose, language_of, respond, vary_by_reader
from server.metadata.signposting import description_link
from server.observability.routes import counted_query
from server.query.answer_format import choose_format
from server.query.failures import (
    AnswerTooLarge,
    AnswerUnwritable,
    QueryError,
    QueryFailed,
    QueryQueueFull,
    QueryRefused,
    QueryServiceDown,
    QuerySyntaxError,
)
from server.query.gate import is_volatile, query_form
from server.query.protocol import Operation, read_operation
from server.query.query_page import address, render_page
from server.query.service_description import describe_service
from server.query.wire import Answer
from server.site import Site, current_site
from server.terms.serialise import serialise

blueprint = Blueprint("sparql", __name__)

OUTCOME: Final = "battlegraph.outcome"
"""Under this name an environment has the `Answer` or the `QueryError` of a query that was asked already."""

_STATUS: Final[Mapping[type[QueryError], tuple[int, str]]] = {
    QueryRefused: (400, "Query refused"),
    QuerySyntaxError: (400, "Syntax error"),
    QueryFailed: (400, "Query not evaluated"),
    AnswerTooLarge: (400, "Answer too large"),
    AnswerUnwritable: (406, "Not acceptable"),
}
_UNANSWERED: Final = (503, "Query not answered")
_RETRY_SECONDS: Final = 5


@blueprint.route("/sparql", methods=["GET", "POST"])
def answer_sparql() -> Response:
    """Answer a query, or say what answers here."""
    operation = read_operation(
        request.method,
        request.query_string,
        request.headers.get("Content-Type"),
        request.headers.get("Content-Encoding"),
        request.get_data(cache=False) if request.method == "POST" else b"",
    )
    site = current_site()
    if operation is None:
        return _introduce(site)
    choice = choose_format(
        query_form(operation.query),
        operation.format,
        request.headers.get("Accept"),
        lambda offer: address(site, operation, offer),
    )
    try:
        return _answer(site, operation, choice)
    except QueryError as error:
        if choice.format is not HTML:
            raise _problem(site, error) from error
        problem = _problem(site, error)
        page = render_page(site, operation, problem=problem)
        response = Response(page, status=problem.status, content_type=content_type(HTML.media_type))
        response.headers.update(problem.headers)
        response.headers["Cache-Control"] = "no-store"
        response.vary.add("Accept")
        vary_by_reader(response, choice)
        return response


def _introduce(site: Site) -> Response:
    """Answer with the form, or with the service description to those who want RDF."""
    path = f"{site.links.root}/sparql"
    links = [
        *alternates([(offer, f"{path}?format={offer.name}") for offer in (*RDF_FORMATS, HTML)]),
        Link(f"{site.dataset.base}sparql", "canonical"),
        description_link(site),
    ]
    choice = choose((*RDF_FORMATS, HTML), links)

    def render() -> str | bytes:
        if choice.format is HTML:
            return render_page(site, links=links)
        quads = describe_service(site, endpoint_address(site))
        return serialise(quads, choice.format, first=quads[0].subject)  # type: ignore[arg-type]  # an IRI

    return respond(site, choice, render, negotiated=True, links=links)


def _answer(site: Site, operation: Operation, choice: Choice) -> Response:
    response = Response(content_type=content_type(choice.media_type))
    response.vary.add("Accept")
    vary_by_reader(response, choice)
    add_links(response, license_links(site.publication.license))
    is_there = False
    if is_volatile(operation.query):
        response.headers["Cache-Control"] = "no-store"
    else:
        response.headers["Cache-Control"] = CACHE_CONTROL
        response.set_etag(entity_tag(site, operation, choice))
        is_there = request.method != "POST" and is_known(response.headers["ETag"])
    # Whoever has this tag had the answer from us, and the data is the same; who says * may never have asked.
    if not is_there or request.if_none_match.star_tag:
        answer = ask(site, operation, choice.format, request.environ)
        response.set_data(
            render_page(site, operation, answer=answer) if choice.format is HTML else answer.body,
        )
    if is_there:
        response.status_code = 304
        response.set_data(b"")
        del response.headers["Content-Type"]
    return response


def ask(site: Site, operation: Operation, wanted: Format, environ: Mapping[str, Any]) -> Answer:
    """Return the answer to a query, in this format or in the one its page shows; raise a `QueryError`.

    `environ` is the WSGI environment of the request that waits for it.
    """
    outcome = environ.get(OUTCOME)
    if isinstance(outcome, QueryError):
        raise outcome
    if isinstance(outcome, Answer):
        return outcome
    if site.queries is None:
        raise QueryServiceDown("This server was started without a query service. Pages and data are not affected.")
    is_page = wanted is HTML
    with counted_query(environ):
        return site.queries.run(
            operation.query,
            results="json" if is_page else wanted.name if wanted in RESULT_FORMATS else None,
            rdf="ttl" if is_page else wanted.name if wanted in RDF_FORMATS else None,
            default_graphs=operation.default_graphs,
            named_graphs=operation.named_graphs,
            has_gone=Client(environ).has_gone,
        )


def entity_tag(site: Site, operation: Operation, choice: Choice) -> str:
    """Return the tag of the answer to a query, from all that it depends on."""
    engine = site.queries.engine if site.queries else None
    key = repr((site.edition, engine, operation, choice.format.name, choice.media_type, language_of(choice)))
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _problem(site: Site, error: QueryError) -> Problem:
    status, title = _STATUS.get(type(error), _UNANSWERED)
    extra: dict[str, object] = {}
    if isinstance(error, QuerySyntaxError) and error.line is not None:
        extra = {"line": error.line, "column": error.column}
    headers = {}
    if status == _UNANSWERED[0]:
        seconds = _RETRY_SECONDS if isinstance(error, QueryQueueFull) else math.ceil(site.config.query_deadline)
        headers["Retry-After"] = str(seconds)
    return Problem(status, title, error.message, headers=headers, extra=extra)
