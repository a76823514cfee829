"""Refusals and failures, turned into HTTP answers in one place.

Whatever goes wrong while a request is answered ends here, as a `Problem` raised by our
own code or as an HTTP exception of the framework. The answer is problem details (RFC
9457), plain text or HTML, whichever the client's Accept header likes best; a client
that asks only for RDF gets problem details. Where there is nothing, the answer offers a
search for the words of the address, things with such names and the first articles. CORS and the other headers of every
response are added by `server.http.headers`, which errors pass through like any answer.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final
from urllib.parse import quote

from flask import Flask, Response, current_app, render_template, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from server.http.formats import HTML, PROBLEM, TEXT, content_type
from server.http.negotiate import Choice, negotiate
from server.releases.known_file import AlteredFile
from server.releases.record import UnreadableRelease
from server.search.suggestions import near, words_of_path
from server.site import current_site
from server.terms.labels import Shown
from server.terms.links import encode_path

_NEAR: Final = 5
_RETRY_SECONDS: Final = 5
_PATIENCE: Final = 0.5
"""Seconds that a 404 waits for the index, which has to be made once; afterwards it is there."""
_NAMELESS: Final = frozenset(("dumps", "exports", "graph", "queries", "sparql", "static"))
"""Parts of the site whose addresses are made of no thing's name."""
_OFFERS: Final = (PROBLEM, TEXT, HTML)
_DETAILS: Final[Mapping[int, str]] = {
    400: "The request could not be read.",
    404: "There is nothing at this address.",
    405: "This address does not answer this method.",
    413: "The request's body is larger than this server reads.",
    414: "The request's address is longer than this server reads. Send a long query by POST.",
    415: "This address does not read bodies of this media type.",
    500: "The server failed while answering. The fault is ours; the request may be right.",
    503: "The server cannot answer at the moment. Try again later.",
}


