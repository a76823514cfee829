"""What tests of a server ask again and again while its data changes."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any, Final

from live import Server
from versions import NAME

PATIENCE: Final = 30.0
"""Seconds within which a change is served, on a busy machine too; it takes about three."""
QUERY: Final = f"SELECT ?name {{ <https://example.org/thing> {NAME} ?name }}"


def eventually(holds: Callable[[], object], seconds: float = PATIENCE) -> None:
    """Wait until something holds, and holds again and again: one worker may be behind the other."""
    until = time.monotonic() + seconds
    while not all(holds() for _ in range(6)):
        assert time.monotonic() < until
        time.sleep(0.05)


def health(server: Server) -> dict[str, Any]:
    """Return what the server says of itself."""
    found: dict[str, Any] = json.loads(server.request("GET", "/health")[1])
    return found


def name_served(server: Server) -> str:
    """Return the name that the thing has in the data that queries are answered from."""
    response, body = server.ask(QUERY, {"Accept": "text/csv"})
    return body.decode().splitlines()[1] if response.status == 200 else ""
