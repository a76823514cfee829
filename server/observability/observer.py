"""The outermost WSGI layer of an HTTP worker: it gives each request an id, counts it and, where wanted, logs it.

It outlives the datasets that a worker serves one after the other. It must cost next to
nothing for an answer from the cache: those are counted a second later, many at once, and
how long they took is not, because it is always the same.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Final

from server.observability.logs import FIELDS, REQUESTS
from server.observability.marks import CACHE_BYTES, IS_HIT, METRICS, REQUEST_ID, ROUTE
from server.observability.metrics import Metrics, Present, prepared
from server.observability.request_ids import HEADER, is_sane, maker
from server.observability.slots import keep_to_one_processor, take_slot

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

PATH: Final = "/metrics"

_UNMATCHED: Final = "unmatched"
"""Route of what no view was asked for."""
_METHODS: Final = frozenset(("GET", "HEAD", "POST", "OPTIONS"))
_FLUSH_SECONDS: Final = 1.0
_LONGEST_TARGET: Final = 4 << 10
_LOG: Final = logging.getLogger(__name__)
_REQUESTS: Final = logging.getLogger(REQUESTS)


def observe(
    application: WSGIApplication,
    present: Callable[[], Present | None],
    *,
    query_workers: int,
    log_requests: bool = False,
) -> WSGIApplication:
    """Return the application with an observer around it; to be called once, in an HTTP worker.

    Where `prepare` was called in its parent, the worker takes a slot, keeps to one
    processor, and counts; else, or where there is no room for its numbers, `/metrics` says
    that there are none.
    """
    folder, metrics = prepared(), None
    if folder is not None:
        try:
            slot = take_slot(folder)
            keep_to_one_processor(slot)
            metrics = Metrics(folder, slot)
        except OSError as error:
            _LOG.warning("No metrics are kept: %s: %s", error.filename or folder, error.strerror)
    return Observer(application, present, metrics, query_workers=query_workers, log_requests=log_requests)


class Observer:
    """A WSGI application around another; safe in any number of threads."""

    def __init__(
        self,
        application: WSGIApplication,
        present: Callable[[], Present | None],
        metrics: Metrics | None,
        *,
        query_workers: int,
        log_requests: bool,
    ) -> None:
        """Count into these metrics, None: nowhere; `present` is asked what is served when somebody wants to know."""
        self._application, self._present, self._metrics = application, present, metrics
        self._query_workers, self._log_requests = query_workers, log_requests
        self._make_id = maker()
        # Hits that are not counted yet. Appending to a deque needs no lock.
        self._hits: deque[tuple[str, str, str]] = deque()
        if metrics is not None:
            threading.Thread(target=self._flush_for_ever, args=(metrics,), daemon=True).start()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request."""
        started = time.perf_counter()
        sent = environ.get("HTTP_X_REQUEST_ID")
        identifier = sent if sent is not None and is_sane(sent) else self._make_id()
        environ[REQUEST_ID] = identifier
        if self._metrics is not None:
            environ[METRICS] = self._metrics
        begun = "500"

        def begin(status: str, headers: list[tuple[str, str]], *rest: object) -> object:
            nonlocal begun
            begun = status[:3]
            return start_response(status, [*headers, (HEADER, identifier)], *rest)  # type: ignore[arg-type]  # handed on as it came

        try:
            if environ["PATH_INFO"] == PATH:
                return self._tell(environ, begin)
            return self._application(environ, begin)  # type: ignore[arg-type]  # it is a start_response
        finally:
            self._note(environ, begun, started)

    def _note(self, environ: WSGIEnvironment, status: str, started: float) -> None:
        method = environ["REQUEST_METHOD"]
        if self._metrics is not None:
            if IS_HIT in environ:
                self._hits.append((environ[ROUTE], method, status))
            else:
                route = environ.get(ROUTE, _UNMATCHED)
                self._metrics.requests.labels(route, method if method in _METHODS else "other", status, "miss").inc()
                self._metrics.request_seconds.labels(route).observe(time.perf_counter() - started)
                if CACHE_BYTES in environ:
                    self._metrics.cache_bytes.set(environ[CACHE_BYTES])
        if self._log_requests:
            _log_request(environ, status, time.perf_counter() - started)

    def _flush_for_ever(self, metrics: Metrics) -> None:
        while True:
            time.sleep(_FLUSH_SECONDS)
            self._flush(metrics)

    def _flush(self, metrics: Metrics) -> None:
        # What is appended meanwhile is for the next time.
        hits = Counter(self._hits.popleft() for _ in range(len(self._hits)))
        for (route, method, status), number in hits.items():
            metrics.requests.labels(route, method, status, "hit").inc(number)

    def _tell(
        self, environ: WSGIEnvironment, start_response: Callable[[str, list[tuple[str, str]]], object]
    ) -> Iterable[bytes]:
        environ[ROUTE] = PATH
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return _say(
                environ, start_response, "405 METHOD NOT ALLOWED", "Ask for metrics by GET.", ("Allow", "GET, HEAD")
            )
        if self._metrics is None:
            return _say(
                environ, start_response, "503 SERVICE UNAVAILABLE", "This server keeps no metrics; its log says why."
            )
        media_type, body = self._metrics.write(environ.get("HTTP_ACCEPT", ""), self._present(), self._query_workers)
        return _send(environ, start_response, "200 OK", media_type, body, ("Vary", "Accept"))


def _say(
    environ: WSGIEnvironment,
    start_response: Callable[[str, list[tuple[str, str]]], object],
    status: str,
    text: str,
    *headers: tuple[str, str],
) -> Iterable[bytes]:
    return _send(environ, start_response, status, "text/plain; charset=utf-8", text.encode() + b"\n", *headers)


def _send(
    environ: WSGIEnvironment,
    start_response: Callable[[str, list[tuple[str, str]]], object],
    status: str,
    media_type: str,
    body: bytes,
    *headers: tuple[str, str],
) -> Iterable[bytes]:
    fixed = (
        ("Content-Type", media_type),
        ("Content-Length", str(len(body))),
        ("Cache-Control", "no-store"),
        ("X-Content-Type-Options", "nosniff"),
    )
    start_response(status, [*fixed, *headers])
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]


def _log_request(environ: WSGIEnvironment, status: str, seconds: float) -> None:
    query = environ.get("QUERY_STRING", "")
    target = environ["PATH_INFO"] + (f"?{query}" if query else "")
    fields = {
        "request": environ[REQUEST_ID],
        "client": environ.get("REMOTE_ADDR"),
        "method": environ["REQUEST_METHOD"],
        # Both come as WSGI has them: bytes, each as a character.
        "target": target[:_LONGEST_TARGET].encode("latin-1").decode("utf-8", "replace"),
        "route": environ.get(ROUTE, _UNMATCHED),
        "status": int(status),
        "seconds": round(seconds, 6),
        "cache": "hit" if IS_HIT in environ else "miss",
        "agent": environ.get("HTTP_USER_AGENT"),
    }
    _REQUESTS.info("%s %s", status, fields["method"], extra={FIELDS: fields})
