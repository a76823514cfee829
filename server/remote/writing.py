"""What changes a store: SPARQL 1.1 Update for the catalogue, the Graph Store Protocol for graphs.

Every request may be sent twice without harm, so each is tried again where the store is away
for a moment.
"""

from __future__ import annotations

import time
from typing import Final
from urllib.parse import urlencode

import pyoxigraph as ox

from server.remote.connection import Connection, Sent
from server.remote.failures import RefusedByStore, StoreAway

_SECONDS: Final = 120.0
_PAUSES: Final = (0.5, 2.0)
_MOST_BYTES: Final = 1 << 20
_NOT_FOUND: Final = 404


class Writer:
    """A store's addresses for writing."""

    def __init__(self, connection: Connection, *, update_url: str, graph_store_url: str) -> None:
        """Write to these addresses over this connection."""
        self._connection = connection
        self._update_url = update_url
        self._graph_store_url = graph_store_url

    def update(self, text: str) -> None:
        """Perform an update."""
        body = urlencode({"update": text}).encode()
        self._send("POST", self._update_url, body, "application/x-www-form-urlencoded")

    def add(self, graph: ox.NamedNode, triples: bytes) -> None:
        """Add triples in N-Triples to a graph, which is made where there is none."""
        # N-Triples is Turtle, which every graph store reads (SPARQL 1.1 Graph Store Protocol, section 5).
        self._send("POST", self._address(graph), triples, "text/turtle")

    def drop(self, graph: ox.NamedNode) -> None:
        """Remove a graph, if there is one."""
        try:
            self._send("DELETE", self._address(graph), b"", "text/turtle")
        except RefusedByStore as error:
            if error.status != _NOT_FOUND:
                raise

    def _address(self, graph: ox.NamedNode) -> str:
        joint = "&" if "?" in self._graph_store_url else "?"
        return f"{self._graph_store_url}{joint}{urlencode({'graph': graph.value})}"

    def _send(self, method: str, url: str, body: bytes, content_type: str) -> None:
        sent = Sent(method, url, body, {"Content-Type": content_type})
        for pause in (*_PAUSES, None):
            try:
                self._connection.send(sent, seconds=_SECONDS, most_bytes=_MOST_BYTES)
            except RefusedByStore:
                raise
            except StoreAway:
                if pause is None:
                    raise
                time.sleep(pause)
            else:
                return
