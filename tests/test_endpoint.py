"""The endpoint as clients meet it, over HTTP: full, abandoned, broken down, and answering again."""

from __future__ import annotations

import contextlib
import gzip
import http.client
import json
import signal
import socket
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest
import specimen
from live import Server, kill_supervisor, running
from test_sparql import NO_QUERIES

from server.http import connections
from server.http.connections import Client
from server.query.limits import QUEUE

DEADLINE = 4
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
AT_ONCE = 2.0
"""Seconds within which a query is answered "at once", on a busy machine too: well below the deadline."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Return a server with a single query worker."""
    scratch = tmp_path_factory.mktemp("endpoint")
    with running(scratch, "--query-workers", "1", "--query-deadline", str(DEADLINE)) as found:
        yield found


def seconds(call: Callable[[], object]) -> float:
    begin = time.monotonic()
    call()
    return time.monotonic() - begin


def runaway(number: object) -> str:
    """Return the address of a query that runs to its deadline, other than those of other numbers."""
    return "/sparql?" + urlencode({"query": f"{RUNAWAY} # {number}"})


def send(server: Server, path: str) -> socket.socket:
    """Send a request and return its connection without reading the answer."""
    connection = socket.create_connection(("127.0.0.1", server.port), timeout=20)
    connection.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
    return connection


def assert_answers_at_once(server: Server) -> None:
    """Ask from another address: two requests of one that come together cannot always be told apart."""
    path = "/sparql?" + urlencode({"query": f"ASK {{}} # {time.monotonic_ns()}"})
    assert seconds(lambda: server.request("GET", path, source="127.0.0.2")) < AT_ONCE


@pytest.mark.parametrize("wait", [0, 0.05, 0.5])
def test_a_client_that_goes_frees_the_worker(server: Server, wait: float) -> None:
    """At whatever moment of its query it closes the connection."""
    connection = send(server, runaway(wait))
    time.sleep(wait)
    connection.close()
    assert_answers_at_once(server)


def test_clients_that_go_while_they_wait_leave_no_work(server: Server) -> None:
    """Those in the queue too."""
    gone = [send(server, runaway(number)) for number in range(8)]
    time.sleep(0.3)
    for connection in gone:
        connection.close()
    time.sleep(0.3)
    assert_answers_at_once(server)


def test_a_client_that_stays_gets_its_answer_while_others_go(server: Server) -> None:
    """None of them is taken for another, also where one connection carries many requests."""
    with ThreadPoolExecutor(1) as threads, contextlib.closing(send(server, "/health")):
        stays = threads.submit(server.request, "GET", runaway("stays"))
        time.sleep(0.3)
        send(server, runaway("goes")).close()
        assert seconds(stays.result) > DEADLINE / 2
        assert b"ran for 4 s" in stays.result()[1]
    assert_answers_at_once(server)


def test_a_client_that_goes_is_not_taken_for_one_of_its_other_connections(server: Server) -> None:
    """One that has its answer, one that has never asked, and one that asks later stay open beside it."""
    with contextlib.ExitStack() as stack:
        for path in (f"/page/{specimen.EVENT}", runaway("answered"), "/health"):
            connection = stack.enter_context(contextlib.closing(send(server, path)))
            connection.recv(1 << 20)
        # Longer than it takes to be sure that those answered at once are idle.
        time.sleep(connections.IDLE_MILLISECONDS / 1000 + 0.1)
        stack.enter_context(contextlib.closing(socket.create_connection(("127.0.0.1", server.port))))
        goes = send(server, runaway("goes alone"))
        time.sleep(0.05)
        stack.enter_context(contextlib.closing(send(server, "/health")))
        time.sleep(0.3)
        goes.close()
        assert_answers_at_once(server)


