"""The query service with its real processes: limits that hold, ends that touch nobody else, nothing left behind."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
import signal
import socket
import stat
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

from graph.paths import ROOT
from graph.store import open_dataset
from server.config import Config
from server.query import supervisor
from server.query.failures import (
    AnswerTooLarge,
    AnswerUnwritable,
    QueryAbandoned,
    QueryCrashed,
    QueryError,
    QueryFailed,
    QueryOutOfMemory,
    QueryQueueFull,
    QueryRefused,
    QueryServiceDown,
    QuerySyntaxError,
    QueryTimedOut,
)
from server.query.limits import QUEUE
from server.query.pool import QueryPool
from server.query.supervisor import QueryServiceFailed
from server.query.wire import Request, encode_request
from server.query.worker import GRACE

DEADLINE = 0.5
QUICK = 0.4
"""Seconds within which a query is answered "at once", on a busy machine too."""

RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
HOG = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a"
CRASH = "SELECT * " + "{" * 50_000 + "}" * 50_000


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> Config:
    """Return the settings of a small service on a small dataset."""
    folder = tmp_path_factory.mktemp("queries")
    file = folder / "small.nq"
    lines = [
        f'<http://x/s{i}> <http://x/p{j}> "{i * j}"^^<http://www.w3.org/2001/XMLSchema#integer> <http://x/g{j}> .\n'
        for i in range(200)
        for j in (1, 2, 3)
    ]
    file.write_text("".join(lines) + '<http://x/s0> <http://x/name> "Հադրութ"@hy <http://x/g1> .\n')
    return Config(
        dataset=file,
        query_socket=folder / "socket",
        query_workers=2,
        query_deadline=DEADLINE,
        query_memory=128 << 20,
        result_bytes=1 << 20,
    )


@pytest.fixture(scope="module")
def service(config: Config) -> Iterator[subprocess.Popen[bytes]]:
    """Run the service."""
    process = supervisor.start(config)
    yield process
    stop(process)


@pytest.fixture
def pool(service: subprocess.Popen[bytes], config: Config) -> QueryPool:
    """Return a client of the running service."""
    assert service.poll() is None
    return client(config)


def client(config: Config) -> QueryPool:
    assert config.query_socket is not None
    return QueryPool(config.query_socket, deadline=config.query_deadline)


def patient(config: Config) -> QueryPool:
    """Return a client that leaves it to the workers to end a query, a second later."""
    assert config.query_socket is not None
    return QueryPool(config.query_socket, deadline=5)


def stop(process: subprocess.Popen[bytes]) -> None:
    workers = children(process.pid)
    process.terminate()
    assert process.wait(5) == 0
    assert_gone(workers)


def family(pid: int) -> tuple[str, int] | None:
    """Return the state and the parent of a process (proc(5)), None where there is none."""
    try:
        _, _, rest = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")
    except (FileNotFoundError, ProcessLookupError):
        return None
    state, parent, *_ = rest.split()
    return state, int(parent)


def children(pid: int) -> set[int]:
    """Return the living processes of this parent."""
    pids = [int(folder.name) for folder in Path("/proc").iterdir() if folder.name.isdigit()]
    return {child for child in pids if (found := family(child)) and found[1] == pid and found[0] != "Z"}


def two_workers(pid: int, *, besides: frozenset[int] | set[int] = frozenset()) -> set[int]:
    """Wait until a supervisor has two lasting workers, one of them none of these where there are some; return them."""
    until = time.monotonic() + 5
    while True:
        found = children(pid)
        time.sleep(0.03)
        if len(found) == 2 and found == children(pid) and (not besides or len(found & besides) == 1):
            return found
        assert time.monotonic() < until


def assert_gone(pids: set[int], within: float = 5) -> None:
    """Wait for these processes to end; whoever inherited them may take time to bury them."""
    until = time.monotonic() + within
    while any((found := family(pid)) and found[0] != "Z" for pid in pids):
        assert time.monotonic() < until
        time.sleep(0.01)


def ask(pool: QueryPool, query: str, results: str | None = "json", rdf: str | None = "ttl") -> bytes:
    return pool.run(query, results=results, rdf=rdf).body


def assert_answers_at_once(pool: QueryPool) -> None:
    begin = time.perf_counter()
    assert json.loads(ask(pool, "ASK { ?s ?p ?o }"))["boolean"] is True
    assert time.perf_counter() - begin < QUICK


# Answers.


def test_solutions_come_whole_in_every_format(pool: QueryPool) -> None:
    """Each parses back to the same rows."""
    query = "SELECT ?s ?name { { ?s <http://x/name> ?name } UNION { BIND(1 AS ?s) } } ORDER BY ?s"
    expected = [("<http://x/s0>", '"Հադրութ"@hy'), ('"1"^^<http://www.w3.org/2001/XMLSchema#integer>', "")]
    for name, reader in {
        "json": ox.QueryResultsFormat.JSON,
        "xml": ox.QueryResultsFormat.XML,
        "tsv": ox.QueryResultsFormat.TSV,
    }.items():
        answer = pool.run(query, results=name, rdf=None)
        assert answer.kind == "solutions"
        solutions = ox.parse_query_results(answer.body, format=reader)
        assert isinstance(solutions, ox.QuerySolutions)
        assert [(str(row["s"] or ""), str(row["name"] or "")) for row in solutions] == expected
    rows = list(csv.reader(io.StringIO(ask(pool, query, "csv").decode(), newline="")))
    assert rows == [["s", "name"], ["http://x/s0", "Հադրութ"], ["1", ""]]


@pytest.mark.parametrize(
    ("name", "body"), [("json", b'{"head":{},"boolean":true}'), ("csv", b"true\n"), ("tsv", b"true\n")]
)
def test_a_truth_value_is_written_in_every_format(pool: QueryPool, name: str, body: bytes) -> None:
    """In CSV and TSV, which no specification covers, it is one line with the word."""
    answer = pool.run("ASK {}", results=name, rdf=None)
    assert (answer.kind, answer.body) == ("boolean", body)
    assert b"<boolean>false</boolean>" in ask(pool, "ASK { <a:a> ?p ?o }", "xml")


@pytest.mark.parametrize("name", ["ttl", "nt", "nq", "trig", "jsonld", "rdf"])
def test_triples_come_whole_in_every_format(pool: QueryPool, name: str) -> None:
    """Each parses back to the same triples."""
    formats = {
        "ttl": ox.RdfFormat.TURTLE,
        "nt": ox.RdfFormat.N_TRIPLES,
        "nq": ox.RdfFormat.N_QUADS,
        "trig": ox.RdfFormat.TRIG,
        "jsonld": ox.RdfFormat.JSON_LD,
        "rdf": ox.RdfFormat.RDF_XML,
    }
    answer = pool.run("DESCRIBE <http://x/s0>", results=None, rdf=name)
    assert answer.kind == "triples"
    found = {str(quad.triple) for quad in ox.parse(answer.body, format=formats[name])}
    assert len(found) == 4
    assert '<http://x/s0> <http://x/name> "Հադրութ"@hy' in found


def test_an_answer_is_the_same_bytes_each_time(pool: QueryPool, config: Config) -> None:
    """From any worker, and from a service started anew: a strong entity tag promises it."""
    queries = [
        "SELECT * { ?s ?p ?o }",
        "SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p",
        "CONSTRUCT WHERE { ?s ?p 4 }",
        "CONSTRUCT { [] <http://x/of> ?s ; <http://x/is> [ <http://x/value> ?o ] } WHERE { ?s <http://x/p2> ?o }",
    ]
    assert config.query_socket is not None
    other = replace(config, query_socket=config.query_socket.with_name("other"))
    process = supervisor.start(other)
    for query in queries:
        assert len({ask(pool, query) for _ in range(6)} | {ask(client(other), query)}) == 1
    stop(process)


def test_a_kind_nobody_wants_is_refused(pool: QueryPool) -> None:
    """Where the client takes no triples, a CONSTRUCT has no answer for it, and the other way round."""
    with pytest.raises(AnswerUnwritable, match=r"triples .* ttl, nt"):
        pool.run("CONSTRUCT WHERE { ?s ?p ?o }", results="json", rdf=None)
    with pytest.raises(AnswerUnwritable, match="json, xml, csv, tsv"):
        pool.run("ASK {}", results=None, rdf="ttl")


def test_graphs_given_come_before_those_of_the_query(pool: QueryPool) -> None:
    """As the protocol has it; what they hold together is counted once."""
    count = "SELECT (COUNT(*) AS ?n) FROM <http://x/g1> { ?s ?p ?o }"
    assert ask(pool, count, "csv") == b"n\r\n201\r\n"
    given = pool.run(count, results="csv", rdf=None, default_graphs=["http://x/g2", "http://x/g3", "http://x/g3"])
    assert given.body == b"n\r\n400\r\n"


# Errors.


def test_an_answer_too_large_is_refused_and_not_cut(pool: QueryPool) -> None:
    """The message names the limit and the way out."""
    for query in ("SELECT * { ?a ?b ?c . ?d ?e ?f }", "CONSTRUCT { ?a ?b ?f } { ?a ?b ?c . ?d ?e ?f }"):
        with pytest.raises(AnswerTooLarge, match=r"larger than 1,048,576 bytes.*LIMIT"):
            ask(pool, query)
    assert_answers_at_once(pool)


def test_a_syntax_error_has_a_place(pool: QueryPool) -> None:
    """Line and column cross the socket."""
    with pytest.raises(QuerySyntaxError, match="line 2, column 14: the prefix foaf: is not declared") as caught:
        ask(pool, "SELECT * {\n ?s foaf:name ?o }")
    assert (caught.value.line, caught.value.column) == (2, 14)


def test_what_the_engine_cannot_do_is_told(pool: QueryPool) -> None:
    """An unknown function is the client's to mend."""
    with pytest.raises(QueryFailed, match="custom function <http://x/f> is not supported"):
        ask(pool, "SELECT (<http://x/f>(1) AS ?x) {}")


