"""The files for a machine's nginx and systemd are what these take, and do what they are for."""

from __future__ import annotations

import contextlib
import http.client
import os
import re
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import live
import pytest
import specimen

import server.deployment

FOLDER = Path(server.deployment.__file__).parent
SERVERS = re.compile(r"127\.0\.0\.1:80\d\d")
WRAPPING = """daemon off;
pid {folder}/pid;
events {{ }}
http {{
  access_log off;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
{content}
}}
"""


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _command(folder: Path, port: int, servers: list[int]) -> list[str]:
    """Return what runs nginx with our file on this port, in front of these servers."""
    ports = iter(servers)
    content = SERVERS.sub(lambda _: f"127.0.0.1:{next(ports)}", (FOLDER / "nginx.conf").read_text("utf-8"))
    content = content.replace("listen 80;", f"listen 127.0.0.1:{port};").replace("listen [::]:80;", "")
    file = folder / "nginx.conf"
    file.write_text(WRAPPING.format(folder=folder, content=content), "utf-8")
    return ["nginx", "-p", str(folder), "-c", str(file), "-e", str(folder / "errors")]


@contextlib.contextmanager
def _nginx(folder: Path, servers: list[int]) -> Iterator[int]:
    port = _free_port()
    command = _command(folder, port, servers)
    with subprocess.Popen(command) as process:
        try:
            deadline = time.monotonic() + 5
            while True:
                with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
                    break
                assert time.monotonic() < deadline
                time.sleep(0.02)
            yield port
        finally:
            process.terminate()


def _ask(
    port: int, path: str, method: str = "GET", body: bytes | None = None, **headers: str
) -> tuple[int, str, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body=body, headers=named)
        response = connection.getresponse()
        return response.status, response.headers.get("X-Request-ID") or "", response.read()
    finally:
        connection.close()


def test_nginx_takes_the_configuration_as_it_is(tmp_path: Path) -> None:
    """As `nginx -t` says."""
    tested = subprocess.run(
        [*_command(tmp_path, _free_port(), [1, 2]), "-t"], capture_output=True, text=True, check=False
    )
    assert tested.returncode == 0, tested.stderr
    assert "warn" not in tested.stderr


def test_systemd_takes_the_unit_as_it_is(tmp_path: Path) -> None:
    """As `systemd-analyze verify` says, with a command that is there."""
    unit = (FOLDER / "battlegraph.service").read_text("utf-8")
    started = re.search(r"^ExecStart=(\S+) serve ", unit, re.MULTILINE)
    assert started
    file = tmp_path / "battlegraph.service"
    file.write_text(unit.replace(started[1], "/bin/true"), "utf-8")
    command = ["systemd-analyze", "verify", str(file)]
    verified = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (verified.returncode, verified.stderr) == (0, "")


def test_the_unit_starts_the_server_with_options_it_has() -> None:
    """An option that is no more would keep every machine's server from starting."""
    unit = (FOLDER / "battlegraph.service").read_text("utf-8")
    options = re.findall(r" (--[a-z-]+)", re.findall(r"^ExecStart=(.*)$", unit, re.MULTILINE)[0])
    helped = subprocess.run([*live.COMMAND, "--help"], capture_output=True, text=True, check=True).stdout
    assert options
    assert all(f"{option} " in helped for option in options)


@pytest.fixture(scope="module")
def fronts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, list[live.Server]]]:
    """Return the port of an nginx, and the two servers behind it."""
    folder = tmp_path_factory.mktemp("fronts")
    with (
        live.running(folder / "one", "--workers", "1", "--query-workers", "1") as one,
        live.running(folder / "two", "--workers", "1", "--query-workers", "1") as two,
        _nginx(folder, [one.port, two.port]) as port,
    ):
        yield port, [one, two]


def test_the_proxy_gives_each_request_its_id(fronts: tuple[int, list[live.Server]]) -> None:
    """One that a client made up could be that of another's request, so it is not passed on."""
    port, _ = fronts
    ids = [_ask(port, "/about", X_Request_ID="mine")[1] for _ in range(3)]
    assert len(set(ids)) == 3
    assert all(re.fullmatch("[0-9a-f]{32}", one) for one in ids)


def test_the_proxy_shields_the_numbers(fronts: tuple[int, list[live.Server]]) -> None:
    """They are for whoever watches over the servers."""
    port, servers = fronts
    assert _ask(port, "/metrics")[0] == 404
    assert all(_ask(one.port, "/metrics")[0] == 200 for one in servers)


def test_of_two_servers_one_is_killed_and_no_request_is_lost(fronts: tuple[int, list[live.Server]]) -> None:
    """Pages, data and queries, by GET and POST; all of its processes at once, in the middle of the load."""
    port, (one, _) = fronts
    stopped, statuses, lost = threading.Event(), [], []
    form = {"Content_Type": "application/sparql-query", "Accept": "application/sparql-results+json"}

    def load() -> None:
        number = 0
        while not stopped.is_set():
            number += 1
            try:
                statuses.append(_ask(port, f"/page/{specimen.EVENT}")[0])
                statuses.append(_ask(port, f"/data/{specimen.EVENT}.ttl?n={number}")[0])
                query = f"SELECT * {{ ?s ?p ?o }} LIMIT 5 # {threading.get_ident()} {number}".encode()
                statuses.append(_ask(port, "/sparql", "POST", query, **form)[0])
            except (OSError, http.client.HTTPException) as error:
                lost.append(error)

    threads = [threading.Thread(target=load) for _ in range(4)]
    for thread in threads:
        thread.start()
    time.sleep(0.7)
    before = len(statuses)
    for pid in one.pids():
        os.kill(pid, signal.SIGKILL)
    time.sleep(1.5)
    stopped.set()
    for thread in threads:
        thread.join()
    assert not lost
    assert 0 < before < len(statuses)
    assert set(statuses) == {200}
