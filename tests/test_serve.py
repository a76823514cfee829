"""A real server on a real port: it starts, answers, stops, and leaves nothing behind however it ends."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
import rdflib
import specimen
from live import COMMAND, MARK, Server, is_gone, running

from server.serve import PortInUse, UnusableAddress, claim_address


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Return a server that several tests ask."""
    with running(tmp_path_factory.mktemp("serve")) as found:
        yield found


def test_the_first_answer_comes_within_two_seconds(server: Server) -> None:
    """And the line with the address is printed only then."""
    assert server.seconds < 2
    response, body = server.request("GET", "/health")
    assert response.status == 200
    assert b'"status": "ok"' in body


# What rdflib reads JSON-LD with warns of what rdflib itself does in it.
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
def test_a_thing_is_dereferenced_by_another_library(server: Server) -> None:
    """It follows the redirect, in the formats it asks for."""
    iri = f"http://127.0.0.1:{server.port}/id/{specimen.EVENT}"
    for parser in ("turtle", "xml", "nt", None):
        graph = rdflib.Graph().parse(iri, format=parser)
        label = rdflib.Literal("Battle of Hadrut", lang="en")
        assert (rdflib.URIRef(f"{specimen.BASE}id/{specimen.EVENT}"), rdflib.RDFS.label, label) in graph


def test_a_browser_is_led_to_the_page(server: Server) -> None:
    """With a path that works under any name of the server."""
    response, _ = server.request("GET", f"/id/{specimen.EVENT}", {"Accept": "text/html", "Host": "other.example"})
    assert response.status == 303
    assert response.headers["Location"] == f"/page/{specimen.EVENT}"
    response, body = server.request("GET", f"/page/{specimen.EVENT}")
    assert response.status == 200
    assert "Հադրութի ճակատամարտ".encode() in body


@pytest.mark.parametrize(
    "path", ["/", f"/id/{specimen.EVENT}", f"/data/{specimen.EVENT}.ttl", "/static/style.css", "/nowhere"]
)
def test_head_over_the_wire_is_get_without_the_body(server: Server, path: str) -> None:
    """The length is that of the body that GET sends."""
    get, body = server.request("GET", path)
    head, nothing = server.request("HEAD", path)
    assert head.status == get.status
    assert nothing == b""
    assert get.headers["Content-Length"] == str(len(body))
    drop = {"date", "x-request-id"}
    assert {k: v for k, v in head.headers.items() if k not in drop} == {
        k: v for k, v in get.headers.items() if k not in drop
    }


def test_both_workers_give_one_representation_one_tag(server: Server) -> None:
    """A cache must not care which process answered."""
    answers = {server.request("GET", "/ontology")[0].headers["ETag"] for _ in range(20)}
    assert len(answers) == 1
    response, body = server.request("GET", "/ontology", {"If-None-Match": answers.pop()})
    assert (response.status, body) == (304, b"")