class Problem(Exception):
    """A refusal the client is told about: status, what went wrong, and what to do.

    `extra` holds further members of the problem details. A member `available`, a list
    of objects with `href`, `type` and `title`, is shown as links; so is `earlier`, of what
    there is of earlier versions.
    """

    def __init__(
        self,
        status: int,
        title: str,
        detail: str,
        *,
        headers: Mapping[str, str] | None = None,
        extra: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(f"{status} {title}: {detail}")
        self.status = status
        self.title = title
        self.detail = detail
        self.headers = dict(headers or {})
        self.extra = dict(extra or {})


@dataclass(frozen=True, slots=True)
class Help:
    """What an answer that there is nothing offers instead."""

    query: str
    """The words that the address seems to be made of."""
    search: str
    """Address of a search for them."""
    available: Sequence[object]
    """What the problem itself offers, then what has a name like that."""
    articles: Sequence[tuple[str, Shown]]
    """The first articles, each with its address."""


def register(app: Flask) -> None:
    """Make every failure of the app answer as this module says."""
    app.register_error_handler(Problem, answer_problem)
    app.register_error_handler(AlteredFile, _answer_altered_file)
    app.register_error_handler(UnreadableRelease, _answer_unreadable_release)
    app.register_error_handler(OSError, _answer_unreadable_data)
    # Flask hands an exception nobody caught to this handler too, as an InternalServerError.
    app.register_error_handler(HTTPException, answer_http_exception)


def answer_problem(problem: Problem) -> Response:
    """Return the answer that tells the client of a problem, in the form it likes best."""
    choice = negotiate(request.headers.get("Accept"), _OFFERS) or Choice(PROBLEM, PROBLEM.media_type)
    help_ = _help(problem) if problem.status == HTTPStatus.NOT_FOUND else None
    text = _write(problem, choice, help_)
    response = Response(text, status=problem.status, content_type=content_type(choice.media_type))
    response.headers.update(problem.headers)
    response.vary.add("Accept")
    # In whatever form, it may name things, and does so in the reader's language.
    response.vary.add("Accept-Language")
    # A refusal may be lifted by the next build, so nobody should remember it.
    response.headers.setdefault("Cache-Control", "no-store")
    return response


def answer_http_exception(error: HTTPException) -> Response:
    """Return the answer to what the framework refused or could not do."""
    status = error.code or 500
    headers = {}
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        headers["Allow"] = ", ".join(sorted(error.valid_methods))
    title = HTTPStatus(status).phrase
    return answer_problem(Problem(status, title, _DETAILS.get(status) or str(error.description), headers=headers))


def _answer_altered_file(error: AlteredFile) -> Response:
    # Only the log names the place on the disk.
    current_app.logger.error("A file of a release is not what it was: %s", error)
    return answer_problem(
        Problem(
            503,
            "File not available",
            "What is on this server's disk is no more the file that belongs here, so nothing is told from it. "
            "A copy that somebody else has is good where SHA256SUMS of the release says so.",
        )
    )


def _answer_unreadable_release(error: UnreadableRelease) -> Response:
    return answer_problem(Problem(503, "Release not available", f"This server has no whole copy of it: {error}."))


def _answer_unreadable_data(error: OSError) -> Response:
    # Of a damaged disk, of an endpoint that is away, or for want of descriptors; the client learns of no place.
    # What is wrong with another machine is told by its message, in one line, however many requests meet it.
    trace = None if isinstance(error, ConnectionError) else error
    current_app.logger.error("The data could not be read: %s", error, exc_info=trace)
    return answer_problem(
        Problem(
            503,
            "Data not available",
            "The server could not read the data that this answer needs. Try again in a few seconds.",
            headers={"Retry-After": str(_RETRY_SECONDS)},
        )
    )


def _help(problem: Problem) -> Help:
    site = current_site()
    is_of_data = request.path.partition("/")[2].partition("/")[0] not in _NAMELESS
    query = words_of_path(request.path) if is_of_data else ""
    index = site.finder.within(_PATIENCE) if query else None
    given = problem.extra.get("available")
    available: list[object] = [*given] if isinstance(given, list) else []
    hrefs = {item.get("href") for item in available if isinstance(item, dict)}
    for hit in near(index, query, _NEAR) if index is not None else ():
        name = site.links.entity_name(hit.iri)
        href = site.links.to(f"/id/{encode_path(name)}") if name is not None else site.links.href(hit.iri)
        kinds = [site.labels.label(iri).text for iri in hit.kind.classes[:1]]
        if href not in hrefs:
            available.append({"href": href, "title": ", ".join((site.labels.label(hit.iri).text, *kinds))})
    named = ((site.links.entity_name(iri), iri) for iri in site.opening.articles[:_NEAR])
    articles = [(site.links.to(f"/{name}"), site.labels.show_iri(iri)) for name, iri in named if name]
    return Help(query, site.links.to(f"/search?q={quote(query)}" if query else "/search"), available, articles)


def _write(problem: Problem, choice: Choice, help_: Help | None) -> str:
    extra = problem.extra
    if help_ is not None:
        extra = {**extra, "available": help_.available, "search": help_.search}
    if choice.format is HTML:
        return render_template("problem.html", problem=problem, extra=extra, help=help_)
    if choice.format is TEXT:
        return _write_text(problem, extra)
    details = {"title": problem.title, "status": problem.status, "detail": problem.detail, **extra}
    return json.dumps(details, ensure_ascii=False, indent=2) + "\n"


def _write_text(problem: Problem, extra: Mapping[str, object]) -> str:
    lines = [f"{problem.status} {problem.title}", "", problem.detail]
    for name, value in extra.items():
        if isinstance(value, list):
            lines += ["", f"{name}:"] if value else []
            lines += [f"  {' '.join(map(str, item.values())) if isinstance(item, dict) else item}" for item in value]
        else:
            lines.append(f"{name}: {value}")
    return "\n".join(lines) + "\n"
