"""Thousands of requests that nobody should send, against the real server: each is refused, none is a failure of ours.

Bounded, and the same each run. A 503 is right where it says when to come back: a query
may run to its deadline, or find every worker busy.
"""

from __future__ import annotations

import random
import re
import socket
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote_from_bytes

import pytest
import specimen
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from live import Server, running

from graph.queries import questions

BOUNDED: Final[dict[str, Any]] = {
    "deadline": None,
    "derandomize": True,
    "database": None,
    "suppress_health_check": list(HealthCheck),
}
QUESTIONS: Final = [question.text for question in questions()]
FORM: Final = "application/x-www-form-urlencoded"
DIRECT: Final = "application/sparql-query"


class Asked:
    """What was asked and answered in all tests of this module."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.statuses: Counter[int | None] = Counter()
        self.connection: socket.socket | None = None
        self.descriptors = descriptors(server)

    def framed(self, method: str, target: bytes, headers: list[tuple[bytes, bytes]], body: bytes) -> int | None:
        """Send a request whose end is plain, on a connection that stays; return the status of its answer."""
        head = b"".join(name + b": " + value + b"\r\n" for name, value in headers)
        length = b"Content-Length: %d\r\n" % len(body) if body or method == "POST" else b""
        request = method.encode() + b" " + target + b" HTTP/1.1\r\nHost: x\r\n" + head + length + b"\r\n" + body
        if self.connection is None:
            self.connection = connect(self.server)
        try:
            self.connection.sendall(request)
            answer, is_open = read_answer(self.connection, has_body=method != "HEAD")
        except OSError:
            # It was closed by the server in the middle of what it refuses.
            answer, is_open = b"", False
        if not is_open:
            self.connection.close()
            self.connection = None
        return self.judge(answer, request)

    def raw(self, request: bytes) -> int | None:
        """Send any bytes on a connection of their own; return the status of the answer, None where there is none."""
        answer = b""
        with connect(self.server) as connection:
            try:
                connection.sendall(request)
                connection.settimeout(0.02)
                answer = connection.recv(1 << 16)
            except TimeoutError:
                # The server waits for more; and now it learns that there is none.
                connection.settimeout(5)
                connection.shutdown(socket.SHUT_WR)
                answer = b"".join(iter(lambda: connection.recv(1 << 16), b""))
            except OSError:
                answer = b""
        return self.judge(answer, request)

    def judge(self, answer: bytes, request: bytes) -> int | None:
        """Return the status of an answer, and fail where it is none that may be."""
        found = re.match(rb"HTTP/1\.[01] (\d{3}) ", answer)
        status = int(found[1]) if found else None
        self.statuses[status] += 1
        # Who begins as HTTP/2 does is answered in it.
        assert found or not answer or request.startswith(b"PRI * HTTP/2.0"), (request, answer)
        if status is not None and status >= 500:
            assert status == 503, (request, answer)
            assert b"\r\nretry-after: " in answer.lower(), (request, answer)
        return status


def connect(server: Server) -> socket.socket:
    return socket.create_connection(("127.0.0.1", server.port), timeout=10)


def read_answer(connection: socket.socket, *, has_body: bool) -> tuple[bytes, bool]:
    """Return an answer, and whether the connection stays open for another request."""
    content = b""
    while b"\r\n\r\n" not in content:
        part = connection.recv(1 << 16)
        if not part:
            return content, False
        content += part
    head, _, body = content.partition(b"\r\n\r\n")
    length = re.search(rb"\r\ncontent-length: (\d+)", head.lower())
    missing = int(length[1]) - len(body) if length and has_body and not head.startswith(b"HTTP/1.1 304") else 0
    while missing > 0:
        part = connection.recv(1 << 16)
        if not part:
            return content, False
        missing -= len(part)
    return content, b"\r\nconnection: close" not in head.lower() and head.startswith(b"HTTP/1.1")


def descriptors(server: Server) -> int:
    """Return how many files and sockets the server's processes have open."""
    return sum(len(list(Path(f"/proc/{pid}/fd").iterdir())) for pid in server.pids())


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asked]:
    """Return a server to be asked."""
    scratch = tmp_path_factory.mktemp("fuzz") / "scratch"
    with running(scratch, "--query-deadline", "0.3", "--query-memory", str(128 << 20)) as server:
        for _ in range(20):
            server.request("GET", "/")
        found = Asked(server)
        yield found
        if found.connection is not None:
            found.connection.close()


# Requests that are HTTP, and nonsense.

