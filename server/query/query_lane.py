"""The short way of a query: a WSGI layer that answers most of them without asking the app.

Flask's part of an answer takes longer than the answer to most questions. What headers an
answer has, this layer learns from the app: of two answers in one media type and encoding
nothing differs but the entity tag and the length. Whatever else there is (pages, refusals,
errors, conditional requests, POST) is the app's, and so is the first answer of each type.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final, TypeAlias

from server.http.encoding import MARK, compress, takes_gzip
from server.http.errors import Problem
from server.http.formats import HTML
from server.http.negotiate import Choice
from server.observability.marks import ROUTE
from server.query.answer_format import choose_format
from server.query.failures import QueryError
from server.query.gate import is_volatile, query_form
from server.query.protocol import Operation, read_operation
from server.query.sparql import OUTCOME, ask, entity_tag
from server.site import Site

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_Headers: TypeAlias = list[tuple[str, str]]
_Kind: TypeAlias = tuple[str, bool, bool]
"""Media type of an answer, whether its client takes gzip, and whether the body is gzip."""

_PATH: Final = "/sparql"
_LONGEST: Final = 8 << 10
"""Bytes of the longest query part of an address that is looked at; the app refuses much longer ones."""
_CONDITIONS: Final = (
    "HTTP_IF_NONE_MATCH",
    "HTTP_IF_MATCH",
    "HTTP_IF_MODIFIED_SINCE",
    "HTTP_IF_UNMODIFIED_SINCE",
    "HTTP_RANGE",
)
_OWN: Final = ("ETag", "Content-Length")
"""What an answer does not share with the others of its kind."""


class QueryLane:
    """A WSGI application that answers queries itself where it can; safe in any number of threads."""

    def __init__(self, application: WSGIApplication, site: Site) -> None:
        """Stand before the app of a site."""
        self._application = application
        self._site = site
        self._headers: dict[_Kind, _Headers] = {}

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request."""
        found = _read(environ)
        if found is None:
            return self._application(environ, start_response)
        operation, choice = found
        try:
            answer = ask(self._site, operation, choice.format, environ)
        except QueryError as error:
            environ[OUTCOME] = error
            return self._application(environ, start_response)
        is_gzip = takes_gzip(environ.get("HTTP_ACCEPT_ENCODING", ""))
        encoded = compress(answer.body) if is_gzip else None
        kind = choice.media_type, is_gzip, encoded is not None
        headers = self._headers.get(kind)
        if headers is None:
            environ[OUTCOME] = answer
            return self._learn(kind, environ, start_response)
        body = answer.body if encoded is None else encoded
        tag = entity_tag(self._site, operation, choice) + (MARK if is_gzip else "")
        environ[ROUTE] = _PATH
        start_response("200 OK", [*headers, ("ETag", f'"{tag}"'), ("Content-Length", str(len(body)))])
        return [body]

    def _learn(self, kind: _Kind, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Let the app answer, and keep the headers that all answers of this kind have."""

        def begin(status: str, headers: _Headers, *rest: object) -> object:
            if status.startswith("200 "):
                self._headers[kind] = [(name, value) for name, value in headers if name not in _OWN]
            return start_response(status, headers, *rest)  # type: ignore[arg-type]  # handed on as it came

        return self._application(environ, begin)  # type: ignore[arg-type]  # it is a start_response


def _read(environ: WSGIEnvironment) -> tuple[Operation, Choice] | None:
    """Return the query of a request and the format of its answer, None where the app has to look at it."""
    parameters = environ.get("QUERY_STRING", "")
    if (
        environ["PATH_INFO"] != _PATH
        or environ["REQUEST_METHOD"] != "GET"
        or len(parameters) > _LONGEST
        or any(name in environ for name in _CONDITIONS)
    ):
        return None
    try:
        operation = read_operation("GET", parameters.encode("latin-1"), None, None, b"")
        if operation is None or is_volatile(operation.query):
            return None
        accept = environ.get("HTTP_ACCEPT")
        choice = choose_format(query_form(operation.query), operation.format, accept, lambda _: "")
    except Problem:
        return None
    return None if choice.format is HTML else (operation, choice)