def test_the_pool_asks_the_gate(pool: QueryPool) -> None:
    """Whoever uses a pool is behind it."""
    with pytest.raises(QueryRefused, match="SERVICE"):
        ask(pool, "SELECT * { SERVICE <http://127.0.0.1/> {} }")


# Isolation.


def test_a_runaway_query_is_ended_at_its_deadline_while_others_are_answered(pool: QueryPool) -> None:
    """One worker is busy to its end; the other answers a hundred queries meanwhile."""
    with ThreadPoolExecutor(1) as threads:
        begin = time.perf_counter()
        runaway = threads.submit(ask, pool, RUNAWAY)
        time.sleep(0.05)
        for _ in range(100):
            ask(pool, "SELECT * { ?s <http://x/p1> ?o } LIMIT 10")
        assert not runaway.done()
        with pytest.raises(QueryTimedOut, match=r"ran for 0\.5 s, the most one may take here"):
            runaway.result()
        assert DEADLINE <= time.perf_counter() - begin < DEADLINE + QUICK


def test_the_next_query_is_answered_at_once(pool: QueryPool) -> None:
    """Even where every worker had to be ended."""
    with ThreadPoolExecutor(2) as threads:
        for runaway in [threads.submit(ask, pool, RUNAWAY) for _ in range(2)]:
            assert isinstance(runaway.exception(), QueryTimedOut)
    assert_answers_at_once(pool)