@pytest.mark.parametrize(
    ("changed", "is_known"),
    [({}, True), ({"SERVER_SOFTWARE": "Werkzeug"}, False), ({"SERVER_PROTOCOL": "HTTP/2"}, False)],
)
def test_who_cannot_be_known_to_have_gone_has_not(changed: dict[str, str], is_known: bool) -> None:  # noqa: FBT001
    """Under another server, and over HTTP/2, a connection tells nothing."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        with socket.create_connection(("127.0.0.1", port)) as theirs, listener.accept()[0] as ours:
            theirs.sendall(b"GET")
            environ = {"SERVER_SOFTWARE": "Granian", "SERVER_PROTOCOL": "HTTP/1.1", "REMOTE_ADDR": "127.0.0.1"}
            client = Client({**environ, "SERVER_PORT": str(port), **changed})
            assert not client.has_gone()
            ours.close()
            assert client.has_gone() is is_known


def test_a_client_over_ipv6_is_known_too(tmp_path: Path) -> None:
    """It gets its answer, and frees its worker when it goes."""
    if not _has_ipv6():
        pytest.skip("this machine has no IPv6")
    with running(tmp_path / "scratch", "--host", "::1", "--query-workers", "1", "--query-deadline", "3") as server:

        def ask(number: int) -> socket.socket:
            connection = socket.create_connection(("::1", server.port), timeout=20)
            connection.sendall(f"GET {runaway(number)} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
            return connection

        with ask(1) as connection:
            assert b"ran for 3 s" in b"".join(iter(lambda: connection.recv(65536), b""))
        goes = ask(2)
        time.sleep(0.3)
        goes.close()
        # A request that comes with the departure, from the same address, may hide it; the deadline then ends the query.
        time.sleep(0.1)
        begin = time.monotonic()
        with ask(3) as connection:
            connection.recv(1)
        assert time.monotonic() - begin < 3 + AT_ONCE


def _has_ipv6() -> bool:
    try:
        with socket.create_server(("::1", 0), family=socket.AF_INET6):
            return True
    except OSError:
        return False


def test_a_full_queue_is_told_at_once(server: Server) -> None:
    """503 with the reason and a time to come back, while pages and answers known go on."""
    known = f"ASK {{}} # {time.monotonic_ns()}"
    assert server.ask(known)[0].status == server.ask(known)[0].status == 200
    with contextlib.ExitStack() as stack:
        for number in range(QUEUE + 1):
            stack.enter_context(contextlib.closing(send(server, runaway(f"queue {number}"))))
        time.sleep(0.5)
        begin = time.monotonic()
        response, body = server.ask("ASK { ?s ?p 'full' }")
        assert time.monotonic() - begin < AT_ONCE
        assert response.status == 503
        assert response.headers["Retry-After"] == "5"
        assert response.headers["Cache-Control"] == "no-store"
        assert "Every query worker is busy" in json.loads(body)["detail"]
        assert seconds(lambda: server.request("GET", f"/page/{specimen.EVENT}")) < AT_ONCE
    time.sleep(0.5)
    assert_answers_at_once(server)


def test_a_query_service_that_dies_comes_back(server: Server) -> None:
    """Queries are refused for a moment, pages are not, and nobody needs to do anything."""
    for number in (signal.SIGKILL, signal.SIGTERM, signal.SIGKILL):
        before = kill_supervisor(server, number)
        assert server.request("GET", "/health")[0].status == 200
        until = time.monotonic() + 10
        while True:
            response, body = server.ask(f"ASK {{}} # {time.monotonic_ns()}")
            # A worker of the one that died may answer a last time.
            if response.status == 200 and server.supervisor() not in (None, before):
                break
            assert response.status in (200, 503), body
            assert time.monotonic() < until
            time.sleep(0.02)


def test_a_query_service_comes_back_on_the_same_data(tmp_path: Path) -> None:
    """Whatever has become of the file meanwhile: the tags of the answers are of what was read."""
    file = tmp_path / "data.trig"
    file.write_bytes(specimen.FILE.read_bytes())
    with running(tmp_path / "scratch", dataset=file) as server:
        count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
        before = server.ask(count)[1]
        file.write_text("nonsense")
        kill_supervisor(server, signal.SIGKILL)
        until = time.monotonic() + 10
        while (answer := server.ask(f"{count} # {time.monotonic_ns()}"))[0].status != 200:
            assert time.monotonic() < until
            time.sleep(0.02)
        assert answer[1] == before


def test_a_server_that_is_stopped_while_its_query_service_comes_back_leaves_nothing(tmp_path: Path) -> None:
    """Whichever comes first."""
    for delay in (0, 0.4, 0.65):
        with running(tmp_path / "scratch") as server:
            kill_supervisor(server, signal.SIGKILL)
            time.sleep(delay)
            server.process.terminate()
            assert server.process.wait(timeout=5) == 0
            assert list((tmp_path / "scratch").iterdir()) == []


def lasting(response: http.client.HTTPResponse) -> dict[str, str]:
    """Return the headers of an answer that do not tell it apart from another one."""
    return {name: value for name, value in response.headers.items() if name not in ("date", "x-request-id")}


def test_an_answer_is_the_same_from_each_process_and_from_the_cache(server: Server) -> None:
    """Body and headers, in each encoding, however often and by whichever of them."""
    query = "SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o LIMIT 100"
    for encoding in ("gzip", "identity"):
        answers = [server.ask(query, {"Accept-Encoding": encoding, "Accept": "text/csv"}) for _ in range(12)]
        assert len({body for _, body in answers}) == 1
        headers = [lasting(response) for response, _ in answers]
        assert all(found == headers[0] for found in headers)
        body = answers[0][1]
        assert headers[0]["content-length"] == str(len(body))
        assert (gzip.decompress(body) if encoding == "gzip" else body).count(b"\r\n") == 101
        tag = headers[0]["etag"]
        response, nothing = server.ask(query, {"Accept-Encoding": encoding, "Accept": "text/csv", "If-None-Match": tag})
        assert (response.status, nothing) == (304, b"")


def test_an_answer_over_its_size_is_refused_whole(tmp_path: Path) -> None:
    """Never a part of it with status 200."""
    with running(tmp_path / "scratch", "--result-bytes", "2000", "--query-workers", "1") as server:
        response, body = server.ask("SELECT * { ?s ?p ?o }")
        assert response.status == 400
        assert "larger than 2,000 bytes" in json.loads(body)["detail"]


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE", "QUERY"])
@pytest.mark.parametrize("path", ["/sparql", "/sparql?query=" + quote("ASK {}"), "/sparql?query=nonsense"])
def test_every_method_has_an_answer(server: Server, method: str, path: str) -> None:
    """The ones that are not allowed are 405 with those that are; each can be read from any site."""
    response, body = server.request(method, path)
    allowed = {"GET", "HEAD", "POST", "OPTIONS"}
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "vary" in response.headers
    if method in ("HEAD", "OPTIONS"):
        assert body == b""
    if method == "OPTIONS":
        assert response.status == 204
    if method not in allowed:
        assert response.status == 405
    if method == "OPTIONS" or method not in allowed:
        assert set(response.headers["Allow"].split(", ")) == allowed
    if method == "HEAD":
        get, _ = server.request("GET", path)
        assert response.status == get.status
        assert lasting(response) == lasting(get)


@pytest.mark.parametrize(("path", "sent", "status", "words"), NO_QUERIES)
def test_a_request_that_is_no_query_is_refused_over_the_wire(
    server: Server, path: str, sent: dict[str, Any] | None, status: int, words: str
) -> None:
    """The table of the protocol's refusals, as the server and not only the app answers it."""
    headers = dict((sent or {}).get("headers", {}))
    if sent and "content_type" in sent:
        headers["Content-Type"] = sent["content_type"]
    response, body = server.request(
        "POST" if sent else "GET", f"/sparql{path}", headers, body=sent["data"] if sent else None
    )
    problem = json.loads(body)
    assert (response.status, problem["status"]) == (status, status)
    assert words in problem["detail"]
    assert response.headers["Content-Type"] == "application/problem+json"
