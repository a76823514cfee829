"""A dataset with a store on disk: served from there at once, its default graph then from memory."""

from __future__ import annotations

import contextlib
import json
import os
import resource
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
import specimen
from changing import QUERY, eventually, health, name_served
from live import Server
from versions import GRAPH, NAME, serving, write_version

from graph.releases import QUADS_FILE
from graph.store import STORE_FOLDER
from server.config import Config
from server.query import supervisor
from server.query.engine import DISK, MEMORY
from server.query.failures import QueryError, QueryFailed, QueryOutOfMemory, QueryTimedOut
from server.query.pool import QueryPool
from server.query.wire import Request
from server.serving.files import find_file

MORE = 3000
FILES = 15
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
IN_GRAPHS = f"SELECT ?g {{ GRAPH ?g {{ <https://example.org/thing> {NAME} ?name }} }} ORDER BY ?g"
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the quads of a version with a store."""
    return write_version(tmp_path_factory.mktemp("stored"), "stored", is_stored=True, more=MORE) / QUADS_FILE


@pytest.fixture(scope="module", params=[DISK, MEMORY])
def pool(request: pytest.FixtureRequest, file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[QueryPool]:
    """Return a client of a query service that answers from the disk alone, and of one with the merge in memory."""
    path = tmp_path_factory.mktemp("socket") / "queries"
    config = Config(file, query_socket=path, query_engine=request.param, query_deadline=1, query_memory=128 << 20)
    process = supervisor.start(replace(config, found=find_file(file)))
    yield QueryPool(path, deadline=config.query_deadline, engine=request.param)
    process.terminate()
    assert process.wait(5) == 0


def rows(pool: QueryPool, query: str) -> list[str]:
    return pool.run(query, results="csv", rdf=None).body.decode().splitlines()[1:]


def test_each_engine_has_the_same_answers(pool: QueryPool, file: Path) -> None:
    """The default graph is the merge, in which nothing is there twice; each graph has what was said in it."""
    lines = file.read_bytes().splitlines()
    assert rows(pool, COUNT) == [str(len({line[: line.rindex(b" <")] for line in lines}))]
    assert rows(pool, QUERY) == ["stored"]
    assert rows(pool, IN_GRAPHS) == [GRAPH[1:-1], f"{GRAPH[1:-1]}-2"]
    both = f"FROM {GRAPH} FROM {GRAPH[:-1]}-2>"
    assert rows(pool, f"SELECT (COUNT(*) AS ?n) {both} {{ ?s ?p ?o }}") == [str(MORE + 1)]


def test_a_runaway_query_and_a_hog_end_alone(pool: QueryPool) -> None:
    """The next query is answered by a worker that opened the store anew."""
    hog = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a"
    for query, failure in ((RUNAWAY, QueryTimedOut), (hog, (QueryOutOfMemory, QueryTimedOut))):
        with pytest.raises(failure):
            pool.run(query, results="csv", rdf=None)
        assert rows(pool, QUERY) == ["stored"]


@pytest.mark.parametrize("query", ["ASK { SERVICE <ADDRESS> {} }", "ASK { GRAPH ?g { SERVICE SILENT <ADDRESS> {} } }"])
def test_no_query_reaches_the_network(pool: QueryPool, query: str) -> None:
    """With the gate out of the way the kernel still refuses a socket to a process that may open files."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/"
        with contextlib.suppress(QueryFailed):
            pool.ask(Request(query.replace("ADDRESS", address), "json", "ttl"))
        listener.settimeout(0.02)
        with pytest.raises(TimeoutError):
            listener.accept()
    assert rows(pool, QUERY) == ["stored"]


def test_a_process_without_sockets_can_open_files() -> None:
    """That is what tells it from one that is allowed no descriptor."""
    code = (
        "import socket\nfrom server.query.isolation import refuse_sockets\nleft, right = socket.socketpair()\n"
        "refuse_sockets()\nopen('/dev/null').close()\nleft.send(b'x')\nprint(right.recv(1))\n"
        "for family in (socket.AF_INET, socket.AF_INET6, socket.AF_UNIX):\n"
        "    try:\n        socket.socket(family)\n    except PermissionError as error:\n        print(error.strerror)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["b'x'", *["Permission denied"] * 3]


def test_a_store_of_more_files_than_may_be_open_is_read(tmp_path: Path) -> None:
    """The engine closes what it does not need; it must not be left without a descriptor in the middle of a query."""
    folder = write_version(tmp_path / "dataset", "many")
    store = ox.Store(folder / STORE_FOLDER)
    for number in range(FILES):
        term = ox.NamedNode(f"http://x/{number}")
        store.bulk_extend([ox.Quad(term, term, term, graph) for graph in (term, ox.DefaultGraph())])
    store.flush()
    del store
    assert len(list((folder / STORE_FOLDER).glob("*.sst"))) > 100
    path = tmp_path / "queries"
    found = find_file(folder / QUADS_FILE)
    config = Config(Path(found.name), found=found, query_socket=path, query_engine=DISK, query_workers=1)
    limits = resource.getrlimit(resource.RLIMIT_NOFILE)
    # The engine refuses to run with fewer than 96, of which it takes half.
    resource.setrlimit(resource.RLIMIT_NOFILE, (100, limits[1]))
    try:
        process = supervisor.start(config)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, limits)
    pool = QueryPool(path, deadline=config.query_deadline, engine=DISK)
    for _ in range(2):
        assert rows(pool, COUNT) == rows(pool, "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }") == [str(FILES)]
    process.terminate()
    assert process.wait(5) == 0