@pytest.mark.parametrize(
    "query",
    [
        HOG,
        "SELECT (GROUP_CONCAT(?x) AS ?y) { " + " ".join(f"VALUES ?{v} {{1 2 3 4 5 6 7 8 9}}" for v in "abcdefgh")
        + " BIND(REPLACE('" + "x" * 1000 + "', 'x', 'yyyyyyyyyyyyyyyyyyyy') AS ?x) }",
    ],
    ids=["sorting", "strings"],
)  # fmt: skip
def test_a_memory_hog_dies_alone(pool: QueryPool, service: subprocess.Popen[bytes], config: Config, query: str) -> None:
    """The client is told why, and the machine keeps its memory."""
    with pytest.raises(QueryOutOfMemory, match="more memory than one query may have"):
        ask(patient(config), query)
    assert_answers_at_once(pool)
    two_workers(service.pid)


def test_a_crash_of_the_engine_ends_one_worker(
    pool: QueryPool, service: subprocess.Popen[bytes], config: Config
) -> None:
    """What the gate would have refused ends the worker that has it, with a plain word, and no other."""
    before = two_workers(service.pid)
    with pytest.raises(QueryCrashed, match="crashed on this query"):
        patient(config).ask(Request(CRASH, "json", "ttl"))
    assert_answers_at_once(pool)
    two_workers(service.pid, besides=before)


