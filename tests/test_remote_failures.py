"""A store that is slow, gone, wrong or lying is told of in one line, and never answers for its data."""

from __future__ import annotations

import contextlib
import hashlib
import re
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Final, TypeAlias

import pyoxigraph as ox
import pytest

from server.config import Config
from server.query.failures import (
    AnswerTooLarge,
    QueryError,
    QueryFailed,
    QueryQueueFull,
    QueryServiceDown,
    QueryTimedOut,
)
from server.remote.asking import Asking
from server.remote.breaker import CircuitBreaker
from server.remote.credentials import Credentials, find_credentials
from server.remote.endpoint import Endpoint, Limits, Question, read_address
from server.remote.failures import RefusedByStore, StoreAway, StoreSlow, UnusableStore, VersionGone
from server.remote.lookups import Lookups
from server.remote.mapping import Mapping
from server.remote.names import Version
from server.remote.origin import RemoteOrigin
from server.remote.pool import RemotePool
from server.remote.store import RemoteStore

LIMITS: Final = Limits(seconds=0.5, most_bytes=1 << 16)
MAPPING: Final = Mapping(Version("v1"), "https://example.org/sparql")
NODE: Final = ox.NamedNode("https://example.org/a")
EMPTY: Final = b'{"head":{"vars":["s"]},"results":{"bindings":[]}}'
JSON: Final = "application/sparql-results+json"
Handler: TypeAlias = Callable[[BaseHTTPRequestHandler, str], None]


class Fake:
    """A server that answers every request as it was told to."""

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}/query"
        self.handle: Handler = answering(200, EMPTY)
        self.asked = 0

    def endpoint(self, credentials: Credentials | None = None) -> Endpoint:
        """Return a new client of it."""
        return Endpoint(self.url, credentials, LIMITS)

    def pool(self) -> RemotePool:
        """Return a new way of queries to it."""
        config = Config(Path("battlegraph.nq"), query_deadline=0.5, query_workers=1, result_bytes=1 << 10)
        return RemotePool(Asking(self.endpoint(), MAPPING), config)


@pytest.fixture
def fake() -> Iterator[Fake]:
    """Return a server that can be told what to answer."""

    class Answering(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            """Answer as told."""
            told.asked += 1
            told.handle(self, self.rfile.read(int(self.headers["Content-Length"])).decode())

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Answering) as server:
        server.daemon_threads = True
        told = Fake(server.server_address[1])
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield told
        server.shutdown()


def answering(status: int, body: bytes, **headers: str) -> Handler:
    """Return what answers with this."""

    def answer(request: BaseHTTPRequestHandler, _: str) -> None:
        request.send_response(status)
        for name, value in {"Content-Type": JSON, "Content-Length": str(len(body)), **headers}.items():
            request.send_header(name.replace("_", "-"), value)
        request.end_headers()
        request.wfile.write(body)

    return answer


def dripping(request: BaseHTTPRequestHandler, _query: str) -> None:
    """Send a byte now and then, and never come to an end."""
    request.send_response(200)
    request.send_header("Content-Length", "1000")
    request.end_headers()
    with contextlib.suppress(OSError):
        for _ in range(30):
            request.wfile.write(b"{")
            time.sleep(0.1)


def silent(_request: BaseHTTPRequestHandler, _: str) -> None:
    """Say nothing for longer than anybody waits."""
    time.sleep(1.5)


def cut_off(request: BaseHTTPRequestHandler, _: str) -> None:
    """Promise more than is sent."""
    request.send_response(200)
    request.send_header("Content-Length", "1000")
    request.end_headers()
    request.wfile.write(EMPTY)
    request.close_connection = True


FAILING: Final = {
    "silent": (silent, StoreSlow),
    "dripping": (dripping, StoreSlow),
    "cut off": (cut_off, StoreAway),
    "error": (answering(500, b"<html>\nTracebacks everywhere\n</html>"), RefusedByStore),
    "proxy": (answering(502, b"Bad Gateway"), RefusedByStore),
    "redirect": (answering(302, b"", Location="http://127.0.0.1:1/"), StoreAway),
    "garbage": (answering(200, b"<html>It works!</html>"), StoreAway),
    "other JSON": (answering(200, b'{"ok": true}'), StoreAway),
    "half of the JSON": (answering(200, EMPTY[:-3]), StoreAway),
    "truth value": (answering(200, b'{"head":{},"boolean":true}'), StoreAway),
    "nothing": (answering(200, b""), StoreAway),
    "rows cut": (answering(200, EMPTY, X_SPARQL_MaxRows="10000"), StoreAway),
    "too much": (answering(200, b" " * (1 << 17)), StoreAway),
    "version gone": (answering(200, EMPTY), VersionGone),
}


