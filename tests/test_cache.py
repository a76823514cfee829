"""An answer from the cache is the one the app would give, header by header; and the cache has an end."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

import pytest
import specimen
from flask.testing import FlaskClient
from werkzeug.test import Client, EnvironBuilder, TestResponse

from server.app import create_app
from server.config import Config
from server.http.cache import AnswerCache
from server.query import supervisor

QUERY = "SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o LIMIT 40"
ARGUMENTS = {
    "/id/<path:name>": [specimen.EVENT, "event/unheard-of"],
    "/page/<path:name>": [specimen.EVENT, specimen.CLAIM, "event/unheard-of"],
    "/data/<path:name>": [specimen.EVENT, f"{specimen.EVENT}.ttl", f"{specimen.CLAIM}.rdf"],
    "/static/<path:filename>": ["style.css", "none.css"],
    "/article/<slug>": ["battle-of-hadrut", "battle-of-hadrut.txt", "lost"],
    "/dumps/current/<path:name>": ["battlegraph.nq", "none"],
    "/dumps/latest/<path:name>": ["battlegraph.nq"],
    "/graph/<path:name>": ["entities", "viewpoint/azerbaijan.nq"],
    "/linkset/<path:name>": [f"{specimen.EVENT}.json", "event/unheard-of.json"],
    "/map/<slug>": ["battle-of-hadrut", "lost"],
    "/sitemap-<int:number>.xml": ["1.xml", "2.xml"],
    "/timeline/<slug>": ["battle-of-hadrut", "lost"],
    "/viewpoints/<slug>": ["battle-of-hadrut", "lost"],
}
"""What fills the places of a route; one that is not here is asked with a word that means nothing."""
HEADERS: list[dict[str, str]] = [
    {"Accept": accept, "Accept-Encoding": encoding}
    for accept in ("", "text/html,*/*;q=0.8", "text/turtle", "application/json", "image/png")
    for encoding in ("gzip, br", "")
] + [{"Accept": "text/html", "Accept-Language": language} for language in ("hy-AM, en;q=0.5", "az", "de")]


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Config]:
    """Return the settings of an app with a running query service."""
    config = Config(specimen.FILE, query_socket=tmp_path_factory.mktemp("cache") / "socket", query_workers=1)
    process = supervisor.start(config)
    yield config
    process.terminate()
    process.wait(5)


@pytest.fixture(scope="module")
def cached(config: Config) -> FlaskClient:
    """Return a client of an app as it is served."""
    return _client(config)


@pytest.fixture(scope="module")
def uncached(config: Config) -> FlaskClient:
    """Return a client of the same app without a cache."""
    return _client(replace(config, cache_bytes=0))


def _client(config: Config) -> FlaskClient:
    app = create_app(config)
    app.test_client_class = specimen.BufferedClient
    return app.test_client()


def _paths() -> list[str]:
    paths = ["/sparql?" + urlencode({"query": query}) for query in (QUERY, "ASK {}", "SELECT", "DESCRIBE <http://x/>")]
    for rule in specimen.make_app().url_map.iter_rules():
        route = rule.rule
        if rule.arguments:
            head = route.partition("<")[0]
            paths += [head + filling for filling in ARGUMENTS.get(route, ["nonsense"])]
        else:
            paths.append(route)
    return sorted(set(paths))


@pytest.mark.parametrize(
    ("languages", "asked"),
    [
        (("hy", "hy-AM, en;q=0.7", "HY;q=0.9,az;q=0.2"), 1),
        (("", "en", "en-GB,en;q=0.5", "de", "*"), 1),
        (("hy", "az", "en"), 3),
        (("hy", "az", "hy", "az"), 2),
    ],
)
def test_the_spellings_of_one_preference_share_an_entry(languages: tuple[str, ...], asked: int) -> None:
    """Browsers write the same wish in many ways; another language is another answer."""
    app = _App(PUBLIC, ("Vary", "Accept-Language"))
    requests = [{"path": "/page", "headers": {"Accept-Language": language}} for language in languages]
    assert _ask(app, *requests) == asked


def _look(response: TestResponse) -> tuple[int, list[tuple[str, str]], bytes]:
    return response.status_code, sorted(response.headers), response.data


@pytest.mark.parametrize("path", _paths())
def test_an_answer_from_the_cache_is_the_one_of_the_app(cached: FlaskClient, uncached: FlaskClient, path: str) -> None:
    """Every route, in each form and encoding, by GET and HEAD, the first time and again, known to the client or not."""
    for headers in HEADERS:
        expected = _look(uncached.get(path, headers=headers))
        assert _look(cached.get(path, headers=headers)) == expected
        assert _look(cached.get(path, headers=headers)) == expected
        assert _look(cached.head(path, headers=headers)) == (*expected[:2], b"")
        named = dict(expected[1])
        conditions = [
            {"If-None-Match": named.get("ETag", '"none"')},
            {"If-None-Match": '"other", W/' + named.get("ETag", '"none"')},
            {"If-None-Match": '"other"'},
            {"If-None-Match": "*"},
            {"If-Modified-Since": named.get("Last-Modified", "nonsense")},
            {"If-Modified-Since": "Mon, 23 Nov 2020 00:00:00 GMT"},
            {"Range": "bytes=0-9"},
        ]
        for condition in conditions:
            asked = {**headers, **condition}
            expected = _look(uncached.get(path, headers=asked))
            assert _look(cached.get(path, headers=asked)) == expected, asked
            assert _look(cached.head(path, headers=asked)) == (*expected[:2], b""), asked


def test_a_query_by_post_is_answered_from_the_cache_as_by_get(
    cached: FlaskClient, uncached: FlaskClient, config: Config
) -> None:
    """In the form and in the body; a request that differs in anything is another."""
    form = {"data": {"query": QUERY}}
    direct = {"data": QUERY, "content_type": "application/sparql-query"}
    for sent in (form, direct, {**direct, "content_type": "text/plain"}, {**direct, "data": "ASK {}"}):
        expected = _look(uncached.post("/sparql", **sent))
        assert _look(cached.post("/sparql", **sent)) == expected
        assert _look(cached.post("/sparql", **sent)) == expected
    gone = _client(config)
    gone.post("/sparql", **form)
    gone.application.extensions["battlegraph"].__dict__["queries"] = None
    assert gone.post("/sparql", **form).status_code == 200
    assert gone.post("/sparql", **direct).status_code == 503


def test_a_query_answered_once_is_not_evaluated_again(config: Config) -> None:
    """Nor on the page, nor by HEAD."""
    client = _client(config)
    paths = ["/sparql?" + urlencode({"query": QUERY}), "/sparql?" + urlencode({"query": QUERY, "format": "html"})]
    before = [client.get(path).data for path in paths]
    client.application.extensions["battlegraph"].__dict__["queries"] = None
    assert [client.get(path).data for path in paths] == before
    assert [client.head(path).status_code for path in paths] == [200, 200]
    assert client.get(paths[0] + "%20").status_code == 503


@pytest.mark.parametrize("expression", ["NOW()", "RAND()", "UUID()", "STRUUID()"])
def test_an_answer_that_changes_is_not_kept(cached: FlaskClient, expression: str) -> None:
    """It is new each time."""
    path = "/sparql?" + urlencode({"query": f"SELECT ({expression} AS ?x) {{}}"})
    assert len({cached.get(path).data for _ in range(4)}) > 1


def test_the_address_of_the_request_is_the_host_too(cached: FlaskClient) -> None:
    """The service description names the endpoint it was asked at."""
    for host in ("a.example", "b.example", "a.example"):
        assert f"http://{host}/sparql" in cached.get("/sparql", base_url=f"http://{host}/").text


# The layer itself, around an app that counts.


class _App:
    """A WSGI app that tells how often it was asked."""

    def __init__(self, *headers: tuple[str, str], status: str = "200 OK", body: bytes = b"x") -> None:
        self.headers, self.status, self.body = list(headers), status, body
        self.asked = self.closed = 0

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., object]) -> Iterable[bytes]:
        self.asked += 1
        body = environ["wsgi.input"].read() if environ["REQUEST_METHOD"] == "POST" else self.body
        start_response(self.status, [*self.headers, ("Content-Length", str(len(body)))])
        return _Body(self, body)


class _Body(list[bytes]):
    def __init__(self, app: _App, body: bytes) -> None:
        super().__init__([body])
        self.app = app

    def close(self) -> None:
        self.app.closed += 1


PUBLIC = ("Cache-Control", "public, max-age=300")


def _ask(app: _App, *requests: dict[str, Any], most_bytes: int = 1 << 20) -> int:
    """Return how often the app was asked when these requests came through a cache."""
    client = Client(AnswerCache(app, most_bytes=most_bytes))
    for request in requests:
        client.open(EnvironBuilder(**request), buffered=True)
    return app.asked


@pytest.mark.parametrize(
    ("app", "asked"),
    [
        (_App(PUBLIC), 1),
        (_App(PUBLIC, status="303 SEE OTHER"), 1),
        (_App(), 3),
        (_App(("Cache-Control", "no-store")), 3),
        (_App(PUBLIC, ("Vary", "*")), 3),
        (_App(PUBLIC, status="404 NOT FOUND"), 3),
        (_App(PUBLIC, status="503 SERVICE UNAVAILABLE"), 3),
        (_App(PUBLIC, status="206 PARTIAL CONTENT"), 3),
        (_App(PUBLIC, body=b"x" * (200 << 10)), 3),
    ],
)
def test_only_what_is_public_whole_and_not_too_large_is_kept(app: _App, asked: int) -> None:
    """Errors never; and every body of the app is closed once."""
    assert _ask(app, {}, {}, {}) == asked
    assert app.closed == asked


def test_an_answer_fits_the_requests_its_vary_allows() -> None:
    """What is not in Vary does not matter; of Accept-Encoding only what it comes to does."""
    plain, turtle = {"headers": {"Accept": "*/*", "Cookie": "a=1"}}, {"headers": {"Accept": "text/turtle"}}
    assert _ask(_App(PUBLIC), plain, turtle) == 1
    assert _ask(_App(PUBLIC, ("Vary", "Accept, Accept-Encoding")), plain, turtle, plain, turtle) == 2
    gzips = [{"headers": {"Accept-Encoding": value}} for value in ("gzip", "gzip, br", "GZIP;q=1", "*")]
    others = [{"headers": {"Accept-Encoding": value}} for value in ("br", "identity", "gzip;q=0")]
    assert _ask(_App(PUBLIC, ("Vary", "accept-encoding")), *gzips, *others, {}) == 2


@pytest.mark.parametrize(
    "request_",
    [
        {"method": "PUT"},
        {"method": "DELETE"},
        {"method": "OPTIONS"},
        {"headers": {"Range": "bytes=0-1"}},
        {"headers": {"If-Match": '"x"'}},
        {"method": "POST", "data": b"x" * (65 << 10)},
        {"method": "POST", "input_stream": io.BytesIO(b"x")},
        {"method": "HEAD"},
    ],
)
def test_other_requests_go_through(request_: dict[str, Any]) -> None:
    """Their answers are not kept either."""
    assert _ask(_App(PUBLIC), request_, request_, {}) == 3


def test_the_bytes_kept_have_a_bound() -> None:
    """Keys count, and what was asked for last stays."""
    app = _App(PUBLIC, ("Vary", "Accept"), body=b"x" * 1000)
    cache = AnswerCache(app, most_bytes=100_000)
    client = Client(cache)
    for number in range(200):
        client.get(f"/{number}", headers={"Accept": "a/b;" * number})
        client.get("/again")
        assert cache._bytes <= 100_000
        assert cache._bytes == sum(size for _, size in cache._entries.values())
    asked = app.asked
    client.get("/again")
    assert app.asked == asked == 201
    client.get("/0", headers={"Accept": ""})
    assert app.asked == 202


def test_many_threads_share_a_cache() -> None:
    """Nothing is lost or mixed up while others push it out."""
    cache = AnswerCache(_Echo(), most_bytes=60_000)

    def ask(number: int) -> bool:
        client = Client(cache)
        return all(client.get(f"/{(number * n) % 37}").text == f"/{(number * n) % 37}" for n in range(150))

    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(ask, range(8)))
    assert cache._bytes == sum(size for _, size in cache._entries.values())


class _Echo:
    def __call__(self, environ: dict[str, Any], start_response: Callable[..., object]) -> Iterable[bytes]:
        body = environ["PATH_INFO"].encode()
        start_response("200 OK", [PUBLIC, ("Content-Length", str(len(body)))])
        return [body]
