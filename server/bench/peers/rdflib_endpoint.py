"""rdflib-endpoint: rdflib's own store and evaluation in Python behind FastAPI."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Final

from server.bench.peers.peer import Engine, Peer, answering
from server.bench.processes import Endpoint, free_port

_PARSED: Final = "It keeps what it has parsed before."


def _start(dataset: Path, folder: Path, seconds: float) -> contextlib.AbstractContextManager[Endpoint]:
    endpoint = Endpoint("rdflib-endpoint", free_port(), "/")
    command = ["rdflib-endpoint", "serve", "--host", "127.0.0.1", "--port", str(endpoint.port), str(dataset)]
    return answering(endpoint, command, folder, seconds)


ENGINE: Final = Engine(
    ["rdflib-endpoint"],
    "the Python package rdflib-endpoint[cli,web]",
    [Peer("rdflib-endpoint", "rdflib-endpoint serve FILE", _PARSED, _start)],
)