@pytest.mark.parametrize(
    "query",
    [
        "ASK { SERVICE <ADDRESS> {} }",
        "ASK { SERVICE SILENT <ADDRESS> {} }",
        "ASK { service<ADDRESS>{} }",
        "ASK { SERVICE#\n<ADDRESS> {} }",
        "ASK { FILTER EXISTS { SERVICE <ADDRESS> {} } }",
        "ASK { OPTIONAL { SERVICE <ADDRESS> { ?s ?p ?o } } }",
        "PREFIX : <ADDRESS> ASK { SERVICE : {} }",
        "SELECT * { { SELECT * { SERVICE SILENT <ADDRESS> { ?s ?p ?o } } } }",
        "ASK { ?s ?p ?o MINUS { SERVICE <ADDRESS> { ?s ?p ?o } } }",
        "CONSTRUCT { ?s ?p ?o } { SERVICE SILENT <ADDRESS> { ?s ?p ?o } }",
        "ASK { SERVICE SILENT <http://localhost:PORT/> {} }",
        "ASK FROM <ADDRESS> { ?s ?p ?o }",
        "ASK FROM NAMED <ADDRESS> { GRAPH ?g { ?s ?p ?o } }",
        "LOAD <ADDRESS>",
    ],
)
def test_no_query_reaches_the_network(pool: QueryPool, query: str) -> None:
    """With the gate out of the way the worker still has no descriptor for a socket: a listener sees nobody."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = str(listener.getsockname()[1])
        request = Request(query.replace("ADDRESS", f"http://127.0.0.1:{port}/").replace("PORT", port), "json", "ttl")
        with contextlib.suppress(QueryFailed, QuerySyntaxError):
            pool.ask(request)
        listener.settimeout(0.02)
        with pytest.raises(TimeoutError):
            listener.accept()
    assert_answers_at_once(pool)


def test_isolation_costs_less_than_a_millisecond(pool: QueryPool, config: Config) -> None:
    """At the median, beside the same query in process; the best of some rounds, for the machine may be busy."""
    store = open_dataset(config.dataset).store
    query = "SELECT * { ?s <http://x/p1> ?o } LIMIT 10"

    def in_process() -> bytes | None:
        results = store.query(query)
        assert isinstance(results, ox.QuerySolutions)
        return results.serialize(format=ox.QueryResultsFormat.JSON)

    def seconds(call: object) -> float:
        assert callable(call)
        times = []
        for _ in range(50):
            begin = time.perf_counter()
            call()
            times.append(time.perf_counter() - begin)
        return statistics.median(times)

    assert min(seconds(lambda: ask(pool, query)) - seconds(in_process) for _ in range(5)) < 0.001


# The queue.


@pytest.fixture
def single(config: Config) -> Iterator[tuple[Config, subprocess.Popen[bytes]]]:
    """Run a service with one worker."""
    assert config.query_socket is not None
    alone = replace(config, query_workers=1, query_socket=config.query_socket.with_name("single"))
    process = supervisor.start(alone)
    yield alone, process
    if process.poll() is None:
        stop(process)


def test_a_full_queue_refuses_at_once(single: tuple[Config, subprocess.Popen[bytes]]) -> None:
    """One query runs, as many wait as may, and one more is told so without waiting."""
    pool = client(single[0])
    with ThreadPoolExecutor(QUEUE + 1) as threads:
        running = threads.submit(ask, pool, RUNAWAY)
        time.sleep(0.1)
        waiting = [threads.submit(ask, pool, "ASK {}") for _ in range(QUEUE)]
        time.sleep(0.1)
        begin = time.perf_counter()
        with pytest.raises(QueryQueueFull, match="no more queries may wait"):
            ask(pool, "ASK {}")
        assert time.perf_counter() - begin < QUICK / 4
        assert isinstance(running.exception(), QueryTimedOut)
        assert [json.loads(future.result())["boolean"] for future in waiting] == [True] * QUEUE


def test_waiting_for_a_worker_has_an_end(single: tuple[Config, subprocess.Popen[bytes]]) -> None:
    """Who waited as long as a query may take gives up, and the worker passes over what was given up."""
    pool = client(single[0])
    with ThreadPoolExecutor(3) as threads:
        runaways = [threads.submit(ask, pool, RUNAWAY) for _ in range(3)]
        errors = {type(future.exception()) for future in runaways}
    assert errors == {QueryTimedOut, QueryQueueFull}
    assert_answers_at_once(pool)


def test_a_query_given_up_in_the_moment_a_worker_takes_it_ends(
    single: tuple[Config, subprocess.Popen[bytes]],
) -> None:
    """A client that goes just as its turn comes leaves no work behind."""
    config, process = single

    def goes_when_its_turn_comes() -> bool:
        for pid in children(process.pid):
            os.kill(pid, signal.SIGKILL)
        time.sleep(0.5)  # the worker in its place has taken the query, and nobody has read that yet
        return True

    with ThreadPoolExecutor(1) as threads:
        running = threads.submit(ask, client(config), RUNAWAY)
        time.sleep(0.1)
        with pytest.raises(QueryAbandoned):
            client(config).run(RUNAWAY, results="json", rdf=None, has_gone=goes_when_its_turn_comes)
        assert_answers_at_once(client(config))
        assert running.exception()


def test_a_query_whose_client_has_gone_ends_by_itself(single: tuple[Config, subprocess.Popen[bytes]]) -> None:
    """A client that is killed cannot end its query; the kernel does, soon after the deadline."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        connection.connect(str(single[0].query_socket))
        connection.sendall(encode_request(Request(RUNAWAY, "json", "ttl")))
        time.sleep(0.1)
    busy = children(single[1].pid)
    assert_gone(busy, within=DEADLINE + GRACE + 1)
    assert_answers_at_once(client(single[0]))


