"""Oxigraph's own server, from its store on disk and from memory."""

from __future__ import annotations

import contextlib
import http.client
import time
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path
from typing import Final

from server.bench.peers.peer import Engine, Peer, answering
from server.bench.processes import Endpoint, NotStarted, free_port, run_program

_ONE_PROCESS: Final = (
    "It is one compiled process with the same engine. Ours hands each query from Python to a worker, which can be "
    "ended at its deadline and may use so much memory."
)


@contextlib.contextmanager
def _start_on_disk(dataset: Path, folder: Path, seconds: float) -> Iterator[Endpoint]:
    until = time.monotonic() + seconds
    endpoint = Endpoint("Oxigraph", free_port(), "/query")
    stored = ["--location", str(folder / "store")]
    run_program(["oxigraph", "load", *stored, "--file", str(dataset)], folder, seconds)
    served = ["--union-default-graph", "--bind", f"127.0.0.1:{endpoint.port}"]
    command = ["oxigraph", "serve-read-only", *stored, *served]
    with answering(endpoint, command, folder, until - time.monotonic()) as started:
        yield started


@contextlib.contextmanager
def _start_in_memory(dataset: Path, folder: Path, seconds: float) -> Iterator[Endpoint]:
    endpoint = Endpoint("Oxigraph in memory", free_port(), "/query")
    command = ["oxigraph", "serve", "--union-default-graph", "--bind", f"127.0.0.1:{endpoint.port}"]
    with answering(endpoint, command, folder, seconds) as started:
        connection = http.client.HTTPConnection("127.0.0.1", endpoint.port, timeout=seconds)
        with contextlib.closing(connection), dataset.open("rb") as content:
            headers = {"Content-Type": "application/n-quads", "Content-Length": str(dataset.stat().st_size)}
            try:
                connection.request("PUT", "/store", content, headers)
                status = connection.getresponse().status
            except OSError as error:
                raise NotStarted(f"Oxigraph did not take the data within {seconds:g} s: {error}") from error
            if status >= HTTPStatus.BAD_REQUEST:
                raise NotStarted(f"Oxigraph refused the data with status {status}")
        yield started


ENGINE: Final = Engine(
    ["oxigraph"],
    "the Python package oxigraph",
    [
        Peer("Oxigraph", "oxigraph serve-read-only --location FOLDER", _ONE_PROCESS, _start_on_disk),
        Peer("Oxigraph in memory", "oxigraph serve, the data sent to it", _ONE_PROCESS, _start_in_memory),
    ],
)
