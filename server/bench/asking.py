"""Asking endpoints in turn, so that what else the machine does meets all alike, and within bounds of time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Final
from urllib.parse import quote

from server.bench.answers import RESULTS, TRIPLES
from server.bench.client import Client, NoAnswer, Reply
from server.bench.processes import Endpoint
from server.bench.table import Row
from server.query.gate import query_form

_LEAST: Final = 3


@dataclass(frozen=True, slots=True)
class Bounds:
    """How long a run may take."""

    rounds: int = 200
    """Requests of one kind that an endpoint is sent at most."""
    seconds: float = 2.0
    """Time that an endpoint has for the requests of one kind. It is sent three at least, unless one takes longer than
    all of them may."""
    patience: float = 15.0
    """Time that one answer may take."""
    loading: float = 180.0
    """Time from the file to the first answer."""


@dataclass(slots=True)
class _Turn:
    """One endpoint while it is asked one question."""

    times: list[float] = field(default_factory=list)
    silent: str | None = None

    def is_over(self, bounds: Bounds) -> bool:
        is_late = sum(self.times) > bounds.seconds and (len(self.times) >= _LEAST or self.times[-1] > bounds.seconds)
        return self.silent is not None or is_late or len(self.times) >= bounds.rounds


def take_turns(name: str, askers: Mapping[str, Callable[[], Reply]], bounds: Bounds) -> Row:
    """Have each endpoint answer once a round, as long as it is within the bounds."""
    turns = {endpoint: _Turn() for endpoint in askers}
    while waiting := [endpoint for endpoint, turn in turns.items() if not turn.is_over(bounds)]:
        for endpoint in waiting:
            try:
                reply = askers[endpoint]()
            except NoAnswer as error:
                turns[endpoint].silent = str(error)
                continue
            if reply.status == HTTPStatus.OK:
                turns[endpoint].times.append(reply.seconds)
            else:
                turns[endpoint].silent = f"status {reply.status}"
    times = {endpoint: turn.times for endpoint, turn in turns.items() if turn.silent is None}
    return Row(name, times, {endpoint: turn.silent for endpoint, turn in turns.items() if turn.silent is not None})


def ask(client: Client, endpoint: Endpoint, query: str) -> Reply:
    """Return an endpoint's answer to a query, in the format that is compared; raise `NoAnswer` where there is none."""
    accept = TRIPLES if query_form(query) in ("CONSTRUCT", "DESCRIBE") else RESULTS
    return client.get(f"{endpoint.path}?query={quote(query)}", accept)