WORDS: Final = (
    "text/html", "text/turtle", "application/json", "application/sparql-results+json", "*/*", "text/*", "gzip", "br",
    "identity", "*", "q=0", "q=0.5", "q=1.5", "q=", ";", ",", "=", '"', "W/", '"x"', "utf-8", "charset=utf-16",
    "charset", "boundary=x", FORM, DIRECT, "application/sparql-update", "multipart/form-data", "bytes=0-9", "bytes=-1",
    "bytes=9-0,1-2", "Mon, 23 Nov 2026 00:00:00 GMT", "100-continue", "chunked", "close", "0", "-1", "9" * 20,
    "evil.example", "http://evil.example/", "é", "\x7f", "\t", " ", "x" * 300,
)  # fmt: skip
NAMES: Final = (
    "Accept", "Accept-Encoding", "Accept-Charset", "Accept-Language", "Content-Type", "Content-Encoding", "Host",
    "If-None-Match", "If-Match", "If-Modified-Since", "If-Unmodified-Since", "If-Range", "Range", "Origin", "Referer",
    "Access-Control-Request-Headers", "X-Forwarded-Host", "X-Forwarded-For", "Forwarded", "Cookie", "Authorization",
    "User-Agent", "Connection", "TE", "Upgrade", "Expect-CT", "X-HTTP-Method-Override",
)  # fmt: skip
values = st.lists(st.sampled_from(WORDS), max_size=5).map(lambda words: "".join(words).encode("latin-1", "replace"))
headers = st.lists(st.tuples(st.sampled_from([name.encode() for name in NAMES]), values), max_size=5)
methods = st.sampled_from(["GET", "HEAD", "POST", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE", "BREW", "get", "QUERY"])
PIECES: Final = (
    "/sparql", "/id/", "/page/", "/data/", "/graph/", "/article/", "/ontology", "/shapes", "/static/", "/prefixes",
    "/.well-known/void", "/health", "/queries/", specimen.EVENT, specimen.CLAIM, "..", "/", "//", ".", ".ttl", ".html",
    "%00", "%2e%2e", "%2F", "%ff", "%", "%zz", "%C3%BC", "?", "&", "=", "query=", "format=", "ttl", "csv", "html",
    "default-graph-uri=", "named-graph-uri=", "update=", "ASK%7B%7D", "SELECT", "http://x/", "urn:x", "+", "%25",
    "\xfc", "x" * 200, ";", "'", "<script>", "\\",
)  # fmt: skip
targets = st.lists(st.sampled_from(PIECES), min_size=1, max_size=6).map(
    lambda pieces: ("/" + "".join(pieces).lstrip("/")).encode("latin-1").replace(b" ", b"%20")
)


@given(methods, targets, headers, st.binary(max_size=80))
@settings(max_examples=1500, **BOUNDED)
def test_nonsense_that_is_http(
    asked: Asked, method: str, target: bytes, fields: list[tuple[bytes, bytes]], body: bytes
) -> None:
    """Any method, at any address, with any headers and body."""
    asked.framed(method, target, fields, body)


@given(
    st.sampled_from([FORM, DIRECT, "", FORM + "; charset=x", DIRECT + ";charset=utf-16", "a/b", ";;", "multipart/x"]),
    st.sampled_from([b"", b"query=", b"query=&query=", b"update=", b"query=ASK%7B%7D&default-graph-uri=", b"\x1f\x8b"]),
    st.binary(max_size=60) | st.text(max_size=40).map(lambda text: quote_from_bytes(text.encode()).encode()),
    st.sampled_from([b"", b"gzip", b"identity", b"br", b"chunked"]),
)
@settings(max_examples=700, **BOUNDED)
def test_bodies_that_are_none(asked: Asked, media_type: str, begin: bytes, rest: bytes, encoding: bytes) -> None:
    """Sent to the endpoint as what they are not."""
    fields = [(b"Content-Type", media_type.encode()), (b"Content-Encoding", encoding)]
    status = asked.framed("POST", b"/sparql", fields, begin + rest)
    assert status in (200, 400, 406, 415)


# Queries.

TOKENS: Final = (
    "{", "}", "(", ")", "[", "]", "<", ">", "<http://x/>", "?x", "$y", "_:b", '"', "'''", "\\u0041", "\\U0001F600",
    "\\", "#", "\n", "\0", "\ud800", "é", "SERVICE", "SERVICE <http://127.0.0.1:9/>", "SELECT", "CONSTRUCT", "ASK",
    "DESCRIBE", "INSERT DATA", "FROM", "NAMED", "GRAPH", "OPTIONAL", "MINUS", "UNION", "FILTER", "BIND", "VALUES",
    "GROUP BY", "HAVING", "ORDER BY", "LIMIT", "OFFSET", "DISTINCT", "COUNT(*)", "NOW()", "EXISTS", "NOT", "a", "^",
    "*", "+", "/", "|", "!", ".", ";", ",", "1", "1e999", "-0", "1.", "true", "@en", "^^", "UNDEF", "{" * 400,
    "(" * 400, "BASE <>", "PREFIX x:", "IF(", "REGEX('a','(a+)+$')", "GROUP_CONCAT(?x;separator='')",
)  # fmt: skip
MUTATIONS: Final = ("cut", "insert", "double", "swap", "end", "loosen", "join", "loosen", "join")
mutations = st.lists(
    st.tuples(st.sampled_from(MUTATIONS), st.floats(0, 1), st.sampled_from(TOKENS)), min_size=1, max_size=4
)


def mutate(query: str, steps: list[tuple[str, float, str]]) -> str:
    for kind, place, token in steps:
        parts = re.split(r"(\s+|[{}().;,])", query)
        here = int(place * (len(parts) - 1))
        if kind == "cut":
            del parts[here]
        elif kind == "insert":
            parts.insert(here, f" {token} ")
        elif kind == "double":
            parts[here:here] = parts[here : here + 9]
        elif kind == "swap":
            parts[here], parts[-here] = parts[-here], parts[here]
        elif kind in ("loosen", "join"):
            # A term becomes a variable, or a variable another one: still a query, and perhaps an endless one.
            begins = ("bg:", "rdfs:", "skos:", "a") if kind == "loosen" else ("?",)
            found = [
                n for n, part in enumerate(parts) if part.startswith(begins) and parts[n - 2 : n - 1] != ["PREFIX"]
            ]
            for n in found[int(place * len(found)) :][:1]:
                parts[n] = f"?any{n}" if kind == "loosen" else "?x"
        else:
            del parts[here:]
        query = "".join(parts)
    return query


@given(
    st.sampled_from(QUESTIONS),
    mutations,
    st.sampled_from([b"*/*", b"text/csv", b"text/html", b"application/rdf+xml", b"application/sparql-results+xml"]),
)
@settings(max_examples=900, **BOUNDED)
def test_questions_that_went_wrong(
    asked: Asked, question: str, steps: list[tuple[str, float, str]], accept: bytes
) -> None:
    """Competency questions with pieces cut out, doubled, swapped and put in."""
    query = mutate(question, steps).encode("utf-8", "surrogatepass")
    fields = [(b"Content-Type", DIRECT.encode()), (b"Accept", accept), (b"Accept-Encoding", b"gzip")]
    assert asked.framed("POST", b"/sparql", fields, query) in (200, 400, 406, 503)


# Bytes that are no HTTP.

SEEDS: Final = (
    b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: x\r\nAccept: */*\r\n\r\n",
    b"GET /id/event/battle-of-hadrut HTTP/1.1\r\nHost: x\r\nAccept: text/turtle, */*;q=0.1\r\n\r\n",
    b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\nContent-Length: 5\r\n\r\nASK{}",
    (
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        b"Transfer-Encoding: chunked\r\n\r\n5\r\nquery\r\n8\r\n=ASK%7B%7D\r\n0\r\n\r\n"
    ),
    b"HEAD / HTTP/1.0\r\n\r\n",
    b"OPTIONS /sparql HTTP/1.1\r\nHost: x\r\nOrigin: http://y\r\nAccess-Control-Request-Method: GET\r\n\r\n",
)
BAD_PIECES: Final = (
    b"\r\n", b"\n", b"\r", b"\0", b" ", b"\t", b":", b"\xff", b"HTTP/1.1", b"HTTP/2.0", b"HTTP/0.9", b"Host: y\r\n",
    b"Content-Length: 5\r\n", b"Content-Length: -5\r\n", b"Content-Length: 99999999999999999999\r\n",
    b"Content-Length: 5, 5\r\n", b"Transfer-Encoding: chunked\r\n", b"Transfer-Encoding: gzip\r\n",
    b"Expect: 100-continue\r\n", b"Upgrade: h2c\r\n", b"Connection: upgrade\r\n", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    b"\x16\x03\x01\x02\x00\x01",
    b"X: " + b"y" * 9000 + b"\r\n", b"X: y\r\n" * 120, b"fffffffff\r\n", b"0\r\n\r\n", b";ext=1\r\n",
    b"GET / HTTP/1.1\r\n\r\n",
)  # fmt: skip


def break_bytes(source: random.Random) -> bytes:
    """Return a request that is right but for a few places."""
    request = bytearray(source.choice(SEEDS))
    for _ in range(source.randint(1, 4)):
        here = source.randrange(len(request) + 1)
        match source.randrange(5):
            case 0:
                request[here:here] = source.choice(BAD_PIECES)
            case 1:
                del request[here : here + source.randint(1, 12)]
            case 2:
                request[here:here] = source.randbytes(source.randint(1, 6))
            case 3:
                request[here : here + 1] = bytes([source.randrange(256)])
            case 4:
                request += source.choice(SEEDS)
    return bytes(request)


def test_bytes_that_are_no_http(asked: Asked) -> None:
    """Requests with bytes put in, taken out and changed."""
    source = random.Random(20201009)  # noqa: S311 - not a secret
    requests = [break_bytes(source) for _ in range(1500)]
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(asked.raw, requests))


def test_the_server_answers_as_if_nothing_had_been(asked: Asked) -> None:
    """Thousands of requests later: with the same processes, no more open files, and right answers."""
    if asked.connection is not None:
        asked.connection.close()
        asked.connection = None
    assert sum(asked.statuses.values()) >= 4500
    assert {200, 400, 404, 405, 415} <= set(asked.statuses)
    assert asked.server.request("GET", "/health")[0].status == 200
    assert asked.server.ask("ASK { ?s ?p ?o }", {"Accept": "text/csv"})[1] == b"true\n"
    assert asked.server.process.poll() is None
    assert descriptors(asked.server) <= asked.descriptors + 20