@pytest.mark.parametrize("how", FAILING)
def test_a_failing_store_answers_for_nothing(fake: Fake, how: str) -> None:
    """What is not whole and of this version is an error of one line that names the store, and never an empty page."""
    fake.handle, kind = FAILING[how]
    endpoint = fake.endpoint()
    store = RemoteStore(Lookups(endpoint, MAPPING), Asking(endpoint, MAPPING))
    with pytest.raises(kind) as raised:
        list(store.quads_for_pattern(NODE, None, None, None))
    assert "\n" not in str(raised.value)
    assert f"sparql:{fake.url}" in str(raised.value)
    assert isinstance(raised.value, ConnectionError)
    endpoint.close()


@pytest.mark.parametrize("how", FAILING)
def test_an_origin_says_what_is_wrong(fake: Fake, how: str) -> None:
    """It never raises."""
    fake.handle, _ = FAILING[how]
    endpoint = fake.endpoint()
    origin = RemoteOrigin(endpoint)
    finding = origin.find()
    assert finding.found is None
    assert finding.fault is not None
    assert finding.fault.startswith(f"sparql:{fake.url}")
    assert "\n" not in finding.fault
    assert origin.look() == origin.look()
    endpoint.close()


QUERIES: Final[dict[str, tuple[Handler, type[QueryError]]]] = {
    "silent": (silent, QueryTimedOut),
    "dripping": (dripping, QueryTimedOut),
    "cut off": (cut_off, QueryServiceDown),
    "refused": (answering(400, b"Virtuoso 37000 Error: transitive start not given\nSPARQL query:"), QueryFailed),
    "proxy": (answering(502, b"Bad Gateway"), QueryServiceDown),
    "no leave": (answering(401, b""), QueryServiceDown),
    "garbage": (answering(200, b"<html>It works!</html>"), QueryServiceDown),
    "half of the JSON": (answering(200, EMPTY[:-3]), QueryServiceDown),
    "too much": (answering(200, b"{" + b" " * 5000), AnswerTooLarge),
    "version gone": (answering(200, EMPTY), QueryServiceDown),
}


@pytest.mark.parametrize("how", QUERIES)
def test_a_query_to_a_failing_store_is_told_why(fake: Fake, how: str) -> None:
    """In the words of the endpoint, without the address of the store."""
    fake.handle, kind = QUERIES[how]
    with pytest.raises(kind) as raised:
        fake.pool().run("SELECT * { ?s ?p ?o }", results="json", rdf=None)
    assert "127.0.0.1" not in raised.value.message
    assert "\n" not in raised.value.message


