"""The other endpoints: how each is started with a dataset, and what it does that ours does not.

A peer is given the settings in which its makers show it, memory for all of the data, and
the union of all graphs for its default graph. What is not installed is `Missing`.
"""

from __future__ import annotations

import contextlib
import http.client
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Final

from server.bench.processes import (
    START_SECONDS,
    Endpoint,
    NotStarted,
    await_answer,
    find_program,
    free_port,
    run_program,
    running,
)

_ONE_PROCESS: Final = (
    "It is one compiled process. Ours hands each query from Python to a worker, which can be ended at its deadline and "
    "may use so much memory; that takes some 0.4 ms. The engine is the same, a fifth faster as part of that process."
)
_COLUMNS: Final = "It evaluates by columns, many rows at a step. Our engine goes through a graph row by row."
_PARSED: Final = "It keeps what it has parsed before."
_VIRTUOSO_INI: Final = """[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa

[Parameters]
ServerPort = 127.0.0.1:{sql_port}
DisableUnixSocket = 1
DirsAllowed = {folder}, {data}
NumberOfBuffers = 100000
MaxDirtyBuffers = 75000

[HTTPServer]
ServerPort = 127.0.0.1:{port}
ServerRoot = {folder}
ServerThreads = 10
MaxClientConnections = 10
KeepAliveTimeout = 600
MaxKeepAlives = 10

[SPARQL]
ResultSetMaxRows = 1000000
"""


@dataclass(frozen=True, slots=True)
class Missing:
    """A program that is not measured, and what would have to be installed."""

    name: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Peer:
    """An endpoint that can be started, with a dataset and an empty folder of its own, for the length of a block."""

    name: str
    setting: str
    """How it is run."""
    edge: str
    """Why it may be faster than ours."""
    start: Callable[[Path, Path], contextlib.AbstractContextManager[Endpoint]]


def find_peers() -> tuple[list[Peer], list[Missing]]:
    """Return the endpoints that are installed, and those that are not."""
    found: list[Peer] = []
    missing: list[Missing] = []
    for programs, remedy, peers in _CANDIDATES:
        if all(map(find_program, programs)):
            found += peers
        else:
            missing.append(Missing(peers[0].name, remedy))
    return found, missing


@contextlib.contextmanager
def _start_rdflib(dataset: Path, folder: Path) -> Iterator[Endpoint]:
    endpoint = Endpoint("rdflib-endpoint", free_port(), "/")
    command = ["rdflib-endpoint", "serve", "--host", "127.0.0.1", "--port", str(endpoint.port), str(dataset)]
    with running(command, folder) as process:
        await_answer(endpoint, process)
        yield endpoint


@contextlib.contextmanager
def _start_oxigraph(dataset: Path, folder: Path) -> Iterator[Endpoint]:
    endpoint = Endpoint("Oxigraph", free_port(), "/query")
    stored = ["--location", str(folder / "store")]
    run_program(["oxigraph", "load", *stored, "--file", str(dataset)], folder)
    served = ["--union-default-graph", "--bind", f"127.0.0.1:{endpoint.port}"]
    with running(["oxigraph", "serve-read-only", *stored, *served], folder) as process:
        await_answer(endpoint, process)
        yield endpoint


@contextlib.contextmanager
def _start_oxigraph_in_memory(dataset: Path, folder: Path) -> Iterator[Endpoint]:
    endpoint = Endpoint("Oxigraph in memory", free_port(), "/query")
    command = ["oxigraph", "serve", "--union-default-graph", "--bind", f"127.0.0.1:{endpoint.port}"]
    with running(command, folder) as process:
        await_answer(endpoint, process)
        connection = http.client.HTTPConnection("127.0.0.1", endpoint.port, timeout=START_SECONDS)
        with contextlib.closing(connection):
            connection.request("PUT", "/store", dataset.read_bytes(), {"Content-Type": "application/n-quads"})
            answer = connection.getresponse()
            if answer.status >= HTTPStatus.BAD_REQUEST:
                raise NotStarted(f"Oxigraph refused the data with status {answer.status}")
        yield endpoint


@contextlib.contextmanager
def _start_virtuoso(dataset: Path, folder: Path) -> Iterator[Endpoint]:
    endpoint, sql_port = Endpoint("Virtuoso", free_port()), free_port()
    ini = folder / "virtuoso.ini"
    settings = {"folder": folder, "data": dataset.parent, "port": endpoint.port, "sql_port": sql_port}
    ini.write_text(_VIRTUOSO_INI.format(**settings), "utf-8")
    with running(["virtuoso-t", "+foreground", "+configfile", str(ini)], folder) as process:
        await_answer(endpoint, process)
        load = f"ld_dir('{dataset.parent}', '{dataset.name}', 'urn:none'); rdf_loader_run(); checkpoint;"
        run_program(["isql-vt", f"127.0.0.1:{sql_port}", "dba", "dba", f"exec={load}"], folder)
        yield endpoint


_CANDIDATES: Final = (
    (
        ("rdflib-endpoint",),
        "the Python package rdflib-endpoint[cli,web]",
        (Peer("rdflib-endpoint", "rdflib-endpoint serve FILE", _PARSED, _start_rdflib),),
    ),
    (
        ("oxigraph",),
        "the Python package oxigraph",
        (
            Peer("Oxigraph", "oxigraph serve-read-only --location FOLDER", _ONE_PROCESS, _start_oxigraph),
            Peer("Oxigraph in memory", "oxigraph serve, the data sent to it", _ONE_PROCESS, _start_oxigraph_in_memory),
        ),
    ),
    (
        ("virtuoso-t", "isql-vt"),
        "the Debian package virtuoso-opensource-7",
        (Peer("Virtuoso", "virtuoso-t, 100,000 buffers", _COLUMNS, _start_virtuoso),),
    ),
)
