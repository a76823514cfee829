"""Answers given before, given again without asking the app: a WSGI layer around it (RFC 9111).

An app serves one edition of the dataset to its end: what it said of an address once it
will say again, so a cache that belongs to one app needs no expiry and no other key. What
may be kept is what the app calls public; which requests an answer fits is what it says
in Vary. An answer from here is, header by header, the one the app would give.
"""

from __future__ import annotations

import io
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Final, TypeAlias

from werkzeug.http import parse_set_header

from server.http.encoding import takes_gzip
from server.http.kept_answer import KeptAnswer
from server.http.languages import prefer
from server.observability.marks import CACHE_BYTES, ROUTE

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_Key: TypeAlias = tuple[object, ...]
_Names: TypeAlias = tuple[tuple[str, "Callable[[str], object] | None"], ...]
"""Keys of a WSGI environment, each with what its value comes to; None: it is taken as it is."""

_LONGEST_BODY: Final = 64 << 10
"""Bytes of the longest POST request that is looked up."""
_LARGEST_SHARE: Final = 8
"""Of how many answers the largest must leave room for: one query must not push out all the others."""
_LARGEST_FILE: Final = 256 << 10
"""Bytes of the largest answer of which parts can be had: it is a file, which the system keeps in memory for all."""
_OVERHEAD: Final = 4 << 10
"""Bytes an entry takes besides its key and its body."""

_NOTHING: Final = (None, 0)
_READ: Final[Mapping[str, Callable[[str], object]]] = {
    "HTTP_ACCEPT_ENCODING": takes_gzip,
    "HTTP_ACCEPT_LANGUAGE": prefer,
}
"""Headers that come in many forms and to few meanings."""

_KEPT: Final = ("200 ", "303 ", "308 ")


class AnswerCache:
    """A WSGI application that asks another one only what it has not heard yet; safe in any number of threads."""

    def __init__(self, application: WSGIApplication, *, most_bytes: int) -> None:
        """Keep the answers asked for last, up to so many bytes."""
        self._application = application
        self._most_bytes = most_bytes
        self._bytes = 0
        # Under the address of a request, the headers its answer varies by; under both, the answer. And what each takes.
        self._entries: OrderedDict[_Key, tuple[_Names | KeptAnswer, int]] = OrderedDict()
        self._lock = threading.Lock()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request."""
        address = _address(environ)
        if address is None:
            return self._application(environ, start_response)
        answer = self._find(address, environ)
        if answer is not None:
            return answer.send(environ, start_response)
        return self._ask(address, environ, start_response)

    def _find(self, address: _Key, environ: WSGIEnvironment) -> KeptAnswer | None:
        entries = self._entries
        with self._lock:
            names = entries.get(address, _NOTHING)[0]
            if not isinstance(names, tuple):
                return None
            key = _full(address, names, environ)
            answer = entries.get(key, _NOTHING)[0]
            if not isinstance(answer, KeptAnswer):
                return None
            entries.move_to_end(address)
            entries.move_to_end(key)
            return answer

    def _ask(self, address: _Key, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        begun: list[tuple[str, list[tuple[str, str]]]] = []

        def begin(status: str, headers: list[tuple[str, str]], *rest: object) -> object:
            begun.append((status, headers))
            return start_response(status, headers, *rest)  # type: ignore[arg-type]  # handed on as it came

        body = self._application(environ, begin)  # type: ignore[arg-type]  # it is a start_response
        status, headers = begun[-1]
        named = {name.lower(): value for name, value in headers}
        if environ["REQUEST_METHOD"] == "HEAD" or not self._may_keep(status, named):
            return body
        try:
            content = b"".join(body)
        finally:
            if hasattr(body, "close"):
                body.close()
        names = _varying(named.get("vary", ""))
        answer = KeptAnswer(status, headers, content, environ.get(ROUTE))
        with self._lock:
            # A page varies by language where the data at its address does not: what one of them needs fits all.
            known = self._entries.get(address, _NOTHING)[0]
            names = tuple(dict.fromkeys((*known, *names))) if isinstance(known, tuple) else names
            self._keep(address, names, _OVERHEAD)
            self._keep(_full(address, names, environ), answer, _OVERHEAD + len(content))
            environ[CACHE_BYTES] = self._bytes
        return [content]

    def _may_keep(self, status: str, headers: Mapping[str, str]) -> bool:
        share = self._most_bytes // _LARGEST_SHARE
        return (
            status.startswith(_KEPT)
            and "public" in headers.get("cache-control", "")
            and "*" not in headers.get("vary", "")
            and int(headers.get("content-length", self._most_bytes))
            <= (min(_LARGEST_FILE, share) if "accept-ranges" in headers else share)
        )

    def _keep(self, key: _Key, entry: _Names | KeptAnswer, size: int) -> None:
        size += len(repr(key))
        self._bytes += size - self._entries.pop(key, _NOTHING)[1]
        self._entries[key] = (entry, size)
        while self._bytes > self._most_bytes:
            self._bytes -= self._entries.popitem(last=False)[1][1]


@lru_cache(maxsize=64)
def _varying(vary: str) -> _Names:
    """Return the keys of a WSGI environment under which the headers are that a Vary names."""
    keys = (f"HTTP_{name.upper().replace('-', '_')}" for name in parse_set_header(vary))
    return tuple((key, _READ.get(key)) for key in keys)


def _full(address: _Key, names: _Names, environ: WSGIEnvironment) -> _Key:
    """Return what the answer to a request depends on: of the many ways to write some headers, what they come to."""
    values = [read(environ.get(name) or "") if read else environ.get(name) for name, read in names]
    return (address, *values)


def _address(environ: WSGIEnvironment) -> _Key | None:
    """Return what the answer to a request may depend on besides the headers of its Vary; None: it is not looked up."""
    method = environ["REQUEST_METHOD"]
    # A part of a body, or a condition that a 304 does not meet.
    if "HTTP_RANGE" in environ or "HTTP_IF_MATCH" in environ or "HTTP_IF_UNMODIFIED_SINCE" in environ:
        return None
    sent: tuple[object, ...] = ()
    if method == "POST":
        body = _take_body(environ)
        if body is None:
            return None
        sent = (environ.get("CONTENT_TYPE"), environ.get("HTTP_CONTENT_ENCODING"), body)
    elif method not in ("GET", "HEAD"):
        return None
    return (
        environ["wsgi.url_scheme"],
        environ.get("HTTP_HOST"),
        environ["PATH_INFO"],
        environ.get("QUERY_STRING", ""),
        *sent,
    )


def _take_body(environ: WSGIEnvironment) -> bytes | None:
    """Return the body of a request and leave it there, None where it is not a short one of known length."""
    length = environ.get("CONTENT_LENGTH", "")
    if not length.isdecimal() or int(length) > _LONGEST_BODY:
        return None
    body: bytes = environ["wsgi.input"].read(int(length))
    environ["wsgi.input"] = io.BytesIO(body)
    return body if len(body) == int(length) else None
