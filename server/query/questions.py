"""The competency questions as pages, as queries and as RDF, each with its live answer.

The questions are files of the project; their answers come from the query service like
anybody's. A question whose query cannot be answered at the moment has its page all the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from flask import Blueprint, Response, render_template, request

from graph.namespaces import CANONICAL_BASE
from graph.paths import QUESTIONS
from graph.queries import Question, by_audience
from server.http.endpoint import endpoint_address
from server.http.errors import Problem
from server.http.formats import HTML, PYTHON, QUERY, RDF_FORMATS, Format, content_type
from server.http.headers import Link, add_links
from server.http.negotiate import Choice
from server.http.representations import alternates, choose, moved, respond, see_other, vary_by_reader
from server.observability.routes import counted_query
from server.query.executables import describe_questions, question_node
from server.query.failures import QueryError, QueryServiceDown
from server.query.protocol import Operation
from server.query.query_page import address, downloads, editor_address
from server.query.recipes import recipes
from server.query.result_table import read_answer
from server.query.wire import Answer
from server.site import Site, current_site
from server.terms.serialise import serialise

blueprint = Blueprint("questions", __name__)

_FORMATS: Final = (QUERY, *RDF_FORMATS)
_SUFFIXES: Final = {offer.name: offer for offer in _FORMATS}
_EXAMPLES: Final = "/.well-known/sparql-examples"
_SCRIPT: Final = QUESTIONS / "losses.py"


@blueprint.get("/queries")
def redirect_to_questions() -> Response:
    """Lead to the list of questions."""
    return moved("/queries/")


@blueprint.get("/queries/")
def list_questions() -> Response:
    """List the questions by the kinds of user who ask them; as RDF, all of them."""
    return _answer_with_all("/queries/", (HTML, *RDF_FORMATS))


@blueprint.get(_EXAMPLES)
def list_examples() -> Response:
    """Answer with the questions where programs look for a service's example queries."""
    return _answer_with_all(_EXAMPLES, (*RDF_FORMATS, HTML))


@blueprint.get("/queries/open")
def open_question() -> Response:
    """Lead from the menu of a form without script to the query form with a question's query, answered."""
    site = current_site()
    question = _find(site, request.args.get("question", ""))
    return see_other(address(site, Operation(question.text), HTML), ())


@blueprint.get("/queries/losses.py")
def send_script() -> Response:
    """Send a script that asks this endpoint."""
    site = current_site()
    return respond(site, Choice(PYTHON, PYTHON.media_type), lambda: read_script(site), negotiated=False)


@blueprint.get("/queries/<name>")
@blueprint.get("/queries/<name>.<suffix>")
def show_question(name: str, suffix: str | None = None) -> Response:
    """Show a question with its answer, or send its query or what is said of it in RDF."""
    site = current_site()
    question = _find(site, name)
    if suffix is not None and suffix not in _SUFFIXES:
        raise Problem(404, "No such format", f"There is no format {suffix!r}. Use one of: {', '.join(_SUFFIXES)}.")
    path = f"{site.links.root}/queries/{name}"
    links = [
        *alternates([*((offer, f"{path}.{offer.name}") for offer in _FORMATS), (HTML, path)]),
        Link(f"{site.dataset.base}queries/{name}", "canonical"),
        Link(f"{site.links.root}/queries/", "collection"),
    ]
    if suffix is None:
        choice = choose((HTML, *_FORMATS), links)
    else:
        choice = Choice(_SUFFIXES[suffix], _SUFFIXES[suffix].media_type)
    try:
        return respond(
            site,
            choice,
            lambda: _write(site, question, choice.format, links),
            negotiated=suffix is None,
            links=links,
            content_location=f"{path}.{choice.format.name}" if choice.format is not HTML else None,
        )
    except QueryError as error:
        response = Response(_page(site, question, links, error=error), content_type=content_type(HTML.media_type))
        response.headers["Cache-Control"] = "no-store"
        response.vary.add("Accept")
        vary_by_reader(response, choice)
        add_links(response, links)
        return response


def read_script(site: Site) -> str:
    """Return the script, with the endpoint at the address that the client reached."""
    return _SCRIPT.read_text("utf-8").replace(f"{CANONICAL_BASE}sparql", endpoint_address(site))


def _find(site: Site, name: str) -> Question:
    for question in site.questions:
        if question.name == name:
            return question
    raise Problem(
        404,
        "No such question",
        f"There is no question {name!r}. /queries/ lists those there are.",
        extra={"available": [{"href": site.links.to("/queries/"), "title": "All questions"}]},
    )


def _answer_with_all(path: str, offers: Sequence[Format]) -> Response:
    site = current_site()
    root = site.links.root
    links = [
        *alternates([(offer, f"{root}{path}?format={offer.name}") for offer in offers]),
        Link(f"{site.dataset.base}{path.removeprefix('/')}", "canonical"),
        Link(f"{root}/sparql?format=ttl", "describedby"),
    ]
    choice = choose(offers, links)

    def render() -> str | bytes:
        if choice.format is HTML:
            groups = by_audience(site.questions)
            return render_template("queries.html", groups=groups, script=read_script(site), links=links)
        return serialise(describe_questions(site.questions, site.dataset.base, endpoint_address(site)), choice.format)

    return respond(site, choice, render, negotiated=True, links=links)


def _write(site: Site, question: Question, target: Format, links: Sequence[Link]) -> str | bytes:
    if target is HTML:
        return _page(site, question, links, answer=_ask(site, question))
    if target is QUERY:
        return question.source
    quads = describe_questions((question,), site.dataset.base, endpoint_address(site))
    return serialise(quads, target, first=question_node(question, site.dataset.base))


def _ask(site: Site, question: Question) -> Answer:
    if site.queries is None:
        raise QueryServiceDown("This server was started without a query service.")
    with counted_query(request.environ):
        return site.queries.run(question.text, results="json", rdf=None)


def _page(
    site: Site,
    question: Question,
    links: Sequence[Link],
    *,
    answer: Answer | None = None,
    error: QueryError | None = None,
) -> str:
    operation = Operation(question.text)
    return render_template(
        "query.html",
        question=question,
        result=read_answer(answer, site) if answer is not None else None,
        kind=answer.kind if answer is not None else None,
        error=error,
        downloads=downloads(site, operation, "solutions"),
        form=address(site, operation, HTML),
        editor=editor_address(site, question.text),
        recipes=recipes(question.text, endpoint_address(site)),
        links=links,
    )
