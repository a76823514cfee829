"""The HTTP side of the query service: asks a query worker, and ends it at the deadline.

Holds no connection and no state, so that threads and forked processes may share a pool.
Waiting for a worker, and the query itself, may each take the deadline.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from server.failures import (
    AnswerTooLarge,
    AnswerUnwritable,
    QueryCrashed,
    QueryError,
    QueryFailed,
    QueryOutOfMemory,
    QueryQueueFull,
    QueryRefused,
    QueryServiceDown,
    QuerySyntaxError,
    QueryTimedOut,
)
from server.gate import check
from server.wire import LENGTH, Answer, Request, decode_error, encode_request, receive

__all__ = [
    "Answer",
    "AnswerTooLarge",
    "AnswerUnwritable",
    "QueryCrashed",
    "QueryError",
    "QueryFailed",
    "QueryOutOfMemory",
    "QueryPool",
    "QueryQueueFull",
    "QueryRefused",
    "QueryServiceDown",
    "QuerySyntaxError",
    "QueryTimedOut",
]

# A worker that is killed while it waits may take a connection with it; no query has been sent then.
_ATTEMPTS: Final = 2
# What faulthandler writes when the engine aborts, which it does where an allocation fails.
_ABORTED: Final = b"Fatal Python error: Aborted"


class QueryPool:
    """A client of the query workers behind one socket; safe in any number of threads."""

    def __init__(self, socket: Path, *, deadline: float) -> None:
        """Ask the workers of this socket, and end each query after so many seconds."""
        self._path = str(socket)
        self._deadline = deadline

    def run(
        self,
        query: str,
        *,
        results: str | None,
        rdf: str | None,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
    ) -> Answer:
        """Return the whole answer to a query; raise a `QueryError` where there is none.

        `results` names the format if it has solutions or a truth value, `rdf` if it has
        triples; None where that kind is not wanted. Graphs given here replace the
        query's own FROM and FROM NAMED.
        """
        check(query)
        return self.ask(Request(query, results, rdf, tuple(default_graphs), tuple(named_graphs)))

    def ask(self, request: Request) -> Answer:
        """Do as `run` does without the gate, which the workers must not depend on."""
        for _ in range(_ATTEMPTS):
            with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
                self._connect(connection)
                process = self._await_worker(connection)
                if process is None:
                    continue
                try:
                    return self._exchange(connection, process, request)
                finally:
                    os.close(process)
        raise QueryServiceDown("The query service is going down. Pages and data are not affected.")

    def _connect(self, connection: socket.socket) -> None:
        connection.setblocking(False)
        try:
            connection.connect(self._path)
        except BlockingIOError as error:
            raise QueryQueueFull(
                "Every query worker is busy and no more queries may wait. Try again in a few seconds."
            ) from error
        except OSError as error:
            raise QueryServiceDown("The query service is not running. Pages and data are not affected.") from error

    def _await_worker(self, connection: socket.socket) -> int | None:
        """Return the descriptor of the process that took the connection, None where it ended in that moment."""
        connection.settimeout(self._deadline)
        try:
            _, processes, _, _ = socket.recv_fds(connection, 1, 1)
        except TimeoutError as error:
            raise QueryQueueFull(
                f"Every query worker was busy for {self._deadline:g} s. Try again in a few seconds."
            ) from error
        except ConnectionResetError:
            return None
        return processes[0] if processes else None

    def _exchange(self, connection: socket.socket, process: int, request: Request) -> Answer:
        until = time.monotonic() + self._deadline
        try:
            connection.settimeout(self._deadline)
            connection.sendall(encode_request(request))
            head = receive(connection, LENGTH.size, until=until)
            if len(head) < LENGTH.size or head[0]:
                raise _last_words(head + receive(connection, len(_ABORTED), until=until))
            reply = json.loads(receive(connection, *LENGTH.unpack(head), until=until))
            if (error := decode_error(reply)) is not None:
                raise error
            body = receive(connection, reply["length"], until=until)
        except TimeoutError as error:
            _end(process)
            raise QueryTimedOut(
                f"This query ran for {self._deadline:g} s, the most one may take here, and was ended. "
                "Ask for less at a time: name what is asked about, or add LIMIT."
            ) from error
        except (BrokenPipeError, ConnectionResetError) as error:
            raise QueryCrashed from error
        if len(body) < reply["length"]:
            raise QueryCrashed
        return Answer(reply["kind"], body)


def _last_words(words: bytes) -> QueryError:
    return QueryOutOfMemory() if words.startswith(_ABORTED) else QueryCrashed()


def _end(process: int) -> None:
    try:
        signal.pidfd_send_signal(process, signal.SIGKILL)
    except ProcessLookupError:
        return  # it ended by itself
