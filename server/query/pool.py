"""The HTTP side of the query service: asks a query worker, and ends it at the deadline.

Holds no connection and no state, so that threads and forked processes may share a pool.
Waiting for a worker, and the query itself, may each take the deadline.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import struct
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Final, Protocol, TypeVar

from server.query.engine import MEMORY
from server.query.failures import (
    QueryAbandoned,
    QueryCrashed,
    QueryError,
    QueryOutOfMemory,
    QueryQueueFull,
    QueryServiceDown,
    QueryTimedOut,
)
from server.query.gate import check
from server.query.wire import LENGTH, Answer, Reader, Request, decode_error, encode_request

# A worker that is killed while it waits may take a connection with it; no query has been sent then.
_ATTEMPTS: Final = 2
# What faulthandler writes when the engine aborts, which it does where an allocation fails.
_ABORTED: Final = b"Fatal Python error: Aborted"
_LOOK_SECONDS: Final = 0.1
"""How often to look whether the client is still there: most queries are answered before the first time."""
_LOOK: Final = struct.pack("ll", 0, int(_LOOK_SECONDS * 1_000_000))

_Done = TypeVar("_Done")


class Queries(Protocol):
    """Where queries about a dataset are answered; safe in any number of threads."""

    @property
    def engine(self) -> str:
        """What answers: on this the order of rows depends that a query asks for in no order."""

    def run(
        self,
        query: str,
        *,
        results: str | None,
        rdf: str | None,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
        has_gone: Callable[[], bool] = ...,
    ) -> Answer:
        """Return the whole answer to a query; raise a `QueryError` where there is none."""


class QueryPool:
    """A client of the query workers behind one socket; safe in any number of threads."""

    def __init__(self, socket: Path, *, deadline: float, engine: str = MEMORY) -> None:
        """Ask the workers of this socket, who answer by this engine, and end each query after so many seconds."""
        self.engine: Final = engine
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
        has_gone: Callable[[], bool] = lambda: False,
    ) -> Answer:
        """Return the whole answer to a query; raise a `QueryError` where there is none.

        `results` names the format if it has solutions or a truth value, `rdf` if it has
        triples; None where that kind is not wanted. Graphs given here replace the
        query's own FROM and FROM NAMED. When `has_gone` says that nobody waits for the
        answer any more, the worker is freed.
        """
        check(query)
        return self.ask(Request(query, results, rdf, tuple(default_graphs), tuple(named_graphs)), has_gone)

    def ask(self, request: Request, has_gone: Callable[[], bool] = lambda: False) -> Answer:
        """Do as `run` does without the gate, which the workers must not depend on."""
        content = encode_request(request)
        for _ in range(_ATTEMPTS):
            with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM | socket.SOCK_NONBLOCK) as connection:
                self._connect(connection)
                process = self._await_worker(connection, content, has_gone)
                if process is None:
                    continue
                try:
                    return self._await_answer(connection, process, has_gone)
                finally:
                    os.close(process)
        raise QueryServiceDown("The query service is going down. Pages and data are not affected.")

    def _connect(self, connection: socket.socket) -> None:
        try:
            connection.connect(self._path)
        except BlockingIOError as error:
            raise QueryQueueFull from error
        except OSError as error:
            raise QueryServiceDown("The query service is not running. Pages and data are not affected.") from error
        connection.setblocking(True)
        for wait in (socket.SO_RCVTIMEO, socket.SO_SNDTIMEO):
            connection.setsockopt(socket.SOL_SOCKET, wait, _LOOK)

    def _await_worker(self, connection: socket.socket, content: bytes, has_gone: Callable[[], bool]) -> int | None:
        """Return the descriptor of the process that took the connection, None where it ended in that moment.

        The request is sent before: a worker then finds it there, and nobody waits for the other.
        """
        wait = _Wait(time.monotonic() + self._deadline, has_gone)
        try:
            sent = 0
            while sent < len(content):
                sent += wait.until_done(partial(connection.send, memoryview(content)[sent:]))
            _, processes, _, _ = wait.until_done(lambda: socket.recv_fds(connection, 1, 1))
        except QueryAbandoned:
            _withdraw(connection)
            raise
        except TimeoutError as error:
            _withdraw(connection)
            raise QueryQueueFull.after(self._deadline) from error
        except (BrokenPipeError, ConnectionResetError):
            return None
        return processes[0] if processes else None

    def _await_answer(self, connection: socket.socket, process: int, has_gone: Callable[[], bool]) -> Answer:
        wait = _Wait(time.monotonic() + self._deadline, has_gone)
        reader = Reader(lambda size: wait.until_done(lambda: connection.recv(size)))
        try:
            head = reader.take(LENGTH.size)
            if len(head) < LENGTH.size or head[0]:
                raise _last_words(head + reader.take(len(_ABORTED)))
            reply = json.loads(reader.take(*LENGTH.unpack(head)))
            if (error := decode_error(reply)) is not None:
                raise error
            body = reader.take(reply["length"])
        except TimeoutError as error:
            _end(process)
            raise QueryTimedOut(
                f"This query ran for {self._deadline:g} s, the most one may take here, and was ended. "
                "Ask for less at a time: name what is asked about, or add LIMIT."
            ) from error
        except QueryAbandoned:
            _end(process)
            raise
        except (BrokenPipeError, ConnectionResetError) as error:
            raise QueryCrashed from error
        if len(body) < reply["length"]:
            raise QueryCrashed
        return Answer(reply["kind"], body)


class _Wait:
    """Repeats a call that the kernel gives up after `_LOOK_SECONDS`, as long as somebody waits for it."""

    def __init__(self, until: float, has_gone: Callable[[], bool]) -> None:
        self._until, self._has_gone = until, has_gone

    def until_done(self, call: Callable[[], _Done]) -> _Done:
        """Return what the call does; raise TimeoutError at the time, QueryAbandoned where nobody waits any more."""
        while True:
            try:
                return call()
            except BlockingIOError:
                if time.monotonic() >= self._until:
                    raise TimeoutError from None
                if self._has_gone():
                    raise QueryAbandoned from None


def _withdraw(connection: socket.socket) -> None:
    """Have no worker answer here: who takes the connection from now on gives it up, who just took it is ended."""
    connection.shutdown(socket.SHUT_RDWR)
    # A process handed over before that is still there to be read.
    with contextlib.suppress(ConnectionResetError):
        for process in socket.recv_fds(connection, 1, 1)[1]:
            _end(process)
            os.close(process)


def _last_words(words: bytes) -> QueryError:
    return QueryOutOfMemory() if words.startswith(_ABORTED) else QueryCrashed()


def _end(process: int) -> None:
    try:
        signal.pidfd_send_signal(process, signal.SIGKILL)
    except ProcessLookupError:
        return  # it ended by itself
