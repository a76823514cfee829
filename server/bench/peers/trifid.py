"""Trifid with a file for its SPARQL endpoint: Oxigraph compiled to WebAssembly, in memory, behind Fastify."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path
from typing import Final

from server.bench.peers.peer import Engine, Peer, answering
from server.bench.processes import Endpoint, free_port

_WEB_ASSEMBLY: Final = "It hands a query to its engine inside one process, which cannot be ended at a deadline."


def _start(dataset: Path, folder: Path, seconds: float) -> contextlib.AbstractContextManager[Endpoint]:
    endpoint = Endpoint("Trifid", free_port(), "/query")
    source = {"url": str(dataset), "contentType": "application/n-quads"}
    settings = {
        "server": {"logLevel": "warn", "listener": {"host": "127.0.0.1", "port": endpoint.port}},
        "plugins": {"sparql": {"module": "trifid-handler-fetch", "paths": endpoint.path, "config": source}},
    }
    # JSON is YAML too, and the name says which of the two is read.
    configuration = folder / "trifid.yaml"
    configuration.write_text(json.dumps(settings), "utf-8")
    return answering(endpoint, ["trifid", "--config", str(configuration)], folder, seconds)


ENGINE: Final = Engine(
    ["node", "trifid"],
    "npm install --prefix .trifid trifid@5.3.0",
    [Peer("Trifid", "trifid with trifid-handler-fetch on FILE", _WEB_ASSEMBLY, _start)],
)