@pytest.mark.parametrize(
    "request_line",
    [
        b"GET //id/event HTTP/1.1",
        b"GET /id/%00 HTTP/1.1",
        b"GET /id/%ff%fe HTTP/1.1",
        b"GET /id/\xd5\x80\xff HTTP/1.1",
        b"GET /../../etc/passwd HTTP/1.1",
        b"GET /static/../app.py HTTP/1.1",
        b"GET /static/%2e%2e%2fapp.py HTTP/1.1",
        b"GET /id/" + b"x" * 30_000 + b" HTTP/1.1",
        b"GET http://evil.example/id/event/battle-of-hadrut HTTP/1.1",
        b"GET http://evil.example HTTP/1.1",
        b"GET /graph HTTP/1.1",
        b"GET ?format=ttl HTTP/1.1",
        b"GET /?format=%00 HTTP/1.1",
        b"OPTIONS * HTTP/1.1",
        b"BREW /ontology HTTP/1.1",
        b"GET /ontology HTTP/9.9",
        b"nonsense",
    ],
)
def test_odd_requests_are_refused_and_never_a_failure(server: Server, request_line: bytes) -> None:
    """No status from 500 on, no file of ours, no host of theirs; and the next request is answered."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection:
        connection.sendall(request_line + b"\r\nHost: evil.example\r\nAccept: */*\r\nConnection: close\r\n\r\n")
        answer = b"".join(iter(lambda: connection.recv(65536), b""))
    status = re.match(rb"HTTP/1\.[01] (\d{3})", answer)
    assert status, answer
    assert int(status[1]) < 500
    assert b"evil.example" not in answer
    assert b"root:" not in answer
    assert b"import " not in answer
    assert server.request("GET", "/health")[0].status == 200


def test_sigterm_stops_everything(tmp_path: Path) -> None:
    """Exit code 0, no process and no file left."""
    _stop_and_look(tmp_path / "scratch", signal.SIGTERM)


def test_ctrl_c_stops_everything(tmp_path: Path) -> None:
    """The same."""
    _stop_and_look(tmp_path / "scratch", signal.SIGINT)


def _stop_and_look(scratch: Path, number: signal.Signals) -> None:
    with running(scratch) as server:
        assert len(server.pids()) >= 4
        assert list(scratch.iterdir())
        assert server.request("GET", "/")[0].status == 200
        server.process.send_signal(number)
        assert server.process.wait(timeout=4) == 0
        assert is_gone(server.mark, seconds=1)
        assert list(scratch.iterdir()) == []
        assert server.process.stdout is not None
        assert server.process.stdout.read() == ""


@pytest.mark.parametrize("delay", [0.1, 0.2, 0.25, 0.28, 0.3, 0.32, 0.35])
def test_stopping_a_server_that_is_still_starting_leaves_nothing(tmp_path: Path, delay: float) -> None:
    """At whatever moment it is told: it ends soon, with its processes and its files."""
    mark = uuid.uuid4().hex
    process = subprocess.Popen(
        [*COMMAND, "--port", "0", "--dataset", str(specimen.FILE)],
        env={**os.environ, MARK: mark, "TMPDIR": str(tmp_path)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    time.sleep(delay)
    process.terminate()
    try:
        assert process.wait(timeout=4) in {0, -signal.SIGTERM}
    finally:
        process.kill()
        process.wait()
        assert is_gone(mark)
    assert list(tmp_path.iterdir()) == []


def test_killing_the_server_leaves_no_process(tmp_path: Path) -> None:
    """Nothing can be done in a killed process, so the kernel ends the others; the port is free again."""
    with running(tmp_path / "scratch") as server:
        assert len(server.pids()) >= 4
        server.process.kill()
        server.process.wait()
        assert is_gone(server.mark)
        assert _becomes_free(server.port)


def _becomes_free(port: int) -> bool:
    # The kernel closes the sockets of a killed process after its environment is gone.
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        try:
            return claim_address("127.0.0.1", port) == ("127.0.0.1", port)
        except PortInUse:
            time.sleep(0.02)
    return False


def test_a_killed_worker_is_replaced(tmp_path: Path) -> None:
    """The server goes on answering."""
    with running(tmp_path / "scratch", "--workers", "1") as server:
        worker = next(pid for pid in server.pids() if _listens(pid, server))
        os.kill(worker, signal.SIGKILL)
        deadline = time.monotonic() + 10
        while True:
            try:
                assert server.request("GET", "/health")[0].status == 200
                break
            except OSError:
                assert time.monotonic() < deadline
                time.sleep(0.05)
        assert worker not in server.pids()


def _listens(pid: int, server: Server) -> bool:
    """Tell whether a process is a child of the server's that runs the same command, as its workers do."""
    parent = int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    return parent == server.process.pid and b"server.query.supervisor" not in Path(f"/proc/{pid}/cmdline").read_bytes()


def test_a_port_in_use_is_told(server: Server, tmp_path: Path) -> None:
    """Exit code 2, one line that names the port and the remedy, nothing started."""
    found = subprocess.run(
        [*COMMAND, "--port", str(server.port), "--dataset", str(specimen.FILE)],
        env={**os.environ, "TMPDIR": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )
    assert found.returncode == 2
    assert found.stdout == ""
    assert found.stderr.count("\n") == 1
    assert f"port {server.port} of 127.0.0.1 is in use" in found.stderr
    assert "--port" in found.stderr
    assert list(tmp_path.iterdir()) == []
    assert server.request("GET", "/health")[0].status == 200


def test_a_file_that_can_be_no_dataset_is_told(tmp_path: Path) -> None:
    """By its name: exit code 1, one line, nothing started."""
    file = tmp_path / "data.csv"
    file.write_text("a,b\n")
    found = subprocess.run(
        [*COMMAND, "--port", "0", "--dataset", str(file)], capture_output=True, text=True, timeout=20, check=False
    )
    assert found.returncode == 1
    assert f"{file}: a dataset is an N-Quads (.nq) or TriG (.trig) file" in found.stderr
    assert found.stderr.count("\n") == 1


def test_an_address_is_claimed_only_where_nobody_listens() -> None:
    """Also where the other one would share its port."""
    address, port = claim_address("localhost", 0)
    assert port > 0
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        other.bind((address, port))
        other.listen()
        with pytest.raises(PortInUse, match=f"port {port} of localhost is in use"):
            claim_address("localhost", port)
    assert claim_address("localhost", port) == (address, port)


@pytest.mark.parametrize("host", ["host.invalid", "192.0.2.1", "::ffff:192.0.2.1"])
def test_an_address_that_is_not_ours_is_refused(host: str) -> None:
    """With the reason."""
    with pytest.raises(UnusableAddress, match=re.escape(host)):
        claim_address(host, 0)