def test_a_service_without_its_store_says_so(file: Path, tmp_path: Path) -> None:
    """Once, plainly, before it says that it is ready."""
    found = replace(find_file(file), address=str(tmp_path / "nowhere"))
    config = Config(file, found=found, query_socket=tmp_path / "queries", query_engine=DISK)
    with pytest.raises(supervisor.QueryServiceFailed, match=r"^The query service cannot start: .*nowhere: "):
        supervisor.start(config)


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Path]]:
    """Return a server of versions with stores, and their folder."""
    folder = tmp_path_factory.mktemp("server")
    write_version(folder / "dataset", "first", is_stored=True, more=MORE)
    with serving(folder / "scratch", folder / "dataset", "--query-deadline", "1") as server:
        yield server, folder / "dataset"


def test_a_server_answers_from_the_disk_and_then_from_memory(stored: tuple[Server, Path]) -> None:
    """The data stays the same, and so do the tags of pages; those of queries follow the order of rows."""
    server, _ = stored
    first, page = health(server), server.request("GET", f"/page/{specimen.EVENT}")
    assert page[0].status == 200
    answers = {}
    for engine in (DISK, MEMORY):
        eventually(lambda engine=engine: health(server)["engine"] == engine or first["engine"] == MEMORY)  # type: ignore[misc]  # called in this round
        answers[health(server)["engine"]] = server.ask("SELECT * { ?s ?p ?o }", {"Accept": "text/csv"})
    assert health(server) == {**first, "engine": MEMORY}
    assert server.request("GET", f"/page/{specimen.EVENT}")[0].headers["ETag"] == page[0].headers["ETag"]
    assert len({sorted_lines(body) for _, body in answers.values()}) == 1
    assert len({response.headers["ETag"] for response, _ in answers.values()}) == len(answers)
    eventually(lambda: len(server.supervisors()) == 1)


def sorted_lines(body: bytes) -> bytes:
    return b"\n".join(sorted(body.splitlines()))


def test_the_service_in_memory_comes_back_when_it_is_killed(stored: tuple[Server, Path]) -> None:
    """As the one before did."""
    server, _ = stored
    eventually(lambda: health(server)["engine"] == MEMORY)
    for supervisor_ in server.supervisors():
        os.kill(supervisor_, signal.SIGKILL)
    eventually(lambda: server.ask(f"{COUNT} # {os.urandom(4).hex()}")[0].status == 200)


def test_a_new_version_is_served_from_its_own_store(stored: tuple[Server, Path]) -> None:
    """At once from the disk, and soon from memory; one query service is left."""
    server, root = stored
    write_version(root, "second", is_stored=True, more=MORE)
    eventually(lambda: name_served(server) == "second")
    eventually(lambda: health(server)["engine"] == MEMORY)
    assert health(server)["version"] == "second"
    eventually(lambda: len(server.supervisors()) == 1)
    assert json.loads(server.ask("ASK {}")[1])["boolean"]


def test_quads_altered_beside_their_store_are_not_loaded(tmp_path: Path) -> None:
    """It is said, and the store goes on being served from the disk."""
    folder = write_version(tmp_path / "dataset", "first", is_stored=True)
    (folder / QUADS_FILE).write_bytes(b"")
    with serving(tmp_path / "scratch", tmp_path / "dataset") as server:
        eventually(lambda: health(server)["fault"] is not None)
        assert "battlegraph.nq: altered since it was built" in health(server)["fault"]
        assert (health(server)["status"], health(server)["engine"]) == ("degraded", DISK)
        assert name_served(server) == "first"


def test_a_failure_of_the_engine_is_told(pool: QueryPool) -> None:
    """As from memory."""
    with pytest.raises(QueryError):
        pool.run("SELECT (<http://x/f>(1) AS ?x) {}", results="csv", rdf=None)