def test_a_worker_that_has_grown_makes_room_for_a_fresh_one(single: tuple[Config, subprocess.Popen[bytes]]) -> None:
    """Memory once used stays with a process, and every query is to find its allowance."""
    config, process = single
    before = children(process.pid)
    ask(client(config), "SELECT * { ?s ?p ?o }")
    assert children(process.pid) == before
    large = "SELECT (COUNT(*) AS ?n) { { SELECT DISTINCT ?a ?b ?d ?e { ?a ?b ?c . ?d ?e ?f } } }"
    assert json.loads(patient(config).run(large, results="json", rdf=None).body)
    assert_gone(before)
    assert_answers_at_once(client(config))


# Beginning and end.


def test_a_worker_that_is_killed_is_replaced(service: subprocess.Popen[bytes], pool: QueryPool) -> None:
    """Whoever killed it."""
    before = two_workers(service.pid)
    os.kill(min(before), signal.SIGKILL)
    assert_answers_at_once(pool)
    two_workers(service.pid, besides=before)


def test_a_fault_of_ours_ends_one_worker(service: subprocess.Popen[bytes], pool: QueryPool, config: Config) -> None:
    """What no client of ours sends is a fault; the service goes on."""
    before = two_workers(service.pid)
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        connection.connect(str(config.query_socket))
        connection.sendall(b"\0\0\0\1x")
        assert connection.recv(100) == b"\0"
        assert connection.recv(100) == b""
    assert_answers_at_once(pool)
    two_workers(service.pid, besides=before)


