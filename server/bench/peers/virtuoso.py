"""Virtuoso: a server of relational tables by columns, with SPARQL on top."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from server.bench.peers.peer import Engine, Peer, answering
from server.bench.processes import Endpoint, free_port, run_program

_COLUMNS: Final = "It evaluates by columns, many rows at a step. Our engine goes through a graph row by row."
_BUFFERS: Final = 340_000
"""Of 8 KiB each: what its makers recommend for 4 GB of memory."""
_INI: Final = """[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa

[Parameters]
ServerPort = 127.0.0.1:{sql_port}
DisableUnixSocket = 1
DirsAllowed = {folder}, {data}
NumberOfBuffers = {buffers}
MaxDirtyBuffers = {dirty}

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


def configured(folder: Path, *, port: int, sql_port: int, data: Path, buffers: int = _BUFFERS) -> list[str]:
    """Write the configuration of a server into its folder, and return the command that runs it in the foreground.

    It may bulk-load files of the folder `data`.
    """
    ini = folder / "virtuoso.ini"
    settings = {"folder": folder, "data": data, "port": port, "sql_port": sql_port}
    ini.write_text(_INI.format(**settings, buffers=buffers, dirty=buffers * 3 // 4), "utf-8")
    return ["virtuoso-t", "+foreground", "+configfile", str(ini)]


@contextlib.contextmanager
def _start(dataset: Path, folder: Path, seconds: float) -> Iterator[Endpoint]:
    until = time.monotonic() + seconds
    endpoint, sql_port = Endpoint("Virtuoso", free_port()), free_port()
    command = configured(folder, port=endpoint.port, sql_port=sql_port, data=dataset.parent)
    with answering(endpoint, command, folder, seconds) as started:
        load = f"ld_dir('{dataset.parent}', '{dataset.name}', 'urn:none'); rdf_loader_run(); checkpoint;"
        left = until - time.monotonic()
        run_program(["isql-vt", f"127.0.0.1:{sql_port}", "dba", "dba", f"exec={load}"], folder, left)
        yield started


ENGINE: Final = Engine(
    ["virtuoso-t", "isql-vt"],
    "the Debian package virtuoso-opensource-7",
    [Peer("Virtuoso", f"virtuoso-t, {_BUFFERS:,} buffers", _COLUMNS, _start)],
)