def test_only_so_many_queries_are_sent_at_a_time(fake: Fake) -> None:
    """The next waits, as long as a query may take, and is told to come again."""
    fake.handle = silent
    pool = fake.pool()
    failures: list[QueryError] = []

    def ask() -> None:
        try:
            pool.run("ASK {}", results="json", rdf=None)
        except QueryError as error:
            failures.append(error)

    threads = [threading.Thread(target=ask) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {type(failure) for failure in failures} == {QueryTimedOut, QueryQueueFull}
    assert fake.asked <= 3


def test_a_kept_connection_that_was_closed_is_no_failure(fake: Fake) -> None:
    """The request is sent once more."""
    endpoint = fake.endpoint()
    assert endpoint.rows("SELECT * {}") == []

    def close(request: BaseHTTPRequestHandler, _: str) -> None:
        fake.handle = answering(200, EMPTY)
        request.close_connection = True

    fake.handle = close
    assert endpoint.rows("SELECT * {}") == []
    endpoint.close()


def test_a_store_that_is_away_is_not_waited_for_by_everybody() -> None:
    """After a failure there is one look every while; a query that takes long tells nothing."""
    breaker = CircuitBreaker(pause=0.2)
    with pytest.raises(StoreSlow), breaker.watching(may_take_long=True):
        raise StoreSlow("slow")
    with breaker.watching():
        pass
    with pytest.raises(StoreSlow), breaker.watching():
        raise StoreSlow("slow")
    with pytest.raises(StoreAway, match="slow"), breaker.watching():
        pytest.fail("it was asked")
    time.sleep(0.25)
    with breaker.watching(), pytest.raises(StoreAway, match="slow"), breaker.watching():
        pytest.fail("two looked")
    with breaker.watching():
        pass


def test_passwords_are_sent_as_the_store_asks(fake: Fake) -> None:
    """Basic or Digest, once it asked; the next requests have them at once."""
    credentials = Credentials("reader", "s3cret")
    seen: list[str] = []

    def challenge(scheme: str) -> Handler:
        def answer(request: BaseHTTPRequestHandler, body: str) -> None:
            given = request.headers.get("Authorization", "")
            seen.append(given)
            is_right = _is_digest(given) if scheme.startswith("Digest") else given == "Basic cmVhZGVyOnMzY3JldA=="
            answering(200 if is_right else 401, EMPTY, **({} if is_right else {"WWW_Authenticate": scheme}))(
                request, body
            )

        return answer

    for scheme in ('Basic realm="x"', 'Digest realm="x", nonce="abc", qop="auth", algorithm="MD5"'):
        seen.clear()
        fake.handle = challenge(scheme)
        endpoint = fake.endpoint(credentials)
        for _ in range(2):
            assert endpoint.rows("SELECT * {}") == []
        assert [bool(given) for given in seen] == [False, True, True]
        endpoint.close()
    for wrong in (None, Credentials("reader", "other")):
        with pytest.raises(RefusedByStore, match="user") as raised:
            fake.endpoint(wrong).rows("SELECT * {}")
        assert "reader" not in str(raised.value)
    assert "s3cret" not in repr(credentials)


def _is_digest(given: str) -> bool:
    fields = dict(re.findall(r'(\w+)="?([^",]+)', given))
    if not fields:
        return False
    first = hashlib.md5(b"reader:x:s3cret").hexdigest()  # noqa: S324 - as the scheme has it
    second = hashlib.md5(f"POST:{fields['uri']}".encode()).hexdigest()  # noqa: S324
    text = f"{first}:{fields['nonce']}:{fields['nc']}:{fields['cnonce']}:auth:{second}"
    return str(fields["response"]) == hashlib.md5(text.encode()).hexdigest()  # noqa: S324


def test_credentials_are_found_in_the_environment_or_in_netrc(tmp_path: Path) -> None:
    """And nowhere else."""
    file = tmp_path / "netrc"
    file.write_text("machine store.example login reader password s3cret\n")
    file.chmod(0o600)
    url = "https://store.example/query"
    environ = {"NETRC": str(file)}
    assert find_credentials(url, "STORE", environ) == Credentials("reader", "s3cret")
    assert find_credentials("https://other.example/", "STORE", environ) is None
    named = {**environ, "BATTLEGRAPH_LOAD_USER": "dba", "BATTLEGRAPH_LOAD_PASSWORD": "x"}
    assert find_credentials(url, "LOAD", named) == Credentials("dba", "x")
    assert find_credentials(url, "STORE", {"NETRC": str(tmp_path / "none")}) is None
    file.write_text("machine store.example login reader passwort s3cret\n")
    with pytest.raises(UnusableStore) as raised:
        find_credentials(url, "STORE", environ)
    assert "s3cret" not in str(raised.value)


@pytest.mark.parametrize(
    "address", ["http://store/query", "sparql:", "sparql:store/query", "sparql:ftp://store/", "sparql:http://[/", "x"]
)
def test_an_address_that_is_none_is_refused(address: str) -> None:
    """In one line that shows what one looks like."""
    with pytest.raises(UnusableStore, match="sparql:http://MACHINE"):
        read_address(address)


def test_an_address_holds_no_password() -> None:
    """And the refusal does not repeat it."""
    with pytest.raises(UnusableStore) as raised:
        read_address("sparql:http://dba:s3cret@store/sparql")
    assert "s3cret" not in str(raised.value)


def test_triples_that_are_garbage_are_no_answer(fake: Fake) -> None:
    """Nor is a page that says it works."""
    fake.handle = answering(200, b"<html>It works!</html>")
    with pytest.raises(StoreAway):
        fake.endpoint().triples(Question("CONSTRUCT WHERE { ?s ?p ?o }"), LIMITS)
