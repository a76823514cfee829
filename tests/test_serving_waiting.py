"""What a server answers that has no dataset yet."""

from __future__ import annotations

import json

import pytest
from werkzeug.test import Client, TestResponse

from server.serving.waiting import answer_waiting

FAULT = "data.nq, line 2: no quad"


def ask(path: str, accept: str = "*/*", method: str = "GET") -> TestResponse:
    return Client(lambda environ, start: answer_waiting(FAULT, environ, start)).open(
        path, method=method, headers={"Accept": accept}
    )


def test_it_lives_and_is_not_ready() -> None:
    """A supervisor that restarts what does not live leaves it alone; a proxy asks another one."""
    assert (ask("/health/live").status_code, ask("/health/live").json) == (200, {"status": "alive"})
    for path in ("/health", "/health/ready"):
        answer = ask(path)
        assert (answer.status_code, answer.json) == (503, {"status": "unavailable", "fault": FAULT})
        assert answer.headers["Retry-After"] == "5"


@pytest.mark.parametrize(
    ("accept", "media_type", "begin"),
    [
        ("*/*", "application/problem+json", "{"),
        ("text/turtle", "application/problem+json", "{"),
        ("text/plain", "text/plain; charset=utf-8", "503 No dataset yet"),
        ("text/html,*/*;q=0.1", "text/html; charset=utf-8", "<!doctype html>"),
    ],
)
def test_everything_else_is_refused_in_the_format_asked_for(accept: str, media_type: str, begin: str) -> None:
    """With a time to come back, readable from any site, and never kept; what is wrong is not told to everybody."""
    for path in ("/", "/id/event/x", "/sparql?query=ASK%7B%7D", "/nowhere"):
        answer = ask(path, accept)
        assert (answer.status_code, answer.headers["Content-Type"]) == (503, media_type)
        assert answer.text.startswith(begin)
        assert answer.headers["Retry-After"] == "5"
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Vary"] == "Accept"
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert FAULT not in answer.text
    assert json.loads(ask("/").text)["status"] == 503


def test_head_is_get_without_the_body() -> None:
    """The length is that of the body."""
    head, get = ask("/", method="HEAD"), ask("/")
    assert head.data == b""
    assert head.headers == get.headers
