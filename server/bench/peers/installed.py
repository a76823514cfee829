"""Which of the engines are on this machine."""

from __future__ import annotations

from typing import Final

from server.bench.peers import oxigraph, rdflib_endpoint, trifid, virtuoso
from server.bench.peers.peer import Missing, Peer
from server.bench.processes import find_program

_ENGINES: Final = (rdflib_endpoint.ENGINE, trifid.ENGINE, oxigraph.ENGINE, virtuoso.ENGINE)


def find_peers() -> tuple[list[Peer], list[Missing]]:
    """Return the endpoints that are installed, and those that are not."""
    found: list[Peer] = []
    missing: list[Missing] = []
    for engine in _ENGINES:
        if all(map(find_program, engine.programs)):
            found += engine.peers
        else:
            missing.append(Missing(engine.peers[0].name, engine.remedy))
    return found, missing