def test_only_the_owner_may_ask(config: Config, service: subprocess.Popen[bytes]) -> None:
    """The socket has mode 0600."""
    assert service.poll() is None
    assert config.query_socket is not None
    assert stat.S_IMODE(config.query_socket.stat().st_mode) == 0o600


def test_sigterm_ends_the_service_and_clears_its_socket(single: tuple[Config, subprocess.Popen[bytes]]) -> None:
    """Workers in the middle of a query included; their clients are told."""
    config, process = single
    with ThreadPoolExecutor(1) as threads:
        running = threads.submit(ask, client(config), RUNAWAY)
        time.sleep(0.1)
        stop(process)
        assert isinstance(running.exception(), QueryCrashed | QueryServiceDown)
    assert config.query_socket is not None
    assert not config.query_socket.exists()
    with pytest.raises(QueryServiceDown, match="not running"):
        ask(client(config), "ASK {}")


def test_the_service_dies_with_the_process_that_started_it(config: Config) -> None:
    """A server that is killed leaves no process behind, and the next one takes its socket over."""
    assert config.query_socket is not None
    orphaned = replace(config, query_socket=config.query_socket.with_name("orphaned"))
    starter = (
        "import os, time\nfrom server.query import supervisor\nfrom server.config import Config\n"
        "print(supervisor.start(Config.from_environ(os.environ)).pid, flush=True)\ntime.sleep(60)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", starter],
        env={**os.environ, **orphaned.to_environ(), "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
    ) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        everyone = {pid, *children(pid)}
        assert len(everyone) == 3
        with ThreadPoolExecutor(1) as threads:
            running = threads.submit(ask, client(orphaned), RUNAWAY)
            time.sleep(0.1)
            parent.kill()
            assert_gone(everyone)
            assert isinstance(running.exception(), QueryError)
    process = supervisor.start(orphaned)
    assert_answers_at_once(client(orphaned))
    stop(process)


def test_workers_die_with_a_killed_supervisor(config: Config) -> None:
    """The socket it leaves behind keeps nobody from starting again."""
    assert config.query_socket is not None
    killed = replace(config, query_socket=config.query_socket.with_name("killed"))
    process = supervisor.start(killed)
    workers = children(process.pid)
    process.kill()
    process.wait()
    assert_gone(workers)
    assert killed.query_socket is not None
    assert killed.query_socket.is_socket()
    stop(supervisor.start(killed))


def test_why_the_service_cannot_start_is_told(config: Config, service: subprocess.Popen[bytes], tmp_path: Path) -> None:
    """Once, plainly, to the process that starts it."""
    assert service.poll() is None
    broken = tmp_path / "broken.nq"
    broken.write_text("<http://x/a> <http://x/b> .\n")
    for changed, message in (
        (replace(config, dataset=tmp_path / "none.nq", query_socket=tmp_path / "s"), r"none\.nq: No such file"),
        (replace(config, dataset=broken, query_socket=tmp_path / "s"), r"broken\.nq, line 1: "),
        (config, r"socket: Address already in use"),
        (replace(config, query_socket=tmp_path / ("s" * 108)), r"a socket's path may have 107 bytes"),
        (replace(config, query_socket=None), r"query_socket is not set"),
    ):
        with pytest.raises(QueryServiceFailed, match=f"^The query service cannot start: .*{message}"):
            supervisor.start(changed)
