"""The short way of a query: its answers are the app's own, header by header, and all else is left to the app."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlencode

import pytest
import specimen
from flask import Flask
from werkzeug.test import Client, TestResponse

from server.app import create_app
from server.config import Config
from server.query import supervisor
from server.query.query_lane import QueryLane

SELECT = "SELECT * {{ ?s ?p ?o }} ORDER BY ?s ?p ?o LIMIT {}"
CONSTRUCT = "CONSTRUCT {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o }} ORDER BY ?s ?p ?o LIMIT {}"
KINDS = [
    (query, {"Accept": accept, "Accept-Encoding": encoding})
    for query, accept in (
        (SELECT, "application/sparql-results+json"),
        (SELECT, "text/csv"),
        (SELECT, "application/json;q=0.5, */*;q=0.1"),
        (CONSTRUCT, "text/turtle"),
        (CONSTRUCT, "text/n3"),
    )
    for encoding in ("gzip", "identity")
]


class Counting:
    """A WSGI application that counts what another one is asked."""

    def __init__(self, application: object) -> None:
        self.asked = 0
        self._application = application

    def __call__(self, environ: object, start_response: object) -> object:
        self.asked += 1
        assert callable(self._application)
        return self._application(environ, start_response)


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """Return an app with a running query service and no cache."""
    config = Config(specimen.FILE, query_socket=tmp_path_factory.mktemp("lane") / "socket", query_workers=1)
    process = supervisor.start(config)
    yield create_app(replace(config, cache_bytes=0))
    process.terminate()
    process.wait(5)


@pytest.fixture
def inner(app: Flask) -> Counting:
    """Return the app behind a lane, counted."""
    lane = app.wsgi_app
    assert isinstance(lane, QueryLane)
    return Counting(lane._application)


@pytest.fixture
def lane(app: Flask, inner: Counting) -> QueryLane:
    """Return a lane that has learned nothing yet."""
    return QueryLane(inner, app.extensions["battlegraph"])  # type: ignore[arg-type]  # it is a WSGI application


def ask(application: object, query: str, headers: dict[str, str], method: str = "GET") -> TestResponse:
    client = Client(application)  # type: ignore[arg-type]  # it is a WSGI application
    return client.open("/sparql?" + urlencode({"query": query}), method=method, headers=headers)


def look(response: TestResponse) -> tuple[int, list[tuple[str, str]], bytes]:
    return response.status_code, sorted(response.headers), response.data


@pytest.mark.parametrize(("query", "headers"), KINDS)
def test_an_answer_is_the_one_of_the_app(
    query: str, headers: dict[str, str], lane: QueryLane, inner: Counting, app: Flask
) -> None:
    """Short and long ones, compressed or not; of each sort the first comes from the app itself, and once."""
    for limit in (1, 2, 40, 41):
        filled = query.format(limit)
        answer = look(ask(lane, filled, headers))
        asked = inner.asked
        assert answer == look(ask(inner, filled, headers))
        inner.asked = asked
    # Two sorts where the long ones are compressed.
    assert inner.asked == (2 if headers["Accept-Encoding"] == "gzip" else 1)
    assert app.wsgi_app is not lane


@pytest.mark.parametrize(
    ("query", "headers", "status"),
    [
        ("SELECT * { ?s ?p", {}, 400),
        ("SELECT * { SERVICE <http://x/> {} }", {}, 400),
        ("ASK {}", {"Accept": "image/png"}, 406),
        ("ASK {}", {"Accept": "text/html"}, 200),
        ("SELECT (NOW() AS ?now) {}", {}, 200),
        ("ASK {}", {"If-None-Match": "*"}, 304),
        ("ASK {}", {"Range": "bytes=0-1"}, 200),
        ("ASK {} #" + "x" * 9000, {}, 200),
    ],
)
def test_all_else_is_left_to_the_app(
    query: str, headers: dict[str, str], status: int, lane: QueryLane, inner: Counting
) -> None:
    """Whatever the lane has learned."""
    for _ in range(2):
        assert ask(lane, "ASK {}", {}).status_code == 200
    before = inner.asked
    response = ask(lane, query, headers)
    assert (response.status_code, inner.asked) == (status, before + 1)


@pytest.mark.parametrize("method", ["HEAD", "POST", "OPTIONS"])
def test_other_methods_are_left_to_the_app(method: str, lane: QueryLane, inner: Counting) -> None:
    """As is every other address."""
    ask(lane, "ASK {}", {}, method)
    Client(lane).get("/health")
    assert inner.asked == 2


def test_a_query_is_evaluated_once(lane: QueryLane, monkeypatch: pytest.MonkeyPatch, app: Flask) -> None:
    """A failure too, and the first of a sort, which the app has to write."""
    pool = app.extensions["battlegraph"].queries
    count = itertools.count()
    original = pool.ask

    def counted(*arguments: object) -> object:
        next(count)
        return original(*arguments)

    monkeypatch.setattr(pool, "ask", counted)
    assert ask(lane, "SELECT * { ?s ?p", {}).status_code == 400
    assert ask(lane, "ASK { ?first ?p ?o }", {}).status_code == 200
    assert next(count) == 2
