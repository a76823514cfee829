"""An answer of the app that is kept, in the form in which it is given again: most of the work is done once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from werkzeug.datastructures import Headers
from werkzeug.http import is_resource_modified, remove_entity_headers

from server.observability.marks import IS_HIT, ROUTE

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment


class KeptAnswer:
    """An answer as it was sent, and what it is for a client that has it."""

    __slots__ = ("_body", "_headers", "_last_modified", "_route", "_status", "_tag", "_unchanged")

    def __init__(self, status: str, headers: list[tuple[str, str]], body: bytes, route: object) -> None:
        """Keep what the app answered; `route` is the mark that its request had then."""
        self._status, self._headers, self._body, self._route = status, headers, body, route
        unchanged = Headers(headers)
        self._tag, self._last_modified = unchanged.get("ETag"), unchanged.get("Last-Modified")
        remove_entity_headers(unchanged)
        self._unchanged = unchanged.to_wsgi_list()

    def send(self, environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
        """Answer a request whose answer this is."""
        environ[IS_HIT], environ[ROUTE] = True, self._route
        if ("HTTP_IF_NONE_MATCH" in environ or "HTTP_IF_MODIFIED_SINCE" in environ) and self._is_known(environ):
            start_response("304 NOT MODIFIED", self._unchanged)
            return []
        start_response(self._status, self._headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [self._body]

    def _is_known(self, environ: WSGIEnvironment) -> bool:
        tag = self._tag
        if tag is None or environ["REQUEST_METHOD"] == "POST":
            return False
        # As nearly every client has it; the tag overrules the date (RFC 9110 section 13.2.2).
        if environ.get("HTTP_IF_NONE_MATCH") == tag:
            return True
        return not is_resource_modified(environ, etag=tag, last_modified=self._last_modified)
