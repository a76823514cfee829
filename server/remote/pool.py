"""Clients' queries, sent on to the store: what `server.query.pool.QueryPool` does, where the data is elsewhere.

The store evaluates; here a query is looked at first, bounded in time and size, and answered
in the formats and the words that the endpoint has everywhere.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from typing import Final

import pyoxigraph as ox

from server.config import Config
from server.query.evaluation import write_results, write_triples
from server.query.failures import (
    AnswerTooLarge,
    QueryAbandoned,
    QueryFailed,
    QueryQueueFull,
    QueryServiceDown,
    QueryTimedOut,
)
from server.query.gate import check, query_form
from server.query.limits import QUEUE
from server.query.scope import Scope, named_nodes
from server.query.wire import Answer
from server.remote.asking import Asking, read_results
from server.remote.endpoint import Limits
from server.remote.failures import LargerThanAsked, RefusedByStore, StoreAway, StoreSlow, VersionGone
from server.remote.syntax import require_syntax

_LOOK_SECONDS: Final = 0.1
# JSON, which the store is asked for, is longer than what may be asked for here.
_LONGER: Final = 4
_NOT_NOW: Final = (401, 403, 404, 429, 502, 503, 504)


class RemotePool:
    """The queries of one process on their way to a store; safe in any number of threads."""

    engine: Final = "remote"

    def __init__(self, asking: Asking, config: Config) -> None:
        """Ask this version, within the limits of the configuration."""
        self._asking = asking
        self._deadline = config.query_deadline
        self._most_bytes = config.result_bytes
        self._turns = threading.Semaphore(config.query_workers)
        self._places = threading.BoundedSemaphore(config.query_workers + QUEUE)

    def run(
        self,
        query: str,
        *,
        results: str | None,
        rdf: str | None,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
        has_gone: Callable[[], bool] = lambda: False,
    ) -> Answer:
        """Return the whole answer to a query; raise a `QueryError` where there is none."""
        check(query)
        is_stated = bool(named_nodes((*default_graphs, *named_graphs)))
        scope = Scope(tuple(default_graphs), tuple(named_graphs)) if is_stated else None
        if not self._places.acquire(blocking=False):
            raise QueryQueueFull
        try:
            self._await_turn(has_gone)
            try:
                return self._answer(query, scope, results, rdf)
            finally:
                self._turns.release()
        finally:
            self._places.release()

    def _await_turn(self, has_gone: Callable[[], bool]) -> None:
        until = time.monotonic() + self._deadline
        while not self._turns.acquire(timeout=_LOOK_SECONDS):
            if has_gone():
                raise QueryAbandoned
            if time.monotonic() > until:
                raise QueryQueueFull.after(self._deadline)

    def _answer(self, query: str, scope: Scope | None, results: str | None, rdf: str | None) -> Answer:
        limits = Limits(self._deadline, self._most_bytes * _LONGER)
        try:
            if query_form(query) in ("CONSTRUCT", "DESCRIBE"):
                lines = self._asking.triples(query, scope, limits)
                self._require_size(len(lines))
                return Answer("triples", write_triples(lines, rdf))
            require_syntax(query, self._asking.mapping.base)
            body = self._asking.json(query, scope, limits)
        except StoreSlow as error:
            raise QueryTimedOut(
                f"This query ran for {self._deadline:g} s, the most one may take here. "
                "Ask for less at a time: name what is asked about, or add LIMIT."
            ) from error
        except LargerThanAsked as error:
            raise AnswerTooLarge.than(self._most_bytes) from error
        except VersionGone as error:
            raise QueryServiceDown("The data was replaced while this query ran. Ask it again.") from error
        except RefusedByStore as error:
            if error.status in _NOT_NOW:
                raise QueryServiceDown("The store of this server does not answer queries at present.") from error
            raise QueryFailed(f"The store could not evaluate this query: {error.reason}") from error
        except StoreAway as error:
            raise QueryServiceDown("The store of this server does not answer at present.") from error
        answer = read_results(body, self._asking.endpoint.name)
        kind = "boolean" if isinstance(answer, ox.QueryBoolean) else "solutions"
        return Answer(kind, write_results(answer, results, self._most_bytes))  # type: ignore[arg-type]  # a literal

    def _require_size(self, size: int) -> None:
        if size > self._most_bytes:
            raise AnswerTooLarge.than(self._most_bytes)
