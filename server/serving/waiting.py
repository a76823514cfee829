"""Answers of a server that has no dataset yet: that it lives, and that it is not ready."""

from __future__ import annotations

import json
from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING, Final

from server.http.formats import HTML, JSON, PROBLEM, TEXT, content_type
from server.http.negotiate import negotiate

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

LIVE: Final = "/health/live"
_HEALTH: Final = ("/health", "/health/ready")
_TITLE: Final = "No dataset yet"
_RETRY_SECONDS: Final = 5
_OFFERS: Final = (PROBLEM, TEXT, HTML)
_HEADERS: Final = [
    ("Cache-Control", "no-store"),
    ("Access-Control-Allow-Origin", "*"),
    ("X-Content-Type-Options", "nosniff"),
    ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'self'"),
]


def answer_waiting(fault: str | None, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """Answer a request: 200 where it asks whether the server lives, else 503 in the format that it asks for.

    `fault` says what is wrong; it is told on the pages for operators alone, for it names files.
    """
    path = environ.get("PATH_INFO", "")
    if path == LIVE:
        return _send("200 OK", JSON.media_type, {"status": "alive"}, environ, start_response)
    if path in _HEALTH:
        state = {"status": "unavailable", "fault": fault or _TITLE}
        return _send("503 Service Unavailable", JSON.media_type, state, environ, start_response)
    detail = "This server has no dataset to answer from. It looks for one all the time: try again in a few seconds."
    choice = negotiate(environ.get("HTTP_ACCEPT"), _OFFERS)
    media_type = choice.media_type if choice else PROBLEM.media_type
    content: object = {"title": _TITLE, "status": 503, "detail": detail}
    if choice and choice.format is TEXT:
        content = f"503 {_TITLE}\n\n{detail}\n"
    elif choice and choice.format is HTML:
        content = (
            f'<!doctype html>\n<html lang="en"><meta charset="utf-8"><title>{escape(_TITLE)}</title>\n'
            f"<h1>{escape(_TITLE)}</h1>\n<p>{escape(detail)}</p>\n</html>\n"
        )
    return _send("503 Service Unavailable", media_type, content, environ, start_response)


def _send(
    status: str, media_type: str, content: object, environ: WSGIEnvironment, start_response: StartResponse
) -> Iterable[bytes]:
    text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False, indent=2) + "\n"
    body = text.encode()
    headers = [*_HEADERS, ("Content-Type", content_type(media_type)), ("Content-Length", str(len(body)))]
    if not status.startswith("200"):
        headers += [("Retry-After", str(_RETRY_SECONDS)), ("Vary", "Accept")]
    start_response(status, headers)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]
